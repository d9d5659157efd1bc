// What is open goes on the page of the round after, and of the one after that, until it is accepted.
#include <gtest/gtest.h>

#include <page/page.h>
#include <people/testing_routes.h>

#include "pages.h"
#include "test_world.h"

namespace measure {
namespace {

class Inherited : public testing::TestWithParam<db::Engine> {
protected:
    Inherited() { page::set_up({}); }
    people::CycleId after(people::CycleId before) {
        cycle::Draft draft = cycle::draft_for_tests(world.root);
        draft.inherits = before;
        return must(cycle::open(*world.needs, world.as("chief"), draft));
    }
    std::string shown(people::CycleId id) {
        http::Request r = people::request_by(people::Actor(), http::Method::get, "/");
        r.headers["accept-language"] = "en";
        auto db = world.database->read();
        return part_inherited(r, *db, *cycle::cycle(*db, id)).text();
    }
    bool has(people::CycleId id, const std::string& text) { return shown(id).find(text) != std::string::npos; }

    World world{GetParam()};
};

TEST_P(Inherited, OpenMeasuresStandOnThePageOfTheNextRoundAndTheNextButOne) {
    const people::CycleId next = after(world.round), later = after(next);
    EXPECT_EQ(shown(world.round), "") << "it inherits nothing";
    EXPECT_EQ(shown(next), "") << "nothing was promised";
    const MeasureId kept = world.verified();
    std::vector<MeasureId> open;
    for (int i = 0; i < 6; ++i) open.push_back(world.adopted(world.draft("Measure " + std::to_string(i))));
    EXPECT_TRUE(has(next, "7 open measures of"));
    must(world.judged(kept, true));
    for (people::CycleId id : {next, later}) {
        EXPECT_TRUE(has(id, "6 open measures of")) << shown(id);
        EXPECT_TRUE(has(id, "Measure 5"));
        EXPECT_FALSE(has(id, "Measure 0")) << "five, and the way to the others";
        EXPECT_TRUE(has(id, "/measures?cycle=" + std::to_string(world.round.value()) + "&amp;open=yes")) << shown(id);
    }
    EXPECT_EQ(shown(world.round), "");
    Filter f;
    f.cycle = world.round;
    EXPECT_EQ(measures(*world.database->read(), f).size(), 7u);
    f.open_only = true;
    f.at_most = 4;
    const auto first = measures(*world.database->read(), f);
    ASSERT_EQ(first.size(), 4u);
    f.before = first.back().id;
    const auto second = measures(*world.database->read(), f);
    ASSERT_EQ(second.size(), 2u);
    EXPECT_EQ(second.back().id, open.front());
    // Owner and due day are those that were promised.
    EXPECT_EQ(second.back().promised.due, world.draft().due);
    EXPECT_EQ(second.back().promised.owner, world.draft().owner);
}

INSTANTIATE_TEST_SUITE_P(Engines, Inherited, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace measure
