// The rows of visits and of plans: what each Change writes, and this feature's queries. Reads: any connection; applies:
// the writer's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "change.h"
#include "visit.h"

namespace visit {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

enum class What { recorded, told, corrected, linked };  // numbers are stored
struct Happened {
    std::int64_t entry = 0;
    kernel::Instant minute;
    What what = What::recorded;
    std::optional<people::OfficerId> by;
    kernel::Day day;                     // of the visit, or of telling
    std::optional<Correction> now, was;  // of a correction
    std::optional<Links> links;          // of linking
    std::string reason;
};
std::vector<Happened> history(db::Connection&, VisitId);  // oldest first
std::optional<VisitId> visit_of_entry(db::Connection&, std::int64_t entry);
std::optional<VisitId> visit_of_origin(db::Connection&, const kernel::Hash&);

// plan_store.cc
std::optional<PlanId> plan_of_entry(db::Connection&, std::int64_t entry);
void apply_plan(db::Connection&, const ledger::Entry&, const change::Planned&);
void apply_plan(db::Connection&, const ledger::Entry&, const change::CalledOff&);
void keep_plan(db::Connection&, PlanId, VisitId);
void forget_plan(db::Connection&, std::int64_t index);

// month_store.cc: what a visit or plan adds to the counters of its unit and month, or takes from them again (sign -1)
void count_visit(db::Connection&, const Visit&, std::int64_t sign);
void count_plan(db::Connection&, people::UnitId, kernel::Day, std::int64_t plans, std::int64_t called_off);

}  // namespace visit
