#include "visit.h"

#include <db/database.h>
#include <ledger/ledger.h>

#include "change.h"
#include "reception_store.h"
#include "rules.h"
#include "store.h"

namespace visit {
namespace {

kernel::Error unknown_visit() { return kernel::refuse(kernel::Code::not_found, "visit.unknown"); }

kernel::Day today_of(const ledger::Writing& w) { return kernel::local_day(w.now()); }

// The ledger's facts are served to everybody: what the sender's device made does not stand in them as it was sent.
kernel::Hash origin_key(kernel::View server_key, std::string_view origin) {
    std::string text = "huiyin origin v1";
    text += '\0';
    text += "visit";
    text += '\0';
    text += origin;
    return kernel::hmac_sha256(server_key, kernel::view(text));
}

// Before the act, which must be short: a message or measure that was there stays.
rules::Known looked_up(const people::Needs& needs, const Links& to) {
    rules::Known known;
    // More than these are refused unseen.
    if (to.voices.size() > max_linked || to.measures.size() > max_linked) return known;
    if (to == Links{}) return known;
    auto db = needs.database.read();
    for (voice::VoiceId id : to.voices)
        if (auto found = voice::voice(*db, id)) known.voices.push_back(*std::move(found));
    for (measure::MeasureId id : to.measures)
        if (measure::measure(*db, id)) known.measures.push_back(id);
    return known;
}

void look_up(db::Connection& db, const Draft& draft, rules::Known& known) {
    known.desk = cycle::standing_desk(db).id;
    known.issue = draft.issue ? issue::issue(db, *draft.issue) : std::nullopt;
    known.plan = draft.plan ? plan(db, *draft.plan) : std::nullopt;
}

template <class Decide>
kernel::Checked act_on(const people::Needs& needs, const people::Actor& actor, VisitId id, const Once& once,
                       Decide decide) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = visit(w.db(), id);
            if (!found) return unknown_visit();
            const auto change = decide(cycle::in_force(w.db(), actor), *found, today_of(w));
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    return receipt ? kernel::Checked() : receipt.error();
}

}  // namespace

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    if (const auto id = visit_of_entry(db, entry)) return Slip{"visit.slip", "/visits/" + std::to_string(id->value())};
    if (const auto id = plan_of_entry(db, entry))
        return Slip{"visit.slip_plan", "/visits/plan/" + std::to_string(id->value())};
    if (const auto id = reception_of_entry(db, entry))
        return Slip{"visit.slip_reception", "/receptions/" + std::to_string(id->value())};
    // Of which reception it is a slot is nobody's business.
    if (is_slot(db, entry)) return Slip{"visit.slip_slot", "/receptions"};
    return std::nullopt;
}

kernel::Result<VisitId> record(const people::Needs& needs, const people::Actor& actor, const Draft& draft, Once once,
                               ledger::Receipt* receipt) {
    std::optional<kernel::Hash> origin;
    if (draft.origin) origin = origin_key(needs.server_key, *draft.origin);
    rules::Known known = looked_up(needs, {draft.voices, draft.measures});
    bool again = false;
    auto recorded = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const people::Actor who = cycle::in_force(w.db(), actor);
            if (auto may = rules::may_record(who); !may) return may.error();
            // Whatever became of its issue or plan since, and however old it is by now.
            if (const auto first = origin ? visit_of_origin(w.db(), *origin) : std::nullopt) {
                again = true;
                return first->value();
            }
            look_up(w.db(), draft, known);
            auto change = rules::record(who, draft, known, today_of(w));
            if (!change) return change.error();
            change->origin = origin;
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!recorded) return recorded.error();
    recorded->repeated |= again;
    const VisitId id(recorded->index);
    if (receipt) *receipt = *std::move(recorded);
    return id;
}

kernel::Checked link(const people::Needs& needs, const people::Actor& actor, VisitId id, const Links& to,
                     std::string_view reason, Once once) {
    const rules::Known known = looked_up(needs, to);
    return act_on(needs, actor, id, once, [&](const people::Actor& who, const Visit& v, kernel::Day) {
        return rules::link(who, v, to, known, reason);
    });
}

kernel::Result<PlanId> plan(const people::Needs& needs, const people::Actor& actor, const PlanDraft& draft, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            rules::Known known{cycle::standing_desk(w.db()).id, {}, {}, {}, {}};
            if (draft.issue) known.issue = issue::issue(w.db(), *draft.issue);
            const auto change = rules::plan(cycle::in_force(w.db(), actor), draft, known, today_of(w));
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!receipt) return receipt.error();
    return PlanId(receipt->index);
}

kernel::Checked call_off(const people::Needs& needs, const people::Actor& actor, PlanId id, std::string_view reason,
                         Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = plan(w.db(), id);
            if (!found) return kernel::refuse(kernel::Code::not_found, "visit.plan_unknown");
            const auto change = rules::call_off(cycle::in_force(w.db(), actor), *found, reason);
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    return receipt ? kernel::Checked() : receipt.error();
}

kernel::Checked report_back(const people::Needs& needs, const people::Actor& actor, VisitId id, kernel::Day day,
                            std::string_view what, Once once) {
    return act_on(needs, actor, id, once, [&](const people::Actor& who, const Visit& v, kernel::Day today) {
        return rules::report_back(who, v, day, what, today);
    });
}

kernel::Checked correct(const people::Needs& needs, const people::Actor& actor, VisitId id, const Correction& to,
                        std::string_view reason, Once once) {
    return act_on(needs, actor, id, once, [&](const people::Actor& who, const Visit& v, kernel::Day today) {
        return rules::correct(who, v, to, reason, today);
    });
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    for (std::string_view kind : change::all_kinds) kinds.push_back({kind, apply, forget});
    for (std::string_view kind : change::reception_kinds) kinds.push_back({kind, apply_reception, forget_reception});
}

}  // namespace visit
