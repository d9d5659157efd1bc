#include "shape.h"

#include <gtest/gtest.h>

#include <http/testing.h>

#include "asked.h"
#include "georeport.h"
#include "posted.h"

namespace georeport {
namespace {

using kernel::Json;

http::Request asked_for(const std::string& target, const std::string& accept = "") {
    http::Request r = http::testing::request(http::Method::get, target);
    r.headers["accept-language"] = "en";
    if (!accept.empty()) r.headers["accept"] = accept;
    return r;
}

TEST(Shape, OneValueMakesBothFormats) {
    Json one;
    one.set("service_code", "001").set("metadata", true).set("description", Json()).set("lat", 31.2304);
    const Json list = Json::Array{one};
    EXPECT_EQ(as_xml(list, "services"),
              "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<services><service><description/><lat>31.2304</lat>"
              "<metadata>true</metadata><service_code>001</service_code></service></services>\n");
    EXPECT_EQ(as_xml(Json::Array{}, "service_requests"),
              "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<service_requests></service_requests>\n");
    const http::Response json = answer(asked_for("/open311/v2/services.json"), Format::json, list, "services");
    EXPECT_EQ(json.content_type, "application/json; charset=utf-8");
    EXPECT_EQ(json.body, R"([{"description":null,"lat":31.2304,"metadata":true,"service_code":"001"}])");
    const http::Response xml = answer(asked_for("/open311/v2/services.xml"), Format::xml, list, "services");
    EXPECT_EQ(xml.content_type, "text/xml; charset=utf-8");
    EXPECT_THROW(as_xml(list, "things"), std::logic_error);
}

TEST(Shape, WordsStayWordsInXml) {
    Json one;
    one.set("description",
            "</description><x>&\"\x01\xEF\xBF\xBF"
            "!");
    EXPECT_NE(as_xml(Json::Array{one}, "service_requests")
                  .find("<description>&lt;/description&gt;&lt;x&gt;&amp;&quot;!</description>"),
              std::string::npos);
}

TEST(Shape, TheFormatIsTheEndOfTheAddress) {
    EXPECT_EQ(named("17.json")->name, "17");
    EXPECT_EQ(named("a.b.xml")->name, "a.b");
    EXPECT_EQ(named("a.b.xml")->format, Format::xml);
    for (const char* none : {"", "17", "17.yaml", "json", "xml", "17.json.", "17.JSON"})
        EXPECT_FALSE(named(none)) << none;
    EXPECT_EQ(format_of(asked_for("/open311/v2/services.json", "text/xml")), Format::json);
    EXPECT_EQ(format_of(asked_for("/open311/v2/services")), Format::xml);
    EXPECT_EQ(format_of(asked_for("/open311/v2/services.yaml", "application/json")), Format::json);
}

TEST(Shape, RefusalsAreAList) {
    const std::vector<kernel::Error> two = {
        kernel::invalid("text", "georeport.twice"),
        kernel::Error{kernel::Code::forbidden, "georeport.key_missing", "api_key", {}}};
    const http::Response json = refusal(asked_for("/open311/v2/requests.json"), Format::json, two);
    EXPECT_EQ(json.status, 400);
    EXPECT_EQ(json.body, R"([{"code":400,"description":"description: This was sent more than once."},)"
                         R"({"code":403,"description":"api_key: Sending needs an api_key."}])");
    const http::Response xml = refusal(asked_for("/open311/v2/requests.xml"), Format::xml, {two[1]});
    EXPECT_EQ(xml.status, 403);
    EXPECT_EQ(xml.body,
              "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<errors><error><code>403</code><description>api_key: "
              "Sending needs an api_key.</description></error></errors>\n");
    const auto of = [](kernel::Code code) { return status_of(kernel::refuse(code, "x")); };
    EXPECT_EQ(of(kernel::Code::invalid), 400);
    EXPECT_EQ(of(kernel::Code::conflict), 400);
    EXPECT_EQ(of(kernel::Code::unauthenticated), 403);
    EXPECT_EQ(of(kernel::Code::not_found), 404);
    EXPECT_EQ(of(kernel::Code::too_many), 429);
    EXPECT_EQ(of(kernel::Code::unavailable), 503);
}

TEST(Shape, FaultsOfTheServerToo) {
    const http::Request r = asked_for("/open311/v2/requests.json");
    EXPECT_TRUE(answers(r));
    EXPECT_TRUE(answers(asked_for("/open311")));
    EXPECT_FALSE(answers(asked_for("/open3111")));
    EXPECT_FALSE(answers(asked_for("/voices")));
    const http::Response out = fault(r, 413, kernel::refuse(kernel::Code::too_large, "http.too_large"));
    EXPECT_EQ(out.status, 413);
    EXPECT_TRUE(out.body.starts_with(R"([{"code":413,"description":")")) << out.body;
}

TEST(Asked, DatesAreThoseOfW3C) {
    const auto at = [](std::string_view iso) { return kernel::parse_instant(iso).value(); };
    EXPECT_EQ(parse_w3c("1994-11-05T08:15:30-05:00"), at("1994-11-05T13:15:30Z"));
    EXPECT_EQ(parse_w3c("1994-11-05T13:15:30Z"), at("1994-11-05T13:15:30Z"));
    EXPECT_EQ(parse_w3c("2026-11-01T00:00:00 08:00"), at("2026-10-31T16:00:00Z")) << "a plus that became a blank";
    EXPECT_EQ(parse_w3c("2026-11-01T00:00:00.250+08:00"), at("2026-10-31T16:00:00.250Z"));
    for (const char* wrong :
         {"", "Z", "2026-11-01", "2026-11-01T00:00:00", "2026-11-01T00:00:00+8:00", "2026-11-01T00:00:00+15:00",
          "2026-11-01T00:00:00+08:60", "2026-13-01T00:00:00Z", "2026-11-01T00:00:00*08:00", "+08:00", "yesterday"})
        EXPECT_FALSE(parse_w3c(wrong)) << wrong;
}

TEST(Asked, SpansListsAndPages) {
    const kernel::Instant now = kernel::parse_instant("2026-11-23T09:00:00Z").value();
    const auto read = [&](const std::string& query) { return read_asked(asked_for("/r.json?" + query), now); };
    const auto why = [&](const std::string& query) {
        const auto asked = read(query);
        return asked ? "" : asked.error().field + " " + asked.error().key;
    };
    constexpr std::int64_t span = std::int64_t{90} * 86'400'000;
    EXPECT_EQ(now - *read("")->from, span);
    EXPECT_EQ(*read("")->to, now);
    EXPECT_EQ(*read("start_date=2026-01-01T00:00:00Z")->to - *read("start_date=2026-01-01T00:00:00Z")->from, span);
    EXPECT_EQ(*read("start_date=2026-11-22T00:00:00Z")->to, now);
    EXPECT_EQ(kernel::iso(*read("end_date=2026-04-01T00:00:00Z")->from), "2026-01-01T00:00:00Z");
    EXPECT_EQ(why("start_date=2026-01-01T00:00:00Z&end_date=2026-04-01T00:00:00Z"), "");
    EXPECT_EQ(why("start_date=2026-01-01T00:00:00Z&end_date=2026-04-01T00:00:01Z"), "end_date georeport.span");
    EXPECT_EQ(why("start_date=2026-04-01T00:00:00Z&end_date=2026-01-01T00:00:00Z"), "end_date georeport.span");
    EXPECT_EQ(why("start_date=last week"), "start_date georeport.date");
    EXPECT_EQ(why("start_date=&end_date="), "") << "empty is as if not sent";
    EXPECT_EQ(why("status=open,closed&status=open"), "");
    EXPECT_FALSE(read("status=closed")->open);
    EXPECT_EQ(why("status=done"), "status georeport.status");
    EXPECT_EQ(read("service_code=a,b&service_code=,c")->codes, (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(read("page_size=20&page=1")->at_most, 20);
    for (const char* wrong : {"0", "1001", "x", "-1"})
        EXPECT_EQ(why("page_size=" + std::string(wrong)), "page_size georeport.page_size");
    EXPECT_EQ(why("page=2"), "page georeport.page");
    EXPECT_EQ(why("before=x"), "before georeport.before");
    const auto ids = read("service_request_id=17,x,18&status=nonsense");
    EXPECT_EQ(ids->ids.size(), 2u);
    EXPECT_TRUE(ids->by_ids);
    EXPECT_TRUE(read("service_request_id=x")->by_ids) << "an id that is none is not all of them";
    std::string many = "service_request_id=1";
    for (int i = 0; i < most_requests; ++i) many += ",1";
    EXPECT_EQ(why(many), "service_request_id georeport.too_many_ids");
}

}  // namespace
}  // namespace georeport
