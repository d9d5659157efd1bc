// Issues (议题): what voices and statements are about. Staff gather, confirm or dismiss them with a reason; a body
// decides on them. States: README.md.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cycle/cycle.h>
#include <dialogue/dialogue.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <people/people.h>
#include <voice/voice.h>

namespace jobs {
struct Task;
}
namespace ledger {
class Writing;
struct Entry;
struct Kind;
}  // namespace ledger

namespace issue {

using IssueId = kernel::Id<struct IssueTag>;
using Once = std::optional<kernel::Hash>;

enum class State {
    suggested,
    confirmed,
    dismissed,
    before_body,
    adopted,
    refused,
    resolved,
    carried_over
};  // numbers are stored
std::string_view name(State);
std::optional<State> parse_state(std::string_view);
enum class Mark {
    hot = 1,
    difficult = 2,
    focal = 4,
    divided = 8
};  // 热点 难点 焦点 分歧: bits, set by staff with a reason

struct Issue {
    IssueId id;
    people::CycleId cycle;
    State state = State::suggested;
    std::string title, text, lang;
    int marks = 0;
    std::int64_t voices = 0, statements = 0, people = 0;  // people: distinct participants behind the voices
    std::optional<std::int64_t> sitting, motion;          // the last it was put before, the last that decided on it
    bool sample = false;
};

// What one person wrote to one question of a survey; its words stand nowhere in public.
struct AnswerId {
    std::int64_t entry = 0;
    int question = 0;  // from 1
    friend auto operator<=>(const AnswerId&, const AnswerId&) = default;
};
struct Items {
    std::vector<voice::VoiceId> voices;
    std::vector<dialogue::StatementId> statements;
    std::vector<AnswerId> answers;
    bool empty() const { return voices.empty() && statements.empty() && answers.empty(); }
    std::size_t size() const { return voices.size() + statements.size() + answers.size(); }
    friend bool operator==(const Items&, const Items&) = default;
};

std::optional<Issue> issue(db::Connection&, IssueId);
// Newest first. Of a round also those that it handed on, which stand in another round now; with State::carried_over
// these alone.
std::vector<Issue> issues(db::Connection&, std::optional<people::CycleId>, std::optional<State>,
                          std::optional<IssueId> before, int at_most);
// Of an issue that no body has decided on when its round is closed: it goes on into a later round in the state it is
// in, with all that was gathered, visited and written. The older round counts and lists it as carried_over;
// Issue::state is never that.
struct Carried {
    people::CycleId from, to;
    std::int64_t entry = 0;
};
std::vector<Carried> carried(db::Connection&, IssueId);  // in the order in which it went
std::vector<Issue> inherited(db::Connection&, people::CycleId, IssueId after, int at_most);  // by id
std::vector<Issue> issues_of(db::Connection&, voice::VoiceId);
std::vector<Issue> issues_of(db::Connection&, dialogue::StatementId);
std::vector<Issue> issues_of(db::Connection&, AnswerId);
std::vector<voice::VoiceId> voices_of(db::Connection&, IssueId, std::optional<voice::VoiceId> before, int at_most);
// By id, those after `after`.
std::vector<dialogue::StatementId> statements_of(db::Connection&, IssueId, dialogue::StatementId after, int at_most);
std::vector<AnswerId> answers_of(db::Connection&, IssueId, AnswerId after, int at_most);  // ascending
struct Answers {
    std::int64_t answers = 0, people = 0;  // people: each counted once, apart from those behind messages
};
Answers answers(db::Connection&, IssueId);
std::optional<IssueId> merged_into(db::Connection&, IssueId);
// What an entry says of what belongs to an issue: for whoever looks for what else does. Nothing for other entries.
enum class Place { in, out, kept_out, free };  // free: kept out no more
struct Placed {
    IssueId issue;
    Items items;
    Place place = Place::in;
};
std::optional<Placed> placed(const ledger::Entry&);
struct Counts {
    std::int64_t suggested = 0, confirmed = 0, dismissed = 0, before_body = 0, adopted = 0, refused = 0, resolved = 0,
                 carried_over = 0;
    std::int64_t led = 0;   // messages of the round in an issue for which a measure was adopted; each counts once
    std::int64_t rest = 0;  // messages in the published list of the rest
    std::int64_t carried_unconfirmed = 0;  // of carried_over: only suggested when they went
    std::int64_t inherited = 0;            // taken over from rounds before; also those that went on from here
};
Counts counts(db::Connection&, people::CycleId);  // kept incrementally

// Who may gather, put aside, split and move; and who may confirm, dismiss and merge. For pages: acts ask again.
kernel::Checked may_gather(const people::Actor&);
kernel::Checked may_confirm(const people::Actor&);
bool is_open(State);  // suggested or confirmed: what can still be gathered into

// ---- acts ----------------------------------------------------------------------------------------------------------
struct Draft {
    people::CycleId cycle;
    std::string title, text, lang;  // title <= 120, text <= 2,000 code points
    bool sample = false;
};
kernel::Result<IssueId> suggest(const people::Needs&, const people::Actor&, const Draft&, Once = {});
kernel::Checked gather(const people::Needs&, const people::Actor&, IssueId, const std::vector<voice::VoiceId>&,
                       const std::vector<dialogue::StatementId>&, Once = {});  // at most 500 of each
kernel::Checked put_aside(const people::Needs&, const people::Actor&, IssueId, const std::vector<voice::VoiceId>&,
                          const std::vector<dialogue::StatementId>&, Once = {});
kernel::Checked confirm(const people::Needs&, const people::Actor&, IssueId, int marks, std::string_view reason,
                        Once = {});
kernel::Checked dismiss(const people::Needs&, const people::Actor&, IssueId, std::string_view reason, Once = {});
// The published list of the rest: public voices that are in no issue and were answered alone or not taken further, with
// a reason.
kernel::Checked list_rest(const people::Needs&, const people::Actor&, people::CycleId,
                          const std::vector<voice::VoiceId>&, std::string_view reason, Once = {});

// ---- arranging: each is one act of several entries -----------------------------------------------------------------
inline constexpr std::size_t most_at_once = 5'000;  // messages, statements and answers that one act moves
// A new issue of these, confirmed, dismissed or only suggested. Title, text, marks and reason as of suggest(),
// confirm(), dismiss(). issue.too_many at "voices" above most_at_once.
struct Taking {
    Draft issue;
    Items items;
    State to = State::confirmed;
    int marks = 0;
    std::string reason;
};
kernel::Result<IssueId> take_up(const people::Needs&, const people::Actor&, const Taking&, Once = {});
kernel::Checked put_in(const people::Needs&, const people::Actor&, IssueId, const Items&, Once = {});
// These are no part of it: taken out where they are in, and suggested no more. issue.nothing_chosen.
kernel::Checked keep_out(const people::Needs&, const people::Actor&, IssueId, const Items&, Once = {});
// All that `from` holds goes into `into`, `from` is dismissed and names it. Neither may be before a body yet; `into`
// must be able to hold all of it. issue.merge_itself, issue.too_many at "into".
kernel::Checked merge(const people::Needs&, const people::Actor&, IssueId from, IssueId into, std::string_view reason,
                      Once = {});
// What is chosen of it goes into a new one, which is only suggested; something must stay: issue.split_all at "voices".
kernel::Result<IssueId> split(const people::Needs&, const people::Actor&, IssueId, const Draft&, const Items&,
                              Once = {});
kernel::Checked move(const people::Needs&, const people::Actor&, IssueId from, IssueId to, const Items&, Once = {});
// Undoes the newest step, with what belongs to it in other issues: what was put in goes out, what was taken out comes
// back, what was merged is parted, what was confirmed or dismissed is as it was before. By new entries; the old ones
// stay. issue.nothing_to_undo where no step of staff can be undone any more, conflict.
kernel::Checked undo(const people::Needs&, const people::Actor&, IssueId, Once = {});
// Whether there is such a step; its entry.
std::optional<std::int64_t> undoable(db::Connection&, const Issue&);
// 问计: what people would do about an issue. Apart from what it is about: in none of its own counts.
struct Advice {
    std::string text, lang;  // admitted text, as a message's
    voice::Audience audience = voice::Audience::open;
    voice::Way way = voice::Way::web;  // staff may write down what a caller says
};
struct AdviceCounts {
    std::int64_t voices = 0, closed = 0, people = 0;  // closed: of voices, not for everybody to read
};
AdviceCounts advice_counts(db::Connection&, IssueId);  // kept incrementally
bool is_advice(db::Connection&, voice::VoiceId);       // on any issue
// A message of the issue's round, or of the standing desk where the round takes none any more. Refused as
// voice::receive does; issue.unknown, issue.advice_not_asked.
kernel::Result<voice::Received> advise(const people::Needs&, const people::Actor&, IssueId, const Advice&, Once = {});

// ---- for the acts of higher features: recorded as part of theirs
// ------------------------------------------------------
kernel::Checked put_before(ledger::Writing&, IssueId, std::int64_t sitting);  // confirmed -> before_body
kernel::Checked decided(ledger::Writing&, IssueId, std::int64_t motion, bool adopted, std::string_view reason);
kernel::Checked resolved(ledger::Writing&, IssueId, std::int64_t because_of);  // all measures accepted
kernel::Checked carry_over(ledger::Writing&, IssueId, people::CycleId next);   // undecided ones

// ---- wiring
// ----------------------------------------------------------------------------------------------------------
struct Hooks {
    std::vector<std::function<page::Html(const http::Request&, db::Connection&, const Issue&)>>
        parts;  // visits, motions, measures
    people::PartOfMatter words;
    // On the list: a field that looks for words in issues, in one round where it is one round's list.
    std::function<page::Html(page::Lang, std::optional<people::CycleId> round)> search;
};
// What stands on the slip of an entry of this feature; nothing for entries of others.
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&, Hooks);
cycle::Gate gate();  // decide: voices gathered or listed; act: every confirmed issue decided
// What a closed round has not decided on goes to the next; more than a hundred issues by the task, within minutes.
cycle::HandOn hand_on();
// What a group of opinion said to a statement; of each group of its dialogue, none where it has no groups. Without it
// nobody knows how divided an issue is, and its page says so.
struct Opinion {
    std::int64_t agree = 0, disagree = 0, pass = 0;
};
using OpinionGroups = std::function<std::vector<Opinion>(db::Connection&, dialogue::StatementId)>;
std::vector<jobs::Task> tasks(const people::Needs&, OpinionGroups = {});
page::Html part(const http::Request&, db::Connection&, const cycle::Cycle&);
page::Html part_inherited(const http::Request&, db::Connection&, const cycle::Cycle&);  // what it took over
page::Html part_of_voice(const http::Request&, db::Connection&, const voice::Voice&);
page::Html part_of_statement(const http::Request&, db::Connection&, dialogue::StatementId);
// For who may gather: the issues a statement is in or, where there are none, the way to make one of it, about which
// these words say something.
page::Html offer_statement(const http::Request&, db::Connection&, dialogue::StatementId, const std::string& words);

}  // namespace issue
