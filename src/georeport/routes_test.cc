// What clients that send reports get, on both engines, straight at the routes.
#include <fstream>

#include <voice/importing.h>

#include "posted.h"
#include "test_world.h"

namespace georeport {
namespace {

using kernel::Json;

class Open311 : public testing::TestWithParam<db::Engine>, protected World {
protected:
    Open311() : World(GetParam()) {}
    static std::string why(const http::Response& r) { return first(json_of(r)).need_string("description"); }
};

TEST_P(Open311, AReportIsAMessageLikeAllOthers) {
    const Admitted app = admitted();
    const http::Response sent = post(report(app.key));
    ASSERT_EQ(sent.status, 200) << sent.body;
    const Json one = first(json_of(sent));
    const std::string id = one.need_string("service_request_id");
    EXPECT_TRUE(one["account_id"].is_null());
    EXPECT_TRUE(one["token"].is_null());
    const std::string notice = one.need_string("service_notice");
    EXPECT_NE(notice.find("http://voices.example.org/receipts/" + id), std::string::npos) << notice;
    EXPECT_NE(notice.find("Secret code, shown this once: "), std::string::npos) << notice;
    const Json shown = request(voice::VoiceId(std::stoll(id)));
    EXPECT_EQ(shown.need_string("status"), "open");
    EXPECT_EQ(shown.need_string("service_code"), "HELP");
    EXPECT_EQ(shown.need_string("description"), "A large sinkhole is destroying the street");
    EXPECT_EQ(*shown["lat"].real(), 37.7652);
    EXPECT_EQ(*shown["long"].real(), -122.4212);
    EXPECT_FALSE(shown["expected_datetime"].is_null());
    EXPECT_EQ(ids(""), std::vector<std::string>{id});
    expect_same_after_rebuild();
}

// The table in force sends it to its unit at once; the category is the service from then on.
TEST_P(Open311, ACategoryLeadsToItsUnit) {
    const std::string key = admitted().key;
    table();
    const auto sent = [&](const http::testing::Fields& others) {
        const http::Response out = post(report(key, others));
        EXPECT_EQ(out.status, 200) << out.body;
        return voice::VoiceId(std::stoll(first(json_of(out)).need_string("service_request_id")));
    };
    const auto lamp = sent({{"service_code", "lamp"}, {"attribute[district]", "north"}});
    const auto road = sent({{"service_code", "road"}, {"attribute[kind]", "complaint"}, {"attribute[title]", "Hole"}});
    const auto help = sent({});
    EXPECT_EQ(request(lamp).need_string("service_code"), "lamp");
    EXPECT_EQ(request(lamp).need_string("service_name"), "Street lamps");
    EXPECT_EQ(request(lamp).need_string("agency_responsible"), "Roads");
    EXPECT_EQ(request(road).need_string("service_name"), "Roads & paths");
    EXPECT_EQ(request(road).need_string("description").substr(0, 6), "Hole\n\n");
    EXPECT_TRUE(request(road)["agency_responsible"].is_null()) << "no row for it";
    const voice::Voice v = voice::voice(*database->read(), road).value();
    EXPECT_EQ(v.kind, voice::Kind::complaint);
    EXPECT_EQ(v.way, voice::Way::open311);
    EXPECT_EQ(voice::voice(*database->read(), lamp)->district, "north");
    EXPECT_EQ(ids("service_code=lamp"), std::vector<std::string>{id_of(lamp)});
    EXPECT_EQ(ids("service_code=road,HELP"), (std::vector<std::string>{id_of(help), id_of(road)}));
    EXPECT_TRUE(ids("service_code=COMPLAINT").empty()) << "it has a category";
    expect_same_after_rebuild();
}

TEST_P(Open311, WhoTypesForOthersSeesNoCode) {
    const std::string notice =
        first(json_of(post(report(admitted("Hotline", false).key)))).need_string("service_notice");
    EXPECT_EQ(notice.find("Secret code, shown"), std::string::npos);
    EXPECT_NE(notice.find("No secret code is given out this way"), std::string::npos);
}

TEST_P(Open311, TheSameReportAgainIsTheSameMessage) {
    const Admitted app = admitted();
    const Json one = first(json_of(post(report(app.key), "json", "order-1")));
    const Json again = first(json_of(post(report(app.key), "json", "order-1")));
    EXPECT_EQ(one.need_string("service_request_id"), again.need_string("service_request_id"));
    EXPECT_NE(again.need_string("service_notice").find("nothing was entered twice"), std::string::npos);
    EXPECT_NE(again.need_string("service_notice").find("The secret code was shown with the first answer."),
              std::string::npos);
    EXPECT_EQ(ids("").size(), 1u);
    EXPECT_NE(first(json_of(post(report(app.key, {{"description", "Something else"}}), "json", "order-1")))
                  .need_string("service_request_id"),
              one.need_string("service_request_id"))
        << "other words are another report";
    // Long after tokens of forms are forgotten, and in the other format.
    go_to("2026-12-20");
    const http::Response late = post(report(app.key), "xml", "order-1");
    EXPECT_NE(late.body.find("<service_request_id>" + one.need_string("service_request_id") + "<"), std::string::npos);
    EXPECT_NE(post(report(admitted("Other app").key), "xml", "order-1").body.find("Received as message"),
              std::string::npos)
        << "another client's key for it is another";
    EXPECT_NE(first(json_of(post(report(app.key), "json", "order-2"))).need_string("service_request_id"),
              one.need_string("service_request_id"));
}

TEST_P(Open311, OnlyAKeyThatHoldsSends) {
    const Admitted app = admitted();
    const std::int64_t before = ledger->size();
    EXPECT_EQ(post(report("")).status, 403);
    EXPECT_EQ(why(post(report(""))), "api_key: Sending needs an api_key.");
    EXPECT_EQ(post(report(std::string(32, 'a'))).status, 403);
    EXPECT_EQ(why(post(report("'; drop table voice; --"))), "api_key: This api_key is not valid, or not any more.");
    EXPECT_EQ(ledger->size(), before);
    must(end(*needs, as("administrator"), app.client, "lost"));
    const http::Response ended = post(report(app.key), "xml");
    EXPECT_EQ(ended.status, 403);
    EXPECT_NE(ended.body.find("<error><code>403</code>"), std::string::npos);
}

TEST_P(Open311, EachClientHasARate) {
    const Admitted slow = admitted("Slow", true, 2), fast = admitted("Fast", true, 60);
    EXPECT_EQ(post(report(slow.key)).status, 200);
    EXPECT_EQ(post(report(slow.key)).status, 200);
    const http::Response third = post(report(slow.key));
    EXPECT_EQ(third.status, 429);
    EXPECT_EQ(why(third), "This key may send 2 reports a minute. Please send the rest a little later.");
    EXPECT_FALSE(http::testing::header(third, "Retry-After").empty());
    EXPECT_EQ(post(report(fast.key)).status, 200) << "one client's haste is not another's";
}

TEST_P(Open311, WhatIsWrongIsSaidAtItsFieldAndNothingIsKept) {
    const std::string key = admitted().key;
    table();
    const std::int64_t before = ledger->size();
    const auto refused = [&](const http::testing::Fields& others, int status = 400) {
        const http::Response out = post(report(key, others));
        EXPECT_EQ(out.status, status) << out.body;
        return out.status == 200 ? "" : why(out);
    };
    EXPECT_EQ(refused({{"service_code", ""}}), "service_code: Say which service.");
    EXPECT_EQ(refused({{"service_code", "help"}}, 404), "service_code: There is no such service.");
    EXPECT_EQ(refused({{"description", ""}}).substr(0, 13), "description: ");
    EXPECT_EQ(refused({{"description", std::string(5001, 'x')}}).substr(0, 13), "description: ");
    EXPECT_EQ(refused({{"description", "a\x01"}}).substr(0, 13), "description: ");
    EXPECT_EQ(refused({{"lat", ""}, {"long", ""}}), "address_string: Say where: lat and long, or address_string.");
    EXPECT_EQ(refused({{"lat", ""}, {"long", ""}, {"address_id", "545483"}}).substr(0, 49),
              "address_string: This place has no list of address");
    EXPECT_EQ(refused({{"long", ""}}).substr(0, 6), "long: ");
    EXPECT_EQ(refused({{"lat", "37,76"}}).substr(0, 5), "lat: ");
    EXPECT_EQ(refused({{"lat", "91"}}).substr(0, 5), "lat: ");
    EXPECT_EQ(refused({{"address_string", std::string(201, 'x')}}).substr(0, 16), "address_string: ");
    EXPECT_EQ(refused({{"attribute[audience]", "confidential"}}),
              "attribute[audience]: This value is not one of those that can be chosen.");
    EXPECT_EQ(refused({{"attribute[lang]", "<b>"}}).substr(0, 17), "attribute[lang]: ");
    EXPECT_EQ(refused({{"attribute[WHISPAWN]", "123456"}}),
              "attribute[WHISPAWN]: This service does not have this attribute.");
    EXPECT_EQ(refused({{"attribute[kind]", "praise"}}).substr(0, 17), "attribute[kind]: ") << "HELP is a kind itself";
    EXPECT_EQ(refused({{"service_code", "lamp"}, {"attribute[district]", "south"}}).substr(0, 21),
              "attribute[district]: ");
    http::testing::Fields twice = report(key);
    twice.emplace_back("description", "another");
    EXPECT_EQ(why(post(twice)), "description: This was sent more than once.");
    const Json both = json_of(post(report(key, {{"lat", "x"}, {"attribute[audience]", "y"}})));
    EXPECT_EQ(both.array()->size(), 2u) << "all that is wrong at once";
    EXPECT_EQ(ledger->size(), before);
}

TEST_P(Open311, WhatIsNotKeptIsSaid) {
    const std::string key = admitted().key;
    const http::Response sent = post(report(key, {{"first_name", "Johannes"},
                                                  {"last_name", "Smithson"},
                                                  {"device_id", "tt222111"},
                                                  {"account_id", "account-4711"},
                                                  {"media_url", "http://169.254.169.254/latest/meta-data"}}));
    ASSERT_EQ(sent.status, 200) << sent.body;
    const Json one = first(json_of(sent));
    const std::string notice = one.need_string("service_notice");
    EXPECT_NE(notice.find("A name alone reaches nobody"), std::string::npos) << notice;
    EXPECT_NE(notice.find("Nothing was fetched from media_url"), std::string::npos) << notice;
    EXPECT_TRUE(one["account_id"].is_null());
    auto db = database->read();
    for (const ledger::Entry& e : ledger::entries(*db, 0, 1000)) {
        const std::string all = kernel::canonical(e.facts) + (e.words ? kernel::canonical(*e.words) : "");
        for (const char* gone : {"Johannes", "Smithson", "tt222111", "4711", "169.254"})
            EXPECT_EQ(all.find(gone), std::string::npos) << gone;
    }
}

// As in the form at /say: sealed beside the message, served to nobody; and every message has such an entry.
TEST_P(Open311, HowAnAuthorCanBeReachedIsSealedApart) {
    const std::string key = admitted().key;
    const auto sent = [&](const http::testing::Fields& others, const std::string& once = "") {
        const http::Response out = post(report(key, others), "json", once);
        EXPECT_EQ(out.status, 200) << out.body;
        return first(json_of(out));
    };
    const http::testing::Fields left = {{"email", "smit333@sfgov.edu"}, {"phone", "+1 111 1111"},
                                        {"first_name", "小明"},         {"last_name", "王"},
                                        {"attribute[title]", "Hole"},   {"service_code", "COMPLAINT"}};
    const Json with = sent(left, "reach-1");
    EXPECT_NE(with.need_string("service_notice").find("after 120 days it is erased"), std::string::npos);
    const Json without = sent({});
    EXPECT_EQ(without.need_string("service_notice").find("reached"), std::string::npos);
    auto db = database->read();
    std::vector<std::size_t> leaves;
    for (const Json& one : {with, without}) {
        const voice::VoiceId id(std::stoll(one.need_string("service_request_id")));
        const auto entry = ledger::entry(*db, id.value() + 1);
        ASSERT_TRUE(entry);
        EXPECT_EQ(entry->kind, "contact.given") << "whether or not something was left";
        const auto shown = ledger::public_entries(*db, entry->index, 1).at(0);
        EXPECT_FALSE(shown.facts || shown.words);
        leaves.push_back(shown.leaf.size());
    }
    EXPECT_EQ(leaves[0], leaves[1]);
    const voice::VoiceId id(std::stoll(with.need_string("service_request_id")));
    EXPECT_EQ(contact::contact_of(*db, needs->server_key, id)->given,
              (contact::Given{"王小明", "+1 111 1111", "smit333@sfgov.edu", ""}));
    for (const std::string format : {".json", ".xml"}) {
        const std::string shown = get("/open311/v2/requests/" + id_of(id) + format).body;
        for (const char* one : {"smit333", "111 1111", "小明"}) EXPECT_EQ(shown.find(one), std::string::npos) << one;
    }
    const std::int64_t before = ledger->size();
    sent(left, "reach-1");
    EXPECT_EQ(ledger->size(), before) << "the same again is nothing new";
    expect_same_after_rebuild();
}

TEST_P(Open311, ContactDataThatReachesNobodyIsRefusedAtItsField) {
    const std::string key = admitted().key;
    const std::int64_t before = ledger->size();
    const auto refused = [&](const http::testing::Fields& others) {
        const http::Response out = post(report(key, others));
        EXPECT_EQ(out.status, 400) << out.body;
        return out.status == 200 ? "" : why(out);
    };
    EXPECT_EQ(refused({{"email", "me"}}).substr(0, 7), "email: ");
    EXPECT_EQ(refused({{"phone", "call me"}}).substr(0, 7), "phone: ");
    EXPECT_EQ(refused({{"phone", std::string(41, '1')}}).substr(0, 7), "phone: ");
    EXPECT_EQ(refused({{"first_name", std::string(81, 'x')}}).substr(0, 12), "first_name: ");
    EXPECT_EQ(refused({{"phone", "11111"}, {"first_name", std::string(50, 'x')}, {"last_name", std::string(50, 'y')}})
                  .substr(0, 23),
              "first_name, last_name: ");
    http::testing::Fields twice = report(key, {{"email", "a@b.cd"}});
    twice.emplace_back("email", "e@f.gh");
    EXPECT_EQ(why(post(twice)), "email: This was sent more than once.");
    EXPECT_EQ(ledger->size(), before);
    EXPECT_EQ(whole_name("Ada", "Lovelace"), "Ada Lovelace");
    EXPECT_EQ(whole_name("Иван", "Иванов"), "Иван Иванов");
    EXPECT_EQ(whole_name("", "王"), "王");
    EXPECT_EQ(whole_name("小明", "欧阳"), "欧阳小明");
}

// A place that is not on the list of places is no reason to turn somebody away who cannot know the list.
TEST_P(Open311, APlaceThatIsOnNoListStandsInTheWords) {
    const std::string file = testing::TempDir() + "/georeport-places.csv";
    std::ofstream(file) << "place\nOak Street\n";
    must(voice::import_places(*needs, file));
    const Json sent = first(json_of(post(report(admitted().key, {{"address_string", "1234 5th street"}}))));
    const Json shown = request(voice::VoiceId(std::stoll(sent.need_string("service_request_id"))));
    EXPECT_EQ(shown.need_string("description"), "A large sinkhole is destroying the street\n\nPlace: 1234 5th street");
    EXPECT_TRUE(shown["address"].is_null());
    const Json known = first(json_of(post(report(admitted("Other").key, {{"address_string", "Oak Street"}}))));
    EXPECT_EQ(request(voice::VoiceId(std::stoll(known.need_string("service_request_id")))).need_string("address"),
              "Oak Street");
}

INSTANTIATE_TEST_SUITE_P(Engines, Open311, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace georeport
