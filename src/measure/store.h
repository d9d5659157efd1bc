// The rows of measures: what each Change writes, and this feature's queries. Reads: any connection; applies: the
// writer's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "change.h"
#include "measure.h"

namespace measure {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

enum class What {  // numbers are stored
    adopted,
    pledged,
    progressed,
    done,
    confirmed,
    not_confirmed,
    extended,
    retargeted,
    reassigned,
    reworded,
    late,
    absent,
    accepted,
    returned,
    closed,
    held,
    rebound
};
std::string_view name(What);
struct Happened {
    std::int64_t entry = 0;
    kernel::Instant minute;
    What what = What::adopted;
    std::optional<people::OfficerId> by;
    std::optional<kernel::Day> day, from_day;    // of the report, of the deadline; before an extension
    std::optional<int> days, percent;            // working days late; reported
    std::optional<Decimal> amount, from_amount;  // the value reported, or the target; the target before
    std::optional<change::Owned> to, from;       // the owner, the owner before
    std::optional<std::int64_t> because;         // the motion, the review
    std::string words, evidence;
};
std::vector<Happened> history(db::Connection&, MeasureId);  // oldest first
std::optional<MeasureId> measure_of_entry(db::Connection&, std::int64_t entry);

struct Worded {
    std::int64_t entry = 0;
    Wording wording;
};
std::vector<Worded> wordings(db::Connection&, MeasureId);  // oldest first; the last is in force

struct Hands {
    bool answered = false, checked = false;
};
Hands hands(db::Connection&, MeasureId, people::OfficerId);

// Measures at which the clock has to look on or before this day, by day and id after `after`.
struct Ringing {
    kernel::Day day;
    MeasureId measure;
};
std::vector<Ringing> ringing(db::Connection&, kernel::Day today, Ringing after, int at_most);
std::optional<kernel::Day> next_day(db::Connection&, MeasureId);

std::vector<MeasureId> unaccounted(db::Connection&, people::CycleId, int at_most);
std::int64_t unaccounted_count(db::Connection&, people::CycleId);
bool has_open(db::Connection&, people::UnitId);      // owns one that is not closed
bool all_accepted(db::Connection&, issue::IssueId);  // none of its measures is still open

}  // namespace measure
