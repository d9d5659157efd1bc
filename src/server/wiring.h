// Who is here and who hands what to whom: every feature is named once in wiring.cc. No registration by inclusion.
#pragma once
#include <vector>

#include <claim/claim.h>
#include <handover/handover.h>
#include <http/http.h>
#include <jobs/jobs.h>
#include <ledger/ledger.h>
#include <mail/mail.h>
#include <notice/notice.h>
#include <proof/proof.h>

#include "house.h"

namespace server {

ledger::Kinds kinds();
void set_gates();  // of cycles, by the features that know; and what goes on into the next one
// The jobs outlive the router.
void add_routes(http::Router&, House&, jobs::Jobs&, const notice::Means&, const mail::Means&, const handover::Means&);
std::vector<jobs::Task> tasks(House&, const notice::Means&, const mail::Means&, const handover::Means&);
// What the slip of an entry says: asked of each feature in turn.
std::optional<proof::Matter> matter(db::Connection&, std::int64_t entry);
claim::Hooks claim_hooks();  // of which words can be reported, and who decides on them
proof::Hooks proof_hooks();  // what of the log may be shown, and how it is called

page::Html part_of_rules(page::Lang, db::Connection&);  // by which rules bodies decide and panels judge: rules.cc

}  // namespace server
