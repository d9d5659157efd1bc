// Rounds (cycles): asking, deciding, acting, reporting and being judged, in phases that hold. And the standing desk:
// the cycle without phases or end, made at init, where anybody can always say something.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/people.h>

namespace page {
class Html;
enum class Lang;
}  // namespace page

namespace cycle {

using people::CycleId;
using CriterionId = kernel::Id<struct CriterionTag>;

enum class Phase { prepare, consult, decide, act, report, review, closed };  // the numbers are stored
std::string_view name(Phase);  // "prepare" …, as in message keys cycle.phase_…
std::optional<Phase> parse_phase(std::string_view);

struct Criterion {
    CriterionId id;
    std::string text;
};

// The context sheet (环境要素): what is known before anybody is asked.
struct Context {
    std::string touches;   // whom it touches
    std::string promised;  // what is promised already
    std::string means;     // which means there are
    std::string limits;    // what cannot be changed here, and why
    friend bool operator==(const Context&, const Context&) = default;
};

struct Cycle {
    CycleId id;
    bool standing = false;
    std::string name, lang;  // BCP 47 of the name and of the context sheet
    people::UnitId organiser;
    Phase phase = Phase::prepare;           // of the standing desk always consult
    std::optional<kernel::Day> phase_ends;  // announced end of the phase
    Context context;
    bool context_complete = false;    // all four parts were filled, also when their words were erased later
    std::vector<Criterion> criteria;  // those in force, oldest first
    std::optional<CycleId> inherits;  // the round before it, whose open matters it takes over
    std::string source;               // attribution when imported; "" otherwise
    bool sample = false;
};

std::optional<Cycle> cycle(db::Connection&, CycleId);
std::vector<Cycle> cycles(db::Connection&, std::optional<CycleId> before,
                          int at_most);  // newest first, without the desk
// For a select list: the newest rounds that fit, without the desk, and the one that is named. `more`: others are left
// out, and the page has to give a way to name one: name_another() is a form that calls it with ?FIELD=number.
inline constexpr int rounds_to_choose = 100;
struct Choice {
    std::vector<Cycle> rounds;
    bool more = false;
};
Choice to_choose(db::Connection&, std::optional<std::int64_t> named, const std::function<bool(const Cycle&)>& fits);
page::Html name_another(page::Lang, const Choice&, const std::string& path, const std::string& field);
Cycle standing_desk(db::Connection&);  // there is always one
// The round that the home page shows: the newest that asks; else the newest that was put to people; a rehearsal or an
// imported round only where there is no other, and of these the one with most behind it, as `behind` counts; else the
// standing desk. Looks at the newest twelve.
Cycle on_show(db::Connection&, const std::function<std::int64_t(const Cycle&)>& behind);
std::optional<Criterion> criterion(db::Connection&, CriterionId, CycleId* of = nullptr);
// May a voice, a statement or a vote be given now? Refuses cycle.not_open {phase}, conflict.
kernel::Checked accepts_voices(const Cycle&);
kernel::Checked accepts_voices(db::Connection&, CycleId);  // the same with one short read; cycle.unknown
// The rounds whose open matters this one takes over: the one it inherits, the one that did, and so on; newest first, at
// most 20.
std::vector<Cycle> forerunners(db::Connection&, const Cycle&);
// Where what is still open in this round goes once it is closed: the oldest round that inherits it and is not closed
// itself; where all are closed, the one after those. Nothing while there is none.
std::optional<Cycle> heir(db::Connection&, CycleId);
// A head of the organising unit or a clerk, never an administrator: who runs the round, its dialogues and surveys.
// Refusals: people.sign_in_first, unauthenticated; cycle.may_not_act, forbidden. In acts, of in_force(actor).
kernel::Checked may_run(const people::Actor&, const Cycle&);
using people::in_force;

// ---- acts ----------------------------------------------------------------------------------------------------------
struct Draft {
    std::string name, lang;
    people::UnitId organiser;
    Context context;
    std::vector<std::string> criteria;  // each becomes an entry of its own
    std::optional<CycleId> inherits;
    std::string source;
    bool sample = false;
};
using Once = std::optional<kernel::Hash>;
// Opening is setting up: a head of the organising unit, a clerk or an administrator may. All other acts on a round
// belong to a head of the organising unit or a clerk: an administrator does not act on matters. Texts are admitted
// already; name <= 120 code points, each part of the context <= 2000, a criterion 1..300, at most 20 of them.
kernel::Result<CycleId> open(const people::Needs&, const people::Actor&, const Draft&, Once = {});
// Both only while the round is being prepared: afterwards people have spoken on the strength of what they read. A
// correction is a new entry beside the old one and needs a reason. Index of the entry.
kernel::Result<std::int64_t> set_context(const people::Needs&, const people::Actor&, CycleId, const Context&,
                                         std::string_view reason, Once = {});
kernel::Result<CriterionId> set_criterion(const people::Needs&, const people::Actor&, CycleId, std::string_view text,
                                          std::optional<CriterionId> replaces, std::string_view reason, Once = {});
// Moves to the next phase, if the gates let it: every gate not met is a reason in the refusal's args:
// cycle.gates_not_met with one {reason, message key} for each.
kernel::Result<std::int64_t> advance(const people::Needs&, const people::Actor&, CycleId, Phase to,
                                     std::optional<kernel::Day> ends, std::string_view remark, Once = {});
kernel::Result<CycleId> open_standing_desk(const people::Needs&, std::string_view name,
                                           std::string_view lang);  // init, once

// ---- wiring: what higher features know -----------------------------------------------------------------------------
// A gate says why a cycle may not enter `to` yet; nothing when it may. Runs inside the act
// and for the page that lists what is missing. An arg named "link" is an address where the reader can see to it.
using Gate = std::function<std::vector<kernel::Error>(db::Connection&, const Cycle&, Phase to)>;
// Takes what is open in `from`, which is closed, over into `to`, which inherits it, and has nothing to do the second
// time. Runs inside the act that closes `from`, opens `to` or moves it on; it appends a bounded number of entries and
// leaves the rest to its feature's own task, which calls hand_on().
using HandOn = std::function<kernel::Checked(ledger::Writing&, const Cycle& from, const Cycle& to)>;
struct Part {          // what a higher feature shows on the cycle's page; the same for every reader without a session,
                       // because such pages are kept: nothing in it may hang on the reader's cookies
    std::string name;  // "voices", "statements", "issues" … in the order they were handed over; the section's id
    std::function<page::Html(const http::Request&, db::Connection&, const Cycle&)> html;
};
struct Step {  // one station of the funnel, counted by its feature from counters, never by scanning
    std::string message_key;
    std::function<std::int64_t(db::Connection&, const Cycle&)> count;
    std::function<std::string(const Cycle&)> link;
    // How many of the people counted are verified: {verified} in the words; none where it counts no people.
    std::function<std::int64_t(db::Connection&, const Cycle&)> verified = {};
};
struct Hooks {
    std::vector<Gate> gates;
    std::vector<Part> parts;
    std::vector<Step> funnel;
    people::PartOfMatter words;
};
void add_kinds(std::vector<ledger::Kind>&);
void set_gates(std::vector<Gate>);      // once, at start, before the first act
void set_hand_on(std::vector<HandOn>);  // likewise
// Nothing while the round is not closed, or has no heir.
kernel::Checked hand_on(ledger::Writing&, CycleId from);
// Everything that keeps the round from `to` now: this feature's own gates, then those handed over.
std::vector<kernel::Error> unmet(db::Connection&, const Cycle&, Phase to);
// Hooks::gates, unless empty, are handed to set_gates.
void add_routes(http::Router&, const people::Needs&, Hooks);
// The funnel of a cycle as the home page and the cycle's page show it.
page::Html funnel(page::Lang, db::Connection&, const Cycle&, const std::vector<Step>&);
// What stands on the slip of an entry of this feature; nothing for entries of others.
struct Slip {
    std::string kind_key, link;
};  // message key; "/cycles/17"
std::optional<Slip> slip(db::Connection&, std::int64_t entry);

}  // namespace cycle
