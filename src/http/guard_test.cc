// CSRF, rates, addresses, and what may be logged of an exception.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <stdexcept>

#include "address.h"
#include "exchange.h"
#include "rate.h"

namespace {

using http::csrf_token;
using http::csrf_valid;
using http::Request;

Request sent_from(std::string visitor, std::string token) {
    Request out;
    out.headers["host"] = "city.example:8080";
    out.visitor = std::move(visitor);
    out.form.emplace_back("csrf", std::move(token));
    return out;
}

TEST(Csrf, BelongsToTheVisitor) {
    Request shown;
    const std::string token = csrf_token(shown);
    EXPECT_TRUE(shown.personal);
    EXPECT_TRUE(csrf_valid(sent_from(shown.fresh_visitor, token)));
    EXPECT_TRUE(csrf_valid(sent_from(shown.fresh_visitor, csrf_token(shown))));
    EXPECT_FALSE(csrf_valid(sent_from("AAAAAAAAAAAAAAAAAAAAAA", token)));
    EXPECT_FALSE(csrf_valid(sent_from("", token)));
    for (std::string bad :
         {std::string(), token.substr(1), token + "A", std::string(43, 'A'), std::string("\0", 1) + token})
        EXPECT_FALSE(csrf_valid(sent_from(shown.fresh_visitor, bad)));
    Request by_header = sent_from(shown.fresh_visitor, "");
    by_header.form.clear();
    by_header.headers["x-csrf-token"] = token;
    EXPECT_TRUE(csrf_valid(by_header));
}

RC_GTEST_PROP(Csrf, OneChangedCharacterIsEnough, ()) {
    Request shown;
    std::string token = csrf_token(shown);
    const auto at = *rc::gen::inRange<std::size_t>(0, token.size());
    const char c = *rc::gen::element('A', 'b', '0', '-', '_', '=', '+', ' ');
    RC_PRE(token[at] != c);
    token[at] = c;
    RC_ASSERT(!csrf_valid(sent_from(shown.fresh_visitor, token)));
}

TEST(Csrf, MasksEachToken) {
    Request shown;
    std::set<std::string> tokens;
    for (int i = 0; i < 50; ++i) tokens.insert(csrf_token(shown));
    EXPECT_EQ(tokens.size(), 50u);
}

TEST(Csrf, NothingMaySpeakOfAnotherSite) {
    Request shown;
    const std::string token = csrf_token(shown);
    struct Case {
        const char *header, *value;
        bool valid;
    };
    const Case cases[] = {
        {"origin", "http://city.example:8080", true},
        {"origin", "https://CITY.example:8080", true},
        {"origin", "null", true},
        {"origin", "http://city.example", false},
        {"origin", "http://evil.example", false},
        {"origin", "nonsense", false},
        {"referer", "http://city.example:8080/say?x", true},
        {"referer", "http://evil.example/city.example:8080", false},
        {"sec-fetch-site", "same-origin", true},
        {"sec-fetch-site", "none", true},
        {"sec-fetch-site", "same-site", false},
        {"sec-fetch-site", "cross-site", false},
    };
    for (const Case& one : cases) {
        Request request = sent_from(shown.fresh_visitor, token);
        request.headers[one.header] = one.value;
        EXPECT_EQ(csrf_valid(request), one.valid) << one.header << ": " << one.value;
    }
    Request request = sent_from(shown.fresh_visitor, token);
    request.headers["origin"] = "null";
    request.headers["sec-fetch-site"] = "cross-site";
    EXPECT_FALSE(csrf_valid(request));
}

kernel::Hash client(std::uint8_t n) {
    kernel::Hash out{};
    out[0] = n;
    out[1] = n;
    return out;
}

TEST(Rates, GiveABucketAMinute) {
    http::Rates rates(64);
    for (int i = 0; i < 6; ++i) EXPECT_EQ(rates.take(client(1), "", 6, 100), 0);
    EXPECT_EQ(rates.take(client(1), "", 6, 100), 10);
    EXPECT_EQ(rates.take(client(1), "", 6, 104), 6);
    EXPECT_EQ(rates.take(client(2), "", 6, 104), 0);
    EXPECT_EQ(rates.take(client(1), "/other", 6, 104), 0);
    EXPECT_EQ(rates.take(client(1), "", 6, 110.5), 0);
    EXPECT_GT(rates.take(client(1), "", 6, 110.5), 0);
    for (int i = 0; i < 6; ++i) EXPECT_EQ(rates.take(client(1), "", 6, 1000), 0);
    EXPECT_GT(rates.take(client(1), "", 6, 1000), 0);
    EXPECT_GT(rates.take(client(1), "", 6, 900), 0);  // a clock that goes back fills nothing
}

TEST(Rates, StayBoundedAndForgetTheFullest) {
    http::Rates rates(4);  // one set
    EXPECT_EQ(rates.take(client(1), "", 1, 100), 0);
    for (std::uint8_t n = 2; n < 5; ++n) EXPECT_EQ(rates.take(client(n), "", 1, 101), 0);
    EXPECT_GT(rates.take(client(1), "", 1, 102), 0);
    EXPECT_EQ(rates.take(client(5), "", 1, 103), 0);  // takes the place of one untouched since 101
    EXPECT_GT(rates.take(client(1), "", 1, 103), 0);
}

TEST(ClientNames, ChangeWithTheNetworkAndTheDay) {
    http::ClientNames names;
    const auto name = [&](const char* address, double now) { return names.of(*http::parse_address(address), now); };
    EXPECT_EQ(name("192.0.2.1", 10), name("192.0.2.200", 20));
    EXPECT_NE(name("192.0.2.1", 10), name("192.0.3.1", 10));
    EXPECT_EQ(name("2001:db8:0:1::1", 10), name("2001:db8:0:1:ffff::2", 10));
    EXPECT_NE(name("2001:db8:0:1::1", 10), name("2001:db8:0:2::1", 10));
    EXPECT_EQ(name("::ffff:192.0.2.9", 10), name("192.0.2.1", 10));
    const kernel::Hash today = name("192.0.2.1", 10);
    EXPECT_NE(name("192.0.2.1", 86'401), today);
    http::ClientNames other;
    EXPECT_NE(other.of(*http::parse_address("192.0.2.1"), 10), today);
}

TEST(Address, IsParsed) {
    EXPECT_TRUE(http::parse_address("10.1.2.3")->is_v4());
    EXPECT_FALSE(http::parse_address("::1")->is_v4());
    for (const char* bad : {"", "unknown", "10.1.2", "10.1.2.3:80", "[::1]", "10.1.2.3 ", "::g"})
        EXPECT_FALSE(http::parse_address(bad)) << bad;
    for (const char* text : {"10.1.2.3", "10.1.2.3:80"})
        EXPECT_EQ(http::parse_address(text, http::Port::passed_over), http::parse_address("10.1.2.3")) << text;
    for (const char* text : {"2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80"})
        EXPECT_EQ(http::parse_address(text, http::Port::passed_over), http::parse_address("2001:db8::1")) << text;
}

TEST(Proxies, AreBelievedOnlyWhenTrusted) {
    const http::Proxies proxies({"10.0.0.0/8", "::1", "192.0.2.7"});
    struct Case {
        const char *peer, *forwarded, *x_for, *x_proto, *client;
        bool secure;
    };
    const Case cases[] = {
        {"203.0.113.5", "for=198.51.100.1;proto=https", "", "", "203.0.113.5", false},
        {"203.0.113.5", "", "198.51.100.1", "https", "203.0.113.5", false},
        {"10.0.0.1", "", "", "", "10.0.0.1", false},
        {"10.0.0.1", "", "198.51.100.1", "https", "198.51.100.1", true},
        {"10.0.0.1", "", "1.1.1.1, 198.51.100.1, 10.9.9.9", "http, https", "198.51.100.1", true},
        {"10.0.0.1", "", "198.51.100.1, garbage", "", "10.0.0.1", false},
        {"10.0.0.1", "", "10.3.3.3", "", "10.3.3.3", false},
        {"::1", "for=\"[2001:db8::1]:4711\";proto=https", "", "", "2001:db8::1", true},
        {"::1", "for=1.1.1.1, for=198.51.100.1;proto=HTTPS, For=\"10.0.0.9\";proto=http", "", "", "198.51.100.1",
         false},
        {"::1", "for=unknown;proto=https", "", "", "::1", true},
        {"192.0.2.7", "for=1.1.1.1", "198.51.100.1", "https", "192.0.2.7", false},  // one of them is the client's own
        {"192.0.2.7", "for=198.51.100.1;proto=https", "198.51.100.1", "https", "198.51.100.1", true},
        {"192.0.2.8", "", "198.51.100.1", "https", "192.0.2.8", false},
    };
    for (const Case& one : cases) {
        const auto origin = proxies.origin(*http::parse_address(one.peer), {one.forwarded, one.x_for, one.x_proto});
        EXPECT_EQ(origin.client, *http::parse_address(one.client))
            << one.peer << ' ' << one.forwarded << ' ' << one.x_for;
        EXPECT_EQ(origin.secure, one.secure) << one.peer << ' ' << one.forwarded << ' ' << one.x_proto;
    }
    for (const char* bad : {"", "proxy", "10.0.0.0/33", "10.0.0.0/x", "::/129", "10.0.0.0/"})
        EXPECT_THROW(http::Proxies({bad}), std::invalid_argument) << bad;
}

struct ParserOfALibrary : std::runtime_error {
    using std::runtime_error::runtime_error;
};

TEST(Describe, ShowsNoPersonalWords) {
    EXPECT_EQ(http::describe(std::runtime_error("table voice is missing")).text, "table voice is missing");
    EXPECT_EQ(http::describe(std::runtime_error("table voice is missing")).type, "std::runtime_error");
    EXPECT_EQ(http::describe(std::runtime_error("意见 from 13800138000 at line 12345")).text,
              "?????? from # at line 12345");
    EXPECT_EQ(http::describe(std::runtime_error(std::string(500, 'x'))).text.size(), 200u);
    EXPECT_EQ(http::describe(ParserOfALibrary("unexpected 'what I said'")).text, "");
    EXPECT_NE(http::describe(ParserOfALibrary("x")).type.find("ParserOfALibrary"), std::string::npos);
    EXPECT_EQ(http::describe(std::out_of_range("stoi: what I said")).text, "");
    EXPECT_NE(http::describe(std::system_error(ENOSPC, std::generic_category(), "spool file")).text, "");
}

}  // namespace
