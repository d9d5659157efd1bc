#include "dialogue.h"

#include <array>

#include <db/database.h>
#include <jobs/jobs.h>
#include <ledger/ledger.h>

#include "change.h"
#include "rules.h"
#include "store.h"

namespace dialogue {
namespace {

constexpr std::array<std::string_view, 3> choice_names = {"disagree", "pass", "agree"};
constexpr std::array<std::string_view, 3> state_names = {"pending", "accepted", "set_aside"};
constexpr std::array<std::string_view, 3> origin_names = {"participant", "seed", "imported"};

template <class Case, std::size_t n>
std::optional<Case> parse(const std::array<std::string_view, n>& names, std::string_view text, int first = 0) {
    for (std::size_t i = 0; i < n; ++i)
        if (names[i] == text) return static_cast<Case>(static_cast<int>(i) + first);
    return std::nullopt;
}

kernel::Error no_dialogue() { return kernel::refuse(kernel::Code::not_found, "dialogue.unknown"); }
kernel::Error no_statement() { return kernel::refuse(kernel::Code::not_found, "dialogue.statement_unknown"); }

kernel::Checked checked(const kernel::Result<ledger::Receipt>& receipt) {
    if (!receipt) return receipt.error();
    return {};
}

// A statement with the dialogue and the round it stands in.
struct Place {
    Statement statement;
    Dialogue dialogue;
    cycle::Cycle cycle;
};
std::optional<Place> place_of(db::Connection& db, StatementId id) {
    const auto found = statement(db, id);
    if (!found) return std::nullopt;
    const Dialogue in = dialogue(db, found->dialogue).value();
    return Place{*found, in, cycle::cycle(db, in.cycle).value()};
}

// What a participant's act must find before anything is recorded.
kernel::Checked may_speak(db::Connection& db, const std::optional<Door>& found) {
    if (!found) return no_dialogue();
    return rules::open_to_votes(found->closed, cycle::accepts_voices(db, found->cycle));
}

}  // namespace

std::string_view name(Choice choice) { return choice_names.at(static_cast<std::size_t>(static_cast<int>(choice) + 1)); }
std::string_view name(State state) { return state_names.at(static_cast<std::size_t>(state)); }
std::string_view name(Origin origin) { return origin_names.at(static_cast<std::size_t>(origin)); }
std::optional<Choice> parse_choice(std::string_view text) { return parse<Choice>(choice_names, text, -1); }
std::optional<State> parse_state(std::string_view text) { return parse<State>(state_names, text); }

kernel::Checked accepts_votes(db::Connection& db, const Dialogue& d) {
    return rules::open_to_votes(d.closed, cycle::accepts_voices(db, d.cycle));
}

// ---- acts of those who run the round and of moderators -------------------------------------------------------------

kernel::Result<DialogueId> open(const people::Needs& needs, const people::Actor& actor, const Draft& draft, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto round = cycle::cycle(w.db(), draft.cycle);
            if (!round) return kernel::refuse(kernel::Code::not_found, "cycle.unknown");
            const auto change = rules::open(cycle::in_force(w.db(), actor), *round, draft);
            if (!change) return change.error();
            return w.append(encode(*change, w.next_index()));
        },
        once);
    if (!receipt) return receipt.error();
    return DialogueId(receipt->index);
}

kernel::Checked close(const people::Needs& needs, const people::Actor& actor, DialogueId id, std::string_view remark,
                      Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = dialogue(w.db(), id);
            if (!found) return no_dialogue();
            const auto round = cycle::cycle(w.db(), found->cycle).value();
            const auto change = rules::close(cycle::in_force(w.db(), actor), round, *found, remark);
            if (!change) return change.error();
            return w.append(encode(*change, w.next_index()));
        },
        once));
}

kernel::Result<StatementId> seed(const people::Needs& needs, const people::Actor& actor, DialogueId id,
                                 std::string_view text, std::string_view lang, Once once) {
    return seed(needs, actor, id, std::vector<std::string>{std::string(text)}, lang, once);
}

kernel::Result<StatementId> seed(const people::Needs& needs, const people::Actor& actor, DialogueId id,
                                 const std::vector<std::string>& texts, std::string_view lang, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = dialogue(w.db(), id);
            if (!found) return no_dialogue();
            const auto round = cycle::cycle(w.db(), found->cycle).value();
            const auto changes =
                rules::seed(cycle::in_force(w.db(), actor), round, *found, texts, lang, kernel::local_day(w.now()));
            if (!changes) return changes.error();
            const std::int64_t first = w.next_index();
            for (const Seeded& change : *changes) w.append(encode(change, w.next_index()));
            return first;
        },
        once);
    if (!receipt) return receipt.error();
    return StatementId(receipt->index);
}

kernel::Checked accept(const people::Needs& needs, const people::Actor& actor, StatementId id, std::string_view remark,
                       Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = place_of(w.db(), id);
            if (!found) return no_statement();
            const people::Actor who = cycle::in_force(w.db(), actor);
            if (auto ok = rules::uphold(who, found->cycle, removal(w.db(), id)); !ok) return ok.error();
            const auto change = rules::accept(who, found->statement, remark);
            if (!change) return change.error();
            return w.append(encode(*change, w.next_index()));
        },
        once));
}

kernel::Checked set_aside(const people::Needs& needs, const people::Actor& actor, StatementId id, Ground ground,
                          std::string_view remark, Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = place_of(w.db(), id);
            if (!found) return no_statement();
            const auto change =
                rules::set_aside(cycle::in_force(w.db(), actor), found->cycle, found->statement, ground, remark);
            if (!change) return change.error();
            return w.append(encode(*change, w.next_index()));
        },
        once));
}

// ---- acts of participants ------------------------------------------------------------------------------------------

kernel::Result<ledger::Receipt> vote(const people::Needs& needs, const people::Actor& actor, DialogueId id,
                                     const std::vector<Vote>& votes, Once once) {
    if (auto ok = rules::key(actor.visitor); !ok) return ok.error();
    if (auto ok = rules::votes(votes); !ok) return ok.error();
    // A dialogue stays in its round: what is read here holds in the act too.
    const auto found = door(*needs.database.read(), id);
    if (!found) return no_dialogue();
    VotesCast change;
    change.cycle = found->cycle;
    change.dialogue = id;
    change.votes = votes;
    const kernel::Hash key = people::browser_key(needs.server_key, found->cycle, actor.visitor);
    std::vector<std::int64_t> statements;
    statements.reserve(votes.size());
    bool takes_back = false;
    for (const Vote& vote : votes) {
        statements.push_back(vote.statement.value());
        takes_back = takes_back || !vote.choice;
    }
    return needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            if (auto ok = may_speak(w.db(), door(w.db(), id)); !ok) return ok.error();
            if (count_accepted(w.db(), id, statements) != static_cast<std::int64_t>(statements.size()))
                return kernel::invalid("statement", "dialogue.statement_not_open");
            const auto who = people::by_browser(w.db(), change.cycle, key);
            if (!who && takes_back) return kernel::invalid("vote", "dialogue.nothing_to_take_back");
            VotesCast now = change;
            if (who)
                now.who = who->id;
            else
                now.key = key;
            return w.append(encode(now, w.next_index()));
        },
        once);
}

kernel::Result<StatementId> propose(const people::Needs& needs, const people::Actor& actor, DialogueId id,
                                    std::string_view text, std::string_view lang, Once once, ledger::Receipt* receipt) {
    if (auto ok = rules::key(actor.visitor); !ok) return ok.error();
    if (auto ok = rules::statement_text(text, lang); !ok) return ok.error();
    const auto found = door(*needs.database.read(), id);
    if (!found) return no_dialogue();
    const kernel::Hash key = people::browser_key(needs.server_key, found->cycle, actor.visitor);
    auto done = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            if (auto ok = may_speak(w.db(), door(w.db(), id)); !ok) return ok.error();
            Made made{found->cycle, id, std::string(text), std::string(lang), kernel::local_day(w.now()), std::nullopt};
            if (found->admission == Admission::moderated)
                made.until = kernel::add_working_days(people::calendar(w.db()), made.day, rules::moderation_days);
            const StatementId statement(w.append(encode(made, w.next_index())));
            VotesCast agrees;
            agrees.cycle = found->cycle;
            agrees.dialogue = id;
            agrees.votes = {{statement, Choice::agree}};
            agrees.wrote = statement;
            const auto who = people::by_browser(w.db(), found->cycle, key);
            if (who)
                agrees.who = who->id;
            else
                agrees.key = key;
            w.append(encode(agrees, w.next_index()));
            return statement.value();
        },
        once);
    if (!done) return done.error();
    const StatementId made(done->index);
    if (receipt) *receipt = *std::move(done);
    return made;
}

// ---- wiring --------------------------------------------------------------------------------------------------------

void add_kinds(std::vector<ledger::Kind>& kinds) {
    kinds.push_back({opened_kind, apply, forget_question});
    kinds.push_back({closed_kind, apply, forget_remark});
    kinds.push_back({made_kind, apply, forget_statement});
    kinds.push_back({seeded_kind, apply, forget_statement});
    kinds.push_back({statement_imported_kind, apply, forget_statement});
    kinds.push_back({accepted_kind, apply, forget_remark});
    kinds.push_back({set_aside_kind, apply, forget_remark});
    kinds.push_back({reported_kind, apply, forget_report});
    kinds.push_back({report_decided_kind, apply, forget_remark});
    kinds.push_back({appealed_kind, apply, forget_appeal});
    kinds.push_back({appeal_refused_kind, apply, forget_remark});
    kinds.push_back({votes_cast_kind, apply, forget_key});
    kinds.push_back({votes_imported_kind, apply, {}});
    kinds.push_back({translated_kind, apply, forget_translation});
}

// A statement that nobody moderated in time is shown: "held" never becomes "for ever".
std::vector<jobs::Task> tasks(const people::Needs& needs) {
    const auto work = [&needs](jobs::Run& run) {
        constexpr int at_once = 200;
        const kernel::Day today = kernel::local_day(needs.clock.now());
        const std::vector<StatementId> waiting = waiting_past(*needs.database.read(), today, at_once);
        for (std::size_t i = 0; i < waiting.size() && !run.stopping(); ++i) {
            const auto done = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
                const auto found = statement(w.db(), waiting[i]);
                if (!found || found->state != State::pending || !found->until ||
                    *found->until >= kernel::local_day(w.now()))
                    return kernel::refuse(kernel::Code::conflict, "dialogue.accepted_already");
                return w.append(encode(Accepted{waiting[i], "", people::OfficerId()}, w.next_index()));
            });
            if (!done &&
                (done.error().code == kernel::Code::unavailable || done.error().code == kernel::Code::no_space))
                return;
            run.progress(static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(waiting.size()));
        }
    };
    return {{"dialogue.moderation", 60, work}};
}

cycle::Gate gate() {
    return [](db::Connection& db, const cycle::Cycle& c, cycle::Phase to) -> std::vector<kernel::Error> {
        if (to != cycle::Phase::decide) return {};
        const std::int64_t pending = figures(db, c.id).pending;
        const auto where = first_with_pending(db, c.id);
        if (pending == 0 || !where) return {};
        return {
            kernel::refuse(kernel::Code::conflict, "dialogue.gate_pending",
                           {{"n", std::to_string(pending)}, {"link", "/dialogues/" + std::to_string(where->value())}})};
    };
}

std::vector<cycle::Step> steps() {
    const auto link = [](const cycle::Cycle& c) { return "/cycles/" + std::to_string(c.id.value()) + "#statements"; };
    const auto people_of = [](db::Connection& db, const cycle::Cycle& c) {
        return people::turnout(db, c.id).people + figures(db, c.id).imported_people;
    };
    const auto verified = [](db::Connection& db, const cycle::Cycle& c) { return people::turnout(db, c.id).verified; };
    return {{"dialogue.step_people", people_of, {}, verified},
            {"dialogue.step_open", [](db::Connection& db, const cycle::Cycle& c) { return figures(db, c.id).accepted; },
             link},
            {"dialogue.step_set_aside",
             [](db::Connection& db, const cycle::Cycle& c) { return figures(db, c.id).set_aside; }, link}};
}

std::optional<Slip> slip(db::Connection& db, std::int64_t index) {
    if (const auto found = event(db, index)) {
        const auto& [about, what] = *found;
        const bool of_dialogue = what == What::opened || what == What::closed;
        return Slip{std::string(key_of(what)), (of_dialogue ? "/dialogues/" : "/statements/") + std::to_string(about)};
    }
    // A leaf of votes names the round and nothing less; its slip no more.
    const auto entry = ledger::entry(db, index);
    if (entry && entry->kind == votes_cast_kind)
        return Slip{"dialogue.slip_votes", "/cycles/" + std::to_string(entry->subject)};
    if (entry && entry->kind == votes_imported_kind)
        return Slip{"dialogue.slip_votes_imported", "/dialogues/" + std::to_string(entry->subject)};
    return std::nullopt;
}

bool withheld(db::Connection& db, std::int64_t entry) {
    const auto about = event(db, entry);
    const bool translation = about && about->second == What::translated;
    const auto found = statement(db, StatementId(translation ? about->first : entry));
    return found && found->state != State::accepted;
}

}  // namespace dialogue
