// What can happen to a visit, as typed values, and its permanent encoding in the ledger. Facts hold ids, day, count and
// whether somebody who may decide went; words hold posts, place, what was heard, promised and told, and reasons.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include <ledger/ledger.h>

#include "visit.h"

namespace visit::change {

struct Recorded {
    issue::IssueId issue;
    people::CycleId cycle;
    people::UnitId unit;
    kernel::Day day;
    std::int64_t met = 0;
    bool may_decide = false;
    std::string posts, where, heard, promised, lang;
    bool sample = false;
    people::OfficerId by;
    friend bool operator==(const Recorded&, const Recorded&) = default;
};
struct ReportedBack {
    VisitId visit;
    kernel::Day day;
    std::string what;
    people::OfficerId by;
    friend bool operator==(const ReportedBack&, const ReportedBack&) = default;
};
struct Corrected {
    VisitId visit;
    Correction to;
    std::string reason;
    people::OfficerId by;
    friend bool operator==(const Corrected&, const Corrected&) = default;
};
using Change = std::variant<Recorded, ReportedBack, Corrected>;

inline constexpr std::string_view recorded_kind = "visit.recorded";
inline constexpr std::string_view reported_back_kind = "visit.reported_back";
inline constexpr std::string_view corrected_kind = "visit.corrected";

ledger::Draft encode(const Change&, std::int64_t index);
// Reads every version ever written; texts are empty where the words are gone. Throws std::runtime_error when the facts
// are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace visit::change
