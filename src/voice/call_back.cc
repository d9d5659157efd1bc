#include "call_back.h"

#include "acts.h"
#include "desk_acts.h"
#include "reading.h"

namespace voice {
namespace {

std::optional<bool> parse_solved(std::string_view text) {
    if (text == "yes") return true;
    return text == "no" ? std::optional(false) : std::nullopt;
}

// What a contractor's account typed is the institution's; what the institution asks of authors is not the contractor's.
kernel::Checked own_staff(db::Connection& db, const people::Actor& actor) {
    if (!actor.staff()) return {};  // whoever is not signed in is told that by the rules
    return people::need_own_staff(people::in_force(db, actor));
}

}  // namespace

std::string_view name(Call call) {
    switch (call) {
        case Call::rated:
            return "rated";
        case Call::not_reached:
            return "not_reached";
        case Call::refused:
            return "refused";
    }
    return "";
}

std::optional<Call> parse_call(std::string_view text) {
    for (Call one : all_calls)
        if (name(one) == text) return one;
    return std::nullopt;
}

kernel::Checked call_back(const people::Needs& needs, const people::Actor& actor, VoiceId id, const Called& asked,
                          std::string_view said, const Sent& sent) {
    return checked(act_on<change::CalledBack>(
        needs, actor, id, {}, sent, [&](const Scene& s) -> kernel::Result<change::CalledBack> {
            if (auto ok = own_staff(s.db, actor); !ok) return ok.error();
            std::optional<people::UnitId> superior;
            if (s.on.unit)
                if (const std::optional<people::Unit> unit = people::unit(s.db, *s.on.unit)) superior = unit->parent;
            return rules::call_back(s.on, s.who, asked, said, superior, s.today);
        }));
}

kernel::Checked may_call_back(db::Connection& db, const people::Actor& actor, VoiceId id) {
    const std::optional<Case> c = find_case(db, id);
    if (!c) return kernel::refuse(kernel::Code::not_found, "voice.unknown");
    if (auto ok = rules::may(rules::Act::call_back, *c, who_of(db, actor, *c)); !ok) return ok;
    return own_staff(db, actor);
}

std::optional<Part> part_in(db::Connection& db, const people::Actor& actor, VoiceId id) {
    const std::optional<Case> c = find_case(db, id);
    if (!c) return std::nullopt;
    const rules::Who who = who_of(db, actor, *c);
    Part part;
    if (!who.officer || !who.active) return part;
    using people::Role;
    part.reads = may_read(who, *c);
    part.handles = c->officer == who.officer && who.in_unit && (who.has(Role::officer) || who.has(Role::head));
    part.independent = who.independent;
    part.clerk = who.has(Role::clerk);
    return part;
}

kernel::Checked do_call_back(const Site& site, const http::Request& r, VoiceId id, Reader& reader) {
    const std::optional<Call> outcome = reader.one_of<Call>("call", parse_call, "voice.call_missing");
    Called asked;
    asked.outcome = outcome.value_or(Call::not_reached);
    if (!reader.raw("call_solved").value_or("").empty())
        asked.solved = reader.one_of<bool>("call_solved", parse_solved, "voice.solved_missing");
    if (const std::string_view stars = reader.raw("call_stars").value_or(""); !stars.empty()) {
        const std::optional<std::int64_t> n = kernel::parse_index(stars);
        if (!n || *n < 1 || *n > 5)
            reader.refuse(kernel::invalid("call_stars", "voice.stars_range"));
        else
            asked.stars = static_cast<int>(*n);
    }
    asked.again = reader.ticked("call_again");
    const std::string said = reader.text("call_said", max_remark);
    if (reader.refused()) return reader.errors().front();
    return call_back(site.needs, people::actor(r), id, asked, said, sent_with(r));
}

}  // namespace voice
