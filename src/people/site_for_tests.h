// For this module's tests: a whole installation in a fresh place of either engine, with a clock that stands still and
// passwords that cost little.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <db/database.h>
#include <db/testing.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <merkle/note.h>

#include "acts.h"
#include "people.h"
#include "store.h"

namespace people {

inline ledger::Kinds kinds_of_people() {
    ledger::Kinds kinds;
    add_kinds(kinds);
    return kinds;
}

struct TestSite {
    explicit TestSite(db::Engine engine)
        : place(engine, db::TestPlace::Tables::all),
          database(db::Database::open(place.place())),
          signer(merkle::SignerKey::generate("test.example/log")),
          ledger(ledger::Ledger::start(*database, clock, signer, kinds_of_people())),
          needs{*database, *ledger, clock, kernel::Bytes(32, 7), {.passes = 1, .kibibytes = 8}},
          admin(*set_up(needs, "Test office 测试处", "admin")) {}

    // Reads as a page does.
    db::Database::Lease read() { return database->read(); }
    Actor administrator() { return actor(*read(), admin.officer); }

    db::TestPlace place;
    kernel::SetClock clock{{1'795'000'020'000}};  // 2026-11-18T09:47:00Z
    std::unique_ptr<db::Database> database;
    merkle::SignerKey signer;
    std::unique_ptr<ledger::Ledger> ledger;
    Needs needs;
    FirstAccount admin;
};

// A refusal's key, or "" when there is none.
template <class T>
std::string key_of(const kernel::Result<T>& result) {
    return result ? "" : result.error().key;
}
template <class T>
std::string field_of(const kernel::Result<T>& result) {
    return result ? "" : result.error().field;
}

}  // namespace people
