// The rows of receivers and matters, of what waits, and of receivers' keys. Reads: any connection; apply and forget:
// the writer's; what waits: the writer's, and its act calls keep_local().
#pragma once
#include <db/db.h>
#include <ledger/ledger.h>

#include "change.h"
#include "confidential.h"
#include "matter.h"

namespace confidential {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

struct Waiting {
    kernel::Bytes key;  // 16 bytes
    kernel::Instant enters;
    change::Facts facts;
    change::Words words;
};
std::int64_t waiting_count(db::Connection&);
bool waits(db::Connection&, kernel::View key16);
void put_waiting(db::Connection&, const Waiting&);  // and moves others, so that no place tells an order
std::optional<Waiting> take_waiting(db::Connection&, kernel::View key16);  // and deletes it
struct Place {
    kernel::Bytes key;
    std::string tag;
    int n = 0;
};
std::vector<Place> due_waiting(db::Connection&, kernel::Instant now);    // in the order of random keys
std::vector<Waiting> waiting_of(db::Connection&, std::string_view tag);  // by n

// The last act of a matter, and whether there is one at all: 0 where not.
int last_act(db::Connection&, std::string_view tag);
std::vector<std::string> late_tags(db::Connection&, kernel::Day today, std::string_view after, int at_most);
// Matters in the log that an officer receives now, newest first.
struct Listed {
    MatterId id;
    std::string tag;
    bool closed = false;
    std::optional<kernel::Day> due;
    bool mine = false;  // it is this officer's turn
    int n = 0;
};
std::vector<Listed> received_by(db::Connection&, people::OfficerId, std::optional<MatterId> before, int at_most);

// Of local.db: a private key, wrapped. A new one stands beside the old one until the log has its public key.
struct KeyRow {
    kernel::Bytes public_key, salt, wrapped;
    people::PasswordCost cost;
};
std::optional<KeyRow> key_row(db::Connection&, people::OfficerId, const kernel::Hash& public_key);
void write_key_row(db::Connection& local, people::OfficerId, const KeyRow&);  // replaces the one of this public key
void drop_key_rows(db::Connection& local, people::OfficerId, const kernel::Hash& but);

}  // namespace confidential
