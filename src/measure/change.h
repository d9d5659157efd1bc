// What can happen to a measure, as typed values, and its permanent encoding in the ledger. Facts hold ids, states,
// figures and days; words hold titles, texts, reasons, evidence. Due days and days late were computed in the act.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include <ledger/ledger.h>

#include "measure.h"

namespace measure::change {

struct Adopted {
    Draft promised;
    std::optional<std::int64_t> motion;  // none: a pledge
    people::OfficerId by;                // who pledged; 0: as part of a motion
    friend bool operator==(const Adopted&, const Adopted&) = default;
};
struct Reported {  // progress, or done
    MeasureId measure;
    bool done = false;
    kernel::Day day;
    int percent = 0;
    std::optional<Decimal> value;
    int late_days = 0;                // of done ones: working days after the due day
    bool nobody_independent = false;  // of done ones: no unit could check at that time
    people::OfficerId by;
    std::string text, evidence;
    friend bool operator==(const Reported&, const Reported&) = default;
};
struct Verified {
    MeasureId measure;
    bool confirmed = false;
    people::OfficerId by;
    std::string words;
    friend bool operator==(const Verified&, const Verified&) = default;
};
struct Extended {
    MeasureId measure;
    kernel::Day from, due;
    people::OfficerId by;
    std::string reason;
    friend bool operator==(const Extended&, const Extended&) = default;
};
struct Retargeted {
    MeasureId measure;
    Decimal from, to;
    people::OfficerId by;
    std::string reason;
    friend bool operator==(const Retargeted&, const Retargeted&) = default;
};
struct Owned {
    people::UnitId unit;
    people::OfficerId owner;
    friend bool operator==(const Owned&, const Owned&) = default;
};
struct Reassigned {
    MeasureId measure;
    Owned from, to;
    people::OfficerId by;
    std::string reason;
    friend bool operator==(const Reassigned&, const Reassigned&) = default;
};
struct Reworded {
    MeasureId measure;
    Wording to;
    people::OfficerId by;
    std::string reason;
    friend bool operator==(const Reworded&, const Reworded&) = default;
};
struct Late {  // by the clock
    MeasureId measure;
    kernel::Day due;
    int days = 0;      // working days
    kernel::Day next;  // when the clock looks again
    friend bool operator==(const Late&, const Late&) = default;
};
struct Absent {
    MeasureId measure;
    people::OfficerId by;
    std::string reason;
    friend bool operator==(const Absent&, const Absent&) = default;
};
struct Judged {
    MeasureId measure;
    std::int64_t review = 0;
    bool accepted = false;
    bool nobody_independent = false;  // judged without anybody having checked
    std::optional<kernel::Day> due;   // of returned ones: the new term
    friend bool operator==(const Judged&, const Judged&) = default;
};
struct Closed {
    MeasureId measure;
    kernel::Day look_back;
    people::OfficerId by;
    std::string words;
    friend bool operator==(const Closed&, const Closed&) = default;
};
struct LookedBack {
    MeasureId measure;
    bool held = true;
    std::optional<kernel::Day> due;  // of a rebound: the new term
    people::OfficerId by;
    std::string words;
    // Of a rebound that a spot check found: the entry of the finding, which has the words. It is, and is written as,
    // version 2; without one, version 1.
    std::optional<std::int64_t> look = {};
    friend bool operator==(const LookedBack&, const LookedBack&) = default;
};
using Change = std::variant<Adopted, Reported, Verified, Extended, Retargeted, Reassigned, Reworded, Late, Absent,
                            Judged, Closed, LookedBack>;

inline constexpr std::string_view adopted_kind = "measure.adopted";
inline constexpr std::string_view reported_kind = "measure.reported";
inline constexpr std::string_view verified_kind = "measure.verified";
inline constexpr std::string_view extended_kind = "measure.extended";
inline constexpr std::string_view retargeted_kind = "measure.retargeted";
inline constexpr std::string_view reassigned_kind = "measure.reassigned";
inline constexpr std::string_view reworded_kind = "measure.reworded";
inline constexpr std::string_view late_kind = "measure.late";
inline constexpr std::string_view absent_kind = "measure.absent";
inline constexpr std::string_view judged_kind = "measure.judged";
inline constexpr std::string_view closed_kind = "measure.closed";
inline constexpr std::string_view looked_back_kind = "measure.looked_back";

ledger::Draft encode(const Change&, std::int64_t index);
// Reads every version ever written; texts are empty where the words are gone. Throws std::runtime_error when the facts
// are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace measure::change
