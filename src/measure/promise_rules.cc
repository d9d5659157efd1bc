// What a promise must hold before anybody adopts or pledges it.
#include <algorithm>

#include <kernel/text.h>

#include "rules.h"

namespace measure::rules {
namespace {

class Fields {
public:
    explicit Fields(std::string_view prefix) : prefix_(prefix) {}
    kernel::Error wrong(std::string_view field, std::string_view key,
                        std::vector<std::pair<std::string, std::string>> args = {}) const {
        return kernel::invalid(prefix_ + std::string(field), std::string(key), std::move(args));
    }
    kernel::Checked length(std::string_view field, std::string_view text, std::size_t max) const {
        return kernel::check_length(text, prefix_ + std::string(field), max);
    }
    kernel::Checked needed(std::string_view field, std::string_view text, std::size_t max,
                           std::string_view missing) const {
        return kernel::need_text(text, prefix_ + std::string(field), max, missing);
    }

private:
    const std::string prefix_;
};

kernel::Checked check_place(const Draft& d, const Ground& ground, const Fields& at) {
    if (!ground.cycle) return at.wrong("cycle", "measure.cycle_unknown");
    const cycle::Cycle& c = *ground.cycle;
    if (!c.standing && (c.phase == cycle::Phase::prepare || c.phase == cycle::Phase::closed))
        return at.wrong("cycle", "measure.cycle_not_open");
    if (d.issue && (!ground.issue || ground.issue->cycle != d.cycle)) return at.wrong("issue", "measure.issue_unknown");
    if (c.standing && !d.criterion) return {};
    const bool in_force = std::any_of(c.criteria.begin(), c.criteria.end(),
                                      [&](const cycle::Criterion& one) { return one.id == d.criterion; });
    if (!in_force) return at.wrong("criterion", "measure.criterion_unknown");
    return {};
}

kernel::Checked check_owner(const Draft& d, const Ground& ground, const Fields& at) {
    if (!ground.unit || !ground.unit->open) return at.wrong("owner_unit", "measure.unit_unknown");
    const auto& o = ground.owner;
    if (!o || !o->active || o->unit != d.owner_unit || !(o->has(people::Role::officer) || o->has(people::Role::head)))
        return at.wrong("owner", "measure.owner_unfit");
    return {};
}

kernel::Checked check_figures(const Indicator& i, const Fields& at) {
    if (auto ok = at.needed("indicator_name", i.name, max_indicator, "measure.indicator_missing"); !ok) return ok;
    if (auto ok = at.length("indicator_unit", i.unit, max_unit_of); !ok) return ok;
    if (compare(i.baseline, i.target) == std::strong_ordering::equal)
        return at.wrong("indicator_target", "measure.target_is_baseline");
    return {};
}

kernel::Checked check_due(kernel::Day due, kernel::Day today, const Fields& at) {
    if (due <= today) return at.wrong("due", "measure.due_past");
    if (due - today > longest_promise) return at.wrong("due", "measure.due_far");
    return {};
}

kernel::Checked check_concerned(const Draft& d, const Fields& at) {
    const auto ok = kernel::first_refusal(
        {at.needed("beneficiaries", d.beneficiaries, max_concerned, "measure.beneficiaries_missing"),
         at.length("worse_off", d.worse_off, max_concerned), at.length("remedy", d.remedy, max_concerned)});
    if (!ok) return ok;
    if (!d.worse_off.empty() && d.remedy.empty()) return at.wrong("remedy", "measure.remedy_missing");
    return {};
}

kernel::Checked check_any(const Draft& d, const Ground& ground, kernel::Day today, const Fields& at) {
    return kernel::first_refusal(
        {check_place(d, ground, at), at.needed("title", d.title, max_title, "measure.title_missing"),
         at.needed("text", d.text, max_text, "measure.text_missing"),
         kernel::language_tag(d.lang) ? kernel::Checked() : kernel::Checked(at.wrong("lang", "measure.lang_unknown")),
         check_owner(d, ground, at), check_figures(d.indicator, at), check_due(d.due, today, at),
         check_concerned(d, at)});
}

}  // namespace

kernel::Checked check(const Draft& draft, const Ground& ground, kernel::Day today, std::string_view prefix) {
    const Fields at(prefix);
    if (draft.kind == Kind::pledge) return at.wrong("kind", "measure.pledge_needs_no_motion");
    return check_any(draft, ground, today, at);
}

kernel::Result<change::Adopted> pledge(const people::Actor& actor, const Draft& draft, const Ground& ground,
                                       kernel::Day today) {
    if (auto staff = people::need_staff(actor); !staff) return staff.error();
    if (!actor.has(people::Role::head) || actor.unit != draft.owner_unit || actor.officer != draft.owner)
        return kernel::refuse(kernel::Code::forbidden, "measure.may_not_pledge");
    if (draft.kind != Kind::pledge) return kernel::invalid("kind", "measure.kind_needs_motion");
    if (auto ok = check_any(draft, ground, today, Fields("")); !ok) return ok.error();
    return change::Adopted{draft, std::nullopt, actor.officer};
}

}  // namespace measure::rules
