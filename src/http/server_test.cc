// The real server over real sockets: requests, answers, faults.
#include <gtest/gtest.h>

#include <algorithm>

#include <kernel/clock.h>
#include <watch/watch.h>

#include "server_for_tests.h"

namespace {

using http::Limits;
using http::Method;
using http::Request;
using http::Response;
using http::testing::form_type;
using http::testing::get;
using http::testing::post;
using http::testing::RawClient;
using http::testing::Reply;
using http::testing::ServerTest;
using http::testing::text;
using http::testing::without_csrf;

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

TEST_F(ServerTest, ContinuesWhenAsked) {
    house.router.post(
        "/", [](const Request& request) { return text(request.body); }, without_csrf());
    RawClient client(house.start());
    const std::string head = "POST / HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Type: application/json\r\n";
    EXPECT_EQ(client.ask(head + "Content-Length: 4\r\n\r\n").status, 100);
    EXPECT_EQ(client.ask("body").body, "body");
    EXPECT_EQ(client.ask(head + "Content-Length: 99999999\r\n\r\n").status, 413);
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
