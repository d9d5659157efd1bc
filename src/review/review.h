// Public judgement (评议): panels with weights judge a measure, by secret ballot or by name with reasons. Everything is
// frozen at opening; no result before the close; none below k. What is counted how, and what stays secret from whom:
// README.md.
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
#include <measure/measure.h>
#include <people/people.h>

namespace review {

using ReviewId = kernel::Id<struct ReviewTag>;
using Once = std::optional<kernel::Hash>;

enum class Group { superiors, recipients, media, delegates, monitors, peers, people };  // numbers are stored
enum class Secrecy { secret, named };        // recipients, peers and people are always secret
enum class State { drafted, open, closed };  // closed is published; numbers are stored
inline constexpr Group all_groups[] = {Group::superiors, Group::recipients, Group::media, Group::delegates,
                                       Group::monitors,  Group::peers,      Group::people};
std::string_view name(Group);
std::string_view name(Secrecy);
std::string_view name(State);
std::optional<Group> parse_group(std::string_view);
std::optional<Secrecy> parse_secrecy(std::string_view);
bool always_secret(Group);
bool concerned(Group);  // those the measure is for: recipients and people

struct PanelDraft {
    Group group = Group::recipients;
    std::string name, chosen_by;  // who chose the panel and how
    int weight = 0;               // of all panels: 100
    Secrecy secrecy = Secrecy::secret;
    std::int64_t roll = 0;  // evaluators: that many one-time codes
    friend bool operator==(const PanelDraft&, const PanelDraft&) = default;
};
struct Question {
    std::string text;
    cycle::CriterionId criterion;  // none at the standing desk, which has no criteria
    friend bool operator==(const Question&, const Question&) = default;
};  // answered 1..5; 0, "don't know", never counts
struct Draft {
    measure::MeasureId measure;
    std::string lang;                 // BCP 47 of questions and names
    std::vector<Question> questions;  // 1..10; the first is the overall one
    std::vector<PanelDraft> panels;   // 1..8, one of them at least of those concerned
    int accept_percent = 60;          // weighted share of 4 and 5 on the overall question that accepts the measure
    std::int64_t k = 5;               // a secret panel below k cast ballots shows no figure and does not count
    kernel::Day closes;               // the last day for ballots
    bool sample = false;
    friend bool operator==(const Draft&, const Draft&) = default;
};
// In code points, of admitted text; and how many there may be.
inline constexpr std::size_t max_question = 300, max_name = 120, max_chosen_by = 300, max_reasons = 1000,
                             max_reason = 1000;
inline constexpr std::size_t max_questions = 10, max_panels = 8;
inline constexpr std::int64_t max_roll = 10'000;  // of all panels together
inline constexpr int longest_term = 183;          // days from today to the closing day

struct PanelResult {
    PanelDraft panel;
    std::int64_t cast = 0;
    bool shown = false;                             // cast >= k, or by name
    std::vector<std::vector<std::int64_t>> counts;  // [question][0..5]: 0 don't know, 1..5; empty below k
    double share = 0, low = 0, high = 1;            // of 4 and 5 on the overall question, Wilson 95 %
    bool counted = false;                           // shown, and somebody gave a mark on the overall question
    std::int64_t good = 0, marks = 0;               // share as a fraction
};
// percent: the weighted share, rounded down, so that it is never above what was reached; nothing when too few judged.
// accepted: the exact share is not below the threshold.
// enough: the panels that count hold at least half of all weight, and one of them is of those concerned. The weight of
// the others is spread over those that count, in proportion.
struct Result {
    std::vector<PanelResult> panels;
    std::optional<int> percent;
    bool accepted = false, enough = false;
};

struct Review {
    ReviewId id;
    Draft frozen;
    State state = State::drafted;
    bool sample = false;
};
std::optional<Review> review(db::Connection&, ReviewId);
std::vector<Review> reviews_of(db::Connection&, measure::MeasureId);  // newest first, at most 100
struct Filter {
    std::optional<State> state;
    std::optional<ReviewId> before, after;
    int at_most = 20;
};
std::vector<Review> reviews(db::Connection&, const Filter&);  // newest first
std::optional<Result> result(db::Connection&, ReviewId);      // only after the close
// Pure and exact: [panel][ballot][question]. Throws std::logic_error for ballots that do not fit the draft.
Result tally(const Draft&, const std::vector<std::vector<std::vector<int>>>& ballots_by_panel);

// ---- acts ----------------------------------------------------------------------------------------------------------
// A clerk or a head, of a unit that is neither the measure's owner's nor under it, and never the owner. Where no unit
// is independent of the owner's, a clerk of any other unit. Refuses people.sign_in_first, review.may_not,
// review.conflict.
kernel::Checked may_run(db::Connection&, const people::Actor&, const measure::Measure&);

kernel::Result<ReviewId> draft(const people::Needs&, const people::Actor&, const Draft&, Once = {});
// Freezes all and makes the codes, returned once, per panel in the order of the draft; only their HMACs are kept. The
// same form sent again: review.codes_shown (conflict).
kernel::Result<std::vector<std::vector<std::string>>> open(const people::Needs&, const people::Actor&, ReviewId,
                                                           Once = {});
// Durable when it returns. The mark of the spent code, 32 hex digits: after the close it stands in the published list
// of spent codes. It shows that the code was used, not for what; the ballot has no number. `name` and `reasons` are for
// panels that judge by name, and only for them. `once` is not kept: a spent code is guard enough, and a kept token
// would say in which order ballots came. Refusals, in this order, so that only a whole ballot tells anything of a code:
// review.unknown; review.not_open; review.answers_count, review.answer_range at "q1" …; at "code"
// review.code_malformed, review.code_unknown, review.code_spent; at "name" and "reasons" what its panel asks for;
// review.box_lost.
kernel::Result<std::string> cast(const people::Needs&, ReviewId, std::string_view code, const std::vector<int>& answers,
                                 std::string_view name, std::string_view reasons, Once = {});
// After the closing day, or when every code was used: nobody ends a vote early. The clock does it after the day.
// Publishes, and accepts the measure or returns it to its owner, in one transaction with emptying the ballot box.
kernel::Checked close(const people::Needs&, const people::Actor&, ReviewId, Once = {});
// Lists an adopted measure as not judged in its round, with the reason: what the round's last gate asks for.
kernel::Checked pass_over(const people::Needs&, const people::Actor&, measure::MeasureId, std::string_view reason,
                          Once = {});

// ---- wiring
// ----------------------------------------------------------------------------------------------------------
void add_kinds(std::vector<ledger::Kind>&);
struct Hooks {
    people::PartOfMatter words;
};
void add_routes(http::Router&, const people::Needs&, Hooks = {});
std::vector<jobs::Task> tasks(const people::Needs&);
cycle::Gate gate();  // closed: every adopted measure judged or listed as not judged
page::Html part(const http::Request&, db::Connection&, const cycle::Cycle&);
page::Html part_of_measure(const http::Request&, db::Connection&, const measure::Measure&);
std::optional<int> judged_percent(db::Connection&, measure::MeasureId);  // of its newest review that found enough
struct Slip {
    std::string kind_key, link;
};  // what stands on the slip of an entry of this feature
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
// By the unit that owned the measure and the month of the close, from that of `from` to that of `to`. judged counts
// closed reviews with a verdict: judged = accepted + returned; too_few those without.
struct UnitCounts {
    std::int64_t judged = 0, accepted = 0, returned = 0, too_few = 0;
};
UnitCounts unit_counts(db::Connection&, people::UnitId, kernel::Day from, kernel::Day to);

}  // namespace review
