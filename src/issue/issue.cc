#include "issue.h"

#include <algorithm>
#include <array>

#include <ledger/ledger.h>

#include "acts.h"
#include "advice.h"
#include "change.h"
#include "rules.h"
#include "store.h"

namespace issue {
namespace {

constexpr std::array<std::string_view, 8> state_names = {"suggested", "confirmed", "dismissed", "before_body",
                                                         "adopted",   "refused",   "resolved",  "carried_over"};

template <class T>
kernel::Checked check_each(db::Connection& db, const Issue& to, const std::vector<T>& all, bool in) {
    for (T id : all) {
        if (has(db, to.id, id) == in)
            return kernel::invalid("voices", in ? "issue.already_in" : "issue.not_in",
                                   {{"number", std::to_string(id.value())}});
        if (in)
            if (auto good = may_hold(db, to, id); !good) return good;
    }
    return {};
}

kernel::Checked move_in_or_out(const people::Needs& needs, const people::Actor& actor, IssueId id,
                               const std::vector<voice::VoiceId>& voices,
                               const std::vector<dialogue::StatementId>& statements, bool in, Once once) {
    const auto v = sorted_once(voices);
    const auto s = sorted_once(statements);
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = issue(w.db(), id);
            if (!found) return unknown_issue();
            const people::Actor who = cycle::in_force(w.db(), actor);
            if (auto good = rules::gather(who, *found, v.size(), s.size()); !good) return good.error();
            if (auto good = check_each(w.db(), *found, v, in); !good) return good.error();
            if (auto good = check_each(w.db(), *found, s, in); !good) return good.error();
            return w.append(change::encode(change::Gathered{id, v, s, in, who.officer}, w.next_index()));
        },
        once));
}

// A step that one of this feature's own acts decides.
template <class Decide>
kernel::Checked move_by(const people::Needs& needs, const people::Actor& actor, IssueId id, Once once, Decide decide) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = issue(w.db(), id);
            if (!found) return unknown_issue();
            const kernel::Result<change::Moved> change = decide(cycle::in_force(w.db(), actor), *found, w.db());
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once));
}

// A step that is part of a higher feature's act.
kernel::Checked move_within(ledger::Writing& w, IssueId id, State to, std::string_view reason,
                            std::optional<std::int64_t> because) {
    const auto found = issue(w.db(), id);
    if (!found) return unknown_issue();
    const auto change = rules::move(*found, to, reason, because);
    if (!change) return change.error();
    w.append(change::encode(*change, w.next_index()));
    return {};
}

}  // namespace

std::string_view name(State state) { return state_names.at(static_cast<std::size_t>(state)); }

kernel::Checked may_gather(const people::Actor& actor) { return rules::may_gather(actor); }
kernel::Checked may_confirm(const people::Actor& actor) { return rules::may_confirm(actor); }
bool is_open(State state) { return state == State::suggested || state == State::confirmed; }

std::optional<State> parse_state(std::string_view text) {
    for (std::size_t i = 0; i < state_names.size(); ++i)
        if (state_names[i] == text) return static_cast<State>(i);
    return std::nullopt;
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    auto id = issue_of_entry(db, entry);
    if (!id) id = issue_of_advice(db, entry);
    if (!id) return std::nullopt;
    return Slip{"issue.slip", "/issues/" + std::to_string(id->value())};
}

kernel::Result<IssueId> suggest(const people::Needs& needs, const people::Actor& actor, const Draft& draft, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto change =
                rules::suggest(cycle::in_force(w.db(), actor), draft, cycle::cycle(w.db(), draft.cycle));
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!receipt) return receipt.error();
    return IssueId(receipt->index);
}

kernel::Checked gather(const people::Needs& needs, const people::Actor& actor, IssueId id,
                       const std::vector<voice::VoiceId>& voices, const std::vector<dialogue::StatementId>& statements,
                       Once once) {
    return move_in_or_out(needs, actor, id, voices, statements, true, once);
}

kernel::Checked put_aside(const people::Needs& needs, const people::Actor& actor, IssueId id,
                          const std::vector<voice::VoiceId>& voices,
                          const std::vector<dialogue::StatementId>& statements, Once once) {
    return move_in_or_out(needs, actor, id, voices, statements, false, once);
}

kernel::Checked confirm(const people::Needs& needs, const people::Actor& actor, IssueId id, int marks,
                        std::string_view reason, Once once) {
    return move_by(needs, actor, id, once, [&](const people::Actor& who, const Issue& i, db::Connection& db) {
        return rules::confirm(who, i, marks, reason, answers(db, i.id).answers);
    });
}

kernel::Checked dismiss(const people::Needs& needs, const people::Actor& actor, IssueId id, std::string_view reason,
                        Once once) {
    return move_by(needs, actor, id, once, [&](const people::Actor& who, const Issue& i, db::Connection&) {
        return rules::dismiss(who, i, reason);
    });
}

kernel::Checked list_rest(const people::Needs& needs, const people::Actor& actor, people::CycleId id,
                          const std::vector<voice::VoiceId>& voices, std::string_view reason, Once once) {
    const auto all = sorted_once(voices);
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const people::Actor who = cycle::in_force(w.db(), actor);
            if (auto may = rules::may_confirm(who); !may) return may.error();
            if (reason.empty()) return kernel::invalid("reason", "issue.reason_missing");
            if (all.empty()) return kernel::invalid("voices", "issue.nothing_chosen");
            if (all.size() > rules::gather_max)
                return kernel::invalid("voices", "issue.too_many", {{"max", std::to_string(rules::gather_max)}});
            for (voice::VoiceId one : all) {
                const auto found = voice::voice(w.db(), one);
                if (!found || found->cycle != id)
                    return kernel::invalid("voices", "issue.voice_unknown", {{"number", std::to_string(one.value())}});
                if (in_rest(w.db(), one))
                    return kernel::invalid("voices", "issue.already_in", {{"number", std::to_string(one.value())}});
            }
            return w.append(
                change::encode(change::RestListed{id, all, std::string(reason), who.officer}, w.next_index()));
        },
        once));
}

kernel::Checked put_before(ledger::Writing& w, IssueId id, std::int64_t sitting) {
    return move_within(w, id, State::before_body, "", sitting);
}

kernel::Checked decided(ledger::Writing& w, IssueId id, std::int64_t motion, bool adopted, std::string_view reason) {
    return move_within(w, id, adopted ? State::adopted : State::refused, reason, motion);
}

kernel::Checked resolved(ledger::Writing& w, IssueId id, std::int64_t because_of) {
    return move_within(w, id, State::resolved, "", because_of);
}

kernel::Checked carry_over(ledger::Writing& w, IssueId id, people::CycleId next) {
    const auto found = issue(w.db(), id);
    if (!found) return unknown_issue();
    const auto change = rules::carry_over(*found, next);
    if (!change) return change.error();
    w.append(change::encode(*change, w.next_index()));
    return {};
}

// Asked when somebody looks at or enters a phase, not for every page: it walks the round's messages by their index and
// stops when it has named twenty that nobody has dealt with.
cycle::Gate gate() {
    return [](db::Connection& db, const cycle::Cycle& c, cycle::Phase to) -> std::vector<kernel::Error> {
        if (to != cycle::Phase::decide) return {};
        constexpr int page = 500;
        constexpr std::size_t most = 20;
        std::vector<kernel::Error> missing;
        voice::Filter filter;
        filter.cycle = c.id;
        filter.at_most = page;
        for (;;) {
            const auto some = voice::voices(db, filter);
            for (const voice::Voice& v : some) {
                const bool asked_of_us = v.audience == voice::Audience::open && v.shown != voice::Shown::hidden &&
                                         v.state != voice::State::withdrawn && v.state != voice::State::split &&
                                         v.state != voice::State::put_back;
                if (!asked_of_us || v.answered || in_rest(db, v.id) || !issues_of(db, v.id).empty() ||
                    !advised_by(db, v.id).empty())
                    continue;
                if (missing.size() == most) {
                    missing.push_back(kernel::refuse(kernel::Code::conflict, "issue.gate_more",
                                                     {{"link", "/voices?cycle=" + std::to_string(c.id.value())}}));
                    return missing;
                }
                const std::string number = std::to_string(v.id.value());
                missing.push_back(kernel::refuse(kernel::Code::conflict, "issue.gate_voice",
                                                 {{"number", number}, {"link", "/voices/" + number}}));
            }
            if (some.size() < page) return missing;
            filter.before = some.back().id;
        }
    };
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    for (std::string_view kind : {change::suggested_kind, change::moved_kind, change::rest_listed_kind})
        kinds.push_back({kind, apply, forget});
    for (std::string_view kind :
         {change::gathered_kind, change::answers_gathered_kind, change::kept_out_kind, change::advised_kind})
        kinds.push_back({kind, apply, {}});
}

}  // namespace issue
