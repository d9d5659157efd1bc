#include "rules.h"

#include <kernel/text.h>

namespace spotcheck::rules {
namespace {

using kernel::Checked;
using kernel::Code;
using kernel::invalid;
using kernel::refuse;
using people::Role;

bool has_any(const people::Actor& a, std::initializer_list<Role> roles) {
    for (const Role role : roles)
        if (a.has(role)) return true;
    return false;
}

Checked own_staff(const people::Actor& a) {
    if (auto ok = people::need_staff(a); !ok) return ok;
    return people::need_own_staff(a);
}

}  // namespace

Checked may_order(const Who& who) {
    if (auto ok = own_staff(who.actor); !ok) return ok;
    const bool inspects = who.actor.has(Role::inspector) && who.independent;
    if (inspects || (who.actor.has(Role::head) && who.above)) return {};
    return refuse(Code::forbidden, "spotcheck.may_not_order");
}

change::Announced announce(const Ground& g, kernel::Day quarter) {
    change::Announced c{g.unit, {}, g.today, quarter, g.last_to, g.next, g.n, g.look_days, g.sample};
    return c;
}

kernel::Result<change::Announced> order(const Who& who, const Ground& g) {
    if (auto ok = may_order(who); !ok) return ok.error();
    if (g.n == 0) return invalid("unit", "spotcheck.off");
    if (g.still_open) return invalid("unit", "spotcheck.still_open");
    if (!g.anything) return invalid("unit", "spotcheck.nothing_closed");
    return change::Announced{g.unit, who.actor.officer, g.today, {}, g.last_to, g.next, g.n, g.look_days, g.sample};
}

kernel::Day last_quarter_end(kernel::Day today) {
    const kernel::Date d = kernel::date(today);
    return kernel::day({d.year, (d.month - 1) / 3 * 3 + 1, 1}) + -1;
}

Checked may_look(const Drawn& d, const Who& who) {
    if (auto ok = own_staff(who.actor); !ok) return ok;
    if (!has_any(who.actor, {Role::officer, Role::head, Role::clerk, Role::inspector}))
        return refuse(Code::forbidden, "spotcheck.may_not_look");
    if (!who.independent) return refuse(Code::forbidden, "spotcheck.unit_concerned");
    if (who.had_a_hand) return refuse(Code::forbidden, "spotcheck.had_a_hand");
    if (d.look) return refuse(Code::conflict, "spotcheck.looked_before");
    return {};
}

kernel::Result<change::Looked> look(const Drawn& d, const Who& who, const Look& asked, kernel::Day drawn_on,
                                    bool closed, kernel::Day today) {
    if (auto ok = may_look(d, who); !ok) return ok.error();
    if (asked.day > today) return invalid("day", "spotcheck.day_to_come");
    if (asked.day < drawn_on) return invalid("day", "spotcheck.day_before_draw", {{"day", kernel::iso(drawn_on)}});
    if (auto ok = kernel::need_text(asked.seen, "seen", max_seen, "spotcheck.seen_missing"); !ok) return ok.error();
    return change::Looked{
        d.check,       d.matter,          asked.outcome,  asked.day,
        asked.on_site, who.actor.officer, who.actor.unit, asked.outcome == Outcome::not_as_said && closed,
        asked.seen};
}

std::optional<change::NotLooked> not_looked(const Check& c, const std::vector<Drawn>& drawn, kernel::Day today) {
    if (!c.due || today <= *c.due || c.overdue_entry) return std::nullopt;
    change::NotLooked made{c.id, {}};
    for (const Drawn& d : drawn)
        if (!d.look) made.matters.push_back(d.matter);
    if (made.matters.empty()) return std::nullopt;
    return made;
}

}  // namespace spotcheck::rules
