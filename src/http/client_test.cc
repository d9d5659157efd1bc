#include "client.h"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

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
