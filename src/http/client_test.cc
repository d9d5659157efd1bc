#include "client.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "raw_client_for_tests.h"

namespace {

using http::Answered;
using http::Client;

TEST(Client, which_addresses) {
    for (const char* good : {"https://w.example", "https://w.example/", "https://w.example:8443/a/b?c=d",
                             "http://127.0.0.1:80/", "http://localhost", "http://localhost:1/x", "http://[::1]:8080/"})
        EXPECT_TRUE(http::fetchable(good)) << good;
    for (const char* bad :
         {"", "w.example", "https://", "https:///x", "https://:80/", "http://w.example/", "http://10.0.0.1/",
          "http://127.0.0.1.example/", "http://localhost.example/", "http://127.0.0.1@w.example/",
          "https://user:word@w.example/", "https://w.example/#x", "https://w.example/a b", "https://w.example/\n",
          "https://w.example\\x", "file:///etc/passwd", "ftp://127.0.0.1/", "HTTPS://w.example", "gopher://localhost/"})
        EXPECT_FALSE(http::fetchable(bad)) << bad;
}

class Served : public testing::Test {
protected:
    Served() {
        http::Limits any = http::testing::without_csrf();
        any.any_type = true;
        house.router.post(
            "/echo",
            [](const http::Request& request) {
                http::Response out;
                out.status = 201;
                out.content_type = "text/x.test";
                out.body = std::string(request.header("content-type")) + "|" + request.body;
                return out;
            },
            any);
        house.router.get("/long", [](const http::Request&) {
            http::Response out;
            out.body.assign(100'000, 'x');
            return out;
        });
        house.router.get("/away", [](const http::Request&) { return http::redirect("/long"); });
        house.router.get("/busy", [](const http::Request&) {
            http::Response out;
            out.status = 503;
            return std::move(out.set("Retry-After", "90"));
        });
        house.router.get("/never", [this](const http::Request&) {
            while (!over) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            return http::Response();
        });
        port = house.start();
    }
    ~Served() override { over = true; }
    Answered ask(const std::string& path, int milliseconds = 5000, std::string body = {}) {
        return client.send({"http://127.0.0.1:" + std::to_string(port) + path, "text/plain", std::move(body),
                            milliseconds, 64 * 1024});
    }

    std::atomic<bool> over = false;
    http::testing::Running house;
    std::uint16_t port = 0;
    Client client;
};

TEST_F(Served, posts_and_gets) {
    for (int i = 0; i < 3; ++i) {
        const Answered answer = ask("/echo", 5000, "old 0\n\nbody\n");
        EXPECT_EQ(answer.status, 201) << answer.fault;
        EXPECT_EQ(answer.content_type, "text/x.test");
        EXPECT_EQ(answer.body, "text/plain|old 0\n\nbody\n");
        EXPECT_EQ(ask("/nothing").status, 404);
    }
    const std::string large(60'000, 'y');
    EXPECT_EQ(ask("/echo", 5000, large).body, "text/plain|" + large);
}

TEST_F(Served, limits) {
    Answered answer = ask("/long");
    EXPECT_EQ(answer.status, 0);
    EXPECT_EQ(answer.fault, "the answer is too long");
    EXPECT_TRUE(answer.body.empty());
    answer = ask("/away");  // not followed
    EXPECT_EQ(answer.status, 303);
    answer = ask("/never", 50);
    EXPECT_EQ(answer.status, 0);
    EXPECT_FALSE(answer.fault.empty());
    over = true;
    EXPECT_EQ(ask("/nothing").status, 404);  // and it goes on afterwards
}

TEST_F(Served, says_whether_the_request_left_and_when_to_come_again) {
    EXPECT_EQ(ask("/busy").retry_after, 90);
    EXPECT_TRUE(ask("/busy").reached);
    EXPECT_EQ(ask("/nothing").retry_after, 0);
    EXPECT_TRUE(ask("/never", 50).reached) << "without an answer it may have been done";
    EXPECT_FALSE(Client().send({"http://127.0.0.1:1/", "", "", 2000, 100}).reached);
}

// A server that closes without a word what it had kept open: whoever sends once is not sent again behind their back.
TEST(Client, what_is_sent_once_is_not_sent_again_by_libcurl) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
    ASSERT_EQ(::listen(listener, 8), 0);
    socklen_t length = sizeof at;
    ASSERT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&at), &length), 0);
    std::atomic<int> posts = 0;
    std::jthread server([&](const std::stop_token& stop) {
        std::vector<std::jthread> talks;
        for (;;) {
            const int talk = ::accept(listener, nullptr, nullptr);
            if (talk < 0 || stop.stop_requested()) return;
            talks.emplace_back([talk, &posts] {
                char bytes[4096];
                while (const ssize_t n = ::read(talk, bytes, sizeof bytes)) {
                    if (n < 0) break;
                    if (std::string_view(bytes, static_cast<std::size_t>(n)).starts_with("POST")) {
                        ++posts;
                        break;
                    }
                    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
                    if (::write(talk, answer.data(), answer.size()) < 0) break;
                }
                ::close(talk);
            });
        }
    });
    http::Asked asked{"http://127.0.0.1:" + std::to_string(ntohs(at.sin_port)) + "/", "", "", 2000, 100};
    {
        Client client;
        EXPECT_EQ(client.send(asked).status, 200);
        asked.body = "a=b", asked.content_type = "text/plain", asked.sent_once = true;
        const Answered answer = client.send(asked);
        EXPECT_EQ(answer.status, 0);
        EXPECT_TRUE(answer.reached);
        EXPECT_EQ(posts, 1);
    }  // what it kept open is closed
    server.request_stop();
    ::shutdown(listener, SHUT_RDWR);
    server.join();
    ::close(listener);
}

// libcurl leads every name under .localhost to this machine.
TEST_F(Served, a_name_that_leads_inside_is_not_asked_by_whoever_goes_outside) {
    http::Asked asked{"https://here.localhost:" + std::to_string(port) + "/nothing", "", "", 2000, 100};
    const std::string without_tls = Client().send(asked).fault;
    asked.outside_only = true;
    const Answered answer = Client().send(asked);
    EXPECT_EQ(answer.fault, "Couldn't connect to server");
    EXPECT_FALSE(answer.reached);
    EXPECT_NE(without_tls, answer.fault);
    asked.url = "http://127.0.0.1:" + std::to_string(port) + "/nothing";
    asked.most_bytes = 64 * 1024;
    EXPECT_EQ(client.send(asked).status, 404) << "a number is asked, as it was meant";
}

TEST_F(Served, no_proxy_of_the_environment) {
    ::setenv("http_proxy", "http://127.0.0.1:1", 1);
    ::setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    EXPECT_EQ(ask("/nothing").status, 404);
    ::unsetenv("http_proxy");
    ::unsetenv("ALL_PROXY");
}

TEST(Client, nobody_there) {
    Client client;
    const Answered answer = client.send({"http://127.0.0.1:1/", "", "", 2000, 100});
    EXPECT_EQ(answer.status, 0);
    EXPECT_FALSE(answer.fault.empty());
    EXPECT_EQ(client.send({"http://example.org/", "", "", 2000, 100}).fault, "not an address that is asked");
}

}  // namespace
