// huiyin-load: keeps N connections busy with one kind of request and says what came back. One thread, epoll; every
// request has a body of its own, and nobody votes twice on one statement: repeated bodies and repeated votes flatter.
//   huiyin-load --port 8080 --what voices --connections 64 --seconds 10
//   huiyin-load --port 8080 --what votes --dialogue 17 --statements 20,21,22 --votes 50 --people 20000 --first 0
//   huiyin-load --port 8080 --what page --path / --requests 1000
// --first N: goes on where an earlier load stopped, whose `next` is N. --requests N: so many, however long they take.
// Prints one JSON object: requests, good, seconds, rate, p50_ms, p99_ms, max_ms, next, and how many of each status.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Plan {
    int port = 8080, connections = 64, votes = 50;
    std::int64_t people = 20'000, dialogue = 0, first = 0, requests = 0;
    double seconds = 10;
    std::string what = "voices", path = "/";
    std::vector<std::int64_t> statements;
};

std::vector<std::int64_t> numbers(std::string_view list) {
    std::vector<std::int64_t> out;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        out.push_back(std::stoll(std::string(list.substr(0, comma))));
        list.remove_prefix(std::min(list.size(), comma + 1));
    }
    return out;
}

Plan parse(int argc, char** argv) {
    Plan plan;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i], value = argv[i + 1];
        if (name == "--port")
            plan.port = std::stoi(argv[i + 1]);
        else if (name == "--connections")
            plan.connections = std::stoi(argv[i + 1]);
        else if (name == "--votes")
            plan.votes = std::stoi(argv[i + 1]);
        else if (name == "--people")
            plan.people = std::stoll(argv[i + 1]);
        else if (name == "--dialogue")
            plan.dialogue = std::stoll(argv[i + 1]);
        else if (name == "--first")
            plan.first = std::stoll(argv[i + 1]);
        else if (name == "--requests")
            plan.requests = std::stoll(argv[i + 1]);
        else if (name == "--seconds")
            plan.seconds = std::stod(argv[i + 1]);
        else if (name == "--what")
            plan.what = value;
        else if (name == "--path")
            plan.path = value;
        else if (name == "--statements")
            plan.statements = numbers(value);
        else
            throw std::runtime_error("unknown option " + std::string(name));
    }
    return plan;
}

// Makes the next request; every one differs.
class Source {
public:
    explicit Source(const Plan& plan) : plan_(plan), made_(plan.first) {}

    std::int64_t made() const { return made_; }
    std::string next() {
        const std::int64_t number = made_++;
        if (plan_.what == "page")
            return "GET " + plan_.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n";
        if (plan_.what == "voices") {
            std::string text = "The lamp at crossing " + std::to_string(random_() % 100'000) + " has been dark for " +
                               std::to_string(number % 90 + 1) +
                               " days; 路口的灯不亮了,晚上过马路很危险,请尽快修好。 No. " + std::to_string(number);
            return post("/api/v1/voices", R"({"kind":"complaint","lang":"en","text":")" + text + R"("})");
        }
        return vote(number);
    }

private:
    // Everybody once, then everybody again on their next statements; where one begins differs from person to person.
    std::string vote(std::int64_t number) {
        const std::string address = "/api/v1/dialogues/" + std::to_string(plan_.dialogue) + "/votes";
        const std::int64_t person = number % plan_.people, turn = number / plan_.people;
        const auto statements = static_cast<std::int64_t>(plan_.statements.size());
        const int n = plan_.what == "vote" ? 1 : plan_.votes;
        if ((turn + 1) * n > statements)
            throw std::runtime_error("everybody has voted on everything: give more people or statements");
        std::string body = R"({"participant":"person-of-the-load-)" + std::to_string(person) + "\",\"votes\":[";
        for (int i = 0; i < n; ++i) {
            static constexpr const char* says[] = {"agree", "disagree", "pass"};
            if (i) body += ',';
            const auto at = static_cast<std::size_t>((person * 7 + turn * n + i) % statements);
            body +=
                "{\"statement\":" + std::to_string(plan_.statements[at]) + ",\"vote\":\"" + says[random_() % 3] + "\"}";
        }
        return post(address, body + "]}");
    }
    static std::string post(const std::string& path, const std::string& body) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    const Plan& plan_;
    std::int64_t made_;
    std::minstd_rand random_{20261123};
};

struct Connection {
    int fd = -1;
    std::string out, in;
    std::size_t sent = 0;
    Clock::time_point since;
};

// Status of a whole answer at the start of `in`, which is then taken away; 0 when it is not whole yet.
int take_answer(std::string& in) {
    const std::size_t end = in.find("\r\n\r\n");
    if (end == std::string::npos) return 0;
    std::string head = in.substr(0, end);
    std::transform(head.begin(), head.end(), head.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::size_t at = head.find("content-length:");
    const std::size_t length = at == std::string::npos ? 0 : std::stoull(head.substr(at + 15));
    if (in.size() < end + 4 + length) return 0;
    const int status = std::stoi(in.substr(9, 3));
    in.erase(0, end + 4 + length);
    return status;
}

class Load {
public:
    explicit Load(const Plan& plan)
        : plan_(plan), source_(plan), poll_(::epoll_create1(0)), all_(static_cast<std::size_t>(plan.connections)) {}

    void run() {
        for (std::size_t i = 0; i < all_.size(); ++i) connect(i);
        const auto start = Clock::now(), until = start + std::chrono::duration_cast<Clock::duration>(
                                                             std::chrono::duration<double>(plan_.seconds));
        std::vector<epoll_event> events(256);
        while (plan_.requests > 0 ? answered_ < plan_.requests : Clock::now() < until) {
            const int n = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 100);
            for (int i = 0; i < n; ++i)
                turn(events[static_cast<std::size_t>(i)].data.u64, events[static_cast<std::size_t>(i)].events);
        }
        print(std::chrono::duration<double>(Clock::now() - start).count());
    }

private:
    void connect(std::size_t i) {
        Connection& c = all_[i];
        if (c.fd >= 0) ::close(c.fd);
        c = Connection{};
        c.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(static_cast<std::uint16_t>(plan_.port));
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(c.fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
            throw std::runtime_error("nobody listens on the port");
        const int one = 1;
        ::setsockopt(c.fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        ::epoll_ctl(poll_, EPOLL_CTL_ADD, c.fd, &event);
        send(c);
    }
    void send(Connection& c) {
        if (plan_.requests > 0 && source_.made() - plan_.first == plan_.requests) return;
        c.out = source_.next();
        c.since = Clock::now();
        // Requests are far smaller than a socket's buffer: one write takes them whole.
        if (::send(c.fd, c.out.data(), c.out.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(c.out.size()))
            ++statuses_[-1];
    }
    void turn(std::size_t i, std::uint32_t) {
        Connection& c = all_[i];
        char piece[65536];
        const ssize_t n = ::recv(c.fd, piece, sizeof piece, MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (n <= 0) {
            ++statuses_[-1];
            ++answered_;
            connect(i);
            return;
        }
        c.in.append(piece, static_cast<std::size_t>(n));
        if (const int status = take_answer(c.in)) {
            ++answered_;
            ++statuses_[status];
            if (status >= 200 && status < 300)
                took_.push_back(
                    static_cast<float>(std::chrono::duration<double, std::milli>(Clock::now() - c.since).count()));
            send(c);
        }
    }
    void print(double seconds) {
        std::sort(took_.begin(), took_.end());
        auto at = [&](double share) {
            return took_.empty()
                       ? 0.0
                       : static_cast<double>(took_[std::min(
                             took_.size() - 1, static_cast<std::size_t>(share * static_cast<double>(took_.size())))]);
        };
        std::int64_t requests = 0;
        std::string counts;
        for (const auto& [status, count] : statuses_) {
            requests += count;
            counts += (counts.empty() ? "" : ",") + ("\"" + std::to_string(status) + "\":" + std::to_string(count));
        }
        std::printf(
            "{\"requests\":%lld,\"good\":%zu,\"seconds\":%.3f,\"rate\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":"
            "%.3f,\"next\":%lld,\"statuses\":{%s}}\n",
            static_cast<long long>(requests), took_.size(), seconds, static_cast<double>(took_.size()) / seconds,
            at(0.5), at(0.99), at(1), static_cast<long long>(source_.made()), counts.c_str());
    }

    const Plan& plan_;
    Source source_;
    int poll_;
    std::vector<Connection> all_;
    std::vector<float> took_;
    std::map<int, std::int64_t> statuses_;
    std::int64_t answered_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    try {
        const Plan plan = parse(argc, argv);
        Load(plan).run();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-load: %s\n", error.what());
        return 2;
    }
}
