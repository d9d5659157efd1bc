#include "reception_rules.h"

#include <algorithm>

#include <kernel/text.h>

#include "rules.h"

namespace visit::rules {
namespace {

constexpr int day_minutes = 24 * 60;
constexpr std::int64_t most_came = 10'000;

kernel::Checked still_open(const Reception& r) {
    if (r.called_off) return kernel::refuse(kernel::Code::conflict, "visit.reception_is_off");
    if (r.held) return kernel::refuse(kernel::Code::conflict, "visit.reception_is_held");
    return {};
}

kernel::Checked at_time(kernel::Day day, int from, int length, kernel::Day today) {
    if (day < today) return kernel::invalid("day", "visit.plan_day_over");
    if (day - today > days_ahead) return kernel::invalid("day", "visit.plan_day_far");
    if (from < 0 || from >= day_minutes) return kernel::invalid("from", "visit.from_missing");
    if (from + length > day_minutes) return kernel::invalid("from", "visit.past_midnight");
    return {};
}

bool begun(const Reception& r, int slot, Moment now) {
    return r.day < now.day || (r.day == now.day && r.start_of(slot) <= now.minutes);
}

}  // namespace

kernel::Checked may_go_on(const people::Actor& actor, const Reception& reception) {
    Visit of_unit;
    of_unit.unit = reception.unit;
    return may_go_on(actor, of_unit);
}

kernel::Result<change::Announced> announce(const people::Actor& actor, const ReceptionDraft& d, people::CycleId desk,
                                           kernel::Day today) {
    if (auto may = may_record(actor); !may) return may.error();
    if (d.slots < 1 || d.slots > max_slots)
        return kernel::invalid("slots", "visit.slots_number", {{"max", std::to_string(max_slots)}});
    if (d.minutes < shortest_slot || d.minutes > longest_slot)
        return kernel::invalid("minutes", "visit.minutes_number",
                               {{"min", std::to_string(shortest_slot)}, {"max", std::to_string(longest_slot)}});
    for (const kernel::Checked& good : {at_time(d.day, d.from, d.slots * d.minutes, today),
                                        kernel::need_text(d.post, "post", max_posts, "visit.post_missing"),
                                        kernel::need_text(d.where, "where", max_where, "visit.where_missing"),
                                        kernel::check_length(d.topics, "topics", max_reason)})
        if (!good) return good.error();
    return change::Announced{actor.unit, desk, d, d.day - today < notice_days, actor.officer};
}

kernel::Result<change::ReceptionMoved> move(const people::Actor& actor, const Reception& r, const Moved& to,
                                            std::string_view reason, Moment now) {
    if (auto may = may_go_on(actor, r); !may) return may.error();
    if (auto open = still_open(r); !open) return open.error();
    if (begun(r, 1, now)) return kernel::refuse(kernel::Code::conflict, "visit.reception_over");
    for (const kernel::Checked& good : {at_time(to.day, to.from, r.slots * r.minutes, now.day),
                                        kernel::need_text(to.where, "where", max_where, "visit.where_missing")})
        if (!good) return good.error();
    if (to.day == r.day && to.from == r.from && to.where == r.where)
        return kernel::invalid("day", "visit.nothing_changed");
    if (auto said = kernel::need_text(reason, "reason", max_reason, "visit.move_missing"); !said) return said.error();
    return change::ReceptionMoved{r.id, to, to.day - now.day < notice_days, std::string(reason), actor.officer};
}

kernel::Result<change::ReceptionCalledOff> call_off(const people::Actor& actor, const Reception& r,
                                                    std::string_view reason) {
    if (auto may = may_go_on(actor, r); !may) return may.error();
    if (auto open = still_open(r); !open) return open.error();
    if (auto said = kernel::need_text(reason, "reason", max_reason, "visit.off_missing"); !said) return said.error();
    return change::ReceptionCalledOff{r.id, std::string(reason), actor.officer};
}

kernel::Result<change::Held> hold(const people::Actor& actor, const Reception& r, const Outcome& out,
                                  const std::vector<voice::Voice>& voices, kernel::Day today) {
    if (auto may = may_go_on(actor, r); !may) return may.error();
    if (auto open = still_open(r); !open) return open.error();
    if (r.day > today) return kernel::refuse(kernel::Code::conflict, "visit.reception_ahead");
    if (out.came < 0 || out.came > most_came)
        return kernel::invalid("came", "visit.met_number", {{"max", std::to_string(most_came)}});
    if (out.absent < 0 || out.absent > r.taken)
        return kernel::invalid("absent", "visit.absent_number", {{"max", std::to_string(r.taken)}});
    Known known;
    known.voices = voices;
    Outcome kept = out;
    if (auto good = check_voices(kept.voices, known); !good) return good.error();
    if (auto said = kernel::need_text(out.said, "said", max_heard, "visit.said_missing"); !said) return said.error();
    return change::Held{r.id, std::move(kept), actor.officer};
}

kernel::Result<change::SlotTaken> take(const Reception& r, const Want& want, std::string_view matter, Moment now) {
    if (auto open = still_open(r); !open) return open.error();
    if (want.slot < 1 || want.slot > r.slots) return kernel::invalid("slot", "visit.slot_unknown");
    if (begun(r, want.slot, now)) return kernel::invalid("slot", "visit.slot_over");
    if (want.has_one) return kernel::invalid("slot", "visit.slot_have_one");
    if (want.gone) return kernel::invalid("slot", "visit.slot_gone");
    if (auto good = kernel::check_length(matter, "matter", max_matter); !good) return good.error();
    change::SlotTaken c;
    c.cycle = r.cycle, c.reception = r.id, c.slot = want.slot, c.matter = matter;
    return c;
}

kernel::Result<change::SlotGivenBack> give_back(const Reception& r, const std::optional<Slot>& theirs, Moment now) {
    if (!theirs) return kernel::Error{kernel::Code::forbidden, "visit.slot_not_yours", "code", {}};
    if (auto open = still_open(r); !open) return open.error();
    if (begun(r, theirs->number, now)) return kernel::refuse(kernel::Code::conflict, "visit.slot_over");
    return change::SlotGivenBack{r.cycle, r.id, theirs->number, theirs->entry};
}

}  // namespace visit::rules
