// For this module's tests: a small feature with facts and words, a place with its tables, and what every test asks of a
// receipt.
#pragma once
#include <future>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <db/database.h>
#include <db/testing.h>
#include <kernel/embedded.h>
#include <merkle/note.h>

#include "ledger.h"

namespace toy {

using kernel::Json;
using ledger::Act;
using ledger::Receipt;
using ledger::Writing;

inline constexpr kernel::EmbeddedFile migration{"toy/0900_toy.sql", R"(-- main
-- words: toy_note (said)
-- state: what was said
create table toy_note (id {int} not null primary key, box {int} not null, time {int} not null, said {text}) {table-end};
-- state: counted as it was said
create table toy_box (box {int} not null primary key, notes {int} not null, length {int} not null) {table-end};
-- local: what waits, outside of the ledger
create table toy_waiting (id {int} not null primary key) {table-end};
)"};

inline std::vector<kernel::EmbeddedFile> files() {
    std::vector<kernel::EmbeddedFile> out = {migration};
    for (const kernel::EmbeddedFile& file : kernel::embedded_files())
        if (file.path.starts_with("ledger/")) out.push_back(file);
    return out;
}

inline void apply_said(db::Connection& db, const ledger::Entry& entry) {
    const std::int64_t box = entry.facts.need_integer("box");
    std::optional<std::string> said;
    if (entry.words) said = entry.words->need_string("said");
    db.run("insert into toy_note (id, box, time, said) values ($1, $2, $3, $4)", entry.index, box, entry.time.ms, said);
    db.run(
        "insert into toy_box (box, notes, length) values ($1, 1, $2)"
        " on conflict (box) do update set notes = toy_box.notes + 1, length = toy_box.length + excluded.length",
        box, entry.facts.need_integer("length"));
}

// Facts only; throws for box 13, and breaks a primary key (later, on PostgreSQL) for box 14.
inline void apply_moved(db::Connection& db, const ledger::Entry& entry) {
    const std::int64_t box = entry.facts.need_integer("box");
    if (box == 13) throw std::runtime_error("box 13 is not to be moved to");
    db.run("update toy_note set box = $1 where id = $2", box, *entry.parent);
    if (box == 14) db.run("insert into toy_note (id, box, time) values ($1, 14, 0)", *entry.parent);
}

inline ledger::Kinds kinds() {
    return {{"toy.said", apply_said,
             [](db::Connection& db, std::int64_t id) { db.run("update toy_note set said = null where id = $1", id); }},
            {"toy.moved", apply_moved, {}}};
}

inline ledger::Draft said_draft(std::int64_t box, const std::string& text) {
    ledger::Draft draft;
    draft.kind = "toy.said";
    draft.subject = 7;
    draft.facts = Json::Object{{"box", box}, {"length", text.size()}};
    draft.words = Json::Object{{"said", text}};
    draft.words_served = ledger::Served::closed;
    return draft;
}
inline ledger::Draft moved_draft(std::int64_t note, std::int64_t box) {
    ledger::Draft draft;
    draft.kind = "toy.moved";
    draft.parent = note;
    draft.facts = Json::Object{{"box", box}};
    return draft;
}
inline Act say(std::int64_t box, std::string text) {
    return
        [box, text](Writing& writing) -> kernel::Result<std::int64_t> { return writing.append(said_draft(box, text)); };
}
inline Act move(std::int64_t note, std::int64_t box) {
    return [note, box](Writing& writing) -> kernel::Result<std::int64_t> {
        return writing.append(moved_draft(note, box));
    };
}
inline Act erase(std::int64_t target) {
    return [target](Writing& writing) { return ledger::erase_words(writing, target, "asked_by_author"); };
}
inline Act refuse() {
    return [](Writing&) -> kernel::Result<std::int64_t> { return kernel::refuse(kernel::Code::conflict, "toy.no"); };
}
inline Act refuse_late() {
    return [](Writing& writing) -> kernel::Result<std::int64_t> {
        writing.append(said_draft(1, "to be undone"));
        writing.append(said_draft(99, "to be undone"));
        return kernel::refuse(kernel::Code::conflict, "toy.no");
    };
}

inline merkle::SignerKey key() {
    return merkle::SignerKey::from_seed("toy.example/log", kernel::sha256(kernel::view("toy key")));
}
inline constexpr kernel::Instant morning{1'790'000'000'000 / 60'000 * 60'000};

// A fresh place, its clock, and the ledger on it.
class Place {
public:
    explicit Place(db::Engine engine) : place_(engine) { open(); }
    ~Place() { close(); }
    void open(ledger::Ledger::Settings settings = {}) {
        if (!database) database = db::Database::open(place_.place(), files());
        ledger = ledger::Ledger::start(*database, clock, key(), kinds(), std::move(settings));
    }
    void close() {
        ledger.reset();
        database.reset();
    }
    void restart(ledger::Ledger::Settings settings = {}) {
        close();
        open(std::move(settings));
    }
    std::int64_t must(Act act) {
        auto result = ledger->perform(std::move(act));
        EXPECT_TRUE(result) << (result ? "" : result.error().key);
        return result ? result->index : -1;
    }
    // The first column of one row, as seen by readers.
    std::int64_t number(db::Sql sql) { return (*database->read()).one(sql)->integer(0); }
    kernel::Hash digest() {
        return db::state_digest(*database->read(), db::table_classes(db::migrations(database->engine(), files())));
    }

    kernel::SetClock clock{morning};
    std::unique_ptr<db::Database> database;
    std::unique_ptr<ledger::Ledger> ledger;

private:
    db::TestPlace place_;
};

// Acts that come together, in one batch: the first holds the writer until all are in the queue.
struct Form {
    Act act;
    ledger::Once once = {};
};
inline std::vector<kernel::Result<Receipt>> together(ledger::Ledger& log, const std::vector<Form>& forms) {
    std::promise<void> held, go;
    std::shared_future<void> gone = go.get_future().share();
    log.submit(
        [&held, gone](Writing& writing) {
            held.set_value();
            gone.wait();
            return refuse()(writing);
        },
        std::nullopt, [](auto) {});
    held.get_future().wait();
    std::vector<std::promise<kernel::Result<Receipt>>> promises(forms.size());
    for (std::size_t i = 0; i < forms.size(); ++i)
        log.submit(forms[i].act, forms[i].once,
                   [&promise = promises[i]](auto result) { promise.set_value(std::move(result)); });
    go.set_value();
    std::vector<kernel::Result<Receipt>> out;
    for (auto& promise : promises) out.push_back(promise.get_future().get());
    return out;
}

// What anyone can check of a receipt with nothing but the log's public key.
inline void expect_proves(const Receipt& receipt) {
    const auto file = merkle::TlogProof::parse(receipt.tlog_proof());
    ASSERT_TRUE(file);
    const auto note = merkle::Note::parse(file->checkpoint);
    ASSERT_TRUE(note);
    EXPECT_TRUE(merkle::signed_by(*note, key().verifier()));
    const auto checkpoint = merkle::Checkpoint::parse(note->body);
    ASSERT_TRUE(checkpoint);
    EXPECT_TRUE(merkle::verify_inclusion(file->index, checkpoint->size, merkle::leaf_hash(kernel::view(receipt.leaf)),
                                         file->proof, checkpoint->root))
        << receipt.index << " of " << checkpoint->size;
    EXPECT_EQ(file->index, receipt.index);
}

// Recomputes the tree from the served entry bundles, compares every tile and the signed root.
inline void expect_sound(db::Connection& db) {
    const auto checkpoint = merkle::Checkpoint::parse(merkle::Note::parse(ledger::head(db))->body);
    ASSERT_TRUE(checkpoint);
    const std::int64_t size = checkpoint->size;
    EXPECT_EQ(size, ledger::size(db));
    merkle::Frontier frontier;
    std::vector<std::vector<merkle::Hash>> levels(8);
    for (std::int64_t n = 0; n * 256 < size; ++n) {
        const int width = static_cast<int>(std::min<std::int64_t>(256, size - n * 256));
        const auto bundle = ledger::entry_bundle(db, n, width);
        ASSERT_TRUE(bundle);
        for (std::size_t at = 0; at < bundle->size();) {
            const std::size_t length = static_cast<std::size_t>((*bundle)[at] << 8 | (*bundle)[at + 1]);
            frontier.append(merkle::leaf_hash(kernel::View(*bundle).subspan(at + 2, length)),
                            [&](int level, std::int64_t, const merkle::Hash& hash) {
                                if (level % 8 == 0) levels[static_cast<std::size_t>(level / 8)].push_back(hash);
                            });
            at += 2 + length;
        }
    }
    EXPECT_EQ(frontier.size(), size);
    EXPECT_EQ(frontier.root(), checkpoint->root);
    for (int level = 0; level < 8; ++level) {
        const auto& hashes = levels[static_cast<std::size_t>(level)];
        for (std::size_t i = 0; i < hashes.size(); i += 256) {
            const std::size_t width = std::min<std::size_t>(256, hashes.size() - i);
            const auto tile = ledger::tile(db, level, static_cast<std::int64_t>(i / 256), static_cast<int>(width));
            ASSERT_TRUE(tile);
            kernel::Bytes expected;
            for (std::size_t k = i; k < i + width; ++k)
                expected.insert(expected.end(), hashes[k].begin(), hashes[k].end());
            EXPECT_EQ(*tile, expected);
        }
    }
}

class Engines : public testing::TestWithParam<db::Engine> {};
inline std::string engine_name(const testing::TestParamInfo<db::Engine>& param) { return db::engine_name(param); }

// A place without a log, to rebuild or restore into.
class Empty {
public:
    explicit Empty(db::Engine engine) : place_(engine), database(db::Database::open(place_.place(), files())) {}
    kernel::Hash digest() {
        return db::state_digest(*database->read(), db::table_classes(db::migrations(database->engine(), files())));
    }

private:
    db::TestPlace place_;

public:
    std::unique_ptr<db::Database> database;
};

}  // namespace toy
