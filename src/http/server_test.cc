// The real server over real sockets: requests, faults, limits.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <kernel/clock.h>
#include <watch/watch.h>

#include "raw_client_for_tests.h"

namespace {

using http::Limits;
using http::Method;
using http::Request;
using http::Response;
using http::testing::get;
using http::testing::post;
using http::testing::RawClient;
using http::testing::Reply;
using http::testing::text;
using http::testing::without_csrf;

using http::testing::form_type;
class ServerTest : public testing::Test {
protected:
    ServerTest() { house.hooks.faults = http::testing::fault_page; }
    // Holds handlers until open() is called.
    struct Gate {
        void wait() {
            std::unique_lock lock(mutex);
            ++waiting;
            changed.notify_all();
            changed.wait(lock, [this] { return opened; });
        }
        void until_waiting(int n) {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return waiting >= n; });
        }
        void open() {
            const std::lock_guard lock(mutex);
            opened = true;
            changed.notify_all();
        }
        std::mutex mutex;
        std::condition_variable changed;
        int waiting = 0;
        bool opened = false;
    };
    http::testing::Running house;
};

TEST_F(ServerTest, KeepsTheConnectionAndTheOrder) {
    house.router.get("/{n}", [](const Request& request) { return text(std::string(request.param("n"))); });
    RawClient client(house.start());
    std::string all;
    for (int i = 0; i < 50; ++i) all += get("/" + std::to_string(i));
    client.send(all);
    for (int i = 0; i < 50; ++i) EXPECT_EQ(client.reply()->body, std::to_string(i));
    EXPECT_EQ(client.ask(get("/last", "Connection: close\r\n")).header("connection"), "close");
    EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, FillsTheRequest) {
    Request seen;
    house.settings.trusted_proxies = {"127.0.0.1"};
    house.hooks.identify = [](const Request& request) {
        http::Identity out;
        out.officer = request.header("authorization") == "Bearer x" ? 7 : 0;
        out.roles = {"clerk"};
        return out;
    };
    house.router.post(
        "/voices/{id}",
        [&](const Request& request) {
            seen = request;
            return text("ok");
        },
        without_csrf());
    RawClient client(house.start());
    client.ask(post("/voices/%E5%9B%9E?x=1&x=2", "a=1&b=%20+&a=3", form_type,
                    "Authorization: Bearer x\r\nX-Forwarded-For: 198.51.100.9\r\nX-Forwarded-Proto: https\r\n"
                    "Cookie: __Host-visitor=AAAAAAAAAAAAAAAAAAAAAA; __Host-lang=en; planted=1\r\n"));
    EXPECT_EQ(seen.method, Method::post);
    EXPECT_EQ(seen.path, "/voices/回");
    EXPECT_EQ(seen.target, "/voices/%E5%9B%9E?x=1&x=2");
    EXPECT_EQ(seen.param("id"), "回");
    EXPECT_EQ(seen.asked("x"), "1");
    EXPECT_EQ(seen.fields("a"), (std::vector<std::string_view>{"1", "3"}));
    EXPECT_EQ(seen.field("b"), "  ");
    EXPECT_EQ(seen.body, "");
    EXPECT_EQ(seen.visitor, "AAAAAAAAAAAAAAAAAAAAAA");
    EXPECT_EQ(seen.cookie("lang"), "en");
    EXPECT_EQ(seen.cookie("planted"), "");
    EXPECT_TRUE(seen.secure);
    EXPECT_EQ(seen.who.officer, 7);
    EXPECT_TRUE(seen.who.has("clerk"));
    const kernel::Hash client_name = seen.client;
    client.ask(post("/voices/1", "{}", "application/json", "X-Forwarded-For: 198.51.100.200\r\n"));
    EXPECT_EQ(seen.client, client_name);
    EXPECT_EQ(seen.body, "{}");
    EXPECT_EQ(seen.who.officer, 0);
    EXPECT_FALSE(seen.secure);
    client.ask(post("/voices/1", "{}", "application/json", "X-Forwarded-For: 203.0.113.1\r\n"));
    EXPECT_NE(seen.client, client_name);
}

TEST_F(ServerTest, AnswersForTheRouter) {
    house.router.get("/a", [](const Request&) { return text("hello"); });
    house.router.post("/a", [](const Request&) { return text("sent"); });
    RawClient client(house.start());
    EXPECT_EQ(client.ask(get("/b")).body, "http.not_found 404 /b");
    const Reply method = client.ask("DELETE /a HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_EQ(method.status, 405);
    EXPECT_EQ(method.header("allow"), "GET, HEAD, POST, OPTIONS");
    const Reply options = client.ask("OPTIONS /a HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.header("allow"), "GET, HEAD, POST, OPTIONS");
    const Reply moved = client.ask(get("/a/?q=%20"));
    EXPECT_EQ(moved.status, 308);
    EXPECT_EQ(moved.header("location"), "/a?q=%20");
    const Reply head = client.ask("HEAD /a HTTP/1.1\r\nHost: t\r\n\r\n", true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-length"), "5");
    EXPECT_EQ(client.ask(get("/a")).body, "hello");
    EXPECT_EQ(client.ask(get("/api/x")).body, "{\"key\":\"http.not_found\"}");
}

TEST_F(ServerTest, ABrokenHandlerIsA500AndNoMore) {
    house.router.get("/throws", [](const Request&) -> Response { throw std::runtime_error("broken"); });
    house.router.get("/odd", [](const Request&) -> Response { throw 7; });
    house.router.get("/header", [](const Request&) {
        Response out = text("x");
        out.headers.emplace_back("X", "a\r\nSet-Cookie: stolen=1");
        return out;
    });
    RawClient client(house.start());
    EXPECT_EQ(client.ask(get("/throws")).body, "http.broken 500 /throws");
    EXPECT_EQ(client.ask(get("/odd")).status, 500);
    const Reply split = client.ask(get("/header"));
    EXPECT_EQ(split.status, 500);
    EXPECT_EQ(split.header("set-cookie"), "");
}

TEST_F(ServerTest, ABrokenFaultPageFallsBackToThePlainOne) {
    house.hooks.faults = [](const Request&, int, const kernel::Error&) -> Response {
        throw std::logic_error("no page");
    };
    house.hooks.identify = [](const Request&) -> http::Identity { throw std::runtime_error("no database"); };
    RawClient client(house.start());
    const Reply reply = client.ask(get("/x"));
    EXPECT_EQ(reply.status, 500);
    EXPECT_NE(reply.body.find("不是您的错"), std::string::npos);
    EXPECT_NE(reply.header("content-security-policy"), "");
}

TEST_F(ServerTest, TooLargeIsSaidBeforeClosing) {
    Limits small = without_csrf();
    small.body = 1000;
    house.router.post(
        "/small", [](const Request&) { return text("ok"); }, small);
    const std::uint16_t port = house.start();
    // By its length, while the client goes on sending far more than any buffer holds.
    RawClient by_length(port);
    by_length.send(
        "POST /small HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 8000000\r\n\r\n");
    by_length.send(std::string(4'000'000, 'x'));
    std::optional<Reply> reply = by_length.reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "http.too_large 413 /small");
    EXPECT_EQ(reply->header("connection"), "close");
    // In chunks, as soon as there are too many.
    RawClient chunked(port);
    chunked.send(
        "POST /small HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 3; ++i) chunked.send("190\r\n" + std::string(400, 'x') + "\r\n");
    reply = chunked.reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 413);
}

TEST_F(ServerTest, ASmallRefusedBodyKeepsTheConnection) {
    house.router.post(
        "/form", [](const Request&) { return text("ok"); }, without_csrf());
    RawClient client(house.start());
    EXPECT_EQ(client.ask(post("/form", "hello", "text/plain")).status, 415);
    EXPECT_EQ(client.ask(post("/nothing", "hello")).status, 404);
    EXPECT_EQ(client.ask(post("/form", "a=1", form_type)).status, 200);
}

TEST_F(ServerTest, ContinuesWhenAsked) {
    house.router.post(
        "/", [](const Request& request) { return text(request.body); }, without_csrf());
    RawClient client(house.start());
    const std::string head = "POST / HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Type: application/json\r\n";
    EXPECT_EQ(client.ask(head + "Content-Length: 4\r\n\r\n").status, 100);
    EXPECT_EQ(client.ask("body").body, "body");
    EXPECT_EQ(client.ask(head + "Content-Length: 99999999\r\n\r\n").status, 413);
}

TEST_F(ServerTest, EachStepHasItsTime) {
    house.settings.header_seconds = 1;
    house.settings.idle_seconds = 1;
    Limits quick = without_csrf();
    quick.seconds = 1;
    house.router.post(
        "/", [](const Request& request) { return text(std::to_string(request.body.size())); }, quick);
    const std::uint16_t port = house.start();
    RawClient silent(port), half_header(port), half_body(port), idle(port);
    half_header.send("POST / HTTP/1.1\r\nHost:");
    half_body.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n12345");
    EXPECT_EQ(idle.ask(post("/", "123")).body, "3");
    EXPECT_TRUE(silent.closed());
    EXPECT_EQ(half_header.reply()->status, 408);
    EXPECT_EQ(half_body.reply()->body, "http.slow 408 /");
    EXPECT_TRUE(idle.closed());
}

TEST_F(ServerTest, ABodyThatKeepsMovingMayTakeLonger) {
    Limits quick = without_csrf();
    quick.seconds = 1;
    quick.body = 200'000;
    house.router.post(
        "/", [](const Request& request) { return text(std::to_string(request.body.size())); }, quick);
    RawClient client(house.start());
    client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n");
    for (int i = 0; i < 5; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(450));
        client.send(std::string(20'000, 'x'));
    }
    EXPECT_EQ(client.reply()->body, "100000");
}

TEST_F(ServerTest, TooManyConnectionsAreTurnedAway) {
    house.settings.connections = 2;
    house.router.get("/", [](const Request&) { return text("ok"); });
    const std::uint16_t port = house.start();
    RawClient first(port);
    EXPECT_EQ(first.ask(get("/")).status, 200);
    {
        RawClient second(port);
        EXPECT_EQ(second.ask(get("/")).status, 200);
        RawClient third(port);
        const std::optional<Reply> reply = third.reply();
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status, 503);
        EXPECT_NE(reply->header("retry-after"), "");
    }
    while (true) {  // until the server has seen them go
        RawClient fourth(port);
        if (fourth.ask(get("/")).status == 200) break;
    }
}

TEST_F(ServerTest, AFullQueueIsSaidSo) {
    Gate gate;
    house.settings.workers = 1;
    house.settings.waiting = 1;
    house.router.get("/", [&](const Request&) {
        gate.wait();
        return text("ok");
    });
    const std::uint16_t port = house.start();
    RawClient running(port);
    running.send(get("/"));
    gate.until_waiting(1);
    // Of ten more one may wait; which, is chance.
    std::atomic<int> refused = 0, answered = 0;
    std::vector<std::jthread> clients;
    for (int i = 0; i < 10; ++i)
        clients.emplace_back([&] {
            RawClient client(port);
            const Reply reply = client.ask(get("/"));
            if (reply.status == 503 && reply.header("retry-after") == "2") ++refused;
            if (reply.status == 200) ++answered;
        });
    while (refused < 9) std::this_thread::yield();
    gate.open();
    clients.clear();
    EXPECT_EQ(refused, 9);
    EXPECT_EQ(answered, 1);
    EXPECT_EQ(running.reply()->status, 200);
}

TEST_F(ServerTest, OneClientMayNotFlood) {
    house.settings.rate_per_minute = 3;
    Limits rare = without_csrf();
    rare.rate = 1;
    house.router.get("/", [](const Request&) { return text("ok"); });
    house.router.post(
        "/", [](const Request&) { return text("ok"); }, without_csrf());
    house.router.post(
        "/rare", [](const Request&) { return text("ok"); }, rare);
    RawClient client(house.start());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(client.ask(post("/", "{}")).status, 200);
    const Reply refused = client.ask(post("/", "{}"));
    EXPECT_EQ(refused.status, 429);
    EXPECT_NE(refused.header("retry-after"), "");
    EXPECT_EQ(client.ask(post("/rare", "{}")).status, 200);
    EXPECT_EQ(client.ask(post("/rare", "{}")).status, 429);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(client.ask(get("/")).status, 200);
}

TEST_F(ServerTest, StrangersWorkFirstWhenTooManyCome) {
    house.settings.work_from_per_minute = 2;
    Limits spoken = without_csrf();
    spoken.work = true;
    house.router.post(
        "/", [](const Request&) { return text("ok"); }, spoken);
    house.router.post(
        "/api/v1/x", [](const Request&) { return text("ok"); }, spoken);
    house.router.post(
        "/free", [](const Request&) { return text("ok"); }, without_csrf());
    house.hooks.identify = [](const Request& request) {
        http::Identity who;
        who.officer = request.header("x-staff").empty() ? 0 : 7;
        return who;
    };
    house.hooks.work = [](const Request& request, const http::WorkAsked& asked) {
        return text("work " + asked.challenge + " " + std::string(request.field("a").value_or("")));
    };
    RawClient client(house.start());
    for (int i = 0; i < 5; ++i) EXPECT_EQ(client.ask(post("/", "{}")).status, 200);
    const Reply page = client.ask(post("/", "a=kept", form_type));
    EXPECT_EQ(page.status, 429);
    EXPECT_TRUE(page.body.starts_with("work v1.") && page.body.ends_with(" kept")) << page.body;
    EXPECT_EQ(page.header("retry-after"), "31");
    const Reply machine = client.ask(post("/api/v1/x", "{}"));
    EXPECT_EQ(machine.status, 429);
    EXPECT_EQ(machine.body, "{\"key\":\"http.work\"}");
    EXPECT_TRUE(machine.header("work-challenge").starts_with("v1."));
    EXPECT_EQ(machine.header("work-parts"), "8");
    EXPECT_EQ(machine.header("retry-after"), "31");
    EXPECT_EQ(client.ask(post("/free", "{}")).status, 200);
    EXPECT_EQ(client.ask(post("/", "{}", "application/json", "X-Staff: yes\r\n")).status, 200)
        << "never asked of who is signed in";
}

TEST_F(ServerTest, AFullDiskIsSaidSoAndWhenToComeBack) {
    house.hooks.meaning = [](const std::exception& error) -> std::optional<kernel::Error> {
        if (std::string_view(error.what()) != "table full") return std::nullopt;
        return kernel::refuse(kernel::Code::no_space, "http.no_space");
    };
    house.router.get(
        "/file", [](const Request&) -> Response { throw std::system_error(ENOSPC, std::generic_category(), "write"); });
    house.router.get("/table", [](const Request&) -> Response { throw std::runtime_error("table full"); });
    house.router.get(
        "/other", [](const Request&) -> Response { throw std::system_error(EIO, std::generic_category(), "write"); });
    house.router.get("/said", [](const Request&) {
        Response out = text("full");
        out.status = 507;
        return out;
    });
    RawClient client(house.start());
    for (const char* path : {"/file", "/table", "/said"}) {
        const Reply reply = client.ask(get(path));
        EXPECT_EQ(reply.status, 507) << path;
        EXPECT_EQ(reply.header("retry-after"), "30") << path;
    }
    EXPECT_EQ(client.ask(get("/other")).status, 500);
}

TEST_F(ServerTest, QuietRequestsHaveNoLineAndRefusedOnesOneForTwenty) {
    Limits quiet = without_csrf();
    quiet.quiet = quiet.any_type = true;
    house.settings.access_log = true;
    house.router.post(
        "/ballots",
        [](const Request& request) {
            Response out = text("");
            out.status = request.body == "right" ? 200 : 422;
            return out;
        },
        quiet);
    watch::quiet(false);
    testing::internal::CaptureStderr();
    RawClient client(house.start());
    const auto cast = [&](int times, const std::string& body) {
        for (int i = 0; i < times; ++i) client.ask(post("/ballots", body));
    };
    cast(19, "wrong");
    cast(30, "right");
    const std::string before = testing::internal::GetCapturedStderr();
    testing::internal::CaptureStderr();
    cast(1, "wrong");
    cast(19, "wrong");
    const std::string after = testing::internal::GetCapturedStderr();
    watch::quiet(true);
    EXPECT_EQ(before.find("http."), std::string::npos) << before;
    EXPECT_NE(after.find(R"("event":"http.refused_quietly","times":20})"), std::string::npos) << after;
    EXPECT_EQ(std::count(after.begin(), after.end(), '\n'), 1) << "the next stands for twenty more: " << after;
    EXPECT_EQ(after.find("ballots"), std::string::npos) << after;
}

TEST_F(ServerTest, SaysTheDateWhenItHasAClock) {
    const kernel::SetClock clock(*kernel::parse_instant("2026-11-23T08:05:00Z"));
    house.settings.clock = &clock;
    house.router.get("/", [](const Request&) { return text("ok"); });
    RawClient client(house.start());
    EXPECT_EQ(client.ask(get("/")).header("date"), "Mon, 23 Nov 2026 08:05:00 GMT");
}

TEST_F(ServerTest, RefusesAPortInUse) {
    house.start();
    http::Settings same = house.settings;
    same.port = house.server->port();
    EXPECT_THROW(http::Server::start(house.router, same, {}), std::system_error);
    same.address = "nowhere";
    EXPECT_THROW(http::Server::start(house.router, same, {}), std::system_error);
}

}  // namespace
