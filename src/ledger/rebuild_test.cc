// Erasure and rebuild: what is rebuilt is what was live, on both engines, also after erasures; what was tampered with
// is found and named.
#include <random>

#include <watch/watch.h>

#include "toy.h"

namespace {

class Rebuild : public toy::Engines {};
INSTANTIATE_TEST_SUITE_P(Engines, Rebuild, testing::ValuesIn(db::engines), toy::engine_name);

std::string fault_of(toy::Place& source, const ledger::Kinds& kinds = toy::kinds()) {
    toy::Empty target(source.database->engine());
    try {
        auto read = source.database->read();
        ledger::rebuild(*read, *target.database, kinds);
    } catch (const std::runtime_error& e) { return e.what(); }
    return "";
}

TEST_P(Rebuild, erasing_destroys_words_and_leaves_the_log_whole) {
    toy::Place place(GetParam());
    place.must(toy::say(1, "to be erased"));
    place.must(toy::say(1, "to stay"));
    const auto erased = place.ledger->perform(toy::erase(0));
    ASSERT_TRUE(erased);
    EXPECT_EQ(erased->index, 2);
    toy::expect_proves(*erased);
    auto read = place.database->read();
    EXPECT_EQ(place.number("select count(*) from entry_words where idx = 0"), 0);
    EXPECT_EQ(place.number("select count(*) from toy_note where id = 0 and said is null"), 1);
    EXPECT_EQ(place.number("select length from toy_box where box = 1"), 19);
    EXPECT_FALSE(ledger::entry(*read, 0)->words);
    EXPECT_TRUE(ledger::entry(*read, 1)->words);
    const auto served = ledger::public_entries(*read, 0, 10);
    EXPECT_TRUE(served[0].words_erased);
    EXPECT_FALSE(served[1].words_erased);
    const ledger::Entry erasure = *ledger::entry(*read, 2);
    EXPECT_EQ(erasure.kind, "ledger.words_erased");
    EXPECT_EQ(erasure.parent, 0);
    EXPECT_EQ(erasure.subject, 7);
    EXPECT_EQ(kernel::canonical(erasure.facts), R"({"basis":"asked_by_author","target":0})");
    toy::expect_proves(*ledger::receipt(*read, 0));
    toy::expect_sound(*read);
    for (const std::int64_t nothing : {std::int64_t{0}, std::int64_t{2}, std::int64_t{9}, std::int64_t{-1}}) {
        const auto refused = place.ledger->perform(toy::erase(nothing));
        ASSERT_FALSE(refused) << nothing;
        EXPECT_EQ(refused.error().key, "ledger.nothing_to_erase");
        EXPECT_EQ(refused.error().code, kernel::Code::not_found);
    }
    EXPECT_EQ(fault_of(place), "");
}

TEST_P(Rebuild, said_and_erased_in_one_act) {
    toy::Place place(GetParam());
    place.must([](toy::Writing& writing) {
        const std::int64_t note = writing.append(toy::said_draft(1, "at once"));
        return ledger::erase_words(writing, note, "test");
    });
    EXPECT_EQ(place.number("select count(*) from entry_words"), 0);
    EXPECT_EQ(place.number("select count(*) from toy_note where said is null"), 1);
    EXPECT_EQ(fault_of(place), "");
}

struct Step {
    int what;
    std::int64_t box, target;
};

void take(toy::Place& place, const Step& step) {
    const std::int64_t size = place.ledger->size();
    const std::int64_t target = size == 0 ? 0 : step.target % size;
    place.clock.advance(step.target * 7'000);
    switch (step.what) {
        case 0:
        case 1:
        case 2:
            place.must(toy::say(step.box, "say " + std::to_string(step.target)));
            break;
        case 3:
            if (size > 0) place.must(toy::move(target, step.box));
            break;
        case 4:
        case 5:
            (void)place.ledger->perform(toy::erase(target));
            break;
        case 6:
            (void)place.ledger->perform(toy::refuse_late());
            break;
    }
}

void rebuilds_equal(const std::vector<Step>& steps, bool large) {
    toy::Place sqlite(db::Engine::sqlite), postgres(db::Engine::postgres);
    if (large)
        for (toy::Place* place : {&sqlite, &postgres})
            place->must([](toy::Writing& writing) -> kernel::Result<std::int64_t> {
                for (int i = 0; i < 600; ++i) writing.append(toy::said_draft(i % 5, "one of many"));
                return 0;
            });
    for (const Step& step : steps) {
        take(sqlite, step);
        take(postgres, step);
    }
    const kernel::Hash live = sqlite.digest();
    EXPECT_EQ(postgres.digest(), live);
    for (toy::Place* source : {&sqlite, &postgres})
        for (const db::Engine engine : db::engines) {
            toy::Empty target(engine);
            std::int64_t reported = 0;
            ledger::rebuild(*source->database->read(), *target.database, toy::kinds(),
                            [&](std::int64_t done, std::int64_t of) {
                                EXPECT_TRUE(done > reported && done <= of);
                                reported = done;
                            });
            EXPECT_EQ(reported, source->ledger->size());
            EXPECT_EQ(target.digest(), live);
            auto read = target.database->read();
            EXPECT_EQ(ledger::head(*read), source->ledger->checkpoint());
            toy::expect_sound(*read);
            // The rebuilt log goes on.
            kernel::SetClock clock(source->clock.now());
            auto resumed = ledger::Ledger::start(*target.database, clock, toy::key(), toy::kinds());
            const auto receipt = resumed->perform(toy::say(1, "goes on"));
            ASSERT_TRUE(receipt);
            EXPECT_EQ(receipt->index, reported);
            toy::expect_proves(*receipt);
        }
}

// Seeded, so that a failure can be run again: each case makes six databases.
TEST(RebuildProperty, live_equals_rebuilt_on_both_engines) {
    watch::quiet(true);
    for (unsigned seed = 1; seed <= 5; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 random(seed);
        const auto below = [&random](unsigned n) { return static_cast<int>(random() % n); };
        std::vector<Step> steps(static_cast<std::size_t>(1 + below(60)));
        for (Step& step : steps) step = {below(7), below(5), below(60)};
        rebuilds_equal(steps, seed % 3 == 0);
    }
    watch::quiet(false);
}

TEST_P(Rebuild, finds_what_was_tampered_with) {
    toy::Place place(GetParam());
    place.must(toy::say(1, "zero"));
    place.must(toy::say(1, "one"));
    place.clock.advance(600'000);
    place.must(toy::move(0, 2));
    place.must(toy::erase(1));
    EXPECT_EQ(fault_of(place), "");
    db::Connection& db = place.database->writer();
    place.ledger.reset();
    const db::WordsOf forged(db, 0);
    const auto text = [&db](db::Sql sql) { return db.one(sql)->text(0); };
    const std::string facts = text("select facts from entry where idx = 0"),
                      words = text("select words from entry_words where idx = 0");
    const std::string leaf0 = text("select leaf from entry where idx = 0"),
                      leaf1 = text("select leaf from entry where idx = 1");
    const auto bytes_of = [&db](db::Sql sql) {
        const auto row = db.one(sql);
        return kernel::Bytes(row->bytes(0).begin(), row->bytes(0).end());
    };
    const kernel::Bytes salt = bytes_of("select salt from entry_words where idx = 0");
    const std::string in = "ledger entry ";

    db.run("update entry set facts = $1 where idx = 0", R"({"box":2,"length":4})");
    EXPECT_EQ(fault_of(place), in + "0: its facts are not those that the leaf commits to");
    db.run("update entry set facts = $1 where idx = 0", facts);

    db.run("update entry_words set words = $1 where idx = 0", R"({"said":"nero"})");
    EXPECT_EQ(fault_of(place), in + "0: its words are not those that the leaf commits to");
    db.run("delete from entry_words where idx = 0");
    EXPECT_EQ(fault_of(place), in + "0: its words are gone, and no entry says that they were erased");
    db.run("insert into entry_words (idx, words, salt, open) values (0, $1, $2, 0)", words, salt);

    db.run("insert into entry_words (idx, words, salt, open) values (2, $1, $2, 0)", words, salt);
    EXPECT_EQ(fault_of(place), in + "2: it has words that the leaf does not commit to");
    db.run("delete from entry_words where idx = 2");

    db.run("update entry set leaf = $1 where idx = 0", leaf0.substr(0, leaf0.size() - 1) + " }");
    EXPECT_EQ(fault_of(place), in + "0: the leaf is not in its canonical form");
    std::string later = leaf0;
    later.replace(later.find("T", later.find("\"time\":\"")), 3, "T23");
    db.run("update entry set leaf = $1 where idx = 0", later);
    EXPECT_EQ(fault_of(place), in + "1: it is older than the entry before it");
    std::string trial = leaf0;
    trial.replace(trial.find("\"format\":1"), 10, "\"format\":0");
    db.run("update entry set leaf = $1 where idx = 0", trial);
    EXPECT_EQ(fault_of(place), in + "1: it is of another format than the entries before it");
    std::string other = leaf0;
    other.replace(other.find("\"subject\":7"), 11, "\"subject\":8");
    db.run("update entry set leaf = $1 where idx = 0", other);
    EXPECT_EQ(fault_of(place), in + "3: the tree up to here does not have the root of the newest checkpoint");
    db.run("update entry set leaf = $1 where idx = 0", leaf0);
    EXPECT_EQ(fault_of(place), "");

    db.run("update log_head set size = 5");
    EXPECT_EQ(fault_of(place), in + "4: it is missing");
    db.run("update log_head set size = 4");
    db.run("delete from entry where idx = 2");
    EXPECT_EQ(fault_of(place), in + "2: it is missing");
}

TEST_P(Rebuild, words_that_outlived_their_erasure_are_found) {
    toy::Place place(GetParam());
    place.must(toy::say(1, "zero"));
    db::Connection& db = place.database->writer();
    place.ledger.reset();
    const std::string words = db.one("select words from entry_words where idx = 0")->text(0);
    const auto row = db.one("select salt from entry_words where idx = 0");
    const kernel::Bytes salt(row->bytes(0).begin(), row->bytes(0).end());
    place.open();
    place.must(toy::erase(0));
    place.ledger.reset();
    const db::WordsOf forged(db, 0);
    db.run("insert into entry_words (idx, words, salt, open) values (0, $1, $2, 0)", words, salt);
    EXPECT_EQ(fault_of(place),
              "ledger entry 0: its words are still there, or were never there, but entry 1 erased them");
}

TEST_P(Rebuild, stops_at_what_it_does_not_know) {
    toy::Place place(GetParam());
    place.must(toy::say(1, "zero"));
    place.must(toy::move(0, 2));
    ledger::Kinds fewer = toy::kinds();
    fewer.pop_back();
    EXPECT_EQ(fault_of(place, fewer), "ledger entry 1: the kind toy.moved is not known");
    ledger::Kinds failing = toy::kinds();
    failing[1].apply = [](db::Connection&, const ledger::Entry&) { throw std::logic_error("no such note"); };
    EXPECT_EQ(fault_of(place, failing), "ledger entry 1: toy.moved: no such note");

    toy::Empty empty(GetParam());
    toy::Empty target(GetParam());
    EXPECT_THROW(ledger::rebuild(*empty.database->read(), *target.database, toy::kinds()), std::runtime_error);
    EXPECT_THROW(ledger::head(*empty.database->read()), std::runtime_error);
    EXPECT_EQ(ledger::size(*empty.database->read()), 0);
    EXPECT_THROW(ledger::rebuild(*place.database->read(), *place.database, toy::kinds()), std::runtime_error);
}

TEST(RebuildSqlite, finds_a_later_parent_and_a_head_of_another_size) {
    toy::Place place(db::Engine::sqlite);
    for (const char* text : {"zero", "one"}) place.must(toy::say(1, text));
    place.must(toy::move(0, 2));
    place.ledger.reset();
    db::Connection& db = place.database->writer();
    db.run("update log_head set size = 2");
    EXPECT_EQ(fault_of(place), "ledger entry 1: the tree up to here does not have the root of the newest checkpoint");
    db.run("update log_head set size = 3");
    std::string child = db.one("select leaf from entry where idx = 2")->text(0);
    child.replace(child.find("\"parent\":0"), 10, "\"parent\":2");
    db.run("update entry set leaf = $1 where idx = 2", child);
    EXPECT_EQ(fault_of(place), "ledger entry 2: its parent comes after it");
}

// Whoever holds a transaction open rebuilds what it shows, and goes on in it.
TEST_P(Rebuild, out_of_a_snapshot_that_is_open_already) {
    toy::Place place(GetParam());
    place.must(toy::say(1, "zero"));
    auto read = place.database->read();
    db::Transaction snapshot(*read);
    EXPECT_EQ(ledger::size(*read), 1);
    place.must(toy::erase(0));
    toy::Empty target(GetParam());
    ledger::rebuild(*read, *target.database, toy::kinds());
    EXPECT_TRUE(read->in_transaction());
    EXPECT_EQ(ledger::size(*target.database->read()), 1);
}

}  // namespace
