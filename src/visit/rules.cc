#include "rules.h"

#include <algorithm>

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

// As it was published it belongs to a unit and an issue; it is kept once.
kernel::Checked keeps(const people::Actor& actor, const Draft& draft, const std::optional<Plan>& plan) {
    if (!draft.plan) return {};
    if (!plan) return kernel::invalid("plan", "visit.plan_unknown");
    if (plan->visit) return kernel::invalid("plan", "visit.plan_kept");
    if (plan->called_off) return kernel::invalid("plan", "visit.plan_called_off");
    if (auto may = may_go_on(actor, *plan); !may) return kernel::invalid("plan", "visit.plan_of_others");
    if (plan->issue != draft.issue) return kernel::invalid("plan", "visit.plan_other_issue");
    // Else anything could be planned after it has happened.
    if (plan->made > draft.day) return kernel::invalid("plan", "visit.plan_after");
    return {};
}

kernel::Checked stay(const Draft& draft, kernel::Day today) {
    if (!draft.until) return {};
    if (*draft.until < draft.day) return kernel::invalid("until", "visit.until_before");
    if (*draft.until > today) return kernel::invalid("until", "visit.day_ahead");
    if (*draft.until - draft.day > longest_stay)
        return kernel::invalid("until", "visit.until_long", {{"max", std::to_string(longest_stay)}});
    return {};
}

std::int64_t sum(const std::vector<Met>& groups) {
    std::int64_t n = 0;
    for (const Met& met : groups) n += met.n;
    return n;
}

kernel::Checked by_group(const Draft& draft) {
    std::vector<Group> seen;
    for (const Met& met : draft.groups) {
        const std::string field = "met_" + std::string(name(met.group));
        if (met.n < 1 || met.n > max_met)
            return kernel::invalid(field, "visit.met_number", {{"max", std::to_string(max_met)}});
        if (std::ranges::count(seen, met.group) > 0) return kernel::invalid(field, "visit.group_twice");
        seen.push_back(met.group);
    }
    if (sum(draft.groups) > draft.met) return kernel::invalid("met", "visit.groups_more");
    return {};
}

std::vector<Met> in_order(std::vector<Met> groups) {
    std::ranges::sort(groups, {}, &Met::group);
    return groups;
}

template <class Id>
std::vector<Id> each_once(std::vector<Id> ids) {
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

kernel::Checked few_enough(std::size_t voices, std::size_t measures) {
    if (voices <= max_linked && measures <= max_linked) return {};
    return kernel::invalid(voices > max_linked ? "voices" : "measures", "visit.too_many",
                           {{"max", std::to_string(max_linked)}});
}

// A message that is not public is not tied to a place and a day. `standing`: those tied already, which may have been
// hidden meanwhile.
kernel::Checked linkable(const Links& to, const Known& known, const std::vector<voice::VoiceId>& standing) {
    for (voice::VoiceId id : to.voices) {
        if (std::ranges::count(standing, id) > 0) continue;
        const auto found = std::ranges::find(known.voices, id, &voice::Voice::id);
        const bool unknown = found == known.voices.end();
        if (unknown || found->shown != voice::Shown::published)
            return kernel::invalid("voices", unknown ? "visit.voice_unknown" : "visit.voice_not_public",
                                   {{"n", std::to_string(id.value())}});
    }
    for (measure::MeasureId id : to.measures)
        if (std::ranges::count(known.measures, id) == 0)
            return kernel::invalid("measures", "visit.measure_unknown", {{"n", std::to_string(id.value())}});
    return {};
}

kernel::Checked about(const std::optional<issue::IssueId>& asked, const std::optional<issue::Issue>& found) {
    if (!asked) return {};
    if (!found) return kernel::refuse(kernel::Code::not_found, "issue.unknown");
    if (found->state == issue::State::dismissed) return kernel::refuse(kernel::Code::conflict, "visit.issue_dismissed");
    return {};
}

kernel::Checked going_on(const people::Actor& actor, people::UnitId unit) {
    if (auto staff = people::need_staff(actor); !staff) return staff;
    if (auto own = people::need_own_staff(actor); !own) return own;
    if (actor.has(people::Role::clerk)) return {};
    if (actor.unit == unit && (actor.has(people::Role::officer) || actor.has(people::Role::head))) return {};
    return kernel::refuse(kernel::Code::forbidden, "visit.may_not_go_on");
}

// The first that is refused.
kernel::Checked all_of(std::initializer_list<kernel::Checked> checks) {
    for (const kernel::Checked& good : checks)
        if (!good) return good;
    return {};
}

}  // namespace

kernel::Checked check_voices(std::vector<voice::VoiceId>& voices, const Known& known) {
    if (auto few = few_enough(voices.size(), 0); !few) return few;
    voices = each_once(std::move(voices));
    return linkable({voices, {}}, known, {});
}

bool is_origin(std::string_view text) {
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

kernel::Checked may_record(const people::Actor& actor) {
    if (auto staff = people::need_staff(actor); !staff) return staff;
    if (auto own = people::need_own_staff(actor); !own) return own;
    for (people::Role role : {people::Role::officer, people::Role::head, people::Role::clerk})
        if (actor.has(role)) return {};
    return kernel::refuse(kernel::Code::forbidden, "visit.may_not_record");
}

kernel::Checked may_go_on(const people::Actor& actor, const Visit& visit) { return going_on(actor, visit.unit); }
kernel::Checked may_go_on(const people::Actor& actor, const Plan& plan) { return going_on(actor, plan.unit); }

kernel::Result<change::Recorded> record(const people::Actor& actor, const Draft& draft, const Known& known,
                                        kernel::Day today) {
    if (auto may = may_record(actor); !may) return may.error();
    if (auto good = about(draft.issue, known.issue); !good) return good.error();
    const Links links{each_once(draft.voices), each_once(draft.measures)};
    const kernel::Checked good =
        all_of({kernel::need_text(draft.posts, "posts", max_posts, "visit.posts_missing"), known_day(draft.day, today),
                stay(draft, today), keeps(actor, draft, known.plan),
                kernel::need_text(draft.where, "where", max_where, "visit.where_missing"), countable(draft.met),
                by_group(draft), kernel::need_text(draft.heard, "heard", max_heard, "visit.heard_missing"),
                kernel::check_length(draft.promised, "promised", max_promised),
                few_enough(draft.voices.size(), draft.measures.size()), linkable(links, known, {})});
    if (!good) return good.error();
    if (draft.origin && !is_origin(*draft.origin)) return kernel::invalid("origin", "visit.origin_malformed");
    change::Recorded c;
    c.issue = draft.issue, c.cycle = known.issue ? known.issue->cycle : known.desk;
    c.unit = actor.unit, c.by = actor.officer;
    c.day = draft.day, c.until = draft.until, c.mode = draft.mode, c.plan = draft.plan;
    c.met = draft.met, c.groups = in_order(draft.groups), c.may_decide = draft.may_decide;
    c.posts = draft.posts, c.where = draft.where, c.heard = draft.heard, c.promised = draft.promised;
    c.lang = draft.lang, c.sample = draft.sample;
    c.voices = links.voices, c.measures = links.measures;
    return c;
}

kernel::Result<change::Linked> link(const people::Actor& actor, const Visit& visit, const Links& to, const Known& known,
                                    std::string_view reason) {
    if (auto may = may_go_on(actor, visit); !may) return may.error();
    const Links links{each_once(to.voices), each_once(to.measures)};
    const kernel::Checked good =
        all_of({few_enough(to.voices.size(), to.measures.size()), linkable(links, known, visit.voices)});
    if (!good) return good.error();
    if (links == Links{visit.voices, visit.measures}) return kernel::invalid("voices", "visit.nothing_changed");
    const bool kept =
        std::ranges::includes(links.voices, visit.voices) && std::ranges::includes(links.measures, visit.measures);
    const kernel::Checked said = kept ? kernel::check_length(reason, "reason", max_reason)
                                      : kernel::need_text(reason, "reason", max_reason, "visit.reason_missing");
    if (!said) return said.error();
    return change::Linked{visit.id, links, std::string(reason), actor.officer};
}

kernel::Result<change::Planned> plan(const people::Actor& actor, const PlanDraft& draft, const Known& known,
                                     kernel::Day today) {
    if (auto may = may_record(actor); !may) return may.error();
    if (auto good = about(draft.issue, known.issue); !good) return good.error();
    if (draft.day < today) return kernel::invalid("day", "visit.plan_day_over");
    if (draft.day - today > days_ahead) return kernel::invalid("day", "visit.plan_day_far");
    const kernel::Checked good = all_of({kernel::need_text(draft.posts, "posts", max_posts, "visit.posts_missing"),
                                         kernel::need_text(draft.where, "where", max_where, "visit.where_missing"),
                                         kernel::need_text(draft.why, "why", max_reason, "visit.why_missing")});
    if (!good) return good.error();
    change::Planned c;
    c.issue = draft.issue, c.cycle = known.issue ? known.issue->cycle : known.desk;
    c.unit = actor.unit, c.by = actor.officer;
    c.made = today, c.day = draft.day, c.announced = draft.announced;
    c.posts = draft.posts, c.where = draft.where, c.why = draft.why, c.lang = draft.lang, c.sample = draft.sample;
    return c;
}

kernel::Result<change::CalledOff> call_off(const people::Actor& actor, const Plan& plan, std::string_view reason) {
    if (auto may = may_go_on(actor, plan); !may) return may.error();
    if (plan.visit) return kernel::refuse(kernel::Code::conflict, "visit.plan_kept");
    if (plan.called_off) return kernel::refuse(kernel::Code::conflict, "visit.plan_called_off");
    if (auto good = kernel::need_text(reason, "reason", max_reason, "visit.call_off_missing"); !good)
        return good.error();
    return change::CalledOff{plan.id, std::string(reason), actor.officer};
}

kernel::Result<change::ReportedBack> report_back(const people::Actor& actor, const Visit& visit, kernel::Day day,
                                                 std::string_view what, kernel::Day today) {
    if (auto may = may_go_on(actor, visit); !may) return may.error();
    if (visit.reported_back) return kernel::refuse(kernel::Code::conflict, "visit.told_already");
    if (day > today) return kernel::invalid("day", "visit.day_ahead");
    if (day < visit.until.value_or(visit.day)) return kernel::invalid("day", "visit.told_before");
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
    if (visit.until && to.day > *visit.until) return kernel::invalid("day", "visit.after_until");
    if (auto good = countable(to.met); !good) return good.error();
    if (to.met < sum(visit.groups)) return kernel::invalid("met", "visit.groups_more");
    if (to == Correction{visit.day, visit.met, visit.may_decide})
        return kernel::invalid("day", "visit.nothing_changed");
    if (auto good = kernel::need_text(reason, "reason", max_reason, "visit.reason_missing"); !good) return good.error();
    return change::Corrected{visit.id, to, std::string(reason), actor.officer};
}

}  // namespace visit::rules
