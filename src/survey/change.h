// What can happen to a survey, as typed values, and its permanent encoding in the ledger. Facts hold what is asked as
// numbers, marks of codes and figures; words hold what was written. What one person answered is in facts that are not
// served; who it was is in none, but for a key in the words, by which the same browser is known again.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <ledger/ledger.h>

#include "answers.h"
#include "survey.h"

namespace survey::change {

struct Drafted {
    Draft asked;
    people::OfficerId by;
    friend bool operator==(const Drafted&, const Drafted&) = default;
};
struct Changed {  // replaces all of it
    SurveyId survey;
    Draft asked;
    people::OfficerId by;
    friend bool operator==(const Changed&, const Changed&) = default;
};
struct Opened {
    SurveyId survey;
    people::OfficerId by;
    std::vector<std::string> roll;  // marks, sorted: 32 hex digits each
    friend bool operator==(const Opened&, const Opened&) = default;
};
struct Given {  // one person's
    CycleId cycle;
    SurveyId survey;
    Answers answers;
    std::optional<kernel::Hash> seen;  // of mode anonymous, unless it was erased
    friend bool operator==(const Given&, const Given&) = default;
};
struct Closed {
    SurveyId survey;
    people::OfficerId by;  // 0: the clock
    std::string reason;
    bool lost = false;  // the ballot box was gone: the database had been rebuilt while the survey was open
    std::int64_t answers = 0;
    std::vector<std::string> spent;  // marks, sorted
    std::vector<Figures> figures;    // one for each question
    friend bool operator==(const Closed&, const Closed&) = default;
};
using Change = std::variant<Drafted, Changed, Opened, Given, Closed>;

inline constexpr std::string_view drafted_kind = "survey.drafted", changed_kind = "survey.changed",
                                  opened_kind = "survey.opened", answered_kind = "survey.answered",
                                  closed_kind = "survey.closed";

ledger::Draft encode(const Change&, std::int64_t index);
// Reads every version ever written; texts are empty where the words are gone. Throws std::runtime_error when the facts
// are not what some version wrote.
Change decode(const ledger::Entry&);

kernel::Json figures_json(const std::vector<Figures>&);

}  // namespace survey::change
