// Opening a log, and what makes the writer stop for good.
#include <future>

#include <watch/watch.h>

#include "toy.h"

namespace {

class Start : public toy::Engines {};
INSTANTIATE_TEST_SUITE_P(Engines, Start, testing::ValuesIn(db::engines), toy::engine_name);

std::string refusal(toy::Place& place, const merkle::SignerKey& key = toy::key()) {
    place.ledger.reset();
    try {
        ledger::Ledger::start(*place.database, place.clock, key, toy::kinds());
    } catch (const std::runtime_error& e) { return e.what(); }
    return "";
}

TEST_P(Start, refuses_another_key) {
    toy::Place place(GetParam());
    place.must(toy::say(1, "x"));
    EXPECT_EQ(refusal(place, merkle::SignerKey::generate("toy.example/log")),
              "the ledger cannot be opened: its newest checkpoint is not signed by this key");
    EXPECT_EQ(refusal(place, merkle::SignerKey::generate("other.example/log")),
              "the ledger cannot be opened: its checkpoints are those of toy.example/log, the key is that of "
              "other.example/log");
    EXPECT_EQ(refusal(place), "");
}

TEST_P(Start, refuses_what_does_not_fit_together) {
    toy::Place place(GetParam());
    for (int i = 0; i < 260; ++i) place.must(toy::say(1, "x"));
    place.ledger.reset();
    db::Connection& db = place.database->writer();
    const std::string checkpoint = db.one("select checkpoint from log_head")->text(0);
    const auto tile_row = db.one("select hashes from tile where level = 0 and n = 1");
    const kernel::Bytes tile(tile_row->bytes(0).begin(), tile_row->bytes(0).end());
    const std::string leaf = db.one("select leaf from entry where idx = 259")->text(0);

    kernel::Bytes wrong = tile;
    wrong[40] ^= 1;
    db.run("update tile set hashes = $1 where level = 0 and n = 1", wrong);
    EXPECT_EQ(refusal(place), "the ledger cannot be opened: its tiles do not give the root that was signed");
    wrong.resize(96);
    db.run("update tile set hashes = $1 where level = 0 and n = 1", wrong);
    EXPECT_EQ(refusal(place), "the ledger cannot be opened: tile 0/1 does not fit the log's size");
    db.run("update tile set hashes = $1 where level = 0 and n = 1", tile);
    EXPECT_EQ(refusal(place), "");

    db.run("update log_head set checkpoint = $1", "nonsense");
    EXPECT_EQ(refusal(place), "the ledger cannot be opened: its newest checkpoint is damaged");
    db.run("update log_head set checkpoint = $1", checkpoint);
    db.run("update entry set leaf = $1 where idx = 259", leaf.substr(0, leaf.size() - 1) + " }");
    EXPECT_EQ(refusal(place), "the ledger cannot be opened: its newest entry is not the one that was signed");
    db.run("update entry set leaf = $1 where idx = 259", leaf);
    db.run("delete from entry where idx = 259");
    EXPECT_EQ(refusal(place), "the ledger cannot be opened: its entries end before or after the signed size");
    db.run("delete from log_head");
    EXPECT_EQ(refusal(place), "the ledger cannot be opened: it has entries but no head (a rebuild that was cut off?)");
}

TEST_P(Start, tables_keep_the_rules_of_the_schema) {
    toy::Place place(GetParam());
    const auto classes = db::table_classes(db::migrations(GetParam(), toy::files()));
    EXPECT_EQ(classes.size(), 9u);
    EXPECT_EQ(place.database->engine(), GetParam());
    EXPECT_EQ(db::schema_faults(place.database->writer(), place.database->classes()), std::vector<std::string>{});
}

TEST_P(Start, refuses_kinds_that_are_none) {
    toy::Place place(GetParam());
    place.ledger.reset();
    const auto start = [&](std::string_view name) {
        ledger::Kinds kinds = toy::kinds();
        kinds.push_back({name, [](db::Connection&, const ledger::Entry&) {}, {}});
        ledger::Ledger::start(*place.database, place.clock, toy::key(), kinds);
    };
    for (const char* name :
         {"toy.said", "ledger.words_erased", "ledger.mine", "toy", "toy.", ".said", "Toy.said", "toy.said.x", "toy.1"})
        EXPECT_THROW(start(name), std::invalid_argument) << name;
    start("toy.seen_2");
}

// As if another node had taken the lead: the head is no longer what this writer left.
TEST_P(Start, a_writer_that_was_overtaken_records_nothing_more) {
    watch::quiet(true);
    toy::Place place(GetParam());
    place.restart({.address = "http://one.example"});
    place.must(toy::say(1, "x"));
    const std::string before = place.ledger->checkpoint();
    const auto overtaken = place.ledger->perform([](toy::Writing& writing) -> kernel::Result<std::int64_t> {
        writing.db().run("update log_head set epoch = epoch + 1");
        return writing.append(toy::said_draft(1, "y"));
    });
    ASSERT_FALSE(overtaken);
    EXPECT_EQ(overtaken.error().code, kernel::Code::unavailable);
    EXPECT_EQ(overtaken.error().key, "ledger.not_leader");
    using Args = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(overtaken.error().args, (Args{{"address", "http://one.example"}}));
    EXPECT_EQ(place.ledger->perform(toy::say(1, "z")).error().key, "ledger.not_leader");
    EXPECT_EQ(place.ledger->size(), 1);
    EXPECT_EQ(place.ledger->checkpoint(), before);
    EXPECT_EQ(place.number("select count(*) from entry"), 1);
    place.restart();
    EXPECT_EQ(place.must(toy::say(1, "z")), 1);
    EXPECT_EQ(place.number("select epoch from log_head"), 3);
    watch::quiet(false);
}

// What the database says after a failed fsync or a cut connection: nobody knows what is durable.
TEST_P(Start, an_unknown_outcome_is_fatal) {
    watch::quiet(true);
    toy::Place place(GetParam());
    std::promise<std::string> fatal;
    place.restart({.fatal = [&](const std::string& why) { fatal.set_value(why); }});
    place.must(toy::say(1, "x"));
    std::promise<kernel::Result<toy::Receipt>> done;
    place.ledger->submit(
        [](toy::Writing& writing) -> kernel::Result<std::int64_t> {
            writing.append(toy::said_draft(1, "y"));
            throw db::Failure(db::Kind::lost, "the disk says it could not");
        },
        std::nullopt, [&](auto result) { done.set_value(std::move(result)); });
    EXPECT_EQ(fatal.get_future().get(), "the disk says it could not");
    EXPECT_EQ(done.get_future().get().error().key, "ledger.broken");
    EXPECT_EQ(place.ledger->perform(toy::say(1, "z")).error().key, "ledger.broken");
    place.restart();
    EXPECT_EQ(place.must(toy::say(1, "y")), 1);
    toy::expect_sound(*place.database->read());
    watch::quiet(false);
}

TEST(StartPostgres, a_cut_connection_is_fatal) {
    watch::quiet(true);
    toy::Place place(db::Engine::postgres);
    std::promise<std::string> fatal;
    place.restart({.fatal = [&](const std::string& why) { fatal.set_value(why); }});
    place.must(toy::say(1, "x"));
    EXPECT_THROW((void)place.ledger->perform([](toy::Writing& writing) -> kernel::Result<std::int64_t> {
        const std::int64_t index = writing.append(toy::said_draft(1, "y"));
        writing.db().query("select pg_terminate_backend(pg_backend_pid())");
        return index;
    }),
                 db::Failure);
    EXPECT_FALSE(fatal.get_future().get().empty());
    place.restart();
    EXPECT_EQ(place.number("select count(*) from entry"), 1);
    EXPECT_EQ(place.must(toy::say(1, "y")), 1);
    watch::quiet(false);
}

// SQLite's own limit stands in for the disk's.
TEST(StartSqlite, a_full_disk_is_refused_and_acts_are_taken_again_when_there_is_space) {
    watch::quiet(true);
    toy::Place place(db::Engine::sqlite);
    place.must(toy::say(1, "x"));
    const auto limit = [](const char* pragma) {
        return [pragma](toy::Writing& writing) -> kernel::Result<std::int64_t> {
            writing.db().script(pragma);
            return 0;
        };
    };
    place.must(limit("pragma max_page_count = 1"));  // no less than there are
    std::int64_t recorded = 0;
    kernel::Result<toy::Receipt> last = place.ledger->perform(toy::refuse());
    do {
        last = place.ledger->perform(toy::say(1, std::string(3000, 'x')));
        recorded += last.has_value();
    } while (last && recorded < 100);
    ASSERT_FALSE(last);
    EXPECT_EQ(last.error().key, "ledger.disk_full");
    EXPECT_EQ(last.error().code, kernel::Code::no_space);
    EXPECT_EQ(place.ledger->perform(toy::say(1, std::string(3000, 'x'))).error().key, "ledger.disk_full");
    EXPECT_EQ(place.number("select count(*) from entry"), 1 + recorded);
    toy::expect_sound(*place.database->read());
    place.must(limit("pragma max_page_count = 1000000"));
    EXPECT_EQ(place.must(toy::say(1, std::string(3000, 'x'))), 1 + recorded);
    toy::expect_sound(*place.database->read());
    watch::quiet(false);
}

}  // namespace
