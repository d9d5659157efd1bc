// A client of bare sockets, for tests: sends exactly the bytes it is given, and reads what comes back.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <watch/watch.h>

#include "header_value.h"
#include "server.h"

namespace http::testing {

struct Reply {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // lower-case names
    std::string body;                                          // unchunked
    bool whole = false;                                        // framed as announced; false: cut off
    std::string header(std::string_view name) const {
        for (const auto& [key, value] : headers)
            if (key == name) return value;
        return {};
    }
};

class RawClient {
public:
    explicit RawClient(std::uint16_t port, int receive_buffer = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        if (receive_buffer > 0) setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        const timeval patience{20, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
            throw std::runtime_error("no connection");
    }
    ~RawClient() { close(); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }
    // False when the server took no more.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }
    void end_sending() { ::shutdown(socket_, SHUT_WR); }

    // More bytes into the buffer; false at the end of the connection (or when it was reset).
    bool more() {
        char piece[16 * 1024];
        const ssize_t n = ::recv(socket_, piece, sizeof piece, 0);
        if (n > 0) buffer_.append(piece, static_cast<std::size_t>(n));
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("the server says nothing");
        return n > 0;
    }
    // Whether the server closes, without another byte.
    bool closed() { return buffer_.empty() && !more() && buffer_.empty(); }
    const std::string& buffer() const { return buffer_; }

    // Nothing when the connection ended first.
    std::optional<Reply> reply(bool of_head = false) {
        std::size_t end = 0;
        while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
            if (!more()) return std::nullopt;
        Reply out = parse_head(buffer_.substr(0, end + 2));
        buffer_.erase(0, end + 4);
        if (of_head || out.status == 204 || out.status == 304 || out.status < 200)
            out.whole = true;
        else if (out.header("transfer-encoding") == "chunked")
            read_chunks(out);
        else if (const std::string length = out.header("content-length"); !length.empty()) {
            out.whole = need(std::stoul(length));
            out.body = take(std::stoul(length));
        } else {
            while (more()) {}
            out.body = take(buffer_.size());
            out.whole = true;
        }
        return out;
    }
    Reply ask(std::string_view request, bool of_head = false) {
        send(request);
        std::optional<Reply> out = reply(of_head);
        if (!out) throw std::runtime_error("no answer");
        return *out;
    }

private:
    static Reply parse_head(std::string_view head) {
        Reply out;
        out.status = std::stoi(std::string(head.substr(9, 3)));
        head.remove_prefix(head.find("\r\n") + 2);
        while (!head.empty()) {
            const std::string_view line = head.substr(0, head.find("\r\n"));
            out.headers.emplace_back(lower(line.substr(0, line.find(':'))), line.substr(line.find(':') + 2));
            head.remove_prefix(line.size() + 2);
        }
        return out;
    }
    bool need(std::size_t n) {
        while (buffer_.size() < n)
            if (!more()) return false;
        return true;
    }
    std::string take(std::size_t n) {
        std::string out = buffer_.substr(0, n);
        buffer_.erase(0, n);
        return out;
    }
    void read_chunks(Reply& out) {
        while (true) {
            std::size_t end = 0;
            while ((end = buffer_.find("\r\n")) == std::string::npos)
                if (!more()) return;
            const std::size_t size = std::stoul(buffer_.substr(0, end), nullptr, 16);
            if (!need(end + 2 + size + 2)) return;
            out.body += buffer_.substr(end + 2, size);
            buffer_.erase(0, end + 2 + size + 2);
            if (size == 0) {
                out.whole = true;
                return;
            }
        }
    }

    int socket_;
    std::string buffer_;
};

// A server on a free port with the routes of one test.
class Running {
public:
    Running() {
        watch::quiet(true);
        settings.port = 0;
        settings.workers = 4;
        settings.rate_per_minute = 0;
        settings.access_log = false;
    }
    std::uint16_t start() {
        server = Server::start(router, settings, hooks);
        return server->port();
    }
    Router router;
    Settings settings;
    Server::Hooks hooks;
    std::unique_ptr<Server> server;
};

inline Response text(std::string body) {
    Response out;
    out.content_type = "text/plain; charset=utf-8";
    out.body = std::move(body);
    return out;
}

// For Server::Hooks::faults: key, status and path, or JSON.
inline Response fault_page(const Request& request, int status, const kernel::Error& error) {
    if (request.wants_json()) return json(status, "{\"key\":\"" + error.key + "\"}");
    return text(error.key + " " + std::to_string(status) + " " + request.path);
}

inline constexpr std::string_view form_type = "application/x-www-form-urlencoded";

inline Limits without_csrf() {
    Limits out;
    out.csrf = false;
    return out;
}

inline std::string get(std::string_view target, std::string_view more = {}) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" + std::string(more) + "\r\n";
}

inline std::string post(std::string_view target, std::string_view body, std::string_view type = "application/json",
                        std::string_view more = {}) {
    return "POST " + std::string(target) + " HTTP/1.1\r\nHost: test\r\nContent-Type: " + std::string(type) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(more) + "\r\n" +
           std::string(body);
}

}  // namespace http::testing
