#include "georeport.h"

#include <ledger/ledger.h>

#include "change.h"
#include "keys.h"
#include "rules.h"
#include "store.h"

namespace georeport {

kernel::Result<Admitted> admit(const people::Needs& needs, const people::Actor& actor, const Admission& asked,
                               Once once) {
    const std::string key = new_key();
    const kernel::Hash kept = stored(needs.server_key, key);
    const auto done = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const people::Actor who = people::in_force(w.db(), actor);
            const auto change =
                rules::admit(who, asked, kept, {name_taken(w.db(), asked.name), admitted_count(w.db())});
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!done) return done.error();
    return Admitted{ClientId(done->index), done->repeated ? "" : key};
}

kernel::Checked end(const people::Needs& needs, const people::Actor& actor, ClientId id, std::string_view reason,
                    Once once) {
    const auto done = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto change = rules::end(people::in_force(w.db(), actor), client(w.db(), id), reason);
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    return done ? kernel::Checked() : done.error();
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    for (std::string_view kind : {change::admitted_kind, change::ended_kind}) kinds.push_back({kind, apply, forget});
}

}  // namespace georeport
