// Surveys (问卷): typed questions with conditions, on pages; answered once, anonymously or with a one-time code of a
// roll; figures after the close, never below k. States, and what is shown of answers: README.md.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cycle/cycle.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/people.h>

namespace jobs {
struct Task;
}

namespace survey {

using people::CycleId;
using SurveyId = kernel::Id<struct SurveyTag>;
using Once = std::optional<kernel::Hash>;

enum class Type { single, multiple, scale, matrix, ranking, number, text, place };  // numbers are stored; so below
enum class Mode { anonymous, roll };
enum class State { drafted, open, closed };
inline constexpr Type all_types[] = {Type::single,  Type::multiple, Type::scale, Type::matrix,
                                     Type::ranking, Type::number,   Type::text,  Type::place};
std::string_view name(Type);
std::string_view name(Mode);
std::string_view name(State);
std::optional<Type> parse_type(std::string_view);
std::optional<Mode> parse_mode(std::string_view);
std::optional<State> parse_state(std::string_view);

// Shown only to who gave one of these answers to an earlier question, on an earlier page.
struct Condition {
    int question = 0;      // from 1
    std::vector<int> any;  // options of a choice or a place, from 1; values of a scale; ascending
    friend bool operator==(const Condition&, const Condition&) = default;
};
struct Question {
    Type type = Type::single;
    std::string text;
    // To choose from or to rank; the columns of a matrix; what the two ends of a scale mean, or nothing; the places to
    // choose from, and without them a place is written.
    std::vector<std::string> options;
    std::vector<std::string> rows;  // of a matrix
    std::int64_t min = 0, max = 0;  // ends of a scale, bounds of a number; of multiple: how many, 0 and 0 for any
    bool needed = false;            // an answer must be given
    int page = 1;                   // pages go up by one
    std::optional<Condition> when;
    friend bool operator==(const Question&, const Question&) = default;
};
struct Draft {
    CycleId cycle;
    std::string title, intro, lang;   // BCP 47 of all its words
    std::vector<Question> questions;  // 1..max_questions
    Mode mode = Mode::anonymous;
    std::int64_t roll = 0;  // of mode roll: that many one-time codes
    std::int64_t k = 5;     // no figure of fewer people
    kernel::Day closes;     // the last day for answers
    bool sample = false;
    friend bool operator==(const Draft&, const Draft&) = default;
};
// In code points, and how many.
inline constexpr std::size_t max_title = 120, max_intro = 2000, max_question = 300, max_option = 120, max_text = 2000,
                             max_place = 120, max_reason = 1000,
                             max_together = 20'000;  // of all that one person writes
inline constexpr std::size_t max_questions = 40, max_options = 30, max_rows = 20, max_ranked = 10, max_places = 100;
inline constexpr std::int64_t longest_scale = 11, largest_number = 1'000'000'000, max_roll = 10'000;
inline constexpr int longest_term = 183;  // days from today to the closing day
inline constexpr int classes = 10;        // into which numbers are counted, of equal width

struct Survey {
    SurveyId id;
    Draft asked;
    State state = State::drafted;
    std::int64_t answers = 0;  // of mode roll: 0 until the close
};
std::optional<Survey> survey(db::Connection&, SurveyId);
struct Filter {
    std::optional<CycleId> cycle;
    std::optional<State> state;
    std::optional<SurveyId> before, after;
    int at_most = 20;
    bool drafts = false;  // those that are prepared are staff's
};
std::vector<Survey> surveys(db::Connection&, const Filter&);  // newest first, without their questions

// One answer for each question; empty where it was skipped or not asked.
//   single, scale, number   the option from 1, the value
//   multiple                options from 1, ascending
//   matrix                  for each row the column from 1, 0 for none
//   ranking                 options from 1, the best first; as many as were ranked
//   place                   the place from 1; where it is written: as text
//   text                    {1}, and the text
struct Answer {
    std::vector<std::int64_t> picks;
    std::string text;
    bool given() const { return !picks.empty(); }
    friend bool operator==(const Answer&, const Answer&) = default;
};
using Answers = std::vector<Answer>;

// Of one question, as far as it may be shown; nothing in a cell: not shown. Cells are rows of options: one row for
// choices, scales (from min), classes of numbers and places; of a matrix its rows; of a ranking who came first, and
// then, where all of that may be shown, for each option how often it came to which rank.
struct Figures {
    bool shown = false;
    std::int64_t asked = 0, answered = 0;  // of those asked the others skipped it
    std::vector<std::vector<std::optional<std::int64_t>>> cells;
    std::optional<std::int64_t> sum;  // of a number
    friend bool operator==(const Figures&, const Figures&) = default;
};
std::vector<Figures> figures(db::Connection&, const Survey&);  // only after the close, else empty

// ---- acts ----------------------------------------------------------------------------------------------------------
// Whoever runs the round (cycle::may_run). Texts are admitted already; all limits are checked again. Errors of a
// question stand at "q3_text" …
kernel::Result<SurveyId> draft(const people::Needs&, const people::Actor&, const Draft&, Once = {});
kernel::Checked redraft(const people::Needs&, const people::Actor&, SurveyId, const Draft&, Once = {});
// Freezes all. Of mode roll the codes, returned once; only their HMACs are kept. The same form again:
// survey.codes_shown.
kernel::Result<std::vector<std::string>> open(const people::Needs&, const people::Actor&, SurveyId, Once = {});
// Before its last day with a reason, which is public. The clock does it after the day.
kernel::Checked close(const people::Needs&, const people::Actor&, SurveyId, std::string_view reason, Once = {});
// Durable when it returns; never changed afterwards. Anonymous: once for each Actor::visitor, and the entry is the
// receipt. Roll: once for each code; the mark of the used code stands in the list that the close publishes, and says
// nothing of the answers. Refusals: survey.unknown, survey.not_open_yet, survey.over, survey.answered_already; at "q3"
// what is wrong with that answer; at "code" as for a ballot.
struct Answered {
    std::optional<std::int64_t> entry;
    std::string mark;
};
kernel::Result<Answered> answer(const people::Needs&, const people::Actor&, SurveyId, const Answers&,
                                std::string_view code, Once = {});

// ---- for those above -----------------------------------------------------------------------------------------------
// What people wrote, for whoever looks for what many of them say: in the order in which it was counted, after this
// place; never who. Erased texts are left out.
struct Text {
    std::int64_t place = 0, entry = 0;
    int question = 0;  // from 1
    std::string text;
};
std::vector<Text> texts(db::Connection&, SurveyId, std::int64_t after_place, int at_most_answers);
// One of them. Nothing where nobody answered a question for text so; text "" once it was erased.
struct Written {
    SurveyId survey;
    CycleId cycle;
    std::string lang, asked, text;  // lang: of the survey's words; asked: the question
};
std::optional<Written> written(db::Connection&, std::int64_t entry, int question);

void add_kinds(std::vector<ledger::Kind>&);
struct Hooks {
    people::PartOfMatter words;
};
void add_routes(http::Router&, const people::Needs&, Hooks = {});
std::vector<jobs::Task> tasks(const people::Needs&);
cycle::Gate gate();  // closed: no survey of the round is open
page::Html part(const http::Request&, db::Connection&, const cycle::Cycle&);
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);

}  // namespace survey
