#include <watch/watch.h>

#include "toy.h"

namespace {

class Follow : public toy::Engines {};
INSTANTIATE_TEST_SUITE_P(Engines, Follow, testing::ValuesIn(db::engines), toy::engine_name);

// Counts what it sees in a table that it makes itself.
ledger::Follower counter(int at_most = 500, std::int64_t fail_at = -1) {
    return {"counter",
            [fail_at](db::Connection& derived, const ledger::Entry& entry) {
                if (entry.index == fail_at) throw std::runtime_error("stumbled");
                derived.run("insert into derived.seen (idx, kind) values ($1, $2)", entry.index, entry.kind);
            },
            at_most};
}

std::int64_t seen(toy::Place& place) { return place.number("select count(*) from derived.seen"); }

TEST_P(Follow, catches_up_keeps_its_mark_and_starts_again_when_dropped) {
    toy::Place place(GetParam());
    // A bare name would be made in the first schema of the connection.
    (*place.database->derived())
        .script("create table derived.seen (idx bigint not null primary key, kind text not null)");
    EXPECT_EQ(ledger::catch_up(*place.database, counter()), 0);
    for (int i = 0; i < 23; ++i) place.must(toy::say(1, "x"));
    EXPECT_EQ(ledger::catch_up(*place.database, counter(5)), 23);
    EXPECT_EQ(seen(place), 23);
    EXPECT_EQ(ledger::catch_up(*place.database, counter(5)), 23);
    place.must(toy::move(3, 2));
    EXPECT_EQ(ledger::catch_up(*place.database, counter()), 24);
    EXPECT_EQ(seen(place), 24);
    // Results and mark are one: a transaction that failed leaves neither.
    for (int i = 0; i < 7; ++i) place.must(toy::say(1, "x"));
    EXPECT_THROW(ledger::catch_up(*place.database, counter(5, 30)), std::runtime_error);
    EXPECT_EQ(seen(place), 29);
    EXPECT_EQ(place.number("select idx from derived.mark where name = 'counter'"), 29);
    EXPECT_EQ(ledger::catch_up(*place.database, counter(5)), 31);
    EXPECT_EQ(seen(place), 31);
    // Another follower has a mark of its own.
    ledger::Follower other{"other", [](db::Connection&, const ledger::Entry&) {}, 500};
    EXPECT_EQ(ledger::catch_up(*place.database, other), 31);
    {
        auto derived = place.database->derived();
        derived->run("delete from derived.seen");
        derived->run("delete from derived.mark where name = 'counter'");
    }
    EXPECT_EQ(ledger::catch_up(*place.database, counter()), 31);
    EXPECT_EQ(seen(place), 31);
}

TEST_P(Follow, sees_no_words_that_were_erased) {
    toy::Place place(GetParam());
    place.must(toy::say(1, "zero"));
    place.must(toy::say(1, "one"));
    place.must(toy::erase(0));
    std::vector<std::string> kinds;
    int with_words = 0;
    ledger::catch_up(*place.database, {"f",
                                       [&](db::Connection&, const ledger::Entry& entry) {
                                           kinds.push_back(entry.kind);
                                           with_words += entry.words.has_value();
                                       },
                                       2});
    EXPECT_EQ(kinds, (std::vector<std::string>{"toy.said", "toy.said", "ledger.words_erased"}));
    EXPECT_EQ(with_words, 1);
}

TEST_P(Follow, ends_each_transaction_stops_between_two_and_begins_again) {
    toy::Place place(GetParam());
    for (int i = 0; i < 7; ++i) place.must(toy::say(1, "x"));
    std::string order;
    ledger::Follower follower{
        "f", [&](db::Connection&, const ledger::Entry& entry) { order += std::to_string(entry.index); }, 3};
    follower.end = [&](db::Connection& derived) {
        EXPECT_TRUE(derived.in_transaction());
        order += "|";
    };
    int asked = 0;
    follower.stopping = [&] { return ++asked > 2; };
    EXPECT_EQ(ledger::catch_up(*place.database, follower), 6);
    EXPECT_EQ(order, "012|345|");
    follower.stopping = {};
    EXPECT_EQ(ledger::catch_up(*place.database, follower), 7);
    EXPECT_EQ(order, "012|345|6|");
    {
        auto derived = place.database->derived();
        db::Transaction transaction(*derived);
        ledger::begin_again(*derived, "f");
        transaction.commit();
    }
    order.clear();
    EXPECT_EQ(ledger::catch_up(*place.database, follower), 7);
    EXPECT_EQ(order, "012|345|6|");
    // What `end` throws leaves neither results nor mark.
    place.must(toy::say(1, "x"));
    follower.end = [](db::Connection&) { throw std::runtime_error("stumbled"); };
    EXPECT_THROW(ledger::catch_up(*place.database, follower), std::runtime_error);
    EXPECT_EQ(place.number("select idx from derived.mark where name = 'f'"), 7);
}

}  // namespace
