// What makes an issue hot, difficult or focal, as figures with their formulas. They are pure: the caller gathers what
// is counted. No single one decides; each is shown with its parts, so that anybody can compute it again.
// What makes it divided is a matter of opinion groups: opinion/division.h.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include <kernel/time.h>

namespace text {

// ---- hot
// --------------------------------------------------------------------------------------------------------------- heat
// = growth * sum over people of weight(person)
//   weight(person) = 2^(-age / half_life) * (1 + log2(1 + supporters) / 4) * (copy_weight if all the person sent are
//   copies, else 1)
//     age: days since the person's newest message (0 where it lies ahead); supporters: of all the person's messages
//     together
//   growth = clamp(1 + log2((1 + now) / (1 + before)) / 4, 1/2, 3/2), now and before: people whose first message came
//   within the last
//     half-life, and within the one before
// Whoever sends ten messages counts once. `without_discount` is the heat if copies weighed as much as words of one's
// own.
struct Said {
    std::int64_t person = 0;  // 0: somebody of whom nothing is known, who counts singly
    kernel::Instant at;
    std::int64_t supporters = 0;
    bool copy = false;  // of another person's text
};
struct HeatRule {
    double half_life_days = 30;
    double copy_weight = 0.25;
};
struct Heat {
    double heat = 0;
    double without_discount = 0;
    double growth = 1;
    std::int64_t people = 0;
    std::int64_t copying = 0;  // people who sent nothing but copies
};
Heat heat(std::span<const Said>, kernel::Instant now, const HeatRule& = {});

// ---- difficult
// --------------------------------------------------------------------------------------------------------- difficulty
// = log2(1 + days / 30) + reopened + extended / 2 + max(0, handed_over - 1) / 2 + 2 * earlier_cycles
//   days: since the oldest case that is open, or as long as it was; handed_over: between units, of which the first is
//   no fault
struct Hardships {
    std::int64_t days = 0;
    std::int64_t reopened = 0;
    std::int64_t extended = 0;
    std::int64_t handed_over = 0;
    std::int64_t earlier_cycles = 0;  // in which the same issue was there
};
struct Difficulty {
    double difficulty = 0;
    double age = 0, reopenings = 0, extensions = 0, hand_overs = 0, recurrence = 0;  // the summands
};
Difficulty difficulty(const Hardships&);

// ---- focal
// ------------------------------------------------------------------------------------------------------------- focus =
// (refused + reopened + 2 * appeals + dissatisfied) / (answers + messages + 5), at most 1
//   Between the organisation and people: how it treated those who spoke. The 5 keep a single refusal from being
//   everything.
struct Frictions {
    std::int64_t messages = 0;
    std::int64_t answers = 0;
    std::int64_t refused = 0;
    std::int64_t reopened = 0;  // answers that people did not accept
    std::int64_t appeals = 0;
    std::int64_t dissatisfied = 0;  // ratings below the middle
};
double focus(const Frictions&);

}  // namespace text
