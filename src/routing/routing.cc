#include "routing.h"

#include <algorithm>

#include <db/database.h>
#include <ledger/ledger.h>

#include "change.h"
#include "rules.h"
#include "store.h"

namespace routing {

kernel::Result<TableId> set_table(const people::Needs& needs, const Hooks& hooks, const people::Actor& actor,
                                  const Draft& draft, Once once) {
    const auto set = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            if (auto may = people::need_role(w.db(), actor, people::Role::administrator); !may) return may.error();
            rules::Known known{people::units(w.db()), {}, in_force(w.db())};
            for (const Kind& kind : hooks.kinds) known.kinds.push_back(kind.code);
            const auto change = rules::set_table(actor, draft, known);
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!set) return set.error();
    return TableId(set->index);
}

std::optional<Routed> route(db::Connection& db, TableId id, std::string_view category, std::string_view district,
                            std::string_view kind) {
    const auto asked = table(db, id);
    return asked ? asked->sheet->route(category, district, kind) : std::nullopt;
}

kernel::Checked may_close(db::Connection& db, people::UnitId unit) {
    const auto now = in_force(db);
    if (!now) return {};
    const std::vector<Row>& rows = now->sheet->lists().rows;
    if (std::none_of(rows.begin(), rows.end(), [&](const Row& row) { return row.unit == unit; })) return {};
    return kernel::refuse(kernel::Code::conflict, "routing.unit_has_rows");
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    if (!version(db, TableId(entry))) return std::nullopt;
    return Slip{"routing.slip", "/routing/" + std::to_string(entry)};
}

void add_kinds(std::vector<ledger::Kind>& kinds) { kinds.push_back({change::table_set_kind, apply, forget}); }

}  // namespace routing
