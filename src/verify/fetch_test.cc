// Folders, and servers that answer well, badly, or not at all.
#include <arpa/inet.h>
#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "test_folder.h"

namespace {

using namespace verify;

// Sends what it was told to, byte for byte, and closes.
class Server {
public:
    explicit Server(std::map<std::string, std::string> answers) : answers_(std::move(answers)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 16) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("no server for the test");
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] {
            for (int one; (one = ::accept(listener_, nullptr, nullptr)) >= 0; ::close(one)) answer(one);
        });
    }
    ~Server() { stop(); }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    // From here on nobody listens at its address.
    void stop() {
        if (!thread_.joinable()) return;
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/log"; }

private:
    void answer(int to) const {
        std::string asked;
        char piece[4096];
        while (asked.find("\r\n\r\n") == asked.npos) {
            const ssize_t n = ::read(to, piece, sizeof piece);
            if (n <= 0) return;
            asked.append(piece, static_cast<std::size_t>(n));
        }
        const std::string path = asked.substr(9, asked.find(' ', 9) - 9);  // after "GET /log/"
        if (path == "silent") {
            while (::read(to, piece, sizeof piece) > 0) continue;
            return;
        }
        const auto found = answers_.find(path);
        const std::string& bytes = found == answers_.end() ? nothing_ : found->second;
        for (std::size_t at = 0; at < bytes.size();) {
            const ssize_t n = ::send(to, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
            if (n <= 0) return;
            at += static_cast<std::size_t>(n);
        }
    }

    const std::map<std::string, std::string> answers_;
    const std::string nothing_ = "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 3\r\n\r\nno\n";
    int listener_ = -1, port_ = 0;
    std::thread thread_;
};

std::string sent(const std::string& status, const std::string& headers, const std::string& body) {
    return "HTTP/1.1 " + status + "\r\n" + headers + "Connection: close\r\n\r\n" + body;
}
std::string sent(const std::string& body) {
    return sent("200 OK", "Content-Length: " + std::to_string(body.size()) + "\r\n", body);
}

TEST(Url, a_log_is_checked_from_its_address) {
    std::map<std::string, std::string> answers;
    const Memory log = log_of(entries(300));
    for (const auto& [name, content] : log.files) answers[name] = sent(content);
    answers.erase("checkpoint");
    answers["checkpoint"] = sent("200 OK", "Transfer-Encoding: chunked\r\n", [&] {
        const std::string& note = log.files.at("checkpoint");
        return "5\r\n" + note.substr(0, 5) + "\r\n" +
               kernel::hex(kernel::Bytes{static_cast<std::uint8_t>(note.size() - 5)}) + "\r\n" + note.substr(5) +
               "\r\n0\r\n\r\n";
    }());
    Server server(answers);
    // However many slashes its address was given with.
    for (const char* end : {"", "/", "//"}) {
        const auto source = open_url(server.url() + end);
        EXPECT_EQ(source->name("checkpoint"), server.url() + "/checkpoint");
        EXPECT_TRUE(source->grows());
        EXPECT_FALSE(source->addresses());
        EXPECT_FALSE(source->get("nowhere"));
        EXPECT_EQ(check(*source, {}).figures.entries, 300);
    }
    answers.erase("tile/0/001.p/44");
    Server lacking(answers);
    EXPECT_EQ(fault_in(*open_url(lacking.url())), lacking.url() + "/tile/0/001.p/44: this tile is missing");
}

// Whoever cannot be understood has not said that something is wrong with the log, and not that something is not there.
TEST(Url, what_is_no_answer_is_neither_a_fault_nor_an_absence) {
    const std::string note = log_of(entries(1)).files.at("checkpoint");
    Server server({{"moved", sent("301 Moved Permanently", "Location: /log/good\r\nContent-Length: 0\r\n", "")},
                   {"found", sent("302 Found", "Location: /log/good\r\nContent-Length: 0\r\n", "")},
                   {"good", sent(note)},
                   {"empty", sent("204 No Content", "", "")},
                   {"part", sent("206 Partial Content", "Content-Length: 2\r\n", "ab")},
                   {"forbidden", sent("403 Forbidden", "Content-Length: 2\r\n", "no")},
                   {"gone", sent("410 Gone", "Content-Length: 2\r\n", "no")},
                   {"broken", sent("500 Internal Server Error", "Content-Length: 2\r\n", "no")},
                   {"busy", sent("503 Service Unavailable", "Content-Length: 2\r\n", "no")},
                   {"cut", sent("200 OK", "Content-Length: 4000\r\n", note)},
                   {"length", sent("200 OK", "Content-Length: -7\r\n", note)},
                   {"chunk", sent("200 OK", "Transfer-Encoding: chunked\r\n", "zz\r\n" + note)},
                   {"chunks", sent("200 OK", "Transfer-Encoding: chunked\r\n", "ffff\r\n" + note)},
                   {"packed", sent("200 OK", "Content-Encoding: gzip\r\nContent-Length: 5\r\n", "plain")},
                   {"other", "SSH-2.0-OpenSSH_9.2p1\r\n"},
                   {"none", ""}});
    const auto source = open_url(server.url());
    EXPECT_EQ(source->get("good"), note);
    for (const auto& [name, status] : std::map<std::string, std::string>{{"moved", "301"},
                                                                         {"found", "302"},
                                                                         {"empty", "204"},
                                                                         {"part", "206"},
                                                                         {"forbidden", "403"},
                                                                         {"gone", "410"},
                                                                         {"broken", "500"},
                                                                         {"busy", "503"}})
        EXPECT_EQ(unreadable([&, name = name] { source->get(name); }),
                  server.url() + "/" + name + ": status " + status);
    for (const char* name : {"cut", "length", "chunk", "chunks", "packed", "other", "none"}) {
        const std::string said = unreadable([&] { source->get(name); });
        EXPECT_TRUE(said.starts_with(server.url() + "/" + name + ": ")) << said;
    }
    EXPECT_EQ(source->get("good"), note);  // one bad answer spoils no other
}

TEST(Url, nobody_listens_or_somebody_who_is_silent) {
    Server server({});
    const auto patient = open_url(server.url(), 1);
    const std::string said = unreadable([&] { patient->get("silent"); });
    EXPECT_TRUE(said.starts_with(server.url() + "/silent: ")) << said;
    EXPECT_FALSE(patient->get("nowhere"));
    server.stop();
    const std::string refused = unreadable([&] { open_url(server.url())->get("checkpoint"); });
    EXPECT_TRUE(refused.starts_with(server.url() + "/checkpoint: ")) << refused;
    EXPECT_NE(unreadable([] { open_url("ftp://127.0.0.1/log")->get("checkpoint"); }), "nothing was thrown");
    EXPECT_NE(unreadable([] { open_url("file:///etc")->get("hostname"); }), "nothing was thrown");
}

// RFC 1951 with the fixed codes: one letter, and then again and again "the last 258 once more", in 13 bits each.
std::string packed_letters(int repeats) {
    std::string out = "\x78\x9c", bits = "110" + std::string("10101000");
    for (int i = 0; i < repeats; ++i) bits += "1100010100000";
    for (std::size_t at = 0; at < bits.size(); at += 8) {
        int byte = 0;
        for (std::size_t i = 0; i < 8 && at + i < bits.size(); ++i) byte |= (bits[at + i] == '1') << i;
        out += static_cast<char>(byte);
    }
    return out;
}

// What unpacks to more than 64 MiB is given up, not held.
TEST(Url, an_answer_that_swells_is_given_up) {
    const std::string packed = packed_letters((64 << 20) / 258 + 1000);
    Server server({{"more", sent("200 OK", "Content-Encoding: deflate\r\n", packed)}});
    EXPECT_EQ(unreadable([&] { open_url(server.url())->get("more"); }),
              server.url() + "/more: " + curl_easy_strerror(CURLE_WRITE_ERROR));
}

TEST(ExportFolder, is_checked_as_it_lies_there) {
    ScratchFolder folder;
    folder.write(log_of(entries(300)));
    folder.write("check.html", "<!doctype html>");
    const auto source = open_folder(folder.path());
    EXPECT_FALSE(source->grows());
    EXPECT_EQ(source->name("key"), folder.path("key"));
    EXPECT_EQ(
        source->addresses(),
        (std::vector<std::string>{"check.html", "checkpoint", "key", "payloads/000", "payloads/001.p/44", "tile/0/000",
                                  "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"}));
    const Report report = check(*source, {});
    EXPECT_EQ(report.figures.entries, 300);
    EXPECT_EQ(report.beside, std::vector<std::string>{"check.html"});
    EXPECT_FALSE(source->get("tile/0/002"));
    EXPECT_FALSE(source->get("tile"));  // a folder is no file
    folder.write("notes/today.txt", "x");
    EXPECT_EQ(fault_in(*source), folder.path("notes/today.txt") + ": this is no file of a log");
}

TEST(ExportFolder, a_link_hides_nothing) {
    ScratchFolder folder, beside;
    folder.write(log_of(entries(3)));
    beside.write("entries.txt", "x");
    std::filesystem::create_directory_symlink(beside.path(), folder.path("more"));
    EXPECT_EQ(fault_in(*open_folder(folder.path())), folder.path("more") + ": this is no file of a log");
    std::filesystem::remove(folder.path("more"));
    EXPECT_EQ(fault_in(*open_folder(folder.path())), "");
    std::filesystem::create_symlink("nowhere", folder.path("tile/0/000.p/2"));
    EXPECT_EQ(fault_in(*open_folder(folder.path())),
              folder.path("tile/0/000.p/2") + ": this older, narrower tile is not the beginning of the one of today");
}

TEST(ReadFile, reads_files_and_pipes_and_says_what_it_cannot_read) {
    ScratchFolder folder;
    const std::string bytes(200'000, '\n');
    folder.write("large", bytes);
    folder.write("empty", "");
    EXPECT_EQ(read_file(folder.path("large")), bytes);
    EXPECT_EQ(read_file(folder.path("empty")), "");
    EXPECT_TRUE(is_file(folder.path("large")) && !is_folder(folder.path("large")));
    EXPECT_TRUE(is_folder(folder.path()) && !is_file(folder.path()));
    EXPECT_FALSE(is_file(folder.path("none")) || is_folder(folder.path("none")));
    for (const std::string& not_read : {folder.path("none"), folder.path(), folder.path("large/below")})
        EXPECT_EQ(unreadable([&] { read_file(not_read); }), "cannot read " + not_read);
    // As a shell hands over what another program prints.
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ASSERT_EQ(::write(ends[1], "through a pipe", 14), 14);
    ::close(ends[1]);
    EXPECT_EQ(read_file("/dev/fd/" + std::to_string(ends[0])), "through a pipe");
    ::close(ends[0]);
}

}  // namespace
