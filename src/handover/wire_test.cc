// What another server may answer, honest, broken or hostile: a table for each kind of answer.
#include "wire.h"

#include <gtest/gtest.h>

#include <kernel/text.h>

#include "test_world.h"

namespace handover::wire {
namespace {

using Is = Sent::Is;

std::string list_of(const std::string& members) { return "[{" + members + "}]"; }

TEST(Wire, WhatCameOfAReport) {
    struct Row {
        http::Answered answer;
        Is is;
        std::string fault, number = {}, notes = {};
    };
    const std::string deep(70, '['), id = R"("service_request_id":)";
    const Row rows[] = {
        {answered(200, list_of(id + R"("638344")")), Is::taken, "", "638344"},
        {answered(201, list_of(id + "638344")), Is::taken, "", "638344"},
        {answered(200, list_of(id + R"("a b/../?#%é")")), Is::taken, "", "a b/../?#%é"},
        {answered(200, list_of(id + R"("1","token":"t")")), Is::taken, "", "1"},
        {answered(200, list_of(id + R"("1")"), "text/json; charset=utf-8"), Is::taken, "", "1"},
        {answered(200, list_of(R"("token":"t-1")")), Is::token, ""},
        {answered(200, list_of(id + R"("","token":"t-1")")), Is::token, ""},
        {answered(200, list_of(id + R"("..")")), Is::unsure, "unreadable"},
        {answered(200, list_of(id + R"("a\nb")")), Is::unsure, "unreadable"},
        {answered(200, list_of(id + R"("a\u202eb")")), Is::unsure, "unreadable"},
        {answered(200, list_of(id + "\"" + std::string(101, '1') + "\"")), Is::unsure, "unreadable"},
        {answered(200, list_of(id + "true")), Is::unsure, "unreadable"},
        {answered(200, list_of(id + "1.5")), Is::unsure, "unreadable"},
        {answered(200, list_of(id + "\"\xff\"")), Is::unsure, "unreadable"},
        {answered(200, list_of(id + R"("1",)" + id + R"("2")")), Is::unsure, "unreadable"},
        {answered(200, "[]"), Is::unsure, "unreadable"},
        {answered(200, "[{},{}]"), Is::unsure, "unreadable"},
        {answered(200, "[7]"), Is::unsure, "unreadable"},
        {answered(200, "{}"), Is::unsure, "unreadable"},
        {answered(200, ""), Is::unsure, "unreadable"},
        {answered(200, deep), Is::unsure, "unreadable"},
        {answered(200, "[{\"service_request_id\":\"1\"}"), Is::unsure, "unreadable"},
        {answered(200, "<service_requests/>", "text/xml"), Is::unsure, "no_json"},
        {answered(200, "<html>Welcome</html>", "text/html"), Is::unsure, "no_json"},
        {answered(200, list_of(id + R"("1")"), ""), Is::unsure, "no_json"},
        {answered(400, R"([{"code":400,"description":"No such\u0000 place\u202e."}])"), Is::refused, "", "",
         "No such place."},
        {answered(404, R"([{"code":"404","description":"No service."},{"code":1,"description":"x"}])"), Is::refused, "",
         "", "No service.\nx"},
        {answered(422, "<html>", "text/html"), Is::refused, "no_json"},
        {answered(404, "<html>", "text/html"), Is::later, "no_json"},
        {answered(404, "{}"), Is::later, "no_such_address"},
        {answered(405, "[]"), Is::later, "no_such_address"},
        {answered(401, ""), Is::later, "key_refused"},
        {answered(403, R"([{"code":403,"description":"key"}])"), Is::later, "key_refused"},
        {answered(301, ""), Is::later, "redirect"},
        {answered(307, ""), Is::later, "redirect"},
        {answered(429, ""), Is::later, "too_often"},
        {answered(503, ""), Is::later, "broken"},
        {answered(500, ""), Is::unsure, "broken"},
        {answered(502, ""), Is::unsure, "broken"},
        {silence(false), Is::later, "not_reached"},
        {silence(true), Is::unsure, "not_reached"},
    };
    for (const Row& row : rows) {
        const Sent sent = read_sent(row.answer);
        const std::string at = std::to_string(row.answer.status) + " " + row.answer.body;
        EXPECT_EQ(sent.is, row.is) << at;
        EXPECT_EQ(sent.fault, row.fault) << at;
        EXPECT_EQ(sent.number, row.number) << at;
        EXPECT_EQ(sent.notes, row.notes) << at;
    }
    http::Answered long_one = silence(true);
    long_one.fault = "the answer is too long";
    EXPECT_EQ(read_sent(long_one).fault, "too_long");
    http::Answered wait = answered(503, "");
    wait.retry_after = 120;
    EXPECT_EQ(read_sent(wait).retry_after, 120'000);
    wait.retry_after = std::int64_t{1} << 60;
    EXPECT_GT(read_sent(wait).retry_after, 0);
}

TEST(Wire, HowItStandsThere) {
    struct Row {
        http::Answered answer;
        std::string fault;
        State state = State::open;
        std::string notes = {};
    };
    const std::string id = R"("service_request_id":"7")";
    const Row rows[] = {
        {answered(200, list_of(id + R"(,"status":"open","status_notes":"Seen.")")), "", State::open, "Seen."},
        {answered(200, list_of(id + R"(,"status":"closed","status_notes":null)")), "", State::closed},
        {answered(200, list_of(R"("service_request_id":7,"status":"closed")")), "", State::closed},
        {answered(200, list_of(id + R"(,"status":"resolved")")), "status_unknown"},
        {answered(200, list_of(id + R"(,"status":"Open")")), "status_unknown"},
        {answered(200, list_of(id)), "status_unknown"},
        {answered(200, list_of(R"("service_request_id":"8","status":"open")")), "other_number"},
        {answered(200, list_of(R"("status":"open")")), "other_number"},
        {answered(200, "[]"), "unreadable"},
        {answered(200, list_of(id + ",\"status\":\"open\",\"status_notes\":\"\xc3\x28\"")), "unreadable"},
        {answered(200, "not json"), "unreadable"},
        {answered(200, "<r/>", "text/xml"), "no_json"},
        {answered(206, list_of(id + R"(,"status":"open")")), "unreadable"},
        {answered(404, ""), "unknown_there"},
        {answered(410, ""), "unknown_there"},
        {answered(302, ""), "redirect"},
        {answered(403, ""), "key_refused"},
        {answered(429, ""), "too_often"},
        {answered(500, ""), "broken"},
        {silence(true), "not_reached"},
    };
    for (const Row& row : rows) {
        const Looked found = read_request(row.answer, "7");
        const std::string at = std::to_string(row.answer.status) + " " + row.answer.body;
        EXPECT_EQ(found.fault, row.fault) << at;
        EXPECT_EQ(found.state, row.state) << at;
        EXPECT_EQ(found.notes, row.notes) << at;
        EXPECT_EQ(found.unknown, row.fault == "unknown_there") << at;
    }
}

TEST(Wire, WhatATokenLeadsTo) {
    EXPECT_EQ(read_token(answered(200, R"([{"service_request_id":"9","token":"t"}])")).number, "9");
    const Looked not_yet = read_token(answered(200, R"([{"token":"t"}])"));
    EXPECT_EQ(not_yet.number + not_yet.fault, "");
    EXPECT_EQ(read_token(answered(200, R"([{"service_request_id":".."}])")).fault, "unreadable");
    EXPECT_EQ(read_token(answered(404, "")).fault, "unknown_there");
    EXPECT_EQ(read_token(answered(200, "[[]]")).fault, "unreadable");
}

TEST(Wire, WhatTheyTake) {
    const Services two = read_services(answered(
        200, R"([{"service_code":"001","service_name":"Cans \u202eleft","group":"street"},{"service_code":2}])"));
    EXPECT_EQ(two.all, (std::vector<Service>{{"001", "Cans left", "street"}, {"2", "2", ""}}));
    EXPECT_EQ(two.fault, "");
    const Services odd = read_services(answered(
        200,
        R"([{"service_code":"a b","service_name":"x"},{"service_code":""},{},7,{"service_code":"a"},{"service_code":"a"}])"));
    EXPECT_EQ(odd.all.size(), 1u);
    EXPECT_EQ(odd.left_out, 5);
    std::string many = "[";
    for (std::size_t i = 0; i < most_services + 5; ++i)
        many += (i ? "," : "") + std::string(R"({"service_code":)") + std::to_string(i) + "}";
    const Services full = read_services(answered(200, many + "]"));
    EXPECT_EQ(full.all.size(), most_services);
    EXPECT_EQ(full.left_out, 5);
    for (const auto& [answer, fault] :
         {std::pair{answered(200, "{}"), "unreadable"}, std::pair{answered(200, "<services/>", "text/xml"), "no_json"},
          std::pair{answered(404, ""), "no_json"}, std::pair{answered(200, "[}"), "unreadable"},
          std::pair{answered(302, ""), "redirect"}, std::pair{silence(false), "not_reached"},
          std::pair{answered(500, ""), "broken"}})
        EXPECT_EQ(read_services(answer).fault, fault);
    EXPECT_TRUE(says_once(answered(200, R"({"endpoints":[{"idempotency_key":true}]})")));
    for (const char* no : {"{}", "[]", "", R"({"endpoints":[{"idempotency_key":"true"}]})", R"({"endpoints":7})"})
        EXPECT_FALSE(says_once(answered(200, no))) << no;
}

TEST(Wire, TheirTextPassesOurOwnDoor) {
    std::string hostile =
        "  a\r\nb\rc\td\x01\x7f\xc2\x85\xe2\x80\xae\xe2\x81\xa6\xef\xbb\xbf\xef\xbf\xbe\xe2\x80\xa8<b>&é  ";
    EXPECT_EQ(clean(hostile, 100), "a\nb\nc\td<b>&é");
    EXPECT_EQ(kernel::code_points(clean(std::string(5000, 'x'), max_notes)), max_notes);
    for (int c = 1; c < 0x11000; c += 7) {
        if (c >= 0xd800 && c < 0xe000) continue;
        std::string one;
        if (c < 0x80)
            one = {static_cast<char>(c)};
        else if (c < 0x800)
            one = {static_cast<char>(0xc0 | c >> 6), static_cast<char>(0x80 | (c & 0x3f))};
        else if (c < 0x10000)
            one = {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3f)),
                   static_cast<char>(0x80 | (c & 0x3f))};
        else
            one = {static_cast<char>(0xf0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3f)),
                   static_cast<char>(0x80 | (c >> 6 & 0x3f)), static_cast<char>(0x80 | (c & 0x3f))};
        EXPECT_TRUE(kernel::admit(clean("a" + one + "b", 10), "x", 10, kernel::Lines::many)) << std::hex << c;
    }
}

TEST(Wire, WhatIsAsked) {
    Authority a;
    a.url = "https://water.example/v2", a.jurisdiction = "a&b=c";
    EXPECT_EQ(request(a, "a/../b ?#").url,
              "https://water.example/v2/requests/a%2f..%2fb%20%3f%23.json?jurisdiction_id=a%26b%3dc");
    a.jurisdiction = "";
    EXPECT_EQ(token(a, "t").url, "https://water.example/v2/tokens/t.json");
    Handover h;
    h.service = "pipe", h.text = "Ä & b\nc", h.address = "", h.position = "31.2,-121";
    const http::Asked sent = report(a, {"", kernel::Secret("k=1"), false}, h, "abc");
    EXPECT_EQ(sent.url, "https://water.example/v2/requests.json");
    EXPECT_EQ(sent.body, "api_key=k%3d1&service_code=pipe&lat=31.2&long=-121&description=%c3%84%20%26%20b%0ac");
    EXPECT_EQ(sent.headers, (std::vector<std::pair<std::string, std::string>>{{"Idempotency-Key", "abc"}}));
    EXPECT_TRUE(sent.sent_once);
    EXPECT_LE(sent.most_bytes, longest_answer);
    EXPECT_LE(sent.milliseconds, 10'000);
}

}  // namespace
}  // namespace handover::wire
