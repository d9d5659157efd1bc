// Replay arrives at the rows that were lived.

#include <map>
#include <random>

#include <gtest/gtest.h>

#include "test_world.h"

namespace review {
namespace {

class ReviewReplay : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs = *world.needs;
};

TEST_P(ReviewReplay, ErasedWordsLeaveFiguresAndReplayAsTheyWere) {
    const ReviewId id = world.drafted();
    world.voted(id);
    const measure::MeasureId other = world.adopted("Lamps");
    must(pass_over(needs, world.as("clerk"), other, "It was not begun"));
    const std::int64_t passed = world.ledger->size() - 1;
    world.erase(id.value());
    EXPECT_EQ(world.get(id).frozen.questions[0].text, "");
    EXPECT_EQ(world.get(id).frozen.panels[0].name, "");
    EXPECT_EQ(world.get(id).frozen.panels[0].weight, 60);
    world.expect_same_after_rebuild();
    world.go_to("2026-12-05");
    world.tick();
    const std::int64_t closed = life(*world.database->read(), id).closed->entry;
    world.erase(closed);
    world.erase(passed);
    auto db = world.database->read();
    EXPECT_EQ(named_ballots(*db, id, 1).at(0).name, "");
    EXPECT_EQ(named_ballots(*db, id, 1).at(0).reasons, "");
    EXPECT_EQ(passed_over(*db, other)->reason, "");
    EXPECT_EQ(result(*db, id)->panels[1].cast, 2);
    EXPECT_EQ(result(*db, id)->percent, 73) << "(60 * 18/22 + 20 * 1/2) / 80: figures read facts only";
    world.expect_same_after_rebuild();
}

// Whatever is done by whomever in whatever order, and whichever words are erased: replay arrives at the rows that were
// lived, every ballot that was acknowledged is counted, and the counters agree with the reviews.
TEST_P(ReviewReplay, ReplayEqualsLifeWhateverWasDone) {
    std::mt19937 random(GetParam() == db::Engine::sqlite ? 21 : 22);
    const auto below = [&](std::int64_t n) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
    };
    const std::vector<std::string> staff = {"chief", "clerk", "roads_head", "audit_head", "owner"};
    const std::int64_t start = world.ledger->size();
    std::vector<measure::MeasureId> measures = {world.judged, world.verified(), world.adopted()};
    std::vector<ReviewId> made;
    std::map<ReviewId, Codes> codes;
    std::map<ReviewId, std::int64_t> acknowledged;
    kernel::Day today = on("2026-11-23");
    std::map<int, int> done;
    for (int step = 0; step < 400; ++step) {
        const people::Actor who = world.as(staff[static_cast<std::size_t>(below(5))]);
        const auto id =
            made.empty() ? ReviewId() : made[static_cast<std::size_t>(below(static_cast<std::int64_t>(made.size())))];
        const auto of = measures[static_cast<std::size_t>(below(static_cast<std::int64_t>(measures.size())))];
        const int act = static_cast<int>(below(10));
        bool good = false;
        switch (act) {
            case 0: {
                Draft d = world.draft_of(of, 8);
                d.closes = today + 1 + below(6);
                const auto result = draft(needs, who, d);
                if (result) made.push_back(*result);
                good = result.has_value();
                break;
            }
            case 1:
            case 2: {
                const auto result = open(needs, who, id);
                if (result) codes[id] = *result;
                good = result.has_value();
                break;
            }
            case 3:
            case 4:
            case 5:
                for (const auto& [open_one, slips] : codes) {
                    const auto panel = static_cast<std::size_t>(below(3));
                    const auto& some = slips[panel];
                    const auto& code = some[static_cast<std::size_t>(below(static_cast<std::int64_t>(some.size())))];
                    const bool put = world
                                         .put(open_one, code, {static_cast<int>(below(6)), static_cast<int>(below(6))},
                                              panel == 1 ? "N. N." : "", panel == 1 ? "because" : "")
                                         .has_value();
                    acknowledged[open_one] += put ? 1 : 0;
                    good = put || good;
                }
                break;
            case 6:
                today = today + 1 + below(2);
                world.go_to(kernel::iso(today));
                for (ReviewId each : made) good = close(needs, who, each).has_value() || good;
                if (below(2) == 0) world.tick();
                break;
            case 7:
                good = pass_over(needs, who, of, "no time").has_value();
                break;
            case 8: {
                const measure::Measure m = measure::measure(*world.database->read(), of).value();
                using S = measure::State;
                if (m.state == S::adopted || m.state == S::returned || m.state == S::under_way)
                    world.done(of), good = true;
                if (measures.size() < 8) measures.push_back(world.adopted()), good = true;
                break;
            }
            default: {
                const std::int64_t index = start + below(world.ledger->size() - start);
                good = world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "test"); })
                           .has_value();
            }
        }
        done[act] += good ? 1 : 0;
    }
    for (int act = 0; act < 10; ++act) EXPECT_GT(done[act], 0) << "act " << act;
    world.go_to(kernel::iso(today + 30));
    world.tick();
    EXPECT_EQ(world.waiting(), 0u);
    auto db = world.database->read();
    std::int64_t accepted = 0, returned = 0, too_few = 0;
    for (ReviewId id : made) {
        const auto found = result(*db, id);
        EXPECT_EQ(found.has_value(), codes.contains(id));
        if (!found) continue;
        std::int64_t cast_ones = 0, spent_ones = 0;
        for (std::size_t p = 0; p < 3; ++p) {
            cast_ones += found->panels[p].cast;
            spent_ones += static_cast<std::int64_t>(spent_marks(*db, id, static_cast<int>(p), "", 100).size());
        }
        EXPECT_EQ(cast_ones, acknowledged[id]);
        EXPECT_EQ(spent_ones, acknowledged[id]);
        accepted += found->accepted, returned += found->enough && !found->accepted, too_few += !found->enough;
    }
    const UnitCounts n = unit_counts(*db, world.roads, on("2026-01-01"), on("2029-12-31"));
    EXPECT_EQ(n.accepted, accepted);
    EXPECT_EQ(n.returned, returned);
    EXPECT_EQ(n.too_few, too_few);
    EXPECT_EQ(n.judged, accepted + returned);
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, ReviewReplay, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace review
