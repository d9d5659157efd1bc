// Tables that lost or changed something by another hand: who reads says what is wrong, and serves nothing of it.
#include <db/db.h>
#include <watch/watch.h>

#include "nodes.h"
#include "registry.h"
#include "store.h"
#include "stored_nodes.h"
#include "toy.h"

namespace {

class Damaged : public toy::Engines {};
INSTANTIATE_TEST_SUITE_P(Engines, Damaged, testing::ValuesIn(db::engines), toy::engine_name);

std::string thrown(const std::function<void()>& act) {
    try {
        act();
    } catch (const std::exception& e) { return e.what(); }
    return "";
}

TEST_P(Damaged, entries_that_are_gone) {
    toy::Place place(GetParam());
    for (const char* text : {"zero", "one", "two"}) place.must(toy::say(1, text));
    place.ledger.reset();
    db::Connection& db = place.database->writer();
    EXPECT_TRUE(ledger::receipt(db, 1));
    EXPECT_FALSE(ledger::receipt(db, 3));
    EXPECT_FALSE(ledger::receipt(db, -1));
    EXPECT_TRUE(ledger::entry_bundle(db, 0, 3));
    db.run("delete from entry where idx = 1");
    EXPECT_EQ(thrown([&] { ledger::receipt(db, 1); }), "ledger entry 1 is missing");
    EXPECT_EQ(thrown([&] { ledger::entry_bundle(db, 0, 3); }), "the log lacks entries of its own");
    EXPECT_TRUE(ledger::entry_bundle(db, 0, 1));
    EXPECT_FALSE(ledger::entry(db, 1));
    db.run("delete from log_head");
    EXPECT_FALSE(ledger::receipt(db, 0));
    EXPECT_FALSE(ledger::tile(db, 0, 0, 1));
}

TEST_P(Damaged, tiles_that_are_gone_or_cut) {
    toy::Place place(GetParam());
    for (const char* text : {"zero", "one", "two"}) place.must(toy::say(1, text));
    place.ledger.reset();
    db::Connection& db = place.database->writer();
    EXPECT_EQ(ledger::tile(db, 0, 0, 3)->size(), 96u);
    for (int width : {-1, 0, 4, 257}) EXPECT_FALSE(ledger::tile(db, 0, 0, width)) << width;
    db.run("update tile set hashes = $1", kernel::Bytes(95));
    EXPECT_EQ(thrown([&] { ledger::tile(db, 0, 0, 3); }), "tile 0/0 is damaged");
    EXPECT_EQ(ledger::tile(db, 0, 0, 2)->size(), 64u);
    db.run("delete from tile");
    EXPECT_EQ(thrown([&] { ledger::tile(db, 0, 0, 1); }), "tile 0/0 is damaged");
    EXPECT_THROW(ledger::receipt(db, 1), std::out_of_range);
    EXPECT_EQ(thrown([&] { place.open(); }), "the ledger cannot be opened: tile 0/0 does not fit the log's size");
}

TEST_P(Damaged, marks_of_what_is_served_and_tokens) {
    toy::Place place(GetParam());
    (void)place.ledger->perform(toy::say(1, "zero"), kernel::random_hash());
    place.ledger.reset();
    db::Connection& db = place.database->writer();
    for (const std::int64_t mark : {1, 2, -3}) {
        db.run("update entry set facts_open = $1", mark);
        EXPECT_EQ(thrown([&] { ledger::public_entries(db, 0, 1); }), "ledger: entry 0 is damaged") << mark;
    }
    db.run("update entry set facts_open = 0");
    EXPECT_FALSE(ledger::public_entries(db, 0, 1)[0].facts);
    db.run("update once set token = $1", kernel::Bytes(31));
    EXPECT_EQ(thrown([&] { place.open(); }), "ledger: a form's token is damaged");
}

// Signed by the right key, of another size than the head says.
TEST_P(Damaged, a_checkpoint_of_another_size) {
    toy::Place place(GetParam());
    for (const char* text : {"zero", "one", "two"}) place.must(toy::say(1, text));
    const auto newest = merkle::Checkpoint::parse(merkle::Note::parse(place.ledger->checkpoint())->body);
    place.ledger.reset();
    db::Connection& db = place.database->writer();
    const merkle::Checkpoint other{newest->origin, 2, newest->root};
    db.run("update log_head set checkpoint = $1", merkle::sign(other.body(), toy::key()).text());
    EXPECT_EQ(thrown([&] { place.open(); }),
              "the ledger cannot be opened: its newest checkpoint and its head are of different sizes");
}

TEST_P(Damaged, an_erasure_that_contradicts_the_log) {
    toy::Place place(GetParam());
    place.must(toy::say(1, "zero"));
    place.must(toy::move(0, 2));
    place.ledger.reset();
    db::Connection& db = place.database->writer();
    ledger::Registry registry(toy::kinds());
    const auto erase = [&](std::int64_t index, std::int64_t target) {
        ledger::Entry entry;
        entry.index = index;
        entry.kind = ledger::words_erased;
        entry.facts = kernel::Json::Object{{"basis", "asked"}, {"target", target}};
        return thrown([&] { ledger::Registry::apply(registry.find(entry.kind, index), db, entry); });
    };
    EXPECT_EQ(erase(2, 7), "ledger entry 2 erases an entry that is not there");
    EXPECT_EQ(erase(0, 1), "ledger entry 0 erases an entry that is not there");
    EXPECT_EQ(erase(2, 1), "ledger: the kind toy.moved cannot forget words");
    EXPECT_EQ(place.number("select count(*) from entry_words"), 1);
    EXPECT_EQ(erase(2, 0), "");
    EXPECT_EQ(place.number("select count(*) from entry_words"), 0);
    EXPECT_EQ(place.number("select count(*) from toy_note where said is null"), 1);
    ledger::Kinds kinds = toy::kinds();
    kinds.push_back({"toy.nothing", {}, {}});
    EXPECT_THROW(ledger::Registry{kinds}, std::invalid_argument);
}

TEST_P(Damaged, drafts_that_no_leaf_can_hold) {
    watch::quiet(true);
    toy::Place place(GetParam());
    place.must(toy::say(1, "zero"));
    const auto refused = [&](const std::function<void(ledger::Draft&)>& change) {
        return thrown([&] {
            (void)place.ledger->perform([&](toy::Writing& writing) -> kernel::Result<std::int64_t> {
                ledger::Draft draft = toy::moved_draft(0, 2);
                change(draft);
                return writing.append(std::move(draft));
            });
        });
    };
    const std::string senseless = "ledger: a draft's subject, version or parent makes no sense";
    EXPECT_EQ(refused([](ledger::Draft& d) { d.subject = -1; }), senseless);
    EXPECT_EQ(refused([](ledger::Draft& d) { d.subject = std::int64_t{1} << 53; }), senseless);
    EXPECT_EQ(refused([](ledger::Draft& d) { d.v = 0; }), senseless);
    EXPECT_EQ(refused([](ledger::Draft& d) { d.parent = -1; }), senseless);
    EXPECT_EQ(refused([](ledger::Draft& d) { d.parent = 1; }), senseless);
    EXPECT_EQ(refused([](ledger::Draft& d) { d.facts = kernel::Json::Array{}; }), "ledger: a payload is a JSON object");
    EXPECT_EQ(refused([](ledger::Draft& d) {
                  d.facts = kernel::Json::Object{{"a", kernel::Json::Array{kernel::Json(1), kernel::Json(0.5)}}};
              }),
              "ledger: a payload holds no real numbers");
    EXPECT_EQ(place.ledger->size(), 1);
    EXPECT_EQ(refused([](ledger::Draft& d) { d.subject = (std::int64_t{1} << 53) - 1; }), "");
    EXPECT_EQ(ledger::entry(*place.database->read(), 1)->subject, (std::int64_t{1} << 53) - 1);
    watch::quiet(false);
}

TEST_P(Damaged, subtrees_out_of_more_tiles_than_are_held) {
    toy::Place place(GetParam());
    place.ledger.reset();
    db::Connection& db = place.database->writer();
    const auto filled = [](std::int64_t n) {
        return kernel::Bytes(std::size_t{256} * 32, static_cast<std::uint8_t>(n));
    };
    for (std::int64_t n = 0; n < 70; ++n) ledger::store::put_tile(db, 0, n, filled(n));
    ledger::StoredNodes nodes(db);
    const auto hash_of = [](std::int64_t n) {
        merkle::Hash out;
        out.fill(static_cast<std::uint8_t>(n));
        return out;
    };
    // Twice: the second time the first ones were let go of, and are read again.
    for (int round = 0; round < 2; ++round)
        for (std::int64_t n = 0; n < 70; ++n) {
            EXPECT_EQ(nodes.at(0, n * 256 + 255), hash_of(n));
            EXPECT_EQ(nodes.at(1, n * 128), merkle::node_hash(hash_of(n), hash_of(n)));
        }
    EXPECT_THROW(nodes.at(0, 70 * 256), std::out_of_range);
    EXPECT_THROW(nodes.at(0, -1), std::out_of_range);
    EXPECT_THROW(nodes.at(1, -1), std::out_of_range);
    ledger::store::put_tile(db, 0, 70, kernel::Bytes(3 * 32));
    EXPECT_EQ(nodes.at(0, 70 * 256 + 2), hash_of(0));
    EXPECT_THROW(nodes.at(0, 70 * 256 + 3), std::out_of_range);
    EXPECT_THROW(nodes.at(1, 70 * 128 + 1), std::out_of_range);
}

TEST(Nodes, are_held_in_order) {
    ledger::Nodes nodes;
    nodes.push(0, 4, merkle::empty_root());
    EXPECT_THROW(nodes.push(0, 6, merkle::empty_root()), std::logic_error);
    EXPECT_THROW(nodes.push(0, 4, merkle::empty_root()), std::logic_error);
    EXPECT_EQ(nodes.at(0, 4), merkle::empty_root());
    for (std::int64_t index : {3, 5}) {
        EXPECT_FALSE(nodes.find(0, index));
        EXPECT_THROW(nodes.at(0, index), std::out_of_range) << index;
    }
}

}  // namespace
