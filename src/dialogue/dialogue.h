// Dialogues (观点): short statements, each agreed with, disagreed with or passed over; one person, one vote per
// statement, changeable while the dialogue is open. Single votes are never public; counts are. States: README.md.
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
#include <people/ground.h>
#include <people/people.h>

namespace jobs {
struct Task;
}
namespace page {
struct Page;
}
namespace ledger {
struct Receipt;
}

namespace dialogue {

using people::CycleId;
using DialogueId = kernel::Id<struct DialogueTag>;
using StatementId = kernel::Id<struct StatementTag>;
using Once = std::optional<kernel::Hash>;

enum class Choice { disagree = -1, pass = 0, agree = 1 };  // the numbers are stored, and stand so in exports
enum class State { pending, accepted, set_aside };         // the numbers are stored, here and below
enum class Origin { participant, seed, imported };
enum class Admission { moderated, at_once };  // is a participant's statement shown before anyone looked?
using people::all_grounds;
using people::Ground;
using people::parse_ground;
inline constexpr std::size_t max_statement = 140, max_imported = 1000, max_question = 300, max_about = 2000,
                             max_votes = 1000;

std::string_view name(Choice);  // "agree" …: in the API and in message keys
std::string_view name(State);
std::string_view name(Origin);
std::optional<Choice> parse_choice(std::string_view);
std::optional<State> parse_state(std::string_view);

struct Dialogue {
    DialogueId id;
    CycleId cycle;
    std::string question, about, lang;
    Admission admission = Admission::moderated;
    bool closed = false;                     // by a clerk; a round that no longer asks takes no votes either
    std::string source;                      // attribution when imported
    std::optional<kernel::Day> first, last;  // days of the votes that were imported, where the source has them
    bool sample = false;
};
struct Counts {
    std::int64_t agree = 0, disagree = 0, pass = 0;
};
struct Statement {
    StatementId id;
    DialogueId dialogue;
    State state = State::pending;
    std::optional<Ground> ground;  // when set aside
    Origin origin = Origin::participant;
    std::optional<std::int64_t> number;  // the source's own, when imported
    kernel::Day day;                     // on which it was said, here or there
    std::optional<kernel::Day> until;    // while pending: the last day for a moderator, then the clock shows it
    std::string text, lang;              // text "" once erased
    Counts counts;
};
// Kept incrementally. `people` have at least one vote that stands; those of an import are counted apart.
struct Figures {
    std::int64_t people = 0, imported_people = 0, votes_cast = 0, votes = 0;     // votes: person-statement pairs
    std::int64_t accepted = 0, pending = 0, never_moderated = 0, set_aside = 0;  // pending: for us to moderate
    std::int64_t statements() const { return accepted + pending + never_moderated + set_aside; }
};

std::optional<Dialogue> dialogue(db::Connection&, DialogueId);
std::vector<Dialogue> dialogues(db::Connection&, CycleId);  // oldest first
Figures figures(db::Connection&, DialogueId);
Figures figures(db::Connection&, CycleId);  // of all its dialogues
std::optional<Statement> statement(db::Connection&, StatementId);
struct Filter {
    DialogueId dialogue;
    State state = State::accepted;
    std::optional<StatementId> after, before;  // keyset cursor
    int at_most = 20;
};
std::vector<Statement> statements(db::Connection&, const Filter&);  // oldest first
// May votes and statements be given now? dialogue.closed, cycle.not_open, conflict.
kernel::Checked accepts_votes(db::Connection&, const Dialogue&);

// ---- acts ----------------------------------------------------------------------------------------------------------
// Whoever runs the round (cycle::may_run) opens, closes and seeds; a moderator accepts and sets aside, the latter not
// for a round of their own unit. Texts are admitted already; lengths are checked again.
struct Draft {
    CycleId cycle;
    std::string question, about, lang;
    Admission admission = Admission::moderated;
    bool sample = false;
};
kernel::Result<DialogueId> open(const people::Needs&, const people::Actor&, const Draft&, Once = {});
kernel::Checked close(const people::Needs&, const people::Actor&, DialogueId, std::string_view remark, Once = {});
kernel::Result<StatementId> seed(const people::Needs&, const people::Actor&, DialogueId, std::string_view text,
                                 std::string_view lang, Once = {});
// All of them or none, one entry each; 1 to max_seeds. Returns the first. Refused at the field "text", which names the
// line.
inline constexpr std::size_t max_seeds = 100;
kernel::Result<StatementId> seed(const people::Needs&, const people::Actor&, DialogueId,
                                 const std::vector<std::string>& texts, std::string_view lang, Once = {});
kernel::Checked accept(const people::Needs&, const people::Actor&, StatementId, std::string_view remark, Once = {});
kernel::Checked set_aside(const people::Needs&, const people::Actor&, StatementId, Ground, std::string_view remark,
                          Once = {});
// "Report this": by anybody, without an account. Returns the entry, which decide_report() names.
kernel::Result<std::int64_t> report(const people::Needs&, const people::Actor&, StatementId, Ground,
                                    std::string_view remark, Once = {});
// Sets it aside on the reported ground, or leaves it with the reason. By a moderator, not for a round of their own
// unit.
kernel::Checked decide_report(const people::Needs&, const people::Actor&, std::int64_t report, bool hide,
                              std::string_view remark, Once = {});
// Against having been set aside here, once: by the author, whose browser sent it or who shows the code of the round;
// else people.not_the_author, forbidden, at the field "code". Upheld by accept(), refused here; neither by who set it
// aside nor by the round's own unit.
kernel::Checked appeal(const people::Needs&, const people::Actor&, StatementId, std::string_view code,
                       std::string_view reason, Once = {});
kernel::Checked refuse_appeal(const people::Needs&, const people::Actor&, StatementId, std::string_view remark,
                              Once = {});

// By a participant, whose key is Actor::visitor: a browser's token, or one of at least 16 characters that a client
// made.
struct Vote {
    StatementId statement;
    std::optional<Choice> choice;  // nothing: takes the vote back
    friend bool operator==(const Vote&, const Vote&) = default;
};
// 1 to max_votes votes on accepted statements of this dialogue, no statement twice: one Change, one receipt.
kernel::Result<ledger::Receipt> vote(const people::Needs&, const people::Actor&, DialogueId, const std::vector<Vote>&,
                                     Once = {});
// The author agrees with their own statement: two Changes. The receipt is the statement's.
kernel::Result<StatementId> propose(const people::Needs&, const people::Actor&, DialogueId, std::string_view text,
                                    std::string_view lang, Once = {}, ledger::Receipt* receipt = nullptr);

// ---- wiring --------------------------------------------------------------------------------------------------------
struct Hooks {  // what a higher feature shows on a statement's page: the issue it is in
    std::vector<std::function<page::Html(const http::Request&, db::Connection&, const Statement&)>> parts;
    people::PartOfMatter words;  // of a dialogue's own page
    // What should be asked next, best first: some of it may be voted on meanwhile. The same `seed`, the same order.
    std::function<std::vector<StatementId>(db::Connection&, DialogueId, std::optional<people::ParticipantId>,
                                           std::uint64_t seed, int at_most)>
        next;
    // What the votes say all together, on the dialogue's own page.
    std::function<page::Html(const http::Request&, db::Connection&, const Dialogue&)> map;
};
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&, Hooks = {});
std::vector<jobs::Task> tasks(const people::Needs&);  // the clock: shows what nobody moderated in time
cycle::Gate gate();  // a round leaves consult only when no statement waits for a moderator
// Reports and appeals that wait for a moderator, as a part of their desk.
page::Html part_of_moderation(const http::Request&, db::Connection&);
cycle::Part part();                // the dialogues on the round's page
std::vector<cycle::Step> steps();  // of its funnel: people of the round, also imported ones; statements open; set aside
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
// Words served when they were written that may not be shown now: of a statement set aside meanwhile. For proof's hook.
bool withheld(db::Connection&, std::int64_t entry);
// Entries whose words repeat those of this one: translations of a statement, also those that stand no longer. They are
// erased with it.
std::vector<std::int64_t> repeated_in(db::Connection&, std::int64_t entry);
// What other pages about a dialogue show of it: its question, or that it was erased; a page in its round.
std::string title_of(page::Lang, const Dialogue&);
page::Page in_round(const Dialogue&, std::string title, page::Html main);
// A statement on one line for this reader: the translation where there is one, else the words themselves; "" where it
// is not shown.
struct Line {
    std::string text, lang;
    bool translated = false;
};
Line line_for(page::Lang, db::Connection&, const Statement&);
// Up to `at_most` statements this visitor has not voted on, as small forms that lead back to `back`, which then says in
// ?voted= what was voted on: for the home page. Without tokens: the same for every browser that has not spoken in the
// round, so that the page can be kept.
page::Html cards(const http::Request&, db::Connection&, const people::Needs&, DialogueId, int at_most,
                 std::string_view back);
// Whether this browser has spoken in the round.
bool has_spoken(const http::Request&, db::Connection&, const people::Needs&, CycleId);

// `huiyin import polis`: polis.h
}  // namespace dialogue
