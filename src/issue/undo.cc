// Undoing the newest step of an issue, by new entries that put back what its act moved.
#include <algorithm>

#include "acts.h"
#include "arrange.h"
#include "rules.h"
#include "store.h"

namespace issue {
namespace {

constexpr int longest_act = 64;  // entries: most_at_once of each kind, twice, and what begins and ends it

bool arranges(const ledger::Entry& entry) {
    return entry.kind == change::gathered_kind || entry.kind == change::answers_gathered_kind ||
           entry.kind == change::kept_out_kind || entry.kind == change::moved_kind ||
           entry.kind == change::suggested_kind;
}

// The state that a step leads to; nothing for steps that leave it as it is.
std::optional<State> state_after(What what) {
    switch (what) {
        case What::suggested:
        case What::taken_back:
            return State::suggested;
        case What::confirmed:
            return State::confirmed;
        case What::dismissed:
        case What::merged:
            return State::dismissed;
        case What::before_body:
            return State::before_body;
        case What::adopted:
            return State::adopted;
        case What::refused:
            return State::refused;
        case What::resolved:
            return State::resolved;
        case What::gathered:
        case What::put_aside:
        case What::carried_over:
        case What::kept_out:
        case What::let_back:
        case What::answers_gathered:
        case What::answers_put_aside:
            return std::nullopt;
    }
    return std::nullopt;
}

// All entries of the act that the entry at `index` is part of, in their order; empty where it arranges nothing.
std::vector<ledger::Entry> act_of(db::Connection& db, std::int64_t index) {
    const auto here = ledger::entry(db, index);
    if (!here || !arranges(*here)) return {};
    std::int64_t first = index;
    const auto leads_to = [&](const ledger::Entry& e) -> std::optional<std::int64_t> {
        if (!e.parent) return std::nullopt;
        const auto parent = ledger::entry(db, *e.parent);
        return parent && arranges(*parent) && *e.parent < e.index ? e.parent : std::nullopt;
    };
    if (here->kind == change::moved_kind) {
        const auto moved = std::get<change::Moved>(change::decode(*here));
        if (moved.to == State::dismissed && moved.because) {
            // What it was merged into is its parent: its act's other entries stand right before it.
            const auto before = ledger::entry(db, index - 1);
            if (before && arranges(*before)) first = leads_to(*before).value_or(index - 1);
        } else {
            first = leads_to(*here).value_or(index);
        }
    } else {
        first = leads_to(*here).value_or(index);
    }
    std::vector<ledger::Entry> all;
    for (ledger::Entry& e : ledger::entries(db, first, longest_act)) {
        const bool ends = e.kind == change::moved_kind && e.index == index;
        if (e.index != first && e.parent != first && !ends) {
            // A merge's last entry, seen from one before it.
            const bool merged_last = e.kind == change::moved_kind && !all.empty() &&
                                     std::get<change::Moved>(change::decode(e)).to == State::dismissed &&
                                     e.parent == all.back().subject && e.subject == all.front().subject;
            if (merged_last) all.push_back(std::move(e));
            break;
        }
        all.push_back(std::move(e));
    }
    return all;
}

struct Before {
    State state = State::suggested;
    int marks = 0;
};
// What an issue was before the entry at `index`.
Before before(db::Connection& db, IssueId id, std::int64_t index) {
    Before was;
    for (const Happened& h : history(db, id)) {
        if (h.entry >= index) break;
        const auto state = state_after(h.what);
        if (!state) continue;
        was.state = *state;
        was.marks = 0;
        if (h.what == What::suggested) continue;
        if (const auto entry = ledger::entry(db, h.entry))
            was.marks = std::get<change::Moved>(change::decode(*entry)).marks;
    }
    return was;
}

class Undoing {
public:
    Undoing(ledger::Writing& w, const people::Actor& who) : who_(who), entries_{w, who.officer} {}

    kernel::Checked take_back(const ledger::Entry& entry) {
        const change::Change was = change::decode(entry);
        if (const auto* c = std::get_if<change::Gathered>(&was))
            return place(c->issue, {c->voices, c->statements, {}}, !c->in);
        if (const auto* c = std::get_if<change::AnswersGathered>(&was))
            return place(c->issue, {{}, {}, c->answers}, !c->in);
        if (const auto* c = std::get_if<change::KeptOut>(&was)) {
            entries_.keep_out(c->issue, {c->voices, c->statements, {}}, !c->out);
            return {};
        }
        if (const auto* c = std::get_if<change::Moved>(&was)) return move_back(entry.index, *c);
        if (std::holds_alternative<change::Suggested>(was)) return drop(IssueId(entry.index));
        return {};
    }
    std::optional<std::int64_t> first() const { return entries_.first; }

private:
    kernel::Checked place(IssueId id, const Items& items, bool in) {
        db::Connection& db = entries_.w.db();
        const Issue now = *issue(db, id);
        if (!is_open(now.state)) return kernel::refuse(kernel::Code::conflict, "issue.nothing_to_undo");
        Items moving = only_in(db, id, items, !in);
        if (in) {  // what was withdrawn or erased since stays out
            std::erase_if(moving.voices, [&](auto one) { return !may_hold(db, now, one); });
            std::erase_if(moving.statements, [&](auto one) { return !may_hold(db, now, one); });
            std::erase_if(moving.answers, [&](auto one) { return !may_hold(db, now, one); });
        }
        entries_.place(id, moving, in);
        return {};
    }
    kernel::Checked move_back(std::int64_t index, const change::Moved& was) {
        if (auto may = rules::may_confirm(who_); !may) return may;
        const Before now = before(entries_.w.db(), was.issue, index);
        entries_.append(change::Moved{was.issue, now.state, now.marks, "", std::nullopt, who_.officer});
        return {};
    }
    // An issue that the act made: empty again, so nothing is left of it but its entries.
    kernel::Checked drop(IssueId id) {
        const Issue now = *issue(entries_.w.db(), id);
        if (now.state == State::suggested && now.voices + now.statements + answers(entries_.w.db(), id).answers == 0)
            entries_.append(change::Moved{id, State::dismissed, 0, "", std::nullopt, who_.officer});
        return {};
    }

    const people::Actor& who_;
    Entries entries_;
};

}  // namespace

std::optional<std::int64_t> undoable(db::Connection& db, const Issue& i) {
    if (i.state != State::dismissed && !is_open(i.state)) return std::nullopt;
    const auto newest = newest_step(db, i.id);
    if (!newest || !newest->by) return std::nullopt;
    const auto act = act_of(db, newest->entry);
    // A suggestion by itself holds nothing: it is dismissed, not undone.
    if (act.empty() || (act.size() == 1 && act[0].kind == change::suggested_kind)) return std::nullopt;
    return newest->entry;
}

kernel::Checked undo(const people::Needs& needs, const people::Actor& actor, IssueId id, Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = issue(w.db(), id);
            if (!found) return unknown_issue();
            const people::Actor who = cycle::in_force(w.db(), actor);
            if (auto may = rules::may_gather(who); !may) return may.error();
            const auto newest = undoable(w.db(), *found);
            if (!newest) return kernel::refuse(kernel::Code::conflict, "issue.nothing_to_undo");
            const auto act = act_of(w.db(), *newest);
            Undoing undoing(w, who);
            for (auto e = act.rbegin(); e != act.rend(); ++e)
                if (auto good = undoing.take_back(*e); !good) return good.error();
            if (!undoing.first()) return kernel::refuse(kernel::Code::conflict, "issue.nothing_to_undo");
            return *undoing.first();
        },
        once));
}

}  // namespace issue
