#include "in_force.h"

#include <mutex>

#include <cycle/cycle.h>
#include <db/database.h>
#include <ledger/ledger.h>

#include "store.h"

namespace voice {
namespace {

// What was read belongs to one position of one log and to no other: the signed checkpoint names both. When nothing
// but messages came since, it still holds; each message would otherwise read every setting again. The seal is random
// and made once, so it too names the log.
struct Basis {
    std::optional<kernel::Hash> seal;
    std::int64_t settings = 0, presets = 0;
    std::optional<routing::TableId> table;
    bool places = false;
    friend bool operator==(const Basis&, const Basis&) = default;
};
struct Remembered {
    std::mutex lock;
    std::string checkpoint;
    Basis basis;
    std::shared_ptr<const InForce> what;
};

Remembered& remembered() {
    static Remembered one;
    return one;
}

std::shared_ptr<const InForce> read(db::Connection& db) {
    auto now = std::make_shared<InForce>();
    const auto number = [&](std::string_view setting) { return static_cast<int>(people::setting_number(db, setting)); };
    now->calendar = people::calendar(db);
    for (Kind kind : all_kinds)
        now->terms[static_cast<std::size_t>(kind)] = {number("case.reply_days_" + std::string(name(kind))),
                                                      number("case.extension_days"), number("case.ask_back_days"),
                                                      number("case.rating_days"), number("case.reopened_to_superior")};
    now->preset = preset::holding(db, preset::Applies::cases);
    now->table = routing::in_force(db);
    now->caseworks = std::make_shared<Caseworks>();
    now->hold_days = number("moderation.hold_days");
    now->contact = people::setting(db, "complaint.about_persons");
    now->places = place_count(db) > 0;
    now->desk = cycle::standing_desk(db).id;
    now->seal = seal_key(db);
    return now;
}

std::optional<routing::TableId> table_in_force(db::Connection& db) {
    const std::vector<routing::Version> newest = routing::versions(db, {}, 1);
    return newest.empty() ? std::nullopt : std::optional(newest.front().id);
}

}  // namespace

std::shared_ptr<const preset::Casework> Caseworks::of(db::Connection& db, std::int64_t entry,
                                                      const change::Terms& terms) {
    const std::lock_guard held(lock_);
    auto& one = entry > 0 ? presets_[entry] : terms_[terms];
    if (!one && entry > 0) {
        const std::optional<preset::Preset> found = preset::preset(db, entry);
        if (!found) throw std::runtime_error("a case by preset " + std::to_string(entry) + ", which is none");
        one = std::make_shared<const preset::Casework>(found->casework());
    } else if (!one) {
        one = std::make_shared<const preset::Casework>(rules::casework_of(terms));
    }
    return one;
}

rules::Today InForce::today(kernel::Instant now) const {
    return {kernel::local_day(now), calendar, preset.casework(), now};
}

Frozen InForce::frozen(db::Connection& db, const Case& c, kernel::Instant now) const {
    return {caseworks->of(db, c.preset, c.terms), kernel::local_day(now), calendar, now};
}

std::shared_ptr<const InForce> in_force(const people::Needs& needs) {
    Remembered& r = remembered();
    const std::string checkpoint = needs.ledger.checkpoint();
    const std::lock_guard held(r.lock);
    if (r.what && r.checkpoint == checkpoint) return r.what;
    db::Database::Lease db = needs.database.read();
    const Basis basis{seal_key(*db), people::settings_position(*db), preset::position(*db), table_in_force(*db),
                      place_count(*db) > 0};
    if (!r.what || !basis.seal || r.basis != basis) r.what = read(*db);
    r.basis = basis;
    r.checkpoint = checkpoint;
    return r.what;
}

kernel::Result<kernel::Hash> sealing_key(const people::Needs& needs, const InForce& now) {
    if (now.seal) return *now.seal;
    const kernel::Hash fresh = kernel::random_hash();
    kernel::Hash made = fresh;
    const auto recorded = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        if (const std::optional<kernel::Hash> there = seal_key(w.db())) {
            made = *there;
            return kernel::refuse(kernel::Code::conflict, "voice.seal_made_already");
        }
        made = fresh;
        return w.append(change::encode(change::SealMade{fresh}));
    });
    if (!recorded && recorded.error().code != kernel::Code::conflict) return recorded.error();
    return made;
}

}  // namespace voice
