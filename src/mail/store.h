// The rows of answers that were taken (state), and what is local: receipts to be sent, who sent how much today, counts.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "mail.h"

namespace mail {

void apply(db::Connection&, const ledger::Entry&);
bool reply_taken(db::Connection&, const kernel::Hash& key);

// ---- local.db, in its transactions ---------------------------------------------------------------------------------

// A letter on its way: a receipt, which is written down before its message is taken, so that the code is not lost with
// the process between the two, and becomes due afterwards; or (`voice` 0) that a mail was refused.
struct Waiting {
    kernel::Hash key{};
    VoiceId voice;
    kernel::Bytes sealed;
    int tries = 0;
};
std::optional<Waiting> waiting(db::Connection&, const kernel::Hash& key);
void prepare(db::Connection& local, const kernel::Hash& key, const kernel::Bytes& sealed, kernel::Instant now);
void make_due(db::Connection& local, const kernel::Hash& key, VoiceId, kernel::Instant now);
void queue_refusal(db::Connection& local, const kernel::Hash& key, const kernel::Bytes& sealed, kernel::Instant now);
std::optional<Waiting> next_due(db::Connection&, kernel::Instant now);
void put_off(db::Connection& local, const kernel::Hash& key, kernel::Instant until, int tries);
void drop(db::Connection& local, const kernel::Hash& key);  // sent, or given up
void drop_prepared(db::Connection& local, kernel::Instant before);
std::int64_t how_many_wait(db::Connection&);  // counted up to 10,000

struct Sender {
    int taken = 0, receipts = 0;
};
Sender sender(db::Connection&, kernel::Day, const kernel::Hash&);
void add_to_sender(db::Connection& local, kernel::Day, const kernel::Hash&, int taken, int receipts);
void drop_senders(db::Connection& local, kernel::Day before);

// Whether it is the first time.
bool first_refusal(db::Connection& local, const kernel::Hash& key, kernel::Instant now);
void drop_refusals(db::Connection& local, kernel::Instant before);
void count(db::Connection& local, std::string_view what);
std::vector<std::pair<std::string, std::int64_t>> counts(db::Connection&);  // by name

}  // namespace mail
