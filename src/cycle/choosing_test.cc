#include <gtest/gtest.h>

#include <page/page.h>
#include <people/testing.h>

#include "testing.h"

namespace cycle {
namespace {

using kernel::must;

class CycleChoosing : public testing::TestWithParam<db::Engine>, protected people::TestOrganisation {
protected:
    CycleChoosing() : TestOrganisation(GetParam(), {add_kinds}) {
        officer(root, "head", {people::Role::head});
        must(open_standing_desk(*needs, "Desk", "en"));
        draft.name = "Round", draft.lang = "en", draft.organiser = root;
    }
    Choice choice(std::optional<std::int64_t> named, Phase phase) {
        return to_choose(*database->read(), named, [&](const Cycle& c) { return c.phase == phase; });
    }
    Draft draft;
};

TEST_P(CycleChoosing, WhatDoesNotFitHidesNothingAndWhatIsLeftOutIsSaid) {
    const CycleId asking = asking_round(*needs, as("head"), root), first = must(open(*needs, as("head"), draft));
    for (int n = 1; n < rounds_to_choose; ++n) must(open(*needs, as("head"), draft));
    // The newest hundred are being prepared; the one that asks is found behind them.
    ASSERT_EQ(choice({}, Phase::consult).rounds.size(), 1u);
    EXPECT_EQ(choice({}, Phase::consult).rounds[0].id, asking);
    EXPECT_FALSE(choice({}, Phase::consult).more);
    EXPECT_EQ(std::ssize(choice({}, Phase::prepare).rounds), rounds_to_choose);
    EXPECT_FALSE(choice({}, Phase::prepare).more);
    for (int n = 0; n < 120; ++n) must(open(*needs, as("head"), draft));
    const Choice cut = choice({}, Phase::prepare);
    EXPECT_EQ(std::ssize(cut.rounds), rounds_to_choose);
    EXPECT_TRUE(cut.more);
    EXPECT_EQ(choice(first.value(), Phase::prepare).rounds.back().id, first);
    EXPECT_EQ(std::ssize(choice(asking.value(), Phase::prepare).rounds), rounds_to_choose) << "it does not fit";
    EXPECT_EQ(std::ssize(choice(cut.rounds[3].id.value(), Phase::prepare).rounds), rounds_to_choose) << "there already";
    EXPECT_EQ(std::ssize(choice(999'999, Phase::prepare).rounds), rounds_to_choose);
    EXPECT_EQ(choice({}, Phase::consult).rounds.size(), 1u);
    page::set_up({});
    EXPECT_EQ(name_another(page::Lang::en, choice({}, Phase::consult), "/issues/new", "cycle").text(), "");
    const std::string form = name_another(page::Lang::en, cut, "/issues/new", "cycle").text();
    EXPECT_NE(form.find("action=\"/issues/new\""), std::string::npos);
    EXPECT_NE(form.find("name=\"cycle\""), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Engines, CycleChoosing, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace cycle
