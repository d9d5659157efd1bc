// The acts: each reads the state and asks the rules inside the ledger's transaction.
#include "decision.h"

#include <stdexcept>

#include <db/database.h>
#include <ledger/ledger.h>

#include "rules.h"
#include "store.h"

namespace decision {
namespace {

using kernel::Code;
using kernel::refuse;

kernel::Error unknown_body() { return refuse(Code::not_found, "decision.body_unknown"); }
kernel::Error unknown_sitting() { return refuse(Code::not_found, "decision.sitting_unknown"); }
kernel::Error unknown_motion() { return refuse(Code::not_found, "decision.motion_unknown"); }
kernel::Checked checked(const kernel::Result<ledger::Receipt>& receipt) {
    return receipt ? kernel::Checked() : receipt.error();
}
kernel::Day today_of(const ledger::Writing& w) { return kernel::local_day(w.now()); }

template <class T>
kernel::Result<std::int64_t> append(ledger::Writing& w, const kernel::Result<T>& change) {
    if (!change) return change.error();
    return w.append(change::encode(*change, w.next_index()));
}

template <class Id>
kernel::Result<Id> made(const kernel::Result<ledger::Receipt>& receipt) {
    if (!receipt) return receipt.error();
    return Id(receipt->index);
}

// What one act decides about one sitting or one motion with its sitting.
template <class Decide>
kernel::Checked on_sitting(const people::Needs& needs, const people::Actor& actor, SittingId id, const Once& once,
                           Decide decide) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = sitting(w.db(), id);
            if (!found) return unknown_sitting();
            return append(w, decide(w, *found, seen_by(w.db(), cycle::in_force(w.db(), actor), found->body)));
        },
        once));
}

kernel::Result<std::int64_t> enter_vote(ledger::Writing& w, const people::Actor& actor, const Motion& m, Vote choice,
                                        std::string_view remark) {
    const auto change = rules::vote(cycle::in_force(w.db(), actor), m, roll(w.db(), m.sitting), choice, remark);
    if (!change) return change.error();
    if (!m.secret) return w.append(change::encode(*change, w.next_index()));
    if (has_voted_secretly(w.db(), m.id, change->by)) return refuse(Code::conflict, "decision.voted_already");
    drop_ballot(w.db(), m.id, change->by, choice);
    w.keep_local();
    return m.id.value();
}

// A carried motion decides on its issue: its measures are adopted, or it is
// refused with the motion's reason.
kernel::Checked carry_out(ledger::Writing& w, const Motion& m) {
    const bool adopts = m.kind == MotionKind::adopt_measures;
    for (const measure::Draft& draft : m.measures) measure::adopt(w, draft, m.id.value());
    // An issue is refused with a reason; where its words were erased during the voting, a dash says so.
    return issue::decided(w, m.issue, m.id.value(), adopts, m.reason.empty() && !adopts ? "–" : m.reason);
}

kernel::Result<std::int64_t> enter_count(ledger::Writing& w, const people::Actor& actor, MotionId id) {
    const auto m = motion(w.db(), id);
    if (!m) return unknown_motion();
    const auto held = sitting(w.db(), m->sitting);
    const auto votes = m->secret ? ballots(w.db(), id) : named_votes(w.db(), id);
    auto change = rules::count(seen_by(w.db(), cycle::in_force(w.db(), actor), held->body), *held, *m,
                               roll(w.db(), m->sitting), votes);
    if (!change) return change.error();
    if (m->secret) change->voters = secret_voters(w.db(), id);
    if (m->secret && change->voters.size() != votes.size())
        throw std::runtime_error("the ballot box of motion " + std::to_string(id.value()) + " does not fit its voters");
    const std::int64_t entry = w.append(change::encode(*change, w.next_index()));
    if (change->state != MotionState::carried) return entry;
    if (auto done = carry_out(w, *m); !done) return done.error();
    return entry;
}

kernel::Checked check_measures(db::Connection& db, const std::vector<measure::Draft>& all, kernel::Day today) {
    int n = 0;
    for (const measure::Draft& m : all)
        if (auto ok = measure::check(db, m, today, "m" + std::to_string(++n) + "_"); !ok) return ok;
    return {};
}

}  // namespace

kernel::Result<BodyId> set_up(const people::Needs& needs, const people::Actor& actor, std::string_view name,
                              people::UnitId unit, std::int64_t seats, const Rules& rules, bool sample, Once once) {
    return made<BodyId>(needs.ledger.perform(
        [&](ledger::Writing& w) {
            return append(w, rules::set_up(cycle::in_force(w.db(), actor), name, people::unit(w.db(), unit), seats,
                                           rules, sample));
        },
        once));
}

kernel::Checked set_rules(const people::Needs& needs, const people::Actor& actor, BodyId id, const Rules& rules,
                          std::string_view reason, Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = body(w.db(), id);
            if (!found) return unknown_body();
            return append(w, rules::set_rules(cycle::in_force(w.db(), actor), *found, rules, reason));
        },
        once));
}

kernel::Checked seat(const people::Needs& needs, const people::Actor& actor, BodyId id, people::OfficerId member,
                     std::string_view shown_name, bool chair, Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = body(w.db(), id);
            if (!found) return unknown_body();
            return append(w, rules::seat(cycle::in_force(w.db(), actor), *found, members(w.db(), id),
                                         people::officer(w.db(), member), shown_name, chair));
        },
        once));
}

kernel::Checked unseat(const people::Needs& needs, const people::Actor& actor, BodyId id, people::OfficerId member,
                       std::string_view reason, Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = body(w.db(), id);
            if (!found) return unknown_body();
            return append(w,
                          rules::unseat(cycle::in_force(w.db(), actor), *found, members(w.db(), id), member, reason));
        },
        once));
}

kernel::Checked name_clerks(const people::Needs& needs, const people::Actor& actor, BodyId id,
                            const std::vector<people::OfficerId>& clerks, std::string_view reason, Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = body(w.db(), id);
            if (!found) return unknown_body();
            std::vector<std::optional<people::Officer>> named;
            for (people::OfficerId each : clerks) named.push_back(people::officer(w.db(), each));
            return append(w, rules::name_clerks(cycle::in_force(w.db(), actor), *found, named, reason));
        },
        once));
}

kernel::Result<SittingId> call(const people::Needs& needs, const people::Actor& actor, BodyId id, people::CycleId round,
                               kernel::Day day, std::string_view where, Once once) {
    return made<SittingId>(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = body(w.db(), id);
            if (!found) return unknown_body();
            return append(w, rules::call(seen_by(w.db(), cycle::in_force(w.db(), actor), id), *found,
                                         members(w.db(), id), cycle::cycle(w.db(), round), day, where, today_of(w)));
        },
        once));
}

kernel::Result<MotionId> table(const people::Needs& needs, const people::Actor& actor, SittingId id,
                               const MotionDraft& asked, Once once) {
    return made<MotionId>(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = sitting(w.db(), id);
            if (!found) return unknown_sitting();
            // What a measure belongs to follows from its motion, whatever was handed in.
            MotionDraft draft = asked;
            for (measure::Draft& m : draft.measures)
                m.cycle = found->cycle, m.issue = draft.issue, m.sample = found->sample;
            const auto change = rules::table(seen_by(w.db(), cycle::in_force(w.db(), actor), found->body), *found,
                                             motions(w.db(), id), issue::issue(w.db(), draft.issue), draft);
            if (!change) return change.error();
            if (auto ok = check_measures(w.db(), draft.measures, today_of(w)); !ok) return ok.error();
            const std::int64_t entry = w.append(change::encode(*change, w.next_index()));
            if (auto done = issue::put_before(w, draft.issue, id.value()); !done) return done.error();
            return entry;
        },
        once));
}

kernel::Checked publish_agenda(const people::Needs& needs, const people::Actor& actor, SittingId id, Once once) {
    return on_sitting(needs, actor, id, once, [&](ledger::Writing& w, const Sitting& s, const people::Actor& who) {
        return rules::publish_agenda(who, s, motions(w.db(), id).size());
    });
}

kernel::Checked open(const people::Needs& needs, const people::Actor& actor, SittingId id, Once once) {
    return on_sitting(needs, actor, id, once, [&](ledger::Writing& w, const Sitting& s, const people::Actor& who) {
        return rules::open(who, s, today_of(w));
    });
}

kernel::Checked attend(const people::Needs& needs, const people::Actor& actor, SittingId id, people::OfficerId member,
                       Once once) {
    return on_sitting(needs, actor, id, once, [&](ledger::Writing& w, const Sitting& s, const people::Actor& who) {
        return rules::attend(who, s, roll(w.db(), id), motions(w.db(), id), member, true, today_of(w));
    });
}

kernel::Checked leave(const people::Needs& needs, const people::Actor& actor, SittingId id, people::OfficerId member,
                      Once once) {
    return on_sitting(needs, actor, id, once, [&](ledger::Writing& w, const Sitting& s, const people::Actor& who) {
        return rules::attend(who, s, roll(w.db(), id), motions(w.db(), id), member, false, today_of(w));
    });
}

kernel::Checked put(const people::Needs& needs, const people::Actor& actor, MotionId id, Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto m = motion(w.db(), id);
            if (!m) return unknown_motion();
            const Sitting s = sitting(w.db(), m->sitting).value();
            const auto change = rules::put(seen_by(w.db(), cycle::in_force(w.db(), actor), s.body), s,
                                           cycle::cycle(w.db(), s.cycle).value(), *m, issue::issue(w.db(), m->issue),
                                           motions_of(w.db(), m->issue));
            if (!change) return change.error();
            // Between tabling and voting a due day passes, an owner leaves: what is carried must be what can be
            // adopted.
            if (!check_measures(w.db(), m->measures, today_of(w))) return refuse(Code::conflict, "decision.stale");
            return append(w, change);
        },
        once));
}

kernel::Checked vote(const people::Needs& needs, const people::Actor& actor, MotionId id, Vote choice,
                     std::string_view remark, Once once) {
    // A secret ballot makes no entry, and its form's token is not kept: it would tell in which order ballots came.
    const auto asked = motion(*needs.database.read(), id);
    if (asked && asked->secret) once.reset();
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto m = motion(w.db(), id);
            if (!m) return unknown_motion();
            return enter_vote(w, actor, *m, choice, remark);
        },
        once));
}

kernel::Checked count(const people::Needs& needs, const people::Actor& actor, MotionId id, Once once) {
    return checked(needs.ledger.perform([&](ledger::Writing& w) { return enter_count(w, actor, id); }, once));
}

kernel::Checked publish_minutes(const people::Needs& needs, const people::Actor& actor, SittingId id,
                                std::string_view text, Once once) {
    return on_sitting(needs, actor, id, once, [&](ledger::Writing& w, const Sitting& s, const people::Actor& who) {
        return rules::minutes(who, s, motions(w.db(), id), text, today_of(w));
    });
}

kernel::Checked sign(const people::Needs& needs, const people::Actor& actor, SittingId id, Once once) {
    return on_sitting(needs, actor, id, once, [&](ledger::Writing& w, const Sitting& s, const people::Actor& who) {
        return rules::sign(who, s, roll(w.db(), id), minutes_by(w.db(), id));
    });
}

people::Actor seen_by(db::Connection& db, people::Actor actor, BodyId id) {
    const auto found = body(db, id);
    if (!found || !rules::keeps(actor, *found, people::is_under(db, found->unit, actor.unit)))
        std::erase(actor.roles, people::Role::clerk);
    return actor;
}

// ---- wiring --------------------------------------------------------------------------------------------------------

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    auto link = link_of_entry(db, entry);
    if (!link) return std::nullopt;
    return Slip{"decision.slip", *std::move(link)};
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    for (std::string_view kind : {change::set_up_kind, change::rules_set_kind, change::seated_kind,
                                  change::unseated_kind, change::clerks_named_kind, change::called_kind,
                                  change::tabled_kind, change::voted_kind, change::minuted_kind})
        kinds.push_back({kind, apply, forget});
    for (std::string_view kind : {change::stepped_kind, change::attended_kind, change::put_kind, change::counted_kind})
        kinds.push_back({kind, apply, {}});
}

cycle::Gate gate() {
    return [](db::Connection& db, const cycle::Cycle& c, cycle::Phase to) {
        std::vector<kernel::Error> missing;
        if (to != cycle::Phase::act) return missing;
        const issue::Counts n = issue::counts(db, c.id);
        const std::string link = "/issues?cycle=" + std::to_string(c.id.value()) + "&state=";
        if (n.confirmed > 0)
            missing.push_back(refuse(Code::conflict, "decision.gate_confirmed",
                                     {{"n", std::to_string(n.confirmed)}, {"link", link + "confirmed"}}));
        if (n.before_body > 0)
            missing.push_back(refuse(Code::conflict, "decision.gate_before_body",
                                     {{"n", std::to_string(n.before_body)}, {"link", link + "before_body"}}));
        return missing;
    };
}

}  // namespace decision
