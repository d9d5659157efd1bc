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
}

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
std::vector<voice::VoiceId> voices_of(db::Connection&, IssueId, std::optional<voice::VoiceId> before, int at_most);
// By id, those after `after`.
std::vector<dialogue::StatementId> statements_of(db::Connection&, IssueId, dialogue::StatementId after, int at_most);
struct Counts {
    std::int64_t suggested = 0, confirmed = 0, dismissed = 0, before_body = 0, adopted = 0, refused = 0, resolved = 0,
                 carried_over = 0;
    std::int64_t led = 0;   // messages of the round in an issue for which a measure was adopted; each counts once
    std::int64_t rest = 0;  // messages in the published list of the rest
    std::int64_t carried_unconfirmed = 0;  // of carried_over: only suggested when they went
    std::int64_t inherited = 0;            // taken over from rounds before; also those that went on from here
};
Counts counts(db::Connection&, people::CycleId);  // kept incrementally

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

}  // namespace issue
