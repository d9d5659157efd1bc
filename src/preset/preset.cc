#include "preset.h"

#include <db/database.h>
#include <ledger/ledger.h>

#include "change.h"
#include "library.h"
#include "rules.h"
#include "store.h"

namespace preset {
namespace {

deadline::Term working_days(int n) {
    return {deadline::Unit::working_days, n, deadline::First::next_day, deadline::Ending::as_it_falls};
}

// Where the settings have a figure of their own. The most that an extension may give is 0 where there is none.
Casework of_settings(db::Connection& db, Casework c) {
    const auto number = [&](const std::string& name) {
        return static_cast<int>(people::setting_number(db, "case." + name));
    };
    c.accept.term = working_days(number("accept_days"));
    c.reply_of.clear();
    for (std::string_view kind : kinds)
        c.reply_of.emplace(kind, working_days(number("reply_days_" + std::string(kind))));
    c.reply.term = c.reply_of.find("question")->second;
    c.stops = {{deadline::Reason::author_asked, working_days(number("ask_back_days"))}};
    const int more = number("extension_days");
    c.extension.most = more > 0 ? 1 : 0;
    c.extension.longest = working_days(more);
    c.rating = working_days(number("rating_days"));
    c.superior_at = number("reopened_to_superior");
    return c;
}

}  // namespace

const Casework& neutral_casework() { return neutral(Applies::cases).preset.casework(); }

Preset from_settings(db::Connection& db, Applies applies) {
    Preset p = neutral(applies).preset;
    p.id = "settings";
    p.source = "";
    p.stated.clear();
    if (applies == Applies::cases) p.params = of_settings(db, p.casework());
    return p;
}

Preset holding(db::Connection& db, Applies applies) {
    std::optional<Preset> found = in_force(db, applies);
    return found ? *std::move(found) : from_settings(db, applies);
}

kernel::Result<std::int64_t> adopt(const people::Needs& needs, const people::Actor& actor, const Adoption& asked,
                                   Once once) {
    const auto done = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            if (auto may = people::need_role(w.db(), actor, people::Role::administrator); !may) return may.error();
            rules::Now now{in_library(asked.id), {}, 0};
            if (now.asked) {
                now.in_force = in_force(w.db(), now.asked->preset.applies);
                now.own_before = own_count(w.db(), now.asked->preset.applies);
            }
            const auto change = rules::adopt(now, asked, actor.officer);
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!done) return done.error();
    return done->index;
}

kernel::Checked guard_setting(db::Connection& db, std::string_view name) {
    if (!name.starts_with("case.") || !in_force(db, Applies::cases)) return {};
    return kernel::Error{kernel::Code::conflict, "preset.says_it_now", "value", {}};
}

void add_kinds(std::vector<ledger::Kind>& kinds) { kinds.push_back({change::adopted_kind, apply, forget}); }

}  // namespace preset
