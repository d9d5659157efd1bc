#include "acts.h"

#include <algorithm>

#include <db/database.h>
#include <kernel/json.h>

#include "store.h"

namespace confidential {
namespace {

constexpr std::int64_t most_waiting = 4096;  // rows of some 18 kB
constexpr int tries = 4;

}  // namespace

rules::Days days_at(const people::Needs& needs, db::Connection& db) {
    const kernel::Day today = kernel::local_day(needs.clock.now());
    const auto n = static_cast<int>(people::setting_number(db, "confidential.reply_days"));
    return {today, kernel::add_working_days(people::calendar(db), today, n)};
}

rules::Standing standing(const Matter& m) { return {m.now(), m.closed, !m.author()}; }

kernel::Bytes waiting_key(const people::Needs& needs, const kernel::Hash& once) {
    std::string said = "huiyin confidential form v1 ";
    said += kernel::text(once);
    const kernel::Hash hash = kernel::hmac_sha256(needs.server_key, kernel::view(said));
    return {hash.begin(), hash.begin() + 16};
}

kernel::Result<Sealed> sealed(db::Connection& db, const change::Facts& facts, const kernel::Hash& author,
                              const Content& content) {
    const std::vector<Receiver> all = receivers(db);
    std::vector<kernel::Hash> to;
    for (const people::OfficerId id : facts.receivers) {
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Receiver& r) { return r.officer == id && r.ready(); });
        to.push_back(found == all.end() ? kernel::BoxKey::random().public_key() : *found->key);
    }
    return seal(facts, author, to, content);
}

kernel::Result<kernel::Instant> put(const people::Needs& needs, const kernel::Bytes& key16, const change::Facts& facts,
                                    const change::Words& words) {
    kernel::Instant enters;
    const auto done = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        db::Connection& db = w.db();
        if (waits(db, key16)) return kernel::refuse(kernel::Code::conflict, "confidential.sent_already");
        if (last_act(db, facts.matter) != facts.n - 1)
            return kernel::refuse(kernel::Code::conflict, "confidential.changed_meanwhile");
        if (waiting_count(db) >= most_waiting) return kernel::refuse(kernel::Code::unavailable, "confidential.full");
        enters = rules::enters(w.now());
        put_waiting(db, {key16, enters, facts, words});
        w.keep_local();
        return 0;  // what waits is no entry yet
    });
    if (!done) return done.error();
    return enters;
}

kernel::Result<Made> act_on(const people::Needs& needs, std::string_view tag, const kernel::Bytes& key16,
                            const Make& make) {
    for (int i = 1;; ++i) {
        change::Facts facts;
        std::optional<kernel::Result<Sealed>> made;
        {
            auto db = needs.database.read();
            const auto found = matter(*db, tag);
            if (!found) return kernel::refuse(kernel::Code::not_found, "confidential.unknown");
            const auto content = make(*db, *found, facts);
            if (!content) return content.error();
            made = sealed(*db, facts, found->author().value(), *content);
        }
        if (!*made) return made->error();
        const auto enters = put(needs, key16, facts, (*made)->words);
        if (enters) return Made{(*made)->words, *enters};
        if (enters.error().key != "confidential.changed_meanwhile" || i == tries) return enters.error();
    }
}

std::string promise(const people::Needs& needs, const change::Words& words, kernel::Instant enters) {
    const std::string payload = kernel::canonical(change::words_of(words));
    return needs.ledger.sign("huiyin confidential promise v1\n" + needs.ledger.key().name + "\nwords sha256 " +
                             kernel::hex(kernel::sha256(kernel::view(payload))) + "\nin the log by " +
                             kernel::iso(enters + rules::promised_after) + "\n");
}

}  // namespace confidential
