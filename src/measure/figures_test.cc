// The figures of units: that the list behind each is exactly what it counts.
#include "test_world.h"

namespace measure {
namespace {

constexpr Figure all_figures[] = {Figure::due,  Figure::settled, Figure::running,  Figure::done_in_time,
                                  Figure::late, Figure::judged,  Figure::returned, Figure::not_judged};

class MeasureFigures : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};

    std::vector<MeasureId> list(const std::vector<people::UnitId>& units, std::string_view from, std::string_view to,
                                Figure what) {
        Filter f;
        f.counted = Counting{units, on(from), on(to), what};
        f.at_most = 1000;
        std::vector<MeasureId> ids;
        for (const Measure& m : measures(*world.database->read(), f)) ids.push_back(m.id);
        return ids;
    }
};

TEST_P(MeasureFigures, EveryListIsExactlyWhatItsFigureCounts) {
    const MeasureId twice = world.verified();
    must(world.judged(twice, false));
    must(report_done(*world.needs, world.as("owner"), twice, World::report(100)));
    must(verify(*world.needs, world.as("auditor"), twice, true, "counted again"));
    must(world.judged(twice, false));
    const MeasureId accepted = world.verified();
    must(world.judged(accepted, true));
    world.done();
    Draft next = world.draft("In the new year");
    next.due = on("2027-01-15");
    world.adopted(next);
    Draft under = world.draft("Lamps");
    under.owner_unit = world.lamps, under.owner = world.as("lamps_head").officer, under.sample = true;
    const MeasureId late = world.adopted(under);
    world.go_to("2026-12-10");
    world.tick();
    struct {
        std::vector<people::UnitId> units;
        const char *from, *to;
        std::int64_t numbers[8];
    } cases[] = {
        {{world.roads}, "2026-12-01", "2026-12-31", {3, 3, 0, 3, 0, 2, 1, 1}},
        {{world.roads}, "2026-12-01", "2027-01-31", {4, 3, 1, 3, 0, 2, 1, 2}},
        {{world.lamps}, "2026-12-01", "2026-12-31", {1, 1, 0, 0, 1, 0, 0, 1}},
        {{world.roads, world.lamps}, "2026-10-01", "2027-03-31", {5, 4, 1, 3, 1, 2, 1, 3}},
        {{world.audit}, "2026-01-01", "2027-12-31", {0, 0, 0, 0, 0, 0, 0, 0}},
    };
    for (const auto& c : cases) {
        for (std::size_t i = 0; i < std::size(all_figures); ++i)
            EXPECT_EQ(std::ssize(list(c.units, c.from, c.to, all_figures[i])), c.numbers[i])
                << name(all_figures[i]) << " from " << c.from;
        const UnitCounts n = unit_counts(*world.database->read(), c.units, on(c.from), on(c.to));
        const std::int64_t numbers[] = {n.due,
                                        n.done_in_time + n.late,
                                        n.due - n.done_in_time - n.late,
                                        n.done_in_time,
                                        n.late,
                                        n.measures_judged,
                                        n.measures_returned};
        for (std::size_t i = 0; i < std::size(numbers); ++i)
            EXPECT_EQ(numbers[i], c.numbers[i]) << name(all_figures[i]) << " from " << c.from;
    }
    EXPECT_EQ(list({world.lamps}, "2026-12-01", "2026-12-31", Figure::late), std::vector<MeasureId>{late});
    EXPECT_EQ(list({world.roads}, "2026-12-01", "2026-12-31", Figure::returned), std::vector<MeasureId>{twice});
    auto db = world.database->read();
    EXPECT_TRUE(any_sample(*db, {world.lamps}, on("2026-12-01"), on("2026-12-31")));
    EXPECT_FALSE(any_sample(*db, {world.roads}, on("2026-12-01"), on("2026-12-31")));
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, MeasureFigures, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace measure
