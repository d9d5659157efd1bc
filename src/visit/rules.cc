#include "rules.h"

#include <kernel/text.h>

namespace visit::rules {
namespace {

kernel::Checked known_day(kernel::Day day, kernel::Day today) {
    if (day > today) return kernel::invalid("day", "visit.day_ahead");
    if (today - day > days_back) return kernel::invalid("day", "visit.day_too_old");
    return {};
}

kernel::Checked countable(std::int64_t met) {
    if (met < 0 || met > max_met) return kernel::invalid("met", "visit.met_number", {{"max", std::to_string(max_met)}});
    return {};
}

}  // namespace

kernel::Checked may_record(const people::Actor& actor) {
    if (auto staff = people::need_staff(actor); !staff) return staff;
    for (people::Role role : {people::Role::officer, people::Role::head, people::Role::clerk})
        if (actor.has(role)) return {};
    return kernel::refuse(kernel::Code::forbidden, "visit.may_not_record");
}

kernel::Checked may_go_on(const people::Actor& actor, const Visit& visit) {
    if (auto staff = people::need_staff(actor); !staff) return staff;
    if (actor.has(people::Role::clerk)) return {};
    const bool of_unit = actor.unit == visit.unit;
    if (of_unit && (actor.has(people::Role::officer) || actor.has(people::Role::head))) return {};
    return kernel::refuse(kernel::Code::forbidden, "visit.may_not_go_on");
}

kernel::Result<change::Recorded> record(const people::Actor& actor, const Draft& draft,
                                        const std::optional<issue::Issue>& issue, kernel::Day today) {
    if (auto may = may_record(actor); !may) return may.error();
    if (!issue) return kernel::refuse(kernel::Code::not_found, "issue.unknown");
    if (issue->state == issue::State::dismissed) return kernel::refuse(kernel::Code::conflict, "visit.issue_dismissed");
    for (const kernel::Checked& good :
         {kernel::need_text(draft.posts, "posts", max_posts, "visit.posts_missing"),
          kernel::need_text(draft.where, "where", max_where, "visit.where_missing"), known_day(draft.day, today),
          countable(draft.met), kernel::need_text(draft.heard, "heard", max_heard, "visit.heard_missing"),
          kernel::check_length(draft.promised, "promised", max_promised)})
        if (!good) return good.error();
    return change::Recorded{draft.issue,      issue->cycle, actor.unit,   draft.day,   draft.met,
                            draft.may_decide, draft.posts,  draft.where,  draft.heard, draft.promised,
                            draft.lang,       draft.sample, actor.officer};
}

kernel::Result<change::ReportedBack> report_back(const people::Actor& actor, const Visit& visit, kernel::Day day,
                                                 std::string_view what, kernel::Day today) {
    if (auto may = may_go_on(actor, visit); !may) return may.error();
    if (visit.reported_back) return kernel::refuse(kernel::Code::conflict, "visit.told_already");
    if (day > today) return kernel::invalid("day", "visit.day_ahead");
    if (day < visit.day) return kernel::invalid("day", "visit.told_before");
    if (auto good = kernel::need_text(what, "what", max_told, "visit.told_missing"); !good) return good.error();
    return change::ReportedBack{visit.id, day, std::string(what), actor.officer};
}

kernel::Result<change::Corrected> correct(const people::Actor& actor, const Visit& visit, const Correction& to,
                                          std::string_view reason, kernel::Day today) {
    if (auto may = may_go_on(actor, visit); !may) return may.error();
    // The day that stands may have grown older than a year: it is looked at only when it changes.
    if (to.day != visit.day)
        if (auto good = known_day(to.day, today); !good) return good.error();
    if (visit.reported_back && to.day > *visit.reported_back) return kernel::invalid("day", "visit.after_told");
    if (auto good = countable(to.met); !good) return good.error();
    if (to == Correction{visit.day, visit.met, visit.may_decide})
        return kernel::invalid("day", "visit.nothing_changed");
    if (auto good = kernel::need_text(reason, "reason", max_reason, "visit.reason_missing"); !good) return good.error();
    return change::Corrected{visit.id, to, std::string(reason), actor.officer};
}

}  // namespace visit::rules
