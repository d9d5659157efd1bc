// The rows. Reads: any connection; apply and forget: the writer's.
#pragma once
#include <db/db.h>
#include <ledger/ledger.h>

#include "directory.h"
#include "errand.h"
#include "rules.h"

namespace handover {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

rules::Others others_than(db::Connection&, const Naming&);
int going_count(db::Connection&, VoiceId);             // not let go and not closed there
bool is_there(db::Connection&, VoiceId, AuthorityId);  // it has it, or will
bool number_known(db::Connection&, AuthorityId, HandoverId besides, std::string_view number);
std::optional<VoiceId> voice_of(db::Connection&, std::int64_t entry);
std::optional<HandoverId> handover_of(db::Connection&, std::int64_t entry);  // of which it is, or about which
std::vector<AuthorityId> agreed_to(db::Connection&, VoiceId);

// ---- what is still to be asked (main, written inside an act) -------------------------------------------------------
std::optional<Errand> errand(db::Connection&, HandoverId);
std::optional<Errand> next_errand(db::Connection&, kernel::Instant now);
std::vector<HandoverId> being_sent(db::Connection&);
void unsure_of_all(db::Connection&);  // of those that wait or are being sent
struct Waiting {
    HandoverId handover;
    AuthorityId authority;
    std::string fault;
    bool uncertain = false;
};
std::vector<Waiting> with_fault(db::Connection&, int at_most);
void put_errand(db::Connection&, const Errand&);
void drop_errand(db::Connection&, HandoverId);

// ---- what others offer (local.db) ----------------------------------------------------------------------------------
std::optional<Directory> directory(db::Connection&, AuthorityId);
std::optional<Service> service(db::Connection&, AuthorityId, std::string_view code);
bool due(db::Connection&, AuthorityId, kernel::Instant now);
void put_directory(db::Connection& local, AuthorityId, const Directory&, kernel::Instant next_at);
void ask_soon(db::Connection& local, AuthorityId);

}  // namespace handover
