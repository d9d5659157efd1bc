// Arranging issues: take up, put in, keep out, merge, split, move. Each is one act; its entries after the first name
// that one as their parent, by which undo() (undo.cc) knows what belongs together.
#include "arrange.h"

#include "acts.h"
#include "rules.h"
#include "store.h"

namespace issue {
namespace {

template <class T>
std::vector<T> part_of(const std::vector<T>& all, std::size_t from) {
    if (from >= all.size()) return {};
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
    return {begin, begin + static_cast<std::ptrdiff_t>(std::min(rules::gather_max, all.size() - from))};
}

template <class T>
void keep_if_in(db::Connection& db, IssueId id, std::vector<T>& all, bool in) {
    std::erase_if(all, [&](T one) { return has(db, id, one) != in; });
}

template <class T>
kernel::Checked check_all(db::Connection& db, const Issue& to, const std::vector<T>& all) {
    for (T one : all)
        if (auto good = may_hold(db, to, one); !good) return good;
    return {};
}

kernel::Error too_many(const std::string& field) {
    return kernel::invalid(field, "issue.too_many", {{"max", std::to_string(most_at_once)}});
}

// All of an issue; nothing when it is more than one act moves.
std::optional<Items> all_in(db::Connection& db, IssueId id) {
    const int most = static_cast<int>(most_at_once) + 1;
    Items all{voices_of(db, id, std::nullopt, most), statements_of(db, id, {}, most), answers_of(db, id, {}, most)};
    if (all.size() > most_at_once) return std::nullopt;
    return all;
}

kernel::Result<Issue> to_arrange(db::Connection& db, const people::Actor& who, IssueId id) {
    const auto found = issue(db, id);
    if (!found) return unknown_issue();
    if (auto good = rules::arrange(who, *found); !good) return good.error();
    return *found;
}

struct Both {
    Issue source, target;
};
// Two issues, one of which gives to the other.
kernel::Result<Both> to_arrange(db::Connection& db, const people::Actor& who, IssueId from, IssueId into) {
    auto source = to_arrange(db, who, from);
    if (!source) return source.error();
    if (from == into) return kernel::invalid("into", "issue.merge_itself");
    auto target = issue(db, into);
    if (!target) return kernel::invalid("into", "issue.unknown");
    if (auto good = rules::arrange(who, *target); !good) return good.error();
    return Both{*std::move(source), *std::move(target)};
}

}  // namespace

Items sorted(const Items& items) {
    return {sorted_once(items.voices), sorted_once(items.statements), sorted_once(items.answers)};
}

Items only_in(db::Connection& db, IssueId id, Items items, bool in) {
    keep_if_in(db, id, items.voices, in);
    keep_if_in(db, id, items.statements, in);
    keep_if_in(db, id, items.answers, in);
    return items;
}

kernel::Checked can_hold(db::Connection& db, const Issue& to, const Items& items) {
    if (auto good = check_all(db, to, items.voices); !good) return good;
    if (auto good = check_all(db, to, items.statements); !good) return good;
    return check_all(db, to, items.answers);
}

std::int64_t Entries::append(const change::Change& change) {
    ledger::Draft draft = change::encode(change, w.next_index());
    if (first && !draft.parent) draft.parent = first;
    const std::int64_t index = w.append(std::move(draft));
    if (!first) first = index;
    return index;
}

void Entries::place(IssueId id, const Items& items, bool in) {
    for (std::size_t from = 0; from < std::max(items.voices.size(), items.statements.size()); from += rules::gather_max)
        append(change::Gathered{id, part_of(items.voices, from), part_of(items.statements, from), in, by});
    for (std::size_t from = 0; from < items.answers.size(); from += rules::gather_max)
        append(change::AnswersGathered{id, part_of(items.answers, from), in, by});
}

void Entries::keep_out(IssueId id, const Items& items, bool out) {
    for (std::size_t from = 0; from < std::max(items.voices.size(), items.statements.size()); from += rules::gather_max)
        append(change::KeptOut{id, part_of(items.voices, from), part_of(items.statements, from), out, by});
}

kernel::Result<IssueId> take_up(const people::Needs& needs, const people::Actor& actor, const Taking& asked,
                                Once once) {
    const Items items = sorted(asked.items);
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const people::Actor who = cycle::in_force(w.db(), actor);
            if (items.empty()) return kernel::invalid("voices", "issue.nothing_chosen");
            if (items.size() > most_at_once) return too_many("voices");
            auto made = rules::suggest(who, asked.issue, cycle::cycle(w.db(), asked.issue.cycle));
            if (!made) return made.error();
            Entries entries{w, who.officer};
            const IssueId id(entries.append(*made));
            if (auto good = can_hold(w.db(), *issue(w.db(), id), items); !good) return good.error();
            entries.place(id, items, true);
            if (asked.to == State::suggested) return id.value();
            const Issue now = *issue(w.db(), id);
            const auto moved = asked.to == State::confirmed
                                   ? rules::confirm(who, now, asked.marks, asked.reason, std::ssize(items.answers))
                                   : rules::dismiss(who, now, asked.reason);
            if (!moved) return moved.error();
            entries.append(*moved);
            return id.value();
        },
        once);
    if (!receipt) return receipt.error();
    return IssueId(receipt->index);
}

kernel::Checked put_in(const people::Needs& needs, const people::Actor& actor, IssueId id, const Items& asked,
                       Once once) {
    const Items items = sorted(asked);
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const people::Actor who = cycle::in_force(w.db(), actor);
            const auto found = to_arrange(w.db(), who, id);
            if (!found) return found.error();
            if (items.size() > most_at_once) return too_many("voices");
            const Items fresh = only_in(w.db(), id, items, false);
            if (fresh.empty()) return kernel::invalid("voices", "issue.nothing_chosen");
            if (auto good = can_hold(w.db(), *found, fresh); !good) return good.error();
            Entries entries{w, who.officer};
            entries.place(id, fresh, true);
            return *entries.first;
        },
        once));
}

kernel::Checked keep_out(const people::Needs& needs, const people::Actor& actor, IssueId id, const Items& asked,
                         Once once) {
    const Items items = sorted(asked);
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const people::Actor who = cycle::in_force(w.db(), actor);
            const auto found = to_arrange(w.db(), who, id);
            if (!found) return found.error();
            if (items.empty()) return kernel::invalid("voices", "issue.nothing_chosen");
            if (items.size() > most_at_once) return too_many("voices");
            if (auto good = can_hold(w.db(), *found, items); !good) return good.error();
            Entries entries{w, who.officer};
            Items outside = only_in(w.db(), id, items, false);
            entries.place(id, only_in(w.db(), id, items, true), false);
            entries.place(id, {{}, {}, outside.answers}, false);
            entries.keep_out(id, outside, true);
            return *entries.first;
        },
        once));
}

kernel::Checked merge(const people::Needs& needs, const people::Actor& actor, IssueId from, IssueId into,
                      std::string_view reason, Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const people::Actor who = cycle::in_force(w.db(), actor);
            const auto both = to_arrange(w.db(), who, from, into);
            if (!both) return both.error();
            auto gone = rules::dismiss(who, both->source, reason);
            if (!gone) return gone.error();
            gone->because = into.value();
            const auto items = all_in(w.db(), from);
            if (!items) return too_many("into");
            if (items->empty()) return kernel::refuse(kernel::Code::conflict, "issue.empty");
            const Items fresh = only_in(w.db(), into, *items, false);
            if (auto good = can_hold(w.db(), both->target, fresh); !good) return good.error();
            Entries entries{w, who.officer};
            entries.place(from, *items, false);
            entries.place(into, fresh, true);
            entries.append(*gone);
            return *entries.first;
        },
        once));
}

kernel::Result<IssueId> split(const people::Needs& needs, const people::Actor& actor, IssueId id, const Draft& draft,
                              const Items& asked, Once once) {
    const Items items = sorted(asked);
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const people::Actor who = cycle::in_force(w.db(), actor);
            const auto found = to_arrange(w.db(), who, id);
            if (!found) return found.error();
            Draft of_its_round = draft;
            of_its_round.cycle = found->cycle;
            auto made = rules::suggest(who, of_its_round, cycle::cycle(w.db(), found->cycle));
            if (!made) return made.error();
            const Items chosen = only_in(w.db(), id, items, true);
            if (chosen.empty()) return kernel::invalid("voices", "issue.nothing_chosen");
            if (chosen.size() > most_at_once) return too_many("voices");
            const std::size_t held =
                static_cast<std::size_t>(found->voices + found->statements + answers(w.db(), id).answers);
            if (chosen.size() == held) return kernel::invalid("voices", "issue.split_all");
            Entries entries{w, who.officer};
            const IssueId part(entries.append(*made));
            entries.place(id, chosen, false);
            entries.place(part, chosen, true);
            return part.value();
        },
        once);
    if (!receipt) return receipt.error();
    return IssueId(receipt->index);
}

kernel::Checked move(const people::Needs& needs, const people::Actor& actor, IssueId from, IssueId to,
                     const Items& asked, Once once) {
    const Items items = sorted(asked);
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const people::Actor who = cycle::in_force(w.db(), actor);
            const auto both = to_arrange(w.db(), who, from, to);
            if (!both) return both.error();
            const Items chosen = only_in(w.db(), from, items, true);
            if (chosen.empty()) return kernel::invalid("voices", "issue.nothing_chosen");
            if (chosen.size() > most_at_once) return too_many("voices");
            const Items fresh = only_in(w.db(), to, chosen, false);
            if (auto good = can_hold(w.db(), both->target, fresh); !good) return good.error();
            Entries entries{w, who.officer};
            entries.place(from, chosen, false);
            entries.place(to, fresh, true);
            return *entries.first;
        },
        once));
}

}  // namespace issue
