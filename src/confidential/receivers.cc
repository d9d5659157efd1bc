// Who receives: named by an administrator, ready with a key of their own.
#include <db/database.h>
#include <kernel/text.h>
#include <ledger/ledger.h>

#include "change.h"
#include "open_keys.h"
#include "rules.h"
#include "store.h"

namespace confidential {
namespace {

std::optional<Receiver> known(db::Connection& db, people::OfficerId officer) {
    for (Receiver& r : receivers(db))
        if (r.officer == officer) return r;
    return std::nullopt;
}

template <class Decide>
kernel::Checked record(const people::Needs& needs, const people::Actor& actor, Once once, Decide decide) {
    const auto done = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto change = decide(w.db(), people::in_force(w.db(), actor));
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    return done ? kernel::Checked() : done.error();
}

}  // namespace

kernel::Checked name_receiver(const people::Needs& needs, const people::Actor& actor, people::OfficerId officer,
                              std::string_view reason, Once once) {
    return record(needs, actor, once, [&](db::Connection& db, const people::Actor& who) {
        return rules::name_receiver(who, people::officer(db, officer), known(db, officer), reason);
    });
}

kernel::Checked end_receiver(const people::Needs& needs, const people::Actor& actor, people::OfficerId officer,
                             std::string_view reason, Once once) {
    return record(needs, actor, once, [&](db::Connection& db, const people::Actor& who) {
        return rules::end_receiver(who, officer, known(db, officer), reason);
    });
}

kernel::Checked make_key(const people::Needs& needs, const people::Actor& actor, const kernel::Secret& passphrase,
                         Once once) {
    const kernel::BoxKey key = kernel::BoxKey::random();
    {
        auto db = needs.database.read();
        if (auto may = rules::make_key(actor, known(*db, actor.officer), key.public_key()); !may) return may.error();
    }
    if (auto good = rules::passphrase(passphrase); !good) return good;
    const KeyRow row = wrapped(actor.officer, key, passphrase, needs.password_cost);
    // First the private key, then the word that messages may be boxed to it: never one without the other.
    {
        auto local = needs.database.local();
        db::Transaction transaction(*local);
        write_key_row(*local, actor.officer, row);
        transaction.commit();
    }
    const auto done = record(needs, actor, once, [&](db::Connection& db, const people::Actor& who) {
        return rules::make_key(who, known(db, actor.officer), key.public_key());
    });
    if (!done) return done;
    const auto now = known(*needs.database.read(), actor.officer);
    auto local = needs.database.local();
    db::Transaction transaction(*local);
    if (now && now->key) drop_key_rows(*local, actor.officer, *now->key);
    transaction.commit();
    return {};
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    for (std::string_view kind : {change::named_kind, change::ready_kind, change::left_kind, change::entered_kind})
        kinds.push_back({kind, apply, forget});
}

}  // namespace confidential
