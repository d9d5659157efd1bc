// What everybody reads without a key, on both engines, straight at the routes.
#include <jobs/testing.h>

#include "test_world.h"

namespace georeport {
namespace {

using kernel::Json;

class Open311Reading : public testing::TestWithParam<db::Engine>, protected World {
protected:
    Open311Reading() : World(GetParam()) {}
};

TEST_P(Open311Reading, ServicesAreKindsUntilThereIsATable) {
    Json all = json_of(get("/open311/v2/services.json"));
    ASSERT_EQ(all.array()->size(), 5u);
    EXPECT_EQ(first(all).need_string("service_code"), "HELP");
    EXPECT_EQ(get("/open311/v2/services/lamp.json").status, 404);
    table();
    all = json_of(get("/open311/v2/services.json"));
    ASSERT_EQ(all.array()->size(), 7u);
    EXPECT_EQ(first(all).need_string("service_code"), "lamp");
    EXPECT_EQ(first(all).need_string("service_name"), "Street lamps");
    EXPECT_EQ(first(all).need_string("keywords"), "路灯, 路燈, Street lamps");
    EXPECT_EQ(first(all).need_string("type"), "realtime");
    const Json lamp = json_of(get("/open311/v2/services/lamp.json"));
    std::vector<std::string> codes;
    std::int64_t order = 0;
    for (const Json& one : lamp.need_array("attributes")) {
        codes.push_back(one.need_string("code"));
        EXPECT_EQ(one.need_integer("order"), ++order);
        EXPECT_FALSE(one.need_boolean("required"));
    }
    EXPECT_EQ(codes, (std::vector<std::string>{"title", "audience", "kind", "district", "lang", "about_persons"}));
    EXPECT_NE(get("/open311/v2/services/road.xml").body.find("<service_code>road</service_code>"), std::string::npos);
    EXPECT_EQ(get("/open311/v2/services/HELP.json").status, 200);
    for (const char* none : {"/open311/v2/services/nothing.json", "/open311/v2/services/lamp.yaml",
                             "/open311/v2/services/lamp", "/open311/v2/services/.json"})
        EXPECT_EQ(get(none).status, 404) << none;
}

TEST_P(Open311Reading, WhatIsNotPublicIsNotThere) {
    const std::string key = admitted().key;
    const auto open = said("The lamp is dark."), quiet = said("Only for the unit.", voice::Audience::unit_only);
    const auto hidden = said("Buy cheap lamps!");
    must(voice::hide(*needs, as("moderator"), hidden, people::Ground::advertising, "An advertisement."));
    EXPECT_EQ(ids(""), std::vector<std::string>{id_of(open)});
    EXPECT_EQ(ids("service_request_id=" + id_of(open) + "," + id_of(quiet) + "," + id_of(hidden)),
              std::vector<std::string>{id_of(open)});
    const std::string unknown = get("/open311/v2/requests/999999.json").body;
    for (const std::string& id : {id_of(quiet), id_of(hidden), std::string("0"), std::string("-1"), std::string("x")}) {
        const http::Response one = get("/open311/v2/requests/" + id + ".json");
        EXPECT_EQ(one.status, 404) << id;
        EXPECT_EQ(one.body, unknown) << id;
    }
    // Sent for the unit alone: a token, which tells nothing more than that it is there.
    const Json sent = first(json_of(post(report(key, {{"attribute[audience]", "unit_only"}}))));
    EXPECT_TRUE(sent["service_request_id"].is_null());
    const std::string kept = sent.need_string("token");
    const Json asked = first(json_of(get("/open311/v2/tokens/" + kept + ".json")));
    EXPECT_EQ(asked.need_string("token"), kept);
    EXPECT_TRUE(asked["service_request_id"].is_null());
    EXPECT_EQ(get("/open311/v2/tokens/" + kept + "x.json").status, 404);
}

TEST_P(Open311Reading, WhatIsHeldGetsItsNumberWhenItIsPublished) {
    const Json sent =
        first(json_of(post(report(admitted().key, {{"description", "Call me on 13812345678, the lamp is dark."}}))));
    const std::string kept = sent.need_string("token");
    EXPECT_NE(sent.need_string("service_notice").find("The token tells its number"), std::string::npos);
    const auto id = parse_token(needs->server_key, kept).value();
    EXPECT_EQ(get("/open311/v2/requests/" + id_of(id) + ".json").status, 404);
    must(voice::publish(*needs, as("moderator"), id));
    const Json asked = first(json_of(get("/open311/v2/tokens/" + kept + ".json")));
    EXPECT_EQ(asked.need_string("service_request_id"), id_of(id));
    EXPECT_EQ(request(id).need_string("status"), "open");
}

TEST_P(Open311Reading, ClosedOnlyWhenItIsOver) {
    const auto id = said("The lamp at the corner is dark.");
    EXPECT_TRUE(request(id)["agency_responsible"].is_null());
    EXPECT_EQ(request(id).need_string("status_notes"), "The message is: received.");
    must(voice::assign(*needs, as("clerk"), id, roads, {}));
    EXPECT_EQ(request(id).need_string("agency_responsible"), "Roads");
    EXPECT_FALSE(request(id)["expected_datetime"].is_null());
    must(voice::ask_back(*needs, as("roads"), id, "Which corner?"));
    EXPECT_TRUE(request(id)["expected_datetime"].is_null()) << "the clock stands";
    go_to("2026-11-24");
    must(voice::answer(*needs, as("roads"), id, voice::Answer::done, "It burns again. <b>", {}));
    const Json answered = request(id);
    EXPECT_EQ(answered.need_string("status"), "open") << "the unit's word alone closes nothing";
    EXPECT_EQ(answered.need_string("status_notes"), "The message is: answered. The answer: done.\nIt burns again. <b>");
    EXPECT_EQ(answered.need_string("updated_datetime").substr(0, 10), "2026-11-24");
    EXPECT_NE(get("/open311/v2/requests/" + id_of(id) + ".xml").body.find("It burns again. &lt;b&gt;"),
              std::string::npos);
    EXPECT_TRUE(ids("status=closed").empty());
    go_to("2026-12-20");
    jobs::run_once(voice::tasks(*needs));
    const Json over = request(id);
    EXPECT_EQ(over.need_string("status"), "closed");
    EXPECT_EQ(over.need_string("updated_datetime").substr(0, 10), "2026-12-20");
    EXPECT_EQ(ids("status=closed"), std::vector<std::string>{id_of(id)});
    EXPECT_TRUE(ids("status=open").empty());
    // What is said about it later ends it no later.
    go_to("2026-12-22");
    must(voice::report(*needs, {}, id, people::Ground::empty, ""));
    must(voice::hold(*needs, as("moderator"), id, people::Ground::empty, "A look."));
    must(voice::publish(*needs, as("moderator"), id));
    EXPECT_EQ(request(id).need_string("updated_datetime").substr(0, 10), "2026-12-20");
}

TEST_P(Open311Reading, WordsThatWereErasedAreGoneHereToo) {
    const auto id = said("Anna of Elm Street");
    EXPECT_EQ(request(id).need_string("address"), "Elm Street 5");
    erase(id.value());
    const Json left = request(id);
    for (const char* gone : {"description", "address", "lat", "long", "media_url"})
        EXPECT_TRUE(left[gone].is_null()) << gone;
    EXPECT_EQ(left.need_string("service_request_id"), id_of(id));
}

TEST_P(Open311Reading, SpansAndPagesFindEachOnce) {
    std::vector<std::string> all;
    for (int day = 1; day <= 9; ++day) {
        go_to("2026-12-0" + std::to_string(day));
        all.insert(all.begin(), id_of(said("Said on day " + std::to_string(day))));
    }
    EXPECT_EQ(ids(""), all);
    EXPECT_EQ(ids("start_date=2026-12-03T00:00:00Z&end_date=2026-12-05T23:59:59Z"),
              (std::vector<std::string>{all[4], all[5], all[6]}));
    EXPECT_EQ(ids("start_date=2026-12-09T00:00:00Z"), std::vector<std::string>{all[0]});
    EXPECT_TRUE(ids("start_date=2027-12-09T00:00:00Z").empty());
    EXPECT_TRUE(ids("end_date=2025-12-09T00:00:00Z").empty());
    std::vector<std::string> turned;
    std::string query = "page_size=4";
    for (int turn = 0; turn < 3; ++turn) {
        const http::Response page = get("/open311/v2/requests.json?" + query);
        const Json list = json_of(page);
        for (const Json& one : *list.array()) turned.push_back(one.need_string("service_request_id"));
        const std::string link = http::testing::header(page, "Link");
        EXPECT_EQ(link.empty(), turn == 2) << link;
        if (link.empty()) break;
        query = link.substr(link.find('?') + 1);
        query = query.substr(0, query.find('>'));
    }
    EXPECT_EQ(turned, all);
    go_to("2027-04-01");
    EXPECT_TRUE(ids("").empty()) << "the newest 90 days";
    EXPECT_EQ(ids("end_date=2026-12-31T00:00:00Z").size(), 9u);
    EXPECT_EQ(ids("service_code=HELP&end_date=2026-12-31T00:00:00Z").size(), 0u) << "they are suggestions";
    EXPECT_EQ(ids("service_code=HELP,SUGGESTION&end_date=2026-12-31T00:00:00Z").size(), 9u);
    EXPECT_EQ(get("/open311/v2/requests.json?status=nonsense").status, 400);
}

TEST_P(Open311Reading, DiscoverySaysWhereAndWhat) {
    const Json json = json_of(get("/open311/v2/discovery.json"));
    const Json& endpoint = json.need_array("endpoints").at(0);
    EXPECT_EQ(endpoint.need_string("specification"), "http://wiki.open311.org/GeoReport_v2");
    EXPECT_EQ(endpoint.need_string("url"), "http://voices.example.org/open311/v2");
    EXPECT_EQ(endpoint.need_string("type"), "production");
    EXPECT_EQ(endpoint.need_array("formats").size(), 2u);
    go_to("2026-12-01");
    table();
    const Json later = json_of(get("/open311/v2/discovery.json"));
    EXPECT_LT(json.need_string("changeset"), later.need_string("changeset"));
    EXPECT_NE(get("/open311/v2/discovery.xml").body.find("<formats><format>text/xml</format>"), std::string::npos);
}

TEST_P(Open311Reading, RulesSayWhoSends) {
    const auto said_there = [&] { return part_of_rules(page::Lang::en, *database->read()).text(); };
    EXPECT_NE(said_there().find("No program may send at present."), std::string::npos);
    const Admitted app = admitted("<City> app");
    EXPECT_NE(said_there().find("&lt;City&gt; app"), std::string::npos);
    EXPECT_NE(said_there().find("shows them their secret code"), std::string::npos);
    erase(app.client.value());
    EXPECT_NE(said_there().find("Program " + std::to_string(app.client.value())), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Engines, Open311Reading, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace georeport
