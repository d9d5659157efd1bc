// What the real server takes at most, over real sockets: sizes, times, connections, waiting requests, rates.
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "server_for_tests.h"

namespace {

using http::Limits;
using http::Request;
using http::testing::form_type;
using http::testing::get;
using http::testing::post;
using http::testing::RawClient;
using http::testing::Reply;
using http::testing::ServerTest;
using http::testing::text;
using http::testing::without_csrf;

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

}  // namespace
