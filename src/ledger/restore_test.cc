// Out of a backup: what is restored is what was live, words that the backup could not keep are recorded as lost, and
// nothing goes over a log that is there.
#include "toy.h"

namespace {

class Restore : public toy::Engines {};
INSTANTIATE_TEST_SUITE_P(Engines, Restore, testing::ValuesIn(db::engines), toy::engine_name);

using Read = std::function<std::vector<ledger::WholeEntry>(std::int64_t from)>;

// A place without a log, and what the restore into it said.
struct Empty : toy::Empty {
    using toy::Empty::Empty;
    std::string restore(const std::string& checkpoint, const Read& read, const std::set<std::int64_t>& lost = {},
                        const ledger::Progress& progress = {}) {
        try {
            ledger::restore(checkpoint, read, lost, *database, toy::kinds(), progress);
            return "";
        } catch (const std::runtime_error& e) { return e.what(); }
    }
};

// Three notes, the first erased; and how a backup hands them on, two at a time.
class Source {
public:
    explicit Source(db::Engine engine) : place(engine) {
        for (const char* text : {"zero", "one", "two"}) place.must(toy::say(1, text));
        place.must(toy::move(1, 2));
        place.must(toy::erase(0));
    }
    Read read(std::int64_t without_words_of = -1) {
        return [this, without_words_of](std::int64_t from) {
            auto out = ledger::whole_entries(*place.database->read(), from, place.ledger->size(), 2);
            for (ledger::WholeEntry& entry : out)
                if (entry.index == without_words_of) entry.words.reset();
            return out;
        };
    }
    toy::Place place;
};

TEST_P(Restore, what_is_restored_is_what_was_live_and_goes_on) {
    Source source(GetParam());
    Empty into(GetParam());
    std::vector<std::int64_t> told;
    EXPECT_EQ(into.restore(source.place.ledger->checkpoint(), source.read(), {},
                           [&told](std::int64_t done, std::int64_t of) {
                               EXPECT_EQ(of, 5);
                               told.push_back(done);
                           }),
              "");
    EXPECT_EQ(told, (std::vector<std::int64_t>{2, 4, 5}));
    EXPECT_EQ(into.digest(), source.place.digest());
    toy::expect_sound(*into.database->read());
    EXPECT_EQ(ledger::head(*into.database->read()), source.place.ledger->checkpoint());
    EXPECT_EQ(into.restore(source.place.ledger->checkpoint(), source.read()),
              "a restore goes into an empty place; this one has a log");
    auto resumed = ledger::Ledger::start(*into.database, source.place.clock, toy::key(), toy::kinds());
    const auto receipt = resumed->perform(toy::say(1, "goes on"));
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->index, 5);
    toy::expect_proves(*receipt);
}

// What is refused does not depend on the engine.
TEST(RestoreSqlite, refuses_what_is_no_whole_log) {
    Source source(db::Engine::sqlite);
    const std::string checkpoint = source.place.ledger->checkpoint();
    EXPECT_EQ(Empty(db::Engine::sqlite).restore("nonsense", source.read()), "the backup's checkpoint cannot be read");
    EXPECT_EQ(Empty(db::Engine::sqlite).restore(merkle::sign("no checkpoint\n", toy::key()).text(), source.read()),
              "the backup's checkpoint cannot be read");
    EXPECT_EQ(Empty(db::Engine::sqlite)
                  .restore(checkpoint,
                           [&](std::int64_t from) {
                               return from < 4 ? source.read()(from) : std::vector<ledger::WholeEntry>{};
                           }),
              "ledger entry 4: it is missing");
    EXPECT_EQ(Empty(db::Engine::sqlite).restore(checkpoint, [&](std::int64_t from) { return source.read()(from + 1); }),
              "ledger entry 0: it is missing");
    EXPECT_EQ(Empty(db::Engine::sqlite).restore(checkpoint, source.read(2)),
              "ledger entry 2: its words are gone, and no entry says that they were erased");
    const auto forked = merkle::Checkpoint{"toy.example/log", 5, merkle::empty_root()};
    EXPECT_EQ(Empty(db::Engine::sqlite).restore(merkle::sign(forked.body(), toy::key()).text(), source.read()),
              "ledger entry 4: the tree up to here does not have the root of the newest checkpoint");
    // A log without a head, as a restore leaves it that was cut off.
    Empty half(db::Engine::sqlite);
    EXPECT_NE(half.restore(checkpoint, source.read(2)), "");
    EXPECT_EQ(half.restore(checkpoint, source.read()), "a restore goes into an empty place; this one has a log");
    EXPECT_EQ(
        [&] {
            try {
                ledger::rebuild(*source.place.database->read(), *half.database, toy::kinds());
            } catch (const std::runtime_error& e) { return std::string(e.what()); }
            return std::string();
        }(),
        "a rebuild goes into an empty place; this one has a log");
}

TEST_P(Restore, words_that_are_lost_are_recorded_as_erased) {
    Source source(GetParam());
    Empty into(GetParam());
    ASSERT_EQ(into.restore(source.place.ledger->checkpoint(), source.read(2), {2}), "");
    auto log = ledger::Ledger::start(*into.database, source.place.clock, toy::key(), toy::kinds());
    const auto lose = [&log](std::int64_t target) {
        return log->perform(
            [target](toy::Writing& writing) { return ledger::record_lost_words(writing, target, "key_destroyed"); });
    };
    // Not there, never had words, and words that are still there.
    for (const std::int64_t nothing : {-1, 1, 3, 5, 99}) {
        const auto refused = lose(nothing);
        ASSERT_FALSE(refused) << nothing;
        EXPECT_EQ(refused.error().key, "ledger.nothing_to_erase");
        EXPECT_EQ(refused.error().code, kernel::Code::not_found);
    }
    const auto recorded = lose(2);
    ASSERT_TRUE(recorded);
    toy::expect_proves(*recorded);
    const ledger::Entry erasure = *ledger::entry(*into.database->read(), recorded->index);
    EXPECT_EQ(erasure.kind, "ledger.words_erased");
    EXPECT_EQ(erasure.parent, 2);
    EXPECT_EQ(erasure.subject, 7);
    EXPECT_EQ(kernel::canonical(erasure.facts), R"({"basis":"key_destroyed","target":2})");
    // From here on it is a log like any other: it can be rebuilt.
    log.reset();
    Empty again(GetParam());
    ledger::rebuild(*into.database->read(), *again.database, toy::kinds());
    EXPECT_EQ(again.digest(), into.digest());
}

// A row of an entry that is not there any more is no reason to write of it.
TEST_P(Restore, of_an_entry_that_is_gone_nothing_is_erased) {
    toy::Place place(GetParam());
    place.must(toy::say(1, "zero"));
    place.must(toy::say(1, "one"));
    const auto gone = [](const auto& record) {
        return [record](toy::Writing& writing) -> kernel::Result<std::int64_t> {
            writing.db().run("delete from entry where idx = 0");
            return record(writing);
        };
    };
    const auto erase =
        place.ledger->perform(gone([](toy::Writing& writing) { return ledger::erase_words(writing, 0, "asked"); }));
    ASSERT_FALSE(erase);
    EXPECT_EQ(erase.error().key, "ledger.nothing_to_erase");
    const auto lost = place.ledger->perform(gone([](toy::Writing& writing) {
        writing.db().run("delete from entry_words where idx = 0");
        return ledger::record_lost_words(writing, 0, "asked");
    }));
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().key, "ledger.nothing_to_erase");
    EXPECT_EQ(place.number("select count(*) from entry"), 2);  // what a refused act wrote is undone
}

}  // namespace
