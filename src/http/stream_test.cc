// Streams, event streams and draining, over real sockets.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "raw_client_for_tests.h"

namespace {

using http::Request;
using http::Response;
using http::testing::get;
using http::testing::RawClient;
using http::testing::Reply;
using http::testing::Running;
using http::testing::text;

http::Handler streaming(std::function<http::Stream()> make, std::string length = {}) {
    return [=](const Request&) {
        Response out = text("");
        out.stream = make();
        if (!length.empty()) out.set("Content-Length", length);
        return out;
    };
}

// Gives "0 ", "1 ", … up to n.
http::Stream counting(int n) {
    return [i = 0, n](std::string& piece) mutable {
        piece = std::to_string(i) + ' ';
        return ++i < n;
    };
}

TEST(Stream, GoesInChunksOrByLengthOrToTheEnd) {
    Running house;
    house.router.get("/chunks", streaming([] { return counting(4); }));
    house.router.get("/length", streaming([] { return counting(4); }, "8"));
    house.router.get("/short", streaming([] { return counting(3); }, "8"));
    house.router.get("/long", streaming([] { return counting(5); }, "8"));
    house.router.get("/empty", streaming([] { return [](std::string&) { return false; }; }));
    house.router.get("/pauses", streaming([] {
                         return [i = 0](std::string& piece) mutable {
                             if (++i == 3) piece = "x";
                             return i < 5;
                         };
                     }));
    house.router.get("/throws", streaming([] {
                         return [i = 0](std::string& piece) mutable -> bool {
                             piece = "part";
                             if (++i == 3) throw std::runtime_error("broken");
                             return true;
                         };
                     }));
    const std::uint16_t port = house.start();
    {
        RawClient client(port);
        EXPECT_EQ(client.ask(get("/chunks")).body, "0 1 2 3 ");
        EXPECT_EQ(client.ask(get("/length")).body, "0 1 2 3 ");
        EXPECT_EQ(client.ask(get("/empty")).body, "");
        EXPECT_EQ(client.ask(get("/pauses")).body, "x");
        EXPECT_TRUE(client.ask("HEAD /chunks HTTP/1.1\r\nHost: t\r\n\r\n", true).whole);
        EXPECT_EQ(client.ask(get("/chunks")).body, "0 1 2 3 ");
    }
    RawClient old(port);
    const Reply to_the_end = old.ask("GET /chunks HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(to_the_end.body, "0 1 2 3 ");
    EXPECT_EQ(to_the_end.header("connection"), "close");
    for (const char* cut : {"/throws", "/short"}) {
        RawClient client(port);
        EXPECT_FALSE(client.ask(get(cut)).whole) << cut;
    }
    RawClient client(port);
    EXPECT_EQ(client.ask(get("/long")).body, "0 1 2 3 ");
    EXPECT_TRUE(client.closed());
}

TEST(Stream, WaitsForItsClientAndHoldsNoThread) {
    std::atomic<int> pulled = 0;
    Running house;
    house.settings.workers = 1;
    constexpr int pieces = 2000;  // 128 MB
    house.router.get("/big", streaming([&] {
                         return [&pulled, i = 0](std::string& piece) mutable {
                             piece.assign(64 * 1024, 'x');
                             ++pulled;
                             return ++i < pieces;
                         };
                     }));
    house.router.get("/", [](const Request&) { return text("ok"); });
    const std::uint16_t port = house.start();
    RawClient slow(port, 16 * 1024), other(port);
    slow.send(get("/big"));
    int before = -1;
    while (before != pulled || before <= 0) {  // until nothing moves any more
        before = pulled;
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    EXPECT_LT(before, pieces / 4);
    EXPECT_EQ(other.ask(get("/")).body, "ok");  // the only worker is free
    std::size_t bytes = 0;
    std::optional<Reply> reply = slow.reply();
    ASSERT_TRUE(reply);
    bytes = reply->body.size();
    EXPECT_EQ(bytes, std::size_t{pieces} * 64 * 1024);
    EXPECT_EQ(pulled, pieces);
}

TEST(Stream, EndsWhenItsClientGoes) {
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> alive = held;
    Running house;
    house.router.get("/endless", streaming([&held] {
                         return [kept = held](std::string& piece) {
                             piece.assign(1024, 'x');
                             return *kept == 1;
                         };
                     }));
    {
        RawClient client(house.start());
        client.send(get("/endless"));
        EXPECT_TRUE(client.more());
    }
    while (alive.use_count() > 1) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(alive.use_count(), 1);
}

TEST(Stream, ASlowReaderIsCutOff) {
    Running house;
    house.settings.write_seconds = 1;
    house.router.get("/", [](const Request&) { return text(std::string(64 << 20, 'x')); });
    RawClient client(house.start(), 16 * 1024);
    client.send(get("/"));
    // Long enough for a machine that is slow to begin: the server waits one second from the first byte it cannot send.
    std::this_thread::sleep_for(std::chrono::seconds(6));
    EXPECT_FALSE(client.reply()->whole);
}

http::Handler eventing(std::atomic<int>& polls, int last) {
    return [&polls, last](const Request&) {
        Response out;
        out.events = [&polls, last, i = 0](std::string& blocks) mutable {
            ++polls;
            blocks = "data: " + std::to_string(i) + "\n\n";
            return i++ < last;
        };
        return out;
    };
}

TEST(Events, ArriveAndEnd) {
    std::atomic<int> polls = 0;
    Running house;
    house.router.get("/events", eventing(polls, 2));
    RawClient client(house.start());
    const Reply reply = client.ask(get("/events"));
    EXPECT_EQ(reply.body, "data: 0\n\ndata: 1\n\ndata: 2\n\n");
    EXPECT_EQ(reply.header("content-type"), "text/event-stream");
    EXPECT_EQ(reply.header("cache-control"), "no-store");
    EXPECT_EQ(client.ask(get("/events")).body, reply.body);
}

TEST(Events, TwoHundredAtOnceLeaveTheWorkersFree) {
    std::atomic<int> polls = 0;
    Running house;
    house.settings.workers = 2;
    house.router.get("/events", eventing(polls, 1'000'000));
    house.router.get("/", [](const Request&) { return text("ok"); });
    const std::uint16_t port = house.start();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<RawClient>(port));
        clients.back()->send(get("/events"));
    }
    for (auto& client : clients)
        while (client->buffer().find("data: 1\n") == std::string::npos) ASSERT_TRUE(client->more());
    RawClient other(port);
    EXPECT_EQ(other.ask(get("/")).body, "ok");
    clients.clear();
}

TEST(Events, HaveACap) {
    std::atomic<int> polls = 0;
    Running house;
    house.settings.event_clients = 1;
    house.router.get("/events", eventing(polls, 1'000'000));
    const std::uint16_t port = house.start();
    auto first = std::make_unique<RawClient>(port);
    first->send(get("/events"));
    while (first->buffer().find("data: 0") == std::string::npos) ASSERT_TRUE(first->more());
    RawClient second(port);
    EXPECT_EQ(second.ask(get("/events")).status, 503);
    first.reset();
    while (true) {  // until the server has seen it go
        RawClient third(port);
        third.send(get("/events"));
        ASSERT_TRUE(third.more());
        if (third.buffer().starts_with("HTTP/1.1 200")) break;
    }
}

TEST(Drain, AnswersWhatIsInFlightAndThenCloses) {
    std::promise<void> begun, go;
    std::shared_future<void> gone = go.get_future().share();
    std::atomic<int> polls = 0;
    Running house;
    house.router.get("/slow", [&](const Request&) {
        begun.set_value();
        gone.wait();
        return text("done");
    });
    house.router.get("/", [](const Request&) { return text("ok"); });
    house.router.get("/events", eventing(polls, 1'000'000));
    const std::uint16_t port = house.start();
    RawClient slow(port), idle(port), events(port);
    EXPECT_EQ(idle.ask(get("/")).status, 200);
    events.send(get("/events"));
    EXPECT_TRUE(events.more());
    slow.send(get("/slow"));
    begun.get_future().wait();
    std::jthread drainer([&] { house.server->drain(30); });
    EXPECT_TRUE(idle.closed());
    while (events.more()) {}
    EXPECT_THROW(RawClient{port}, std::runtime_error);
    go.set_value();
    const std::optional<Reply> reply = slow.reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "done");
    EXPECT_EQ(reply->header("connection"), "close");
    EXPECT_TRUE(slow.closed());
}

TEST(Drain, CutsOffWhatTakesTooLong) {
    Running house;
    house.router.get("/endless", streaming([] {
                         return [](std::string& piece) {
                             piece = "x";
                             return true;
                         };
                     }));
    RawClient client(house.start());
    client.send(get("/endless"));
    EXPECT_TRUE(client.more());
    std::jthread drainer([&] { house.server->drain(1); });
    EXPECT_FALSE(client.reply()->whole);
}

TEST(Drain, ManyServersComeAndGo) {
    for (int i = 0; i < 20; ++i) {
        Running house;
        house.settings.io_threads = 2;
        house.router.get("/", [](const Request&) { return text("ok"); });
        const std::uint16_t port = house.start();
        RawClient first(port), second(port);
        EXPECT_EQ(first.ask(get("/")).body, "ok");
        second.send(get("/"));
        house.server.reset();
    }
}

TEST(Load, ManyConnectionsAtOnceGetTheirOwnAnswers) {
    Running house;
    house.settings.io_threads = 2;
    house.settings.workers = 8;
    house.settings.waiting = 10'000;
    house.router.post(
        "/", [](const Request& request) { return text(request.body); }, http::testing::without_csrf());
    const std::uint16_t port = house.start();
    std::atomic<int> right = 0;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            RawClient client(port);
            for (int i = 0; i < 200; ++i) {
                const std::string body = std::to_string(t) + ":" + std::to_string(i);
                right += client.ask(http::testing::post("/", body)).body == body;
            }
        });
    threads.clear();
    EXPECT_EQ(right, 1600);
}

}  // namespace
