// For the tests of the features above: an organisation with its root unit on a fresh place of one engine. It is Monday,
// 23 November 2026, nine o'clock, until somebody moves the clock. What a feature needs besides stands in its
// test_world.h.
#pragma once
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <db/database.h>
#include <db/testing.h>
#include <kernel/clock.h>
#include <kernel/testing.h>
#include <ledger/ledger.h>
#include <merkle/note.h>

#include "people.h"

namespace people {

struct TestOrganisation {
    using AddKinds = void (*)(ledger::Kinds&);

    // `above`: the kinds of the features that take part, besides people's own.
    TestOrganisation(db::Engine engine, std::initializer_list<AddKinds> above)
        : place(engine, db::TestPlace::Tables::all) {
        add_kinds(kinds);
        for (const AddKinds add : above) add(kinds);
        begin();
        kernel::must(set_up(*needs, "Sample transport office", "admin"));
        root = units(*database->read()).front().id;
    }

    UnitId unit(UnitId parent, const std::string& name) { return kernel::must(add_unit(*needs, parent, name, false)); }
    void officer(UnitId at, const std::string& login, const std::vector<Role>& roles) {
        kernel::must(add_officer(*needs, at, login, "Post of " + login, roles, false));
    }
    Actor as(std::string_view login) {
        auto db = database->read();
        return actor(*db, officer_by_login(*db, login).value().id);
    }
    // Somebody without an account, known by a browser's own token.
    static Actor visitor(const std::string& who) {
        Actor actor;
        actor.visitor = who + "-browser-token-of-22";
        return actor;
    }
    static Actor visitor(std::int64_t n) { return visitor(std::to_string(n)); }

    // Runs what a higher feature's act would run, in one act; the receipt's index is the first that it took.
    template <class Act>
    kernel::Result<std::int64_t> within(Act act) {
        const auto receipt = ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const std::int64_t index = w.next_index();
            if (const kernel::Checked done = act(w); !done) return done.error();
            return index;
        });
        if (!receipt) return receipt.error();
        return receipt->index;
    }
    void erase(std::int64_t index) {
        kernel::must(ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "test"); }));
    }
    void go_to(std::string_view day) { clock.set(kernel::start_of(kernel::on(day)) + 9 * 3'600'000); }
    kernel::Day today() const { return kernel::local_day(clock.now()); }
    std::int64_t number(db::Sql sql) { return database->read()->one(sql)->integer(0); }

    void restart() {
        ledger.reset();
        needs.reset();
        database.reset();
        begin();
    }
    // Replaying the ledger into an empty database of this engine, of either, arrives at the same rows.
    void expect_same_after_rebuild(db::Engine into) {
        db::TestPlace other(into, db::TestPlace::Tables::all);
        const auto target = db::Database::open(other.place());
        auto source = database->read();
        ledger::rebuild(*source, *target, kinds);
        EXPECT_EQ(db::state_digests(*source), db::state_digests(*target->read()));
    }
    void expect_same_after_rebuild() {
        for (const db::Engine engine : db::engines) expect_same_after_rebuild(engine);
    }

    db::TestPlace place;
    kernel::SetClock clock{kernel::start_of(kernel::on("2026-11-23")) + 9 * 3'600'000};
    std::unique_ptr<db::Database> database;
    ledger::Kinds kinds;
    merkle::SignerKey signer = merkle::SignerKey::generate("test");
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<Needs> needs;
    UnitId root;

private:
    void begin() {
        database = db::Database::open(place.place());
        ledger = ledger::Ledger::start(*database, clock, signer, kinds);
        // The cheapest password hashing that argon2id allows.
        needs = std::make_unique<Needs>(Needs{*database, *ledger, clock, kernel::Bytes(32, 7), {1, 64}});
    }
};

}  // namespace people
