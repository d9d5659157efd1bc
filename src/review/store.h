// The rows of reviews: what each Change writes, and this feature's queries. Reads: any connection; applies: the
// writer's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "change.h"
#include "review.h"

namespace review {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);
void forget_closed(db::Connection&, std::int64_t index);
void forget_passed_over(db::Connection&, std::int64_t index);

std::int64_t month_of(kernel::Day);  // year * 12 + month - 1

// One station of a review's life.
struct Stamp {
    std::int64_t entry = 0;
    kernel::Instant minute;
    people::OfficerId by;  // 0: the clock
};
struct Life {
    Stamp drafted;
    std::optional<Stamp> opened, closed;
    people::CycleId cycle;
    bool lost = false, applied = false;  // of closed ones
};
Life life(db::Connection&, ReviewId);  // the review is there

struct OnRoll {
    int panel = 0;  // from 0
};
std::optional<OnRoll> on_roll(db::Connection&, ReviewId, const std::string& mark);
std::vector<std::string> spent_marks(db::Connection&, ReviewId, int panel, const std::string& after, int at_most);
std::vector<change::Named> named_ballots(db::Connection&, ReviewId, int panel);
std::optional<ReviewId> open_review_of(db::Connection&, measure::MeasureId);
std::vector<ReviewId> past_their_day(db::Connection&, kernel::Day today, int at_most);
// Newest first, older than this one.
std::vector<ReviewId> of_cycle(db::Connection&, people::CycleId, std::optional<std::int64_t> before, int at_most);

struct PassedOver {
    std::int64_t entry = 0;
    measure::MeasureId measure;
    kernel::Instant minute;
    people::OfficerId by;
    std::string reason;
};
std::optional<PassedOver> passed_over(db::Connection&, measure::MeasureId);
std::vector<PassedOver> passed_over_in(db::Connection&, people::CycleId, std::optional<std::int64_t> before,
                                       int at_most);
bool judged_before(db::Connection&, measure::MeasureId);  // some review ended, with or without enough ballots

}  // namespace review
