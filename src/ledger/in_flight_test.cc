#include "in_flight.h"

#include "toy.h"

namespace {

ledger::Act refused(kernel::Code code, std::string key) {
    return [code, key](ledger::Writing&) -> kernel::Result<std::int64_t> { return kernel::refuse(code, key); };
}

TEST(InFlight, AllAreRecordedInTheirOrder) {
    toy::Place place(db::Engine::sqlite);
    {
        ledger::InFlight flight(*place.ledger, 3);
        for (int i = 0; i < 50; ++i) flight.submit(toy::say(1, std::to_string(i)));
        flight.wait();
        EXPECT_EQ(flight.recorded(), 50);
        EXPECT_FALSE(flight.refused());
        flight.submit(toy::say(1, "50"));
    }
    ASSERT_EQ(place.ledger->size(), 51) << "the destructor waits for the last";
    const auto all = ledger::entries(*place.database->read(), 0, 100);
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].words->need_string("said"), std::to_string(i));
}

TEST(InFlight, KeepsTheFirstRefusalThatIsNoConflict) {
    toy::Place place(db::Engine::sqlite);
    ledger::InFlight flight(*place.ledger);
    flight.submit(toy::refuse());  // a conflict: done already
    flight.submit(toy::say(1, "x"));
    flight.wait();
    EXPECT_FALSE(flight.refused());
    flight.submit(refused(kernel::Code::forbidden, "toy.first"));
    flight.submit(refused(kernel::Code::invalid, "toy.second"));
    flight.wait();
    EXPECT_EQ(flight.refused()->key, "toy.first");
    EXPECT_EQ(flight.recorded(), 1);
}

}  // namespace
