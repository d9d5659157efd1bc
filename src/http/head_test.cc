#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "exchange.h"
#include "head.h"
#include "parser.h"
#include "unwrap.h"

namespace {

using http::HeadWatch;
using Step = HeadWatch::Step;

const HeadWatch::Limits small_limits = {.target = 50, .bytes = 200, .fields = 4};

// The status, 0 when the header is fine, -1 when it is not whole.
int judge(std::string_view bytes, std::size_t piece) {
    HeadWatch watch(small_limits);
    for (std::size_t n = std::min(piece, bytes.size());; n = std::min(n + piece, bytes.size())) {
        const Step step = watch.look(bytes.substr(0, n));
        if (step == Step::refused) return watch.status();
        if (step == Step::done) return 0;
        if (n == bytes.size()) return -1;
    }
}

TEST(HeadWatch, RefusesWhatReadersDisagreeAbout) {
    using namespace std::string_literals;
    struct Case {
        std::string bytes;
        int status;
    };
    const Case cases[] = {
        {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0},
        {"\r\nGET / HTTP/1.1\r\n\r\n", 0},
        {"GET / HTTP/1.0\r\n\r\n", 0},
        {"GET / HTTP/1.1\r\nHost: a\r\n", -1},
        {"GET / HTTP/1.1\r\n\tHost: a\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", 400},
        {"GET / HTTP/1.1\nHost: a\n\n", 400},
        {"GET / HTTP/1.1\r\nA: b\rc\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nA: b\0\r\n\r\n"s, 400},
        {"GET / HTTP/1.1\r\nA: b\x7f\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nA: \xc3\xa9\t\r\n\r\n", 0},
        {"GET /\xc3\xa9 HTTP/1.1\r\n\r\n", 400},
        {"\r\n\r\nGET / HTTP/1.1\r\n\r\n", 400},
        {" GET / HTTP/1.1\r\n\r\n", 400},
        {"GET  / HTTP/1.1\r\n\r\n", 400},
        {"GET / \r\n\r\n", 400},
        {"GET /\r\n\r\n", 400},
        {"GET / HTTP/1.1 \r\n\r\n", 400},
        {"GET /a b HTTP/1.1\r\n\r\n", 400},
        {"G@T / HTTP/1.1\r\n\r\n", 400},
        {"GET / http/1.1\r\n\r\n", 400},
        {"GET / HTTP/2.0\r\n\r\n", 505},
        {"GET / HTTP/0.9\r\n\r\n", 505},
        {"GET / HTTP/1.2\r\n\r\n", 505},
        {"GET / HTTP/11\r\n\r\n", 400},
        {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"\x16\x03\x01\x02\x00\x01"s, 400},
        {"GET /" + std::string(49, 'a') + " HTTP/1.1\r\n\r\n", 0},
        {"GET /" + std::string(50, 'a') + " HTTP/1.1\r\n\r\n", 414},
        {"GET /" + std::string(300, 'a'), 414},
        {"GET / HTTP/1.1\r\nA: " + std::string(300, 'a'), 431},
        {"GET / HTTP/1.1\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n\r\n", 0},
        {"GET / HTTP/1.1\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\n\r\n", 431},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(judge(one.bytes, one.bytes.size()), one.status) << one.bytes;
        EXPECT_EQ(judge(one.bytes, 1), one.status) << "byte by byte: " << one.bytes;
    }
}

TEST(HeadWatch, TellsWhereTheHeaderIs) {
    HeadWatch watch(small_limits);
    const std::string bytes = "\r\nGET / HTTP/1.1\r\n\r\nrest";
    ASSERT_EQ(watch.look(bytes), Step::done);
    EXPECT_EQ(bytes.substr(watch.begin(), watch.end() - watch.begin()), "GET / HTTP/1.1\r\n\r\n");
    watch.reset();
    EXPECT_EQ(watch.look("GET / HTTP/1.1\r\n\r\n"), Step::done);
}

bool header_fine(const std::string& fields, std::string_view line = "POST /a HTTP/1.1\r\n") {
    http::Request request;
    http::Framing framing;
    return http::parse_header(std::string(line) + fields + "\r\n", request, framing);
}

TEST(Parser, RefusesAmbiguousFields) {
    EXPECT_TRUE(header_fine("Host: a\r\nContent-Length: 5\r\n"));
    EXPECT_TRUE(header_fine("Host: a:80\r\nTransfer-Encoding: Chunked\r\n"));
    EXPECT_TRUE(header_fine("", "POST /a HTTP/1.0\r\n"));
    EXPECT_TRUE(header_fine("Host: [::1]:80\r\nAccept: a\r\nAccept: b\r\n"));
    for (const char* fields : {"",
                               "Host: a\r\nHost: a\r\n",
                               "Host:\r\n",
                               "Host: a/b\r\n",
                               "Host: a, b\r\n",
                               "Host: a@b\r\n",
                               "Host: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n",
                               "Host: a\r\nContent-Length: 5, 5\r\n",
                               "Host: a\r\nContent-Length: +5\r\n",
                               "Host: a\r\nContent-Length: -1\r\n",
                               "Host: a\r\nContent-Length: 0x5\r\n",
                               "Host: a\r\nContent-Length: 5 5\r\n",
                               "Host: a\r\nContent-Length:\r\n",
                               "Host: a\r\nContent-Length: 99999999999999999999\r\n",
                               "Host: a\r\nContent-Length : 5\r\n",
                               "Host: a\r\nTransfer-Encoding: xchunked\r\n",
                               "Host: a\r\nTransfer-Encoding: chunked, identity\r\n",
                               "Host: a\r\nTransfer-Encoding: gzip, chunked\r\n",
                               "Host: a\r\nTransfer-Encoding: identity\r\n",
                               "Host: a\r\nTransfer-Encoding:\r\n",
                               "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                               "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                               "Host: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                               "Host: a\r\nAuthorization: a\r\nAuthorization: b\r\n",
                               "Host: a\r\nContent-Type: a/b\r\ncontent-type: c/d\r\n",
                               "Host: a\r\n: x\r\n",
                               "Host: a\r\nno colon\r\n"})
        EXPECT_FALSE(header_fine(fields)) << fields;
    EXPECT_FALSE(header_fine("Transfer-Encoding: chunked\r\n", "POST /a HTTP/1.0\r\n"));
}

TEST(Parser, JoinsRepeatedFieldsAndReadsTheFraming) {
    http::Request request;
    http::Framing framing;
    ASSERT_TRUE(
        http::parse_header("PUT /x?y HTTP/1.0\r\nCookie: a=1\r\nX-One: 1\r\ncookie: b=2\r\nX-ONE:  2 \r\n"
                           "Connection: keep-alive\r\nContent-Length: 0\r\nExpect: 100-Continue\r\n\r\n",
                           request, framing));
    EXPECT_EQ(request.method, http::Method::put);
    EXPECT_EQ(request.target, "/x?y");
    EXPECT_EQ(request.headers.at("cookie"), "a=1; b=2");
    EXPECT_EQ(request.headers.at("x-one"), "1, 2");
    EXPECT_TRUE(framing.http_1_0 && framing.keep_alive && framing.expects_continue);
    EXPECT_FALSE(framing.has_body());
}

// Feeds `bytes` in pieces that end at `cuts`; what was unwrapped and what is left, or "?" and the step for a refusal.
std::string unwrapped(const std::string& bytes, std::vector<std::size_t> cuts, std::uint64_t limit) {
    http::Unwrap unwrap = http::Unwrap::by_chunks();
    unwrap.limit(limit);
    cuts.push_back(bytes.size());
    std::sort(cuts.begin(), cuts.end());
    std::string out;
    std::size_t from = 0;
    for (std::size_t cut : cuts) {
        std::size_t used = 0;
        const http::Unwrap::Step step = unwrap.take(std::string_view(bytes).substr(from, cut - from), used, out);
        from += used;
        if (step == http::Unwrap::Step::done) return out + "|" + bytes.substr(from);
        if (step != http::Unwrap::Step::more) return "?" + std::to_string(static_cast<int>(step));
    }
    return "…";
}

TEST(Unwrap, UnwrapsChunksHoweverTheyAreCut) {
    const std::string bytes = "5\r\nhello\r\nB;ext=\"1\"\r\n, 0123456\r\n\r\n0\r\nX-Trailer: t\r\n\r\nGET";
    const std::string one = unwrapped(bytes, {}, 100);
    EXPECT_EQ(one, "hello, 0123456\r\n|GET");
    std::vector<std::size_t> every(bytes.size());
    for (std::size_t i = 0; i < every.size(); ++i) every[i] = i;
    EXPECT_EQ(unwrapped(bytes, every, 100), one);
    EXPECT_EQ(unwrapped("0\r\n\r\n", {1, 2, 3, 4}, 100), "|");
    EXPECT_EQ(unwrapped(bytes, {}, 15), unwrapped(bytes, every, 15));
    EXPECT_EQ(unwrapped(bytes, every, 15).substr(0, 1), "?");
}

TEST(Unwrap, RefusesBrokenChunks) {
    EXPECT_EQ(unwrapped("5 ;a=\"b\r\nhello\r\n0;c\r\n\r\n", {}, 5), "hello|");
    EXPECT_EQ(unwrapped("5;" + std::string(300, 'a') + "\r\nhello\r\n0\r\n\r\n", {}, 5).substr(0, 1), "?");
    EXPECT_EQ(unwrapped("0\r\n" + std::string(9000, 'a') + ": b\r\n\r\n", {}, 5).substr(0, 1), "?");
    for (const char* bytes :
         {"0x5\r\nhello\r\n0\r\n\r\n", "+5\r\nhello\r\n0\r\n\r\n", "5\nhello\r\n0\r\n\r\n", "5\r\nhello0\r\n\r\n\r\n",
          "5\r\nhelloXX0\r\n\r\n", "-1\r\nhello\r\n", "FFFFFFFFFFFFFFFFF\r\nhello\r\n",
          "0000000000000005\r\nhello\r\n0\r\n\r\n", "5 5\r\nhello\r\n0\r\n\r\n", ";\r\nhello\r\n0\r\n\r\n", "\r\n",
          "5 \r\nhello\r\n0\r\n\r\n", "5;a=\"\r\"\r\nhello\r\n0\r\n\r\n", "0\r\nX\r\n\r\n", "0\r\n: x\r\n\r\n",
          "0\r\nX: \n\r\n", "0\r\nContent-Length: 5\r\n\r\n", "0\r\n X: y\r\n\r\n"})
        EXPECT_EQ(unwrapped(bytes, {}, 100).substr(0, 1), "?") << bytes;
}

RC_GTEST_PROP(Unwrap, ChunksGiveTheirContent, (const std::vector<std::string>& chunks)) {
    std::string bytes, content;
    for (const std::string& chunk : chunks) {
        if (chunk.empty()) continue;
        char size[20];
        std::snprintf(size, sizeof size, "%zx\r\n", chunk.size());
        bytes.append(size).append(chunk).append("\r\n");
        content += chunk;
    }
    bytes += "0\r\n\r\n";
    const auto cuts = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, bytes.size() + 1));
    RC_ASSERT(unwrapped(bytes, cuts, 1 << 20) == content + "|");
}

}  // namespace
