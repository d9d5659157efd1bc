// An upgrade that asks for a replay: what a later program keeps of each entry stands in the state of an old place as it
// stands in a rebuilt one; nothing else is touched; who stops in the middle finds everything as it was.
#include <watch/watch.h>

#include "toy.h"

namespace {

// The later program counts the moves of each note.
inline constexpr kernel::EmbeddedFile counting{
    "toy/0901_toy.sql", "-- main\n-- replay\nalter table toy_note add column moves {int} not null default 0;\n"};

ledger::Kinds later_kinds() {
    ledger::Kinds all = toy::kinds();
    all[1].apply = [](db::Connection& db, const ledger::Entry& entry) {
        toy::apply_moved(db, entry);
        db.run("update toy_note set moves = moves + 1 where id = $1", *entry.parent);
    };
    return all;
}

std::vector<kernel::EmbeddedFile> later_files() {
    std::vector<kernel::EmbeddedFile> all = toy::files();
    all.push_back(counting);
    return all;
}

class Replay : public testing::TestWithParam<db::Engine> {
protected:
    // An old place with something in it: an erased note, a moved one, a local row.
    void fill() {
        database_ = db::Database::open(place_.place(), toy::files());
        const auto log = ledger::Ledger::start(*database_, clock_, toy::key(), toy::kinds());
        ASSERT_TRUE(log->perform(toy::say(1, "zero")));
        ASSERT_TRUE(log->perform(toy::say(2, "one")));
        ASSERT_TRUE(log->perform(toy::move(0, 3)));
        ASSERT_TRUE(log->perform(toy::move(0, 4)));
        ASSERT_TRUE(log->perform(toy::erase(1)));
        ASSERT_TRUE(log->perform([](ledger::Writing& writing) -> kernel::Result<std::int64_t> {
            for (int i = 0; i < 700; ++i) writing.append(toy::said_draft(i % 5, "one of many"));
            writing.db().run("insert into toy_waiting (id) values (17)");
            return 6;
        }));
    }
    void upgrade() {
        database_.reset();
        database_ = db::Database::open(place_.place(), later_files());
    }
    kernel::Hash digest() { return db::state_digest(*database_->read(), database_->classes()); }
    std::int64_t number(db::Sql sql) { return database_->read()->one(sql)->integer(0); }
    // What a rebuild by the later program says.
    kernel::Hash rebuilt() {
        db::TestPlace empty(GetParam());
        const auto target = db::Database::open(empty.place(), later_files());
        ledger::rebuild(*database_->read(), *target, later_kinds());
        EXPECT_FALSE(db::replay_due(target->writer()));
        return db::state_digest(*target->read(), target->classes());
    }

    db::TestPlace place_{GetParam()};
    kernel::SetClock clock_{toy::morning};
    std::unique_ptr<db::Database> database_;
};
INSTANTIATE_TEST_SUITE_P(Engines, Replay, testing::ValuesIn(db::engines), toy::engine_name);

TEST_P(Replay, upgraded_state_is_rebuilt_state) {
    ASSERT_NO_FATAL_FAILURE(fill());
    upgrade();
    EXPECT_NE(digest(), rebuilt()) << "nothing to mend: the test shows nothing";
    std::int64_t reported = 0;
    EXPECT_TRUE(ledger::replay_if_due(*database_, later_kinds(), [&](std::int64_t done, std::int64_t of) {
        EXPECT_TRUE(done > reported && done <= of && of == 705);
        reported = done;
    }));
    EXPECT_EQ(reported, 705);
    EXPECT_EQ(digest(), rebuilt());
    EXPECT_EQ(number("select moves from toy_note where id = 0"), 2);
    EXPECT_EQ(number("select count(*) from toy_note where said is null"), 1);
    EXPECT_EQ(number("select id from toy_waiting"), 17);
    EXPECT_FALSE(ledger::replay_if_due(*database_, later_kinds())) << "once is enough";
    toy::expect_sound(*database_->read());
    const auto log = ledger::Ledger::start(*database_, clock_, toy::key(), later_kinds());
    const auto receipt = log->perform(toy::say(1, "goes on"));
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->index, 705);
    toy::expect_proves(*receipt);
}

TEST_P(Replay, the_ledger_does_it_when_nobody_has) {
    ASSERT_NO_FATAL_FAILURE(fill());
    upgrade();
    const auto log = ledger::Ledger::start(*database_, clock_, toy::key(), later_kinds());
    EXPECT_EQ(digest(), rebuilt());
}

TEST_P(Replay, cut_off_in_the_middle_it_leaves_everything_as_it_was) {
    ASSERT_NO_FATAL_FAILURE(fill());
    upgrade();
    const kernel::Hash before = digest();
    ledger::Kinds failing = later_kinds();
    failing[1].apply = [](db::Connection&, const ledger::Entry&) { throw std::logic_error("no such note"); };
    try {
        ledger::replay_if_due(*database_, failing);
        ADD_FAILURE() << "not thrown";
    } catch (const std::runtime_error& e) { EXPECT_STREQ(e.what(), "ledger entry 2: toy.moved: no such note"); }
    EXPECT_EQ(digest(), before);
    EXPECT_TRUE(db::replay_due(database_->writer()));
    EXPECT_TRUE(ledger::replay_if_due(*database_, later_kinds()));
    EXPECT_EQ(digest(), rebuilt());
}

TEST_P(Replay, what_was_tampered_with_is_not_taken_over) {
    ASSERT_NO_FATAL_FAILURE(fill());
    upgrade();
    database_->writer().run("update entry set facts = $1 where idx = 0", R"({"box":2,"length":4})");
    try {
        ledger::replay_if_due(*database_, later_kinds());
        ADD_FAILURE() << "not thrown";
    } catch (const std::runtime_error& e) {
        EXPECT_STREQ(e.what(), "ledger entry 0: its facts are not those that the leaf commits to");
    }
    EXPECT_EQ(number("select count(*) from toy_note"), 702);
}

TEST_P(Replay, a_new_place_has_nothing_to_replay) {
    database_ = db::Database::open(place_.place(), later_files());
    EXPECT_FALSE(ledger::replay_if_due(*database_, later_kinds()));
    EXPECT_FALSE(db::replay_due(database_->writer()));
    const auto log = ledger::Ledger::start(*database_, clock_, toy::key(), later_kinds());
    EXPECT_TRUE(log->perform(toy::say(1, "zero")));
}

}  // namespace
