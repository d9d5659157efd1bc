// The rows of visits: what each Change writes, and this feature's queries. Reads: any connection; applies: the
// writer's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "visit.h"

namespace visit {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

enum class What { recorded, told, corrected };  // numbers are stored
struct Happened {
    std::int64_t entry = 0;
    kernel::Instant minute;
    What what = What::recorded;
    std::optional<people::OfficerId> by;
    kernel::Day day;                     // of the visit, or of telling
    std::optional<Correction> now, was;  // of a correction
    std::string reason;
};
std::vector<Happened> history(db::Connection&, VisitId);  // oldest first
std::optional<VisitId> visit_of_entry(db::Connection&, std::int64_t entry);

}  // namespace visit
