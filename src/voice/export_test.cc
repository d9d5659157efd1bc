// Lists as tables: every row once, words for those alone who may read them, nothing that a spreadsheet would execute.
#include <algorithm>

#include <gtest/gtest.h>

#include <ledger/in_flight.h>
#include <people/testing_routes.h>

#include "test_world.h"

namespace voice {
namespace {

class VoiceExport : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    http::Router router;
    void SetUp() override { add_routes(router, *world.needs, {}, {}); }

    std::string table(const people::Actor& actor, const std::string& target) {
        const http::Response r = http::testing::answer(router, people::request_by(actor, http::Method::get, target));
        EXPECT_EQ(r.content_type, "text/csv; charset=utf-8") << target;
        std::string text, piece;
        for (bool more = static_cast<bool>(r.stream); more;) {
            piece.clear();
            more = r.stream(piece);
            text += piece;
        }
        return text;
    }
    static std::int64_t lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }
};

TEST_P(VoiceExport, EveryMessageOnceWithItsFilters) {
    world.answered("visitor-a");
    world.said("=HYPERLINK(\"http://x\")", "visitor-b");
    Draft draft = world.draft("For the unit, please.");
    draft.audience = Audience::unit_only;
    must(receive(*world.needs, world.browser("visitor-c"), draft, {}));
    const std::string all = table({}, "/voices.csv");
    EXPECT_TRUE(all.starts_with("\xEF\xBB\xBFnumber,cycle,kind,")) << all.substr(0, 40);
    EXPECT_EQ(lines(all), 4);
    EXPECT_NE(all.find("\"'=HYPERLINK(\"\"http://x\"\")\""), std::string::npos) << all;
    EXPECT_EQ(all.find("For the unit"), std::string::npos) << "not for everybody";
    EXPECT_NE(all.find("unit_only"), std::string::npos) << "that it is there is";
    EXPECT_NE(all.find(",Roads,"), std::string::npos);
    EXPECT_TRUE(table({}, "/voices.csv?bom=no").starts_with("number,"));
    EXPECT_EQ(lines(table({}, "/voices.csv?state=answered")), 2);
    EXPECT_EQ(lines(table({}, "/voices.csv?unit=" + std::to_string(world.roads.value()))), 2);
    EXPECT_EQ(lines(table({}, "/voices.csv?state=withdrawn")), 1) << "the head of the table alone";
}

TEST_P(VoiceExport, TheDeskReadsWhatItMayRead) {
    Draft draft = world.draft("For the unit, please.");
    draft.audience = Audience::unit_only;
    const Received r = must(receive(*world.needs, world.browser("visitor-c"), draft, {}));
    must(assign(*world.needs, world.as("clerk"), r.id, world.roads, {}));
    for (const char* who : {"clerk", "roads", "roads_head", "moderator"})
        EXPECT_NE(table(world.as(who), "/desk/voices.csv").find("For the unit"), std::string::npos) << who;
    for (const char* who : {"lamps", "member", "admin"})
        EXPECT_EQ(table(world.as(who), "/desk/voices.csv").find("For the unit"), std::string::npos) << who;
    const auto refused = http::testing::answer(router, people::request_by({}, http::Method::get, "/desk/voices.csv"));
    EXPECT_NE(refused.status, 200);
    EXPECT_FALSE(refused.stream);
}

TEST_P(VoiceExport, ManyPagesHaveEachRowOnce) {
    constexpr int rows = 1'003;  // more than are read at once
    ledger::InFlight flight(*world.ledger);
    for (int i = 0; i < rows; ++i) {
        change::Imported c;
        c.cycle = world.desk, c.source = "Elsewhere";
        c.words = change::Words{"", "text " + std::to_string(i), "", "", "en", {}};
        flight.submit([entry = change::encode(c)](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            return w.append(entry);
        });
    }
    flight.wait();
    const std::string all = table({}, "/voices.csv?bom=no");
    EXPECT_EQ(lines(all), rows + 1);
    for (const int one : {0, 2, 3, 4, 500, 1'002})
        EXPECT_NE(all.find(",text " + std::to_string(one) + ","), std::string::npos) << one;
    EXPECT_EQ(lines(table({}, "/voices.csv?kind=suggestion")), rows + 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceExport, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace voice
