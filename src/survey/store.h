// The rows of surveys: what each Change writes, and this feature's queries. Reads: any connection; applies: the
// writer's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "change.h"
#include "survey.h"

namespace survey {

std::string lines_of(const std::vector<std::string>&);  // one text, a line each

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);         // of what is asked
void forget_given(db::Connection&, std::int64_t index);   // texts and key of one person
void forget_closed(db::Connection&, std::int64_t index);  // the reason

enum class What { drafted, changed, opened, closed };  // numbers are stored
struct Event {
    std::int64_t entry = 0;
    What what = What::drafted;
    kernel::Instant minute;
    people::OfficerId by;  // 0: the clock
    std::string reason;
};
// What is needed to take and to count an answer: no words, lists of empty texts.
std::optional<Survey> structure(db::Connection&, SurveyId);
std::vector<Event> history(db::Connection&, SurveyId);  // oldest first
bool lost(db::Connection&, SurveyId);

std::vector<Counts> counts(db::Connection&, const Survey&);
bool on_roll(db::Connection&, SurveyId, const std::string& mark);
bool seen(db::Connection&, SurveyId, const kernel::Hash& key);
std::vector<std::string> spent_marks(db::Connection&, SurveyId, const std::string& after, int at_most);
std::vector<SurveyId> past_their_day(db::Connection&, kernel::Day today, int at_most);
std::vector<SurveyId> open_in(db::Connection&, CycleId, int at_most);

// What one person answered, by its place in the survey, from 1.
struct Sheet {
    std::int64_t place = 0, entry = 0;
    Answers answers;
};
std::vector<Sheet> sheets_at(db::Connection&, const Survey&, const std::vector<std::int64_t>& places);
std::vector<Sheet> sheets_after(db::Connection&, const Survey&, std::int64_t place, int at_most);

}  // namespace survey
