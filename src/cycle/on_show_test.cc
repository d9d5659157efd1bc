// Which round the home page shows.
#include <algorithm>

#include <gtest/gtest.h>

#include "test_world.h"

namespace cycle {
namespace {

class CycleOnShow : public testing::Test {
protected:
    CycleId shown(const std::vector<CycleId>& with_much = {}) {
        auto db = world.database->read();
        return on_show(*db,
                       [&](const Cycle& c) {
                           return std::count(with_much.begin(), with_much.end(), c.id) > 0 ? std::int64_t{5}
                                                                                           : std::int64_t{1};
                       })
            .id;
    }
    CycleId opened(bool sample = false, const std::string& source = {}) {
        Draft draft = world.full("Buses");
        draft.sample = sample;
        draft.source = source;
        return must(open(*world.needs, world.as("head"), draft));
    }
    void move(CycleId id, Phase to) { must(advance(*world.needs, world.as("head"), id, to, {}, "Next")); }

    World world{db::Engine::sqlite};
};

TEST_F(CycleOnShow, TheDeskWhereThereIsNoRoundThatWasPutToPeople) {
    EXPECT_EQ(shown(), world.desk);
    opened();
    EXPECT_EQ(shown(), world.desk) << "what is being prepared is not on show yet";
}

TEST_F(CycleOnShow, TheNewestThatAsksGoesBeforeANewerThatAsksNoMore) {
    const CycleId first = opened(), second = opened(), third = opened();
    move(third, Phase::consult);
    move(third, Phase::decide);
    EXPECT_EQ(shown(), third);
    move(first, Phase::consult);
    EXPECT_EQ(shown(), first);
    move(second, Phase::consult);
    EXPECT_EQ(shown(), second);
}

TEST_F(CycleOnShow, ARehearsalOnlyWhereThereIsNothingReal) {
    const CycleId rehearsal = opened(true), imported = opened(false, "Elsewhere, 2019");
    EXPECT_EQ(shown(), imported) << "of equals the newest";
    EXPECT_EQ(shown({rehearsal}), rehearsal);
    move(rehearsal, Phase::consult);
    EXPECT_EQ(shown({imported}), imported);
    const CycleId real = opened();
    EXPECT_EQ(shown({imported}), imported) << "the real one is not on show yet";
    move(real, Phase::consult);
    EXPECT_EQ(shown({imported}), real);
}

}  // namespace
}  // namespace cycle
