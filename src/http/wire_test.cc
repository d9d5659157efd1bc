#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <set>
#include <thread>

#include <kernel/embedded.h>

#include "fault.h"
#include "header_value.h"
#include "pool.h"
#include "wire.h"

namespace {

using http::Request;
using http::Response;
using http::Wire;

std::string unpacked(std::string_view packed) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string out(1 << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

class WireTest : public testing::Test {
protected:
    WireTest() {
        response.body = "<p>hello</p>";
        request.path = "/";
    }
    Wire wire(bool http_1_0 = false) { return http::make_wire(response, request, http_1_0, cache); }
    // The value of a header in a head, or "" when it is not there.
    static std::string header(const Wire& wire, std::string_view name) {
        std::string_view head = wire.head;
        while (!head.empty()) {
            const std::string_view line = head.substr(0, head.find("\r\n"));
            head.remove_prefix(line.size() + 2);
            const std::size_t colon = line.find(": ");
            if (colon != line.npos && http::equal_ignoring_case(line.substr(0, colon), name))
                return std::string(line.substr(colon + 2));
        }
        return {};
    }
    std::string tag_of(bool packed) {
        Request reader = request;
        if (packed) reader.headers["accept-encoding"] = "gzip";
        return header(http::make_wire(response, reader, false, cache), "ETag");
    }
    Response response;
    Request request;
    http::GzipCache cache{32768};
};

TEST_F(WireTest, CarriesTheSecurityHeaders) {
    const Wire plain = wire();
    EXPECT_TRUE(plain.head.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_EQ(header(plain, "Content-Security-Policy"),
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
              "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'");
    EXPECT_EQ(header(plain, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(plain, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(header(plain, "Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(header(plain, "Cross-Origin-Resource-Policy"), "same-origin");
    EXPECT_NE(header(plain, "Permissions-Policy").find("geolocation=(self)"), std::string::npos);
    EXPECT_EQ(header(plain, "Access-Control-Allow-Origin"), "");
    EXPECT_EQ(header(plain, "Strict-Transport-Security"), "");
    EXPECT_EQ(header(plain, "Cache-Control"), "no-store");
    EXPECT_EQ(header(plain, "Content-Length"), "12");
    request.secure = true;
    response.set("Content-Security-Policy", "sandbox");
    EXPECT_EQ(header(wire(), "Strict-Transport-Security"), "max-age=31536000; includeSubDomains");
    EXPECT_EQ(header(wire(), "Content-Security-Policy"), "sandbox");
}

TEST_F(WireTest, AnswersIfNoneMatch) {
    response.cacheable = true;
    const std::string tag = tag_of(false);
    EXPECT_EQ(tag.size(), 24u);
    EXPECT_EQ(header(wire(), "Cache-Control"), "no-cache");
    for (const std::string& asked : {tag, "W/" + tag, "\"x\", " + tag, std::string("*")}) {
        request.headers["if-none-match"] = asked;
        const Wire same = wire();
        EXPECT_EQ(same.status, 304) << asked;
        EXPECT_EQ(same.content(), "");
        EXPECT_EQ(header(same, "ETag"), tag);
        EXPECT_EQ(header(same, "Content-Length"), "");
        EXPECT_EQ(header(same, "Content-Type"), "");
    }
    request.headers["if-none-match"] = "\"x\"";
    EXPECT_EQ(wire().status, 200);
    request.headers["if-none-match"] = tag;
    response.body += "!";
    EXPECT_EQ(wire().status, 200);
    response.status = 404;
    request.headers["if-none-match"] = "*";
    EXPECT_EQ(wire().status, 404);
    EXPECT_EQ(header(wire(), "Cache-Control"), "no-store");
}

TEST_F(WireTest, WhatIsPersonalIsNeverKept) {
    response.cacheable = true;
    response.set("Cache-Control", "public, max-age=60");
    EXPECT_EQ(header(wire(), "Cache-Control"), "public, max-age=60");
    (void)request.need_visitor();
    const Wire personal = wire();
    EXPECT_EQ(header(personal, "Cache-Control"), "no-store");
    EXPECT_EQ(header(personal, "ETag"), "");
    EXPECT_EQ(header(personal, "Set-Cookie"),
              "visitor=" + request.fresh_visitor + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=15552000");
    Request other;
    response.set_cookie(other, "lang", "en", 60);
    EXPECT_EQ(header(http::make_wire(response, other, false, cache), "Cache-Control"), "no-store");
}

TEST_F(WireTest, CompressesTextThatIsWorthIt) {
    response.body = std::string(5000, 'a');
    request.headers["accept-encoding"] = "br, gzip";
    const Wire packed = wire();
    EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
    EXPECT_EQ(header(packed, "Vary"), "Accept-Encoding");
    EXPECT_EQ(header(packed, "Content-Length"), std::to_string(packed.content().size()));
    EXPECT_LT(packed.content().size(), 500u);
    EXPECT_EQ(unpacked(packed.content()), response.body);
    request.headers["accept-encoding"] = "gzip;q=0";
    EXPECT_EQ(header(wire(), "Content-Encoding"), "");
    EXPECT_EQ(header(wire(), "Vary"), "Accept-Encoding");
    request.headers["accept-encoding"] = "gzip";
    response.body = std::string(1023, 'a');
    EXPECT_EQ(header(wire(), "Content-Encoding"), "");
    response.body = std::string(5000, 'a');
    response.content_type = "image/png";
    EXPECT_EQ(header(wire(), "Content-Encoding"), "");
    for (const char* type : {"application/json", "image/svg+xml", "application/atom+xml", "text/css; charset=utf-8"}) {
        response.content_type = type;
        EXPECT_EQ(header(wire(), "Content-Encoding"), "gzip") << type;
    }
    response.set("Content-Encoding", "br");
    EXPECT_EQ(wire().content(), response.body);
}

TEST_F(WireTest, PackedAndPlainHaveDifferentTags) {
    response.cacheable = true;
    response.body = std::string(5000, 'a');
    EXPECT_NE(tag_of(true), tag_of(false));
    request.headers["accept-encoding"] = "gzip";
    request.headers["if-none-match"] = tag_of(false);
    EXPECT_EQ(wire().status, 304);
    response.set("ETag", "\"17\"");
    request.headers["if-none-match"] = "\"17\"";
    EXPECT_EQ(wire().status, 304);
    request.headers["if-none-match"] = "\"16\"";
    EXPECT_EQ(header(wire(), "ETag"), "W/\"17\"");
}

TEST_F(WireTest, VaryIsKeptAndExtended) {
    response.body = std::string(5000, 'a');
    response.set("Vary", "Accept-Language, Cookie");
    EXPECT_EQ(header(wire(), "Vary"), "Accept-Language, Cookie, Accept-Encoding");
}

TEST_F(WireTest, GzipCacheIsShareableAndBounded) {
    response.cacheable = true;
    request.headers["accept-encoding"] = "gzip";
    response.body = std::string(5000, 'a');
    const Wire first = wire();
    EXPECT_EQ(first.shared, wire().shared);
    EXPECT_EQ(unpacked(first.content()), response.body);
    for (int i = 0; i < 500; ++i) {
        response.body = std::string(5000, 'a') + std::to_string(i);
        (void)wire();
    }
    EXPECT_LE(cache.bytes(), 32768u);
    EXPECT_GT(cache.bytes(), 0u);
}

TEST_F(WireTest, HeadHasTheHeadersAlone) {
    const Wire whole = wire();
    request.method = http::Method::head;
    const Wire head = wire();
    EXPECT_EQ(head.head, whole.head);
    EXPECT_EQ(head.content(), "");
    response.stream = [](std::string&) { return false; };
    EXPECT_FALSE(wire().stream);
}

TEST_F(WireTest, StreamsAreChunkedUnlessTheirLengthIsKnown) {
    response.stream = [](std::string&) { return false; };
    EXPECT_TRUE(wire().chunked);
    EXPECT_EQ(header(wire(), "Transfer-Encoding"), "chunked");
    EXPECT_FALSE(wire(true).chunked);
    response.set("Content-Length", "12");
    EXPECT_EQ(wire().length, 12u);
    EXPECT_FALSE(wire().chunked);
    response.set("Content-Length", "many");
    EXPECT_THROW(wire(), std::logic_error);
}

TEST_F(WireTest, RefusesHeadersThatWouldBreakTheFraming) {
    for (const char* name : {"Transfer-Encoding", "connection", "Keep-Alive", "Date", "Bad Name", ""}) {
        response.headers = {{name, "x"}};
        EXPECT_THROW(wire(), std::logic_error) << name;
    }
    response.headers = {{"X", "a\r\nY: b"}};
    EXPECT_THROW(wire(), std::logic_error);
    response.headers = {{"Content-Length", "99"}};
    EXPECT_EQ(header(wire(), "Content-Length"), "12");
    response.content_type = "a\nb";
    EXPECT_THROW(wire(), std::logic_error);
    response.content_type = "a/b";
    response.status = 99;
    EXPECT_THROW(wire(), std::logic_error);
}

TEST_F(WireTest, NoContentHasNone) {
    response.status = 204;
    EXPECT_EQ(wire().content(), "");
    EXPECT_EQ(header(wire(), "Content-Length"), "");
    EXPECT_EQ(header(wire(), "Content-Type"), "");
}

TEST(HttpDate, IsAsTheStandardWritesIt) {
    EXPECT_EQ(http::http_date(*kernel::parse_instant("1994-11-06T08:49:37Z")), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(Faults, EachHasItsWordsInThreeLanguages) {
    for (int status : {400, 404, 405, 408, 413, 414, 417, 429, 431, 500, 503, 505}) {
        const http::Fault fault = http::fault(status);
        EXPECT_EQ(fault.status, status);
        for (const char* lang : {"en", "zh-Hans", "zh-Hant"}) {
            const std::string_view words = kernel::embedded_file("http/messages." + std::string(lang) + ".txt");
            EXPECT_NE(words.find("\n" + fault.error.key + " = "), words.npos) << lang << ' ' << fault.error.key;
            EXPECT_NE(words.find("\n" + fault.error.key + "_title = "), words.npos) << lang << ' ' << fault.error.key;
        }
    }
    EXPECT_EQ(http::fault(kernel::refuse(kernel::Code::forbidden, "http.csrf")).status, 403);
    const Response page = http::plain_page(http::too_many(7));
    EXPECT_EQ(page.status, 429);
    EXPECT_NE(page.body.find("in 7 seconds"), std::string::npos);
    EXPECT_NE(page.body.find("lang=\"zh-Hant\""), std::string::npos);
    EXPECT_EQ(page.headers[0].second, "7");
}

TEST(Pool, BoundsWhatWaitsAndDropsItAtStop) {
    http::Pool pool(1, 2);
    std::promise<void> begun, go;
    std::atomic<int> done = 0;
    ASSERT_TRUE(pool.post([&] {
        begun.set_value();
        go.get_future().wait();
        ++done;
    }));
    begun.get_future().wait();
    EXPECT_TRUE(pool.post([&] { ++done; }));
    EXPECT_TRUE(pool.post([&] { ++done; }));
    EXPECT_FALSE(pool.post([&] { ++done; }));
    pool.go_on([&] { ++done; });
    EXPECT_EQ(pool.waiting(), 3u);
    std::thread stopper([&] { pool.stop(); });
    while (pool.waiting() > 0) std::this_thread::yield();
    go.set_value();
    stopper.join();
    EXPECT_EQ(done, 1);
    EXPECT_FALSE(pool.post([&] { ++done; }));
}

// A job that holds the only thread until go() and writes down, in order, what ran after it.
struct Held {
    explicit Held(std::size_t waiting) : pool(1, waiting) {
        pool.post([this] {
            begun.set_value();
            free.get_future().wait();
        });
        begun.get_future().wait();
    }
    bool post(http::Pool::Client client) {
        return pool.post([this, client] { ran += static_cast<char>('a' + client); }, client);
    }
    void go_on() {
        pool.go_on([this] { ran += '.'; });
    }
    std::string go() {
        std::promise<void> end;
        pool.go_on([] {});
        free.set_value();
        while (pool.waiting() > 0) std::this_thread::yield();
        pool.post([&end] { end.set_value(); });
        end.get_future().wait();
        return ran;
    }
    std::promise<void> begun, free;
    std::string ran;
    http::Pool pool;
};

TEST(Pool, ClientsTakeTurns) {
    Held held(100);
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(held.post(1));
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(held.post(2));
    EXPECT_TRUE(held.post(3));
    EXPECT_EQ(held.go(), "bcdbcbb");
}

TEST(Pool, WhatWasBegunTakesTurnsWithWhatIsNew) {
    Held held(100);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(held.post(1));
    for (int i = 0; i < 3; ++i) held.go_on();
    EXPECT_EQ(held.go(), ".b.b.b");
}

TEST(Pool, NoClientTakesEveryPlace) {
    Held held(8);
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(held.post(1));
    EXPECT_FALSE(held.post(1));
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(held.post(2));
    EXPECT_FALSE(held.post(3)) << "no place is left";
    EXPECT_EQ(held.go(), "bcbcbcbc");
}

TEST(Pool, WhoeverHasMostMakesWay) {
    Held held(8);
    std::string gone;
    const auto post = [&](http::Pool::Client client) {
        return held.pool.post([&held, client] { held.ran += static_cast<char>('a' + client); }, client,
                              [&gone, client] { gone += static_cast<char>('a' + client); });
    };
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(post(1));
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(post(2));
    EXPECT_TRUE(post(3));
    EXPECT_EQ(gone.size(), 1u);
    EXPECT_TRUE(post(3));
    EXPECT_EQ(std::set<char>(gone.begin(), gone.end()), (std::set<char>{'b', 'c'})) << "each of the longest once";
    EXPECT_FALSE(post(3)) << "nobody has two more than this client would";
    EXPECT_FALSE(post(1)) << "nor does the longest line push itself out";
    EXPECT_TRUE(post(4));
    EXPECT_EQ(gone.size(), 3u);
    std::string ran = held.go();
    EXPECT_EQ(ran.size(), 8u);
    EXPECT_EQ(std::ranges::count(ran, 'd'), 2);
    EXPECT_EQ(std::ranges::count(ran, 'e'), 1);
}

TEST(Pool, RunsEverything) {
    std::atomic<int> done = 0;
    {
        http::Pool pool(8, 10'000);
        std::vector<std::jthread> posters;
        for (int t = 0; t < 4; ++t)
            posters.emplace_back([&] {
                for (int i = 0; i < 1000; ++i)
                    while (!pool.post([&] { ++done; })) std::this_thread::yield();
            });
        posters.clear();
        while (pool.waiting() > 0) std::this_thread::yield();
    }
    EXPECT_EQ(done, 4000);
}

}  // namespace
