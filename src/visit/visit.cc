#include "visit.h"

#include <ledger/ledger.h>

#include "change.h"
#include "rules.h"
#include "store.h"

namespace visit {
namespace {

kernel::Error unknown_visit() { return kernel::refuse(kernel::Code::not_found, "visit.unknown"); }

kernel::Day today_of(const ledger::Writing& w) { return kernel::local_day(w.now()); }

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
    const auto id = visit_of_entry(db, entry);
    if (!id) return std::nullopt;
    return Slip{"visit.slip", "/visits/" + std::to_string(id->value())};
}

kernel::Result<VisitId> record(const people::Needs& needs, const people::Actor& actor, const Draft& draft, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto change =
                rules::record(cycle::in_force(w.db(), actor), draft, issue::issue(w.db(), draft.issue), today_of(w));
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!receipt) return receipt.error();
    return VisitId(receipt->index);
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
    for (std::string_view kind : {change::recorded_kind, change::reported_back_kind, change::corrected_kind})
        kinds.push_back({kind, apply, forget});
}

}  // namespace visit
