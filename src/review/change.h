// What can happen to a review, as typed values, and its permanent encoding in the ledger. Facts hold ids, weights,
// thresholds, marks of codes and answers; words hold questions, names of panels, and names and reasons of those who
// judge by name. What a secret panel below k said is in neither.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <ledger/ledger.h>

#include "review.h"

namespace review::change {

struct Drafted {
    Draft draft;
    people::CycleId cycle;
    people::OfficerId by;
    friend bool operator==(const Drafted&, const Drafted&) = default;
};
struct Opened {
    ReviewId review;
    people::OfficerId by;
    std::vector<std::vector<std::string>> roll;  // marks by panel, sorted: 32 hex digits each
    friend bool operator==(const Opened&, const Opened&) = default;
};
struct Named {
    std::string answers;  // a digit 0..5 for each question
    std::string name, reasons;
    friend bool operator==(const Named&, const Named&) = default;
};
struct ClosedPanel {
    std::int64_t cast = 0;
    // Of secret panels that show figures: one text for each question, a digit 0..5 for each ballot. Every question is
    // shuffled by itself, so that no ballot can be recognised by its pattern of answers.
    std::vector<std::string> answers;
    std::vector<Named> named;        // of panels by name, in no order
    std::vector<std::string> spent;  // marks, sorted
    friend bool operator==(const ClosedPanel&, const ClosedPanel&) = default;
};
struct Closed {
    ReviewId review;
    people::OfficerId by;  // 0: the clock
    people::UnitId unit;   // the measure's owner's
    kernel::Day day;
    bool lost = false;     // the ballot box was gone: the database had been rebuilt while the review was open
    bool applied = false;  // the measure was accepted or returned on this verdict
    bool enough = false, accepted = false;
    std::optional<int> percent;
    std::vector<ClosedPanel> panels;
    friend bool operator==(const Closed&, const Closed&) = default;
};
struct PassedOver {
    measure::MeasureId measure;
    people::CycleId cycle;
    people::OfficerId by;
    std::string reason;
    friend bool operator==(const PassedOver&, const PassedOver&) = default;
};
using Change = std::variant<Drafted, Opened, Closed, PassedOver>;

inline constexpr std::string_view drafted_kind = "review.drafted";
inline constexpr std::string_view opened_kind = "review.opened";
inline constexpr std::string_view closed_kind = "review.closed";
inline constexpr std::string_view passed_over_kind = "review.passed_over";

ledger::Draft encode(const Change&, std::int64_t index);
// Reads every version ever written; texts are empty where the words are gone. Throws std::runtime_error when the facts
// are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace review::change
