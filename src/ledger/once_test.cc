// The same form twice.
#include <future>

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
    std::promise<void> go;
    std::shared_future<void> gone = go.get_future().share();
    place.ledger->submit(
        [gone](toy::Writing& writing) {
            gone.wait();
            return toy::refuse()(writing);
        },
        std::nullopt, [](auto) {});
    std::promise<kernel::Result<toy::Receipt>> a, b;
    place.ledger->submit(toy::say(1, "x"), token, [&](auto r) { a.set_value(std::move(r)); });
    place.ledger->submit(toy::say(1, "x"), token, [&](auto r) { b.set_value(std::move(r)); });
    go.set_value();
    const auto first = a.get_future().get(), second = b.get_future().get();
    ASSERT_TRUE(first && second);
    EXPECT_FALSE(first->repeated);
    EXPECT_TRUE(second->repeated);
    EXPECT_EQ(first->index, second->index);
    EXPECT_EQ(first->proof, second->proof);
    EXPECT_EQ(place.ledger->size(), 1);
}

}  // namespace
