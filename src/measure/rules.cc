#include "rules.h"

#include <algorithm>

#include <kernel/text.h>

namespace measure::rules {
namespace {

using kernel::check_length;
using kernel::Checked;
using kernel::Code;
using kernel::invalid;
using kernel::need_text;
using kernel::refuse;
using people::Role;

kernel::Error wrong_state(const Measure& m) {
    return refuse(Code::conflict, "measure.wrong_state", {{"state", std::string(name(m.state))}});
}

Checked reason_at(std::string_view reason) { return need_text(reason, "reason", max_reason, "measure.reason_missing"); }

bool handler(const people::Actor& a) { return a.has(Role::officer) || a.has(Role::head); }

bool owns(const Measure& m, const people::Actor& a) {
    const bool owner = a.officer == m.promised.owner && handler(a);
    return owner || (a.has(Role::head) && a.unit == m.promised.owner_unit);
}
bool verifies(const Who& who) { return handler(who.actor) && who.independent; }
bool approves(const Who& who) { return who.actor.has(Role::clerk) || (who.actor.has(Role::head) && who.above); }

enum class Side { answers, checks };
Side side_of(Act act) { return act == Act::report ? Side::answers : Side::checks; }

std::string_view refusal_of(Act act) {
    switch (act) {
        case Act::report:
            return "measure.may_not_report";
        case Act::verify:
        case Act::look_back:
            return "measure.may_not_verify";
        case Act::extend:
        case Act::retarget:
        case Act::reassign:
        case Act::reword:
            return "measure.may_not_approve";
        case Act::record_absence:
            return "measure.may_not_record";
        case Act::close:
            return "measure.may_not_close";
    }
    return {};
}

bool entitled(Act act, const Measure& m, const Who& who) {
    switch (act) {
        case Act::report:
            return owns(m, who.actor);
        case Act::verify:
        case Act::look_back:
            return verifies(who);
        case Act::extend:
        case Act::retarget:
        case Act::reassign:
        case Act::reword:
            return approves(who);
        case Act::record_absence:
            return who.actor.has(Role::clerk);
        case Act::close:
            return who.actor.has(Role::clerk) || verifies(who);
    }
    return false;
}

Checked state_allows(Act act, const Measure& m, kernel::Day today) {
    switch (act) {
        case Act::report:
        case Act::retarget:
        case Act::reassign:
        case Act::reword:
            return being_done(m) ? Checked() : wrong_state(m);
        case Act::verify:
            return m.state == State::reported ? Checked() : wrong_state(m);
        case Act::extend:
            if (!being_done(m)) return wrong_state(m);
            if (m.extended) return refuse(Code::conflict, "measure.extended_before");
            if (today >= m.promised.due) return refuse(Code::conflict, "measure.extension_late");
            return {};
        case Act::record_absence:
            if (!being_done(m)) return wrong_state(m);
            return m.accounted ? Checked(refuse(Code::conflict, "measure.accounted")) : Checked();
        case Act::close:
            return m.state == State::accepted ? Checked() : wrong_state(m);
        case Act::look_back:
            if (m.state != State::closed) return wrong_state(m);
            return m.look_back ? Checked() : Checked(refuse(Code::conflict, "measure.looked_back"));
    }
    return {};
}

Checked check_progress(const Progress& p, bool done) {
    if (p.percent < 0 || p.percent > 100) return invalid("percent", "measure.percent_range");
    if (done && !p.value) return invalid("value", "measure.value_missing");
    if (auto ok = need_text(p.text, "text", max_words, "measure.report_missing"); !ok) return ok;
    return need_text(p.evidence, "evidence", max_evidence, "measure.evidence_missing");
}

kernel::Day new_term(const Measure& m, Today today) {
    return std::max(m.promised.due, kernel::add_working_days(today.calendar, today.day, rework_days));
}

}  // namespace

bool being_done(const Measure& m) {
    return m.state == State::adopted || m.state == State::under_way || m.state == State::returned;
}

Checked may(Act act, const Measure& m, const Who& who, kernel::Day today) {
    if (auto staff = people::need_staff(who.actor); !staff) return staff;
    if (!entitled(act, m, who)) return refuse(Code::forbidden, std::string(refusal_of(act)));
    if (side_of(act) == Side::answers && who.checked) return refuse(Code::forbidden, "measure.checked_before");
    if (side_of(act) == Side::checks && (who.answered || who.actor.officer == m.promised.owner))
        return refuse(Code::forbidden, "measure.answered_before");
    return state_allows(act, m, today);
}

kernel::Result<change::Reported> report(const Measure& m, const Who& who, const Progress& p, bool done, bool somebody,
                                        Today today) {
    if (auto ok = may(Act::report, m, who, today.day); !ok) return ok.error();
    if (auto ok = check_progress(p, done); !ok) return ok.error();
    change::Reported made{m.id, done, today.day, p.percent, p.value, 0, false, who.actor.officer, p.text, p.evidence};
    if (done) {
        made.late_days = std::max(0, kernel::working_days_between(today.calendar, m.promised.due, today.day));
        made.nobody_independent = !somebody;
    }
    return made;
}

kernel::Result<change::Verified> verify(const Measure& m, const Who& who, bool confirmed, std::string_view words,
                                        kernel::Day today) {
    if (auto ok = may(Act::verify, m, who, today); !ok) return ok.error();
    if (auto ok = need_text(words, "words", max_words, "measure.finding_missing"); !ok) return ok.error();
    return change::Verified{m.id, confirmed, who.actor.officer, std::string(words)};
}

kernel::Result<change::Extended> extend(const Measure& m, const Who& who, kernel::Day due, std::string_view reason,
                                        kernel::Day today) {
    if (auto ok = may(Act::extend, m, who, today); !ok) return ok.error();
    if (due <= m.promised.due) return invalid("due", "measure.extension_backwards");
    if (due - m.promised.due > longest_extension)
        return invalid("due", "measure.extension_far", {{"max", std::to_string(longest_extension)}});
    if (auto ok = reason_at(reason); !ok) return ok.error();
    return change::Extended{m.id, m.promised.due, due, who.actor.officer, std::string(reason)};
}

kernel::Result<change::Retargeted> retarget(const Measure& m, const Who& who, const Decimal& target,
                                            std::string_view reason, kernel::Day today) {
    if (auto ok = may(Act::retarget, m, who, today); !ok) return ok.error();
    const Indicator& i = m.promised.indicator;
    if (compare(target, i.target) == std::strong_ordering::equal) return invalid("target", "measure.unchanged");
    if (compare(target, i.baseline) == std::strong_ordering::equal)
        return invalid("target", "measure.target_is_baseline");
    if (auto ok = reason_at(reason); !ok) return ok.error();
    return change::Retargeted{m.id, i.target, target, who.actor.officer, std::string(reason)};
}

kernel::Result<change::Reassigned> reassign(const Measure& m, const Who& who,
                                            const std::optional<people::Officer>& owner, bool unit_open, bool fit,
                                            std::string_view reason, kernel::Day today) {
    if (auto ok = may(Act::reassign, m, who, today); !ok) return ok.error();
    if (!owner || !owner->active || !unit_open || !(owner->has(Role::officer) || owner->has(Role::head)))
        return invalid("owner", "measure.owner_unfit");
    if (owner->id == m.promised.owner && owner->unit == m.promised.owner_unit)
        return invalid("owner", "measure.unchanged");
    if (!fit || owner->id == who.actor.officer) return invalid("owner", "measure.owner_checked");
    if (auto ok = reason_at(reason); !ok) return ok.error();
    return change::Reassigned{m.id,
                              {m.promised.owner_unit, m.promised.owner},
                              {owner->unit, owner->id},
                              who.actor.officer,
                              std::string(reason)};
}

kernel::Result<change::Reworded> reword(const Measure& m, const Who& who, const Wording& to, std::string_view reason,
                                        kernel::Day today) {
    if (auto ok = may(Act::reword, m, who, today); !ok) return ok.error();
    const std::pair<const char*, Checked> checks[] = {
        {"title", need_text(to.title, "title", max_title, "measure.title_missing")},
        {"text", need_text(to.text, "text", max_text, "measure.text_missing")},
        {"beneficiaries", need_text(to.beneficiaries, "beneficiaries", max_concerned, "measure.beneficiaries_missing")},
        {"worse_off", check_length(to.worse_off, "worse_off", max_concerned)},
        {"remedy", check_length(to.remedy, "remedy", max_concerned)}};
    for (const auto& [field, ok] : checks)
        if (!ok) return ok.error();
    if (!to.worse_off.empty() && to.remedy.empty()) return invalid("remedy", "measure.remedy_missing");
    const Draft& p = m.promised;
    if (to == Wording{p.title, p.text, p.beneficiaries, p.worse_off, p.remedy})
        return invalid("text", "measure.unchanged");
    if (auto ok = reason_at(reason); !ok) return ok.error();
    return change::Reworded{m.id, to, who.actor.officer, std::string(reason)};
}

kernel::Result<change::Absent> record_absence(const Measure& m, const Who& who, std::string_view reason,
                                              kernel::Day today) {
    if (auto ok = may(Act::record_absence, m, who, today); !ok) return ok.error();
    if (auto ok = reason_at(reason); !ok) return ok.error();
    return change::Absent{m.id, who.actor.officer, std::string(reason)};
}

kernel::Result<change::Closed> close(const Measure& m, const Who& who, std::string_view words, Today today) {
    if (auto ok = may(Act::close, m, who, today.day); !ok) return ok.error();
    if (auto ok = need_text(words, "words", max_words, "measure.closing_missing"); !ok) return ok.error();
    const kernel::Day before = today.day + (look_back_after - 1);  // the first working day from the 90th day on
    return change::Closed{m.id, kernel::add_working_days(today.calendar, before, 1), who.actor.officer,
                          std::string(words)};
}

kernel::Result<change::LookedBack> look_back(const Measure& m, const Who& who, bool held, std::string_view words,
                                             Today today) {
    if (auto ok = may(Act::look_back, m, who, today.day); !ok) return ok.error();
    if (held && today.day < *m.look_back)
        return invalid("outcome", "measure.look_back_early", {{"day", kernel::iso(*m.look_back)}});
    if (auto ok = need_text(words, "words", max_words, "measure.finding_missing"); !ok) return ok.error();
    change::LookedBack made{m.id, held, {}, who.actor.officer, std::string(words), {}};
    if (!held) made.due = new_term(m, today);
    return made;
}

kernel::Result<change::LookedBack> find_open(const Measure& m, people::OfficerId by, std::int64_t look, Today today) {
    if (m.state != State::closed) return wrong_state(m);
    return change::LookedBack{m.id, false, new_term(m, today), by, {}, look};
}

Checked may_judge(const Measure& m, bool somebody) {
    if (m.state == State::verified) return {};
    if (m.state != State::reported) return wrong_state(m);
    return somebody ? Checked(refuse(Code::conflict, "measure.not_verified")) : Checked();
}

kernel::Result<change::Judged> judge(const Measure& m, std::int64_t review, bool accepted, bool somebody, Today today) {
    if (auto ok = may_judge(m, somebody); !ok) return ok.error();
    change::Judged made{m.id, review, accepted, m.state == State::reported, {}};
    if (!accepted) made.due = new_term(m, today);
    return made;
}

std::optional<change::Late> late(const Measure& m, std::optional<kernel::Day> next_day, Today today) {
    if (!being_done(m) || !next_day || today.day < *next_day) return std::nullopt;
    const int days = kernel::working_days_between(today.calendar, m.promised.due, today.day);
    if (days < 1) return std::nullopt;  // only days passed on which nobody works
    constexpr int marks[] = {1, 5, 10, 20};
    const int* mark = std::find_if(std::begin(marks), std::end(marks), [&](int one) { return one > days; });
    const int next = mark != std::end(marks) ? *mark : (days / 20 + 1) * 20;
    return change::Late{m.id, m.promised.due, days, kernel::add_working_days(today.calendar, m.promised.due, next)};
}

}  // namespace measure::rules
