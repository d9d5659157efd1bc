// All that is counted, as it stands after the entries taken so far. One file of take_… functions for each kind of
// matter; memory grows with the matters (cases, measures, motions), not with the entries about them.
#pragma once
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include <kernel/calendar.h>

#include "audit.h"

namespace audit {

using Index = std::int64_t;
using kernel::Day;
using kernel::Json;

struct Event {
    Index index = 0, subject = 0;
    std::string_view kind;
    kernel::Instant time;
    const Json& facts;
    Index v = 1;

    // In UTC: the organisation's day is this one, the one before or the one after.
    Day day() const { return {time.ms >= 0 ? time.ms / 86'400'000 : -1}; }
    Index integer(std::string_view member) const { return facts.need_integer(member); }
    const std::string& string(std::string_view member) const { return facts.need_string(member); }
    bool flag(std::string_view member) const { return facts.need_boolean(member); }
    bool has(std::string_view member) const { return !facts[member].is_null(); }
    Day day(std::string_view member) const { return day_in(facts, member); }
    static Day day_in(const Json&, std::string_view member);  // std::runtime_error when it is none
};
// The element of a fixed list that is called so, which lives for ever; std::runtime_error when there is none.
template <std::size_t n>
std::string_view one_of(const std::array<std::string_view, n>& all, std::string_view text) {
    for (std::string_view one : all)
        if (one == text) return one;
    throw std::runtime_error("\"" + std::string(text) + "\" is not known here");
}

// ---- ground ---------------------------------------------------------------------------------------------------------
struct Unit {
    Index parent = 0;
};
struct Round {
    std::string_view phase;  // "" for the standing desk
    Index votes = 0;         // entries with votes
    bool votes_hidden = false;
    Index touched = 0;
    Index inherits = 0;          // the round before it; 0: none
    Index sheets = 0;            // entries with somebody's answers to one of its surveys
    bool joined_hidden = false;  // somebody joined messages of it, or took it back
};

// ---- cases ----------------------------------------------------------------------------------------------------------
inline constexpr std::array<std::string_view, 7> grounds = {
    "personal_data", "threat_or_hate", "unlawful", "advertising", "duplicate", "empty", "not_recorded"};

enum class Came { running, in_time, late, withdrawn };  // how a case came out, and once it did it stays so
struct Case {
    Index round = 0, unit = 0, counted_unit = 0;
    int month = -1;  // of receipt, months since year 0; -1: imported, never counted
    Day due, late_from;
    std::optional<Day> promised;  // by the newest answer
    std::string_view state = "received", shown, ground, answer;
    std::string_view before;  // of another register: how it came out there
    Came came = Came::running;
    std::optional<bool> solved;
    int stars = 0, late_days = 0, reopened = 0, calls = 0;
    bool typed = false, by_staff = false, sample = false, imported = false, silent = false, answered = false,
         called = false;
    bool contracted = false, for_all = false;
    std::string_view agreement;     // of the newest answer; "" where it is of another class
    std::string_view agreed_badly;  // denied or broken once, whatever was agreed on later
    Index closed = 0;               // the entry that closed it, while it is closed
    Index touched = 0;
    Index part_of = 0;         // the message that it is a part of
    std::vector<Index> parts;  // ever made of it
    Index standing = 0;        // of them now
    bool out = false;          // in no figure of a unit: split, or put back
};

// What cases and measures add to the month and unit they count for.
struct Sum {
    Index received = 0, in_time = 0, late = 0, withdrawn = 0, solved = 0, unsolved = 0, rated = 0, satisfied = 0,
          hidden = 0, typed = 0, by_staff = 0, sample = 0, called_back = 0;
    // Of another register, in none of the others: all, answered in time, late, in no time that could be told, rated …
    Index taken_over = 0, there_in_time = 0, there_late = 0, there_replied = 0, there_unanswered = 0, there_rated = 0,
          there_satisfied = 0, there_sample = 0;
    Index contracted = 0, agreed = 0, agreed_kept = 0, agreed_broken = 0, agreed_denied = 0, agreed_unsaid = 0;
    Index drawn = 0, looked = 0, as_said = 0, not_as_said = 0, could_not_see = 0, overdue = 0;  // spot checks
    std::array<Index, grounds.size()> by_ground{};
    Index due = 0, done_in_time = 0, done_late = 0, judged = 0, returned = 0;  // measures
    void add(const Sum&, Index times);
    friend bool operator==(const Sum&, const Sum&) = default;
};
int month_of(Day);

// ---- measures -------------------------------------------------------------------------------------------------------
struct Measure {
    Index round = 0, issue = 0, motion = 0, unit = 0, owner = 0, review = 0;
    Day due, first_due;
    std::string target, baseline, value;
    std::string_view state = "adopted";
    std::optional<Day> done_on, look_back;
    std::optional<Index> percent;
    int late_days = 0, returned = 0, reopened = 0;
    bool extended = false, nobody = false, sample = false;
    // For the figures of units.
    Index counted_unit = 0;
    int month = 0;
    bool in_time = false, late = false, ever_judged = false, ever_returned = false;
    Index closed = 0;  // the entry that closed it, while it is closed
    Index touched = 0;
    bool being_done() const { return state == "adopted" || state == "under_way" || state == "returned"; }
};

// ---- decisions ------------------------------------------------------------------------------------------------------
struct Member {
    bool chair = false, present = false;
};
struct Body {
    Index seats = 0;
    Json rules;
    std::map<Index, Member> members;
    std::set<Index> clerks;  // none named: those of its unit and above
};
struct Sitting {
    Index body = 0, round = 0, seats = 0;
    Json rules;
    std::map<Index, Member> roll;
    std::string_view state = "called";
    Index motions_left = 0;  // tabled or voted on
    Index touched = 0;
    Index present() const;
};
struct Votes {
    Index yes = 0, no = 0, abstain = 0;
    friend bool operator==(const Votes&, const Votes&) = default;
};
struct Outcome {
    bool quorum = false, carried = false;
    Index base = 0, needed = 0;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};
struct Motion {
    Index sitting = 0, issue = 0;
    bool refusal = false, secret = false;
    std::string_view state = "tabled";  // as the rules give it, whatever the count says
    Json measures;
    std::size_t adopted = 0;  // of them
    std::map<Index, std::string_view> votes;
    Votes tally;
    Outcome outcome;
    Index counted = 0, touched = 0;
};
bool quorum(const Json& rules, Index seats, Index filled, Index present);
// As docs of the rules say: exact fractions, nothing is carried without a yes; the chair's second vote decides a tie
// where the rules say so and the chair's own vote is known.
Outcome outcome(const Json& rules, Index seats, Index filled, Index present, const Votes&, std::optional<bool> chair);

// ---- reviews --------------------------------------------------------------------------------------------------------
struct Panel {
    std::string group;
    bool secret = true;
    Index weight = 0, roll = 0;
    std::vector<std::string> marks;  // sorted; while it is open
    // After the close.
    Index cast = 0, good = 0, marks_given = 0;
    bool shown = false, counted = false;
    std::vector<std::array<Index, 6>> counts;  // by question: "don't know", 1..5
};
struct Verdict {
    bool enough = false, accepted = false;
    std::optional<int> percent;
    friend bool operator==(const Verdict&, const Verdict&) = default;
};
struct Review {
    Index measure = 0, accept_percent = 0, k = 0;
    Day closes;
    std::size_t questions = 0;
    std::vector<Panel> panels;
    std::string_view state = "drafted";
    Verdict verdict;
    bool applied = false;
    Index closed = 0, judged = 0, touched = 0;  // entries
};
Verdict verdict(const Review&);
std::pair<double, double> wilson(Index part, Index whole);  // 95 %

// ---- issues, visits, dialogues --------------------------------------------------------------------------------------
struct Carried {  // from a round into a later one, by that entry
    Index from = 0, to = 0, entry = 0;
};
struct Issue {
    Index round = 0;  // in which it stands now
    std::string_view state = "suggested";
    std::set<Index> voices, statements, advice;
    Index visits = 0, met = 0, by_deciders = 0;
    Index touched = 0;
    std::vector<Carried> carried;
};
inline constexpr std::array<std::string_view, 8> issue_states = {"suggested", "confirmed", "dismissed", "before_body",
                                                                 "adopted",   "refused",   "resolved",  "carried_over"};
struct Visit {
    Index issue = 0, round = 0, met = 0;
    bool may_decide = false;
};
struct Statement {
    Index dialogue = 0;
    std::string_view state;
    bool imported = false;
    Index agree = 0, disagree = 0, pass = 0;
};
struct Dialogue {
    Index round = 0;
    Index hidden = 0;                                // entries with imported votes that are not served
    std::map<Index, std::map<Index, char>> ballots;  // only where votes are served: of each person the last choice
    Index cast = 0;
    Index touched = 0;
};

// ---- surveys --------------------------------------------------------------------------------------------------------
struct Asked {
    std::string_view type;
    Index options = 0, rows = 0, min = 0, max = 0;
    Index hangs_on = 0;  // question from 1; 0: asked of everybody
    std::set<Index> any;
    // Counted where the answers are served; a row for choices, for each row of a table, for each option ranked.
    Index asked = 0, answered = 0, sum = 0;
    std::vector<std::vector<Index>> cells;
};
struct Survey {
    Index round = 0, k = 0, roll = 0;
    bool on_roll = false, lost = false;
    Day closes;
    std::string_view state = "drafted";
    std::vector<Asked> questions;
    std::vector<std::string> marks;  // sorted; while it is open
    Index counted = 0, answers = 0;  // answers that were served; as the close says
    Json figures;                    // as the close says
    Index closed = 0, touched = 0;
};

// ---- paper ----------------------------------------------------------------------------------------------------------
struct Sheet {
    Index n = 0;
    std::string_view what, state;
    std::vector<Index> typists;
};
struct Batch {
    Index round = 0, sheets = 0, counted_by = 0;
    Day day;
    std::map<Index, Sheet> typed;
    Index corrected = 0, contracted = 0, touched = 0;
};

// ---- spot checks ----------------------------------------------------------------------------------------------------
struct Drawn {
    std::string kind;
    bool looked = false, overdue = false;
};
struct SpotCheck {
    Index unit = 0, from = 0, to = 0, n = 0;
    int month = 0;
    std::optional<kernel::Hash> root;  // of the entries up to its announcement
    bool drawn = false;
    Day due;
    std::map<Index, Drawn> matters;
};
struct Finding {  // "not as said": the next entry must open the matter again
    Index check = 0, look = 0, matter = 0;
    std::string kind;
};
// The tree of all leaves so far, by its complete subtrees.
struct Tree {
    Index size = 0;
    std::vector<kernel::Hash> peaks;
    bool whole = true;  // every leaf was handed over
    void append(const std::optional<kernel::Hash>& leaf);
    std::optional<kernel::Hash> root() const;
};

struct Card {  // as the log says that it was published
    Index entry = 0, k = 0;
    Json figures;
};

struct World {
    Index next = 0;
    kernel::Instant last;
    kernel::Day last_day() const { return {last.ms / 86'400'000}; }  // in UTC
    Index k = 5;                                                     // no figure about fewer
    std::optional<kernel::Calendar> calendar;
    std::map<Index, Unit> units;
    std::map<Index, Round> rounds;
    std::unordered_map<Index, Case> cases;
    std::map<std::pair<Index, int>, Sum> sums;  // by unit and month
    std::map<Index, Measure> measures;
    std::map<Index, Body> bodies;
    std::map<Index, Sitting> sittings;
    std::map<Index, Motion> motions;
    std::map<Index, Review> reviews;
    std::map<Index, Issue> issues;
    std::map<Index, Visit> visits;
    std::map<Index, Dialogue> dialogues;
    std::map<Index, Statement> statements;
    std::map<Index, Survey> surveys;
    std::map<Index, Batch> batches;
    std::map<Index, bool> contracted;  // officers, by whether they belong to a contractor now
    std::map<Index, SpotCheck> spot_checks;
    std::map<Index, Index> last_drawn;                                          // of a unit: the end of its last check
    std::map<std::pair<Index, Index>, std::pair<Index, const char*>> closings;  // (unit, entry) -> what was closed
    std::optional<Finding> finding;
    Tree tree;
    std::map<Name, Card> cards;  // published
    std::map<std::string, Index> unknown;
    std::vector<Fault> faults;

    void fault(const char* kind, Index id, std::optional<Index> entry, std::string what) {
        faults.push_back({{kind, id, {}, {}}, entry, std::move(what)});
    }
    // Working days in (from, to]; the calendar is the one in force.
    int working_days(Day from, Day to) const;
    // Is it what counting to the day of this entry gives, wherever on earth the organisation is?
    bool counted_to_today(const Event&, Day from, Index days) const;
    Sum sum(const std::vector<Index>& units, int from, int to) const;
    // Of the issues that the measures of these units due in these months answer: those somebody went to see, and all.
    std::pair<Index, Index> issues_seen(const std::vector<Index>& units, int from, int to) const;
    std::vector<Index> below(Index unit) const;  // not itself
    Json scorecard(Index unit, Day from, Day to) const;
};
void set_due(World&, Index entry, Index id, Case&, const Json& reply);  // case_days.cc
// The matter with that number, or std::runtime_error: an entry about something that is not there.
template <class Map>
typename Map::mapped_type& known(Map& all, Index id, const char* what) {
    const auto found = all.find(id);
    if (found == all.end()) throw std::runtime_error("there is no " + std::string(what) + " " + std::to_string(id));
    return found->second;
}

void take_ground(World&, const Event&);
void take_case(World&, const Event&);
void take_measure(World&, const Event&);
void take_decision(World&, const Event&);
void take_review(World&, const Event&);
void take_issue(World&, const Event&);
void take_visit(World&, const Event&);
void take_dialogue(World&, const Event&);
void take_scorecard(World&, const Event&);
void take_spot_check(World&, const Event&);
// A matter is open again because a look found it so: that look must have said it just now.
void meet_finding(World&, const Event&, std::string_view kind, Index matter, Index look);
// After an entry: a finding that was to open a matter again, and nothing did.
void miss_finding(World&, Index entry);
void take_survey(World&, const Event&);
void take_paper(World&, const Event&);
void take_hidden_sheet(World&, const Entry&);
// Entries that the program keeps to itself: leaf alone.
void take_hidden(World&, const Entry&);

// What is still open after the last entry: overdue and not said, decided and not done.
void end_cases(World&);
void end_measures(World&);
void end_decisions(World&);
void end_reviews(World&);
void end_surveys(World&);

Json figures_of(const World&, Index id, const Case&);
Json figures_of(const World&, Index id, const Measure&);
Json figures_of(const World&, Index id, const Sitting&);
Json figures_of(const World&, Index id, const Motion&);
Json figures_of(const World&, Index id, const Review&);
Json figures_of(const World&, Index id, const Issue&);
Json figures_of(const World&, Index id, const Dialogue&);
Json figures_of(const World&, Index id, const Statement&);
Json figures_of(const World&, Index id, const Round&);
Json figures_of(const World&, Index id, const Survey&);
Json figures_of(const World&, Index id, const Batch&);
std::string says(const Survey&);
std::string says(const Batch&);
std::vector<Matter> all_matters(const World&);
std::optional<Index> touched(const World&, const Name&);  // the last entry that it rests on
std::vector<Hidden> all_hidden(const World&);

}  // namespace audit
