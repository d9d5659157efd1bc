// What can happen to a visit and to a plan of one, as typed values, and their permanent encoding in the ledger. Facts
// hold ids, days, counts and whether somebody who may decide went; words hold posts, place, what was heard, promised
// and told, and reasons.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include <ledger/ledger.h>

#include "visit.h"

namespace visit::change {

// Without a mode it is, and is written as, version 1, which has nothing that stands after it here.
struct Recorded {
    std::optional<issue::IssueId> issue;
    people::CycleId cycle;
    people::UnitId unit;
    kernel::Day day;
    std::int64_t met = 0;
    bool may_decide = false;
    std::string posts, where, heard, promised, lang;
    bool sample = false;
    people::OfficerId by;
    std::optional<Mode> mode;
    std::optional<kernel::Day> until;
    std::optional<PlanId> plan;
    std::vector<Met> groups;
    std::vector<voice::VoiceId> voices;
    std::vector<measure::MeasureId> measures;
    std::optional<kernel::Hash> origin;
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
struct Linked {
    VisitId visit;
    Links to;
    std::string reason;
    people::OfficerId by;
    friend bool operator==(const Linked&, const Linked&) = default;
};
struct Planned {
    std::optional<issue::IssueId> issue;
    people::CycleId cycle;
    people::UnitId unit;
    kernel::Day made, day;
    bool announced = false;
    std::string posts, where, why, lang;
    bool sample = false;
    people::OfficerId by;
    friend bool operator==(const Planned&, const Planned&) = default;
};
struct CalledOff {
    PlanId plan;
    std::string reason;
    people::OfficerId by;
    friend bool operator==(const CalledOff&, const CalledOff&) = default;
};
using Change = std::variant<Recorded, ReportedBack, Corrected, Linked, Planned, CalledOff>;

inline constexpr std::string_view recorded_kind = "visit.recorded";
inline constexpr std::string_view reported_back_kind = "visit.reported_back";
inline constexpr std::string_view corrected_kind = "visit.corrected";
inline constexpr std::string_view linked_kind = "visit.linked";
inline constexpr std::string_view planned_kind = "visit.planned";
inline constexpr std::string_view called_off_kind = "visit.called_off";
inline constexpr std::string_view all_kinds[] = {recorded_kind, reported_back_kind, corrected_kind,
                                                 linked_kind,   planned_kind,       called_off_kind};

ledger::Draft encode(const Change&, std::int64_t index);
// Reads every version ever written; texts are empty where the words are gone. Throws std::runtime_error when the facts
// are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace visit::change
