// The same form twice.
#include <watch/watch.h>

#include "toy.h"

namespace {

class OnceTest : public toy::Engines {};
INSTANTIATE_TEST_SUITE_P(Engines, OnceTest, testing::ValuesIn(db::engines), toy::engine_name);

TEST_P(OnceTest, a_form_sent_twice_is_one_act) {
    watch::quiet(true);
    toy::Place place(GetParam());
    const kernel::Hash token = kernel::random_hash(), other = kernel::random_hash();
    const auto first = place.ledger->perform(toy::say(1, "one"), token);
    ASSERT_TRUE(first);
    EXPECT_FALSE(first->repeated);
    place.must(toy::say(1, "two"));
    const auto again = place.ledger->perform(toy::say(1, "one"), token);
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->repeated);
    EXPECT_EQ(again->index, first->index);
    EXPECT_EQ(again->leaf, first->leaf);
    toy::expect_proves(*again);
    EXPECT_EQ(place.ledger->size(), 2);
    // A refused or failed form may be sent again.
    EXPECT_FALSE(place.ledger->perform(toy::refuse(), other));
    EXPECT_FALSE(place.ledger->perform(toy::refuse_late(), other));
    EXPECT_THROW((void)place.ledger->perform(toy::move(0, 13), other), std::runtime_error);
    const auto corrected = place.ledger->perform(toy::say(1, "three"), other);
    ASSERT_TRUE(corrected);
    EXPECT_FALSE(corrected->repeated);
    // Tokens survive a restart, a change of day, and go after some days.
    place.restart();
    place.clock.advance(3 * 86'400'000ll);
    EXPECT_TRUE(place.ledger->perform(toy::say(1, "one"), token)->repeated);
    place.clock.advance(86'400'000ll);
    place.must(toy::say(1, "four"));
    EXPECT_EQ(place.number("select count(*) from once"), 0);
    EXPECT_FALSE(place.ledger->perform(toy::say(1, "one"), token)->repeated);
    watch::quiet(false);
}

TEST_P(OnceTest, twice_in_one_batch_is_one_act) {
    toy::Place place(GetParam());
    const kernel::Hash token = kernel::random_hash();
    const auto results = toy::together(*place.ledger, {{toy::say(1, "x"), token}, {toy::say(1, "x"), token}});
    ASSERT_TRUE(results[0] && results[1]);
    EXPECT_FALSE(results[0]->repeated);
    EXPECT_TRUE(results[1]->repeated);
    EXPECT_EQ(results[0]->index, results[1]->index);
    EXPECT_EQ(results[0]->proof, results[1]->proof);
    EXPECT_EQ(place.ledger->size(), 1);
}

// What a batch took back, it never was.
TEST_P(OnceTest, a_form_whose_batch_was_run_again_is_not_a_repetition) {
    watch::quiet(true);
    toy::Place place(GetParam());
    place.must(toy::say(1, "zero"));
    const kernel::Hash a = kernel::random_hash(), b = kernel::random_hash(), c = kernel::random_hash();
    // Box 14 fails after its token was noted, where writes are sent late.
    const auto results = toy::together(*place.ledger, {{toy::say(1, "x"), a},
                                                       {toy::move(0, 13), b},
                                                       {toy::move(0, 14), c},
                                                       {toy::say(1, "y"), b},
                                                       {toy::say(1, "z"), c}});
    EXPECT_FALSE(results[1] || results[2]);
    std::int64_t index = 1;
    for (const std::size_t i : {0, 3, 4}) {
        ASSERT_TRUE(results[i]) << i;
        EXPECT_FALSE(results[i]->repeated) << i;
        EXPECT_EQ(results[i]->index, index++);
    }
    place.restart();
    EXPECT_EQ(place.ledger->perform(toy::refuse(), a)->index, 1);
    EXPECT_EQ(place.ledger->perform(toy::refuse(), b)->index, 2);
    EXPECT_EQ(place.ledger->perform(toy::refuse(), c)->index, 3);
    EXPECT_EQ(place.number("select count(*) from once"), 3);
    watch::quiet(false);
}

TEST_P(OnceTest, old_forms_go_also_when_nothing_is_recorded) {
    toy::Place place(GetParam());
    const kernel::Hash token = kernel::random_hash();
    ASSERT_TRUE(place.ledger->perform(toy::say(1, "one"), token));
    EXPECT_FALSE(place.ledger->perform(toy::refuse()));
    EXPECT_EQ(place.number("select count(*) from once"), 1);
    const std::string checkpoint = place.ledger->checkpoint();
    place.clock.advance(std::int64_t{5} * 86'400'000);
    EXPECT_FALSE(place.ledger->perform(toy::refuse()));
    EXPECT_EQ(place.number("select count(*) from once"), 0);
    EXPECT_EQ(place.ledger->checkpoint(), checkpoint);
    const auto again = place.ledger->perform(toy::say(1, "one"), token);
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->repeated);
    EXPECT_EQ(again->index, 1);
}

}  // namespace
