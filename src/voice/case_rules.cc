#include <algorithm>

#include <kernel/text.h>

#include "rules.h"
#include "texts.h"

namespace voice::rules {
namespace {

using kernel::Code;
using kernel::invalid;
using kernel::refuse;
using people::Role;

constexpr std::size_t max_answer = 5000;

std::optional<std::string> some(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(std::string(text));
}

// A date is promised with the classes that are about one, and with no other.
kernel::Checked check_promise(Answer answer, std::optional<kernel::Day> by, kernel::Day today) {
    const bool dated = answer == Answer::dated || answer == Answer::long_term || answer == Answer::agreed;
    if (dated && !by) return invalid("by", "voice.answer_day_missing");
    if (!dated && by) return invalid("by", "voice.answer_day_unneeded");
    if (by && *by <= today) return invalid("by", "voice.day_past");
    return {};
}

kernel::Checked check_officer(const Assignment& asked) {
    if (!asked.officer_asked) return {};
    const std::optional<people::Officer>& o = asked.officer;
    if (!o || !o->active || o->unit != asked.unit->id || !(o->has(Role::officer) || o->has(Role::head)))
        return invalid("officer", "voice.officer_unfit");
    return {};
}

// Whoever is no clerk moves a case within their own unit only: an officer takes it, a head also gives it.
kernel::Checked check_hand(const Case& c, const Who& who, const Assignment& asked) {
    if (who.has(Role::clerk)) return {};
    const kernel::Error not_yours = kernel::Error{Code::forbidden, "voice.not_yours", "unit", {}};
    if (asked.unit->id != who.unit || c.unit != who.unit) {
        const bool handed_down = who.has(Role::head) && asked.under_actor && c.unit == who.unit;
        return handed_down ? kernel::Checked() : kernel::Checked(not_yours);
    }
    if (who.has(Role::head)) return {};
    const bool takes_it = asked.officer && asked.officer->id == who.officer && (!c.officer || c.officer == who.officer);
    return takes_it ? kernel::Checked()
                    : kernel::Checked(kernel::Error{Code::forbidden, "voice.needs_head", "officer", {}});
}

// Hours are counted by the minute of the entries, all else by days.
bool bounce_over(const Case& c, const deadline::Bounce& rule, Today today) {
    if (rule.within_hours) return today.now.ms - c.assigned_at.ms > std::int64_t{*rule.within_hours} * 3'600'000;
    return today.day > deadline::count(today.calendar, *c.assigned_on, rule.within).due;
}

// Whoever approves an extension: the head of the unit that has the case or of one above it; or only of one above.
bool approves(const Who& who, deadline::Whom approver) {
    if (approver == deadline::Whom::unit_above) return who.above && !who.in_unit;
    return who.above;
}

}  // namespace

kernel::Result<change::Assigned> assign(const Case& c, const Who& who, const Assignment& asked, Today today) {
    if (auto ok = may(Act::assign, c, who); !ok) return ok.error();
    if (!asked.unit || !asked.unit->open) return invalid("unit", "voice.unit_unknown");
    if (!asked.under_actor) return kernel::Error{Code::forbidden, "voice.not_yours", "unit", {}};
    if (auto ok = check_hand(c, who, asked); !ok) return ok.error();
    if (c.reopened >= today.casework.superior_at && c.unit && c.unit != asked.unit->id)
        return kernel::Error{Code::conflict, "voice.superior_keeps", "unit", {}};
    if (auto ok = check_officer(asked); !ok) return ok.error();
    change::Assigned made{c.id, asked.unit->id, {}, today.day, who.officer, {}, 0, true};
    if (asked.officer) made.officer = asked.officer->id;
    if (c.unit == made.unit && c.officer == made.officer)
        return kernel::Error{Code::conflict, "voice.assigned_already", "unit", {}};
    return made;
}

kernel::Result<change::Bounced> bounce(const Case& c, const Who& who, std::string_view reason, Today today) {
    if (auto ok = may(Act::bounce, c, who); !ok) return ok.error();
    if (auto ok = needed_text(reason, "reason", max_remark); !ok) return ok.error();
    const deadline::Bounce& rule = today.casework.bounce;
    if (!c.returnable) return kernel::Error{Code::conflict, "voice.not_returnable", "reason", {}};
    if (c.bounced >= rule.most)
        return kernel::Error{Code::conflict, "voice.bounced_enough", "reason", {{"most", std::to_string(rule.most)}}};
    if (bounce_over(c, rule, today)) return kernel::Error{Code::conflict, "voice.bounce_late", "reason", {}};
    return change::Bounced{c.id, *c.unit, who.officer, some(reason)};
}

kernel::Result<change::AskedBack> ask_back(const Case& c, const Who& who, std::string_view question, Today today) {
    if (auto ok = may(Act::ask_back, c, who); !ok) return ok.error();
    const deadline::Stop* stop = today.casework.stop(deadline::Reason::author_asked);
    if (!stop) return kernel::Error{Code::conflict, "voice.asking_not_granted", "question", {}};
    if (c.was_paused_for(deadline::Reason::author_asked))
        return kernel::Error{Code::conflict, "voice.asked_before", "question", {}};
    if (c.typist) return kernel::Error{Code::conflict, "voice.ask_by_telephone", "question", {}};
    if (auto ok = needed_text(question, "question", max_remark); !ok) return ok.error();
    return change::AskedBack{c.id, today.day, deadline::count(today.calendar, today.day, stop->longest).due,
                             who.officer, some(question)};
}

kernel::Result<change::Paused> pause(const Case& c, const Who& who, deadline::Reason reason, std::string_view text,
                                     Today today) {
    if (auto ok = may(Act::pause, c, who); !ok) return ok.error();
    const deadline::Stop* stop = today.casework.stop(reason);
    if (!stop || reason == deadline::Reason::author_asked) return invalid("stop", "voice.pause_unknown");
    if (c.was_paused_for(reason)) return kernel::Error{Code::conflict, "voice.paused_before", "stop", {}};
    if (auto ok = needed_text(text, "reason", max_remark); !ok) return ok.error();
    return change::Paused{c.id,        reason,
                          today.day,   deadline::count(today.calendar, today.day, stop->longest).due,
                          who.officer, some(text)};
}

kernel::Result<change::Resumed> resume(const Case& c, const Who& who, Today today) {
    if (auto ok = may(Act::resume, c, who); !ok) return ok.error();
    return change::Resumed{c.id, gone_on(c, today), who.officer};
}

kernel::Result<change::Answered> answer(const Case& c, const Who& who, Answer answer, std::string_view text,
                                        std::optional<kernel::Day> by, Today today, bool released) {
    if (auto ok = may(Act::answer, c, who); !ok) return ok.error();
    if (!released && today.casework.release.contains(name(c.kind)))
        return kernel::Error{Code::conflict, "voice.needs_release", "text", {}};
    if (auto ok = needed_text(text, answer == Answer::cannot ? "reason" : "text", max_answer); !ok) {
        kernel::Error at_text = ok.error();  // one field on the form, whatever it is called there
        at_text.field = "text";
        return at_text;
    }
    if (auto ok = check_promise(answer, by, today.day); !ok) return ok.error();
    return change::Answered{c.id,        answer,
                            by,          deadline::count(today.calendar, today.day, today.casework.rating).due,
                            who.officer, some(text)};
}

kernel::Result<change::Extended> extend(const Case& c, const Who& who, kernel::Day due, std::string_view reason,
                                        Today today) {
    if (auto ok = may(Act::extend, c, who); !ok) return ok.error();
    const deadline::Extension& rule = today.casework.extension;
    if (rule.most == 0) return kernel::Error{Code::conflict, "voice.extension_none", "due", {}};
    if (c.extended >= rule.most)
        return kernel::Error{Code::conflict, "voice.extended_before", "due", {{"most", std::to_string(rule.most)}}};
    if (!approves(who, rule.approver)) return kernel::Error{Code::forbidden, "voice.extension_above", "due", {}};
    if (rule.before_due && today.day > *c.due) return kernel::Error{Code::conflict, "voice.extension_late", "due", {}};
    if (auto ok = needed_text(reason, "reason", max_remark); !ok) return ok.error();
    change::Counted reply = moved(c, due, today);
    // A day without work is no last day of working days: the one before it would be.
    if (due <= *c.due || reply.due <= *c.due) return invalid("due", "voice.extension_backwards");
    deadline::Term longest = rule.longest;
    longest.first = deadline::First::next_day;
    const kernel::Day last = deadline::count(today.calendar, *c.due, longest).due;
    if (reply.due > last) return invalid("due", "voice.extension_too_long", {{"day", kernel::iso(last)}});
    return change::Extended{c.id, std::move(reply), who.officer, some(reason)};
}

kernel::Result<change::Corrected> correct_kind(const Case& c, const Who& who, Kind kind, std::string_view reason) {
    if (auto ok = may(Act::correct_kind, c, who); !ok) return ok.error();
    if (auto ok = needed_text(reason, "reason", max_remark); !ok) return ok.error();
    if (kind == c.kind) return invalid("kind", "voice.nothing_corrected");
    return change::Corrected{c.id, c.id.value(), kind, {}, {}, who.officer, some(reason), {}, {}};
}

kernel::Result<change::Corrected> correct_place(const Case& c, const Who& who, std::string_view category,
                                                std::string_view district, const routing::Table* table,
                                                std::string_view reason) {
    if (auto ok = may(Act::correct_place, c, who); !ok) return ok.error();
    if (auto ok = listed(table, category, district); !ok) return ok.error();
    if (!district.empty() && c.audience != Audience::open) return invalid("district", "voice.district_hidden");
    if (auto ok = needed_text(reason, "reason", max_remark); !ok) return ok.error();
    if (category == c.category && district == c.district) return invalid("category", "voice.nothing_corrected");
    return change::Corrected{
        c.id, c.id.value(), {}, {}, {}, who.officer, some(reason), std::string(category), std::string(district)};
}

kernel::Result<change::Corrected> correct_answer(const Case& c, const Who& who, Answer answer,
                                                 std::optional<kernel::Day> by, std::string_view reason, Today today) {
    if (auto ok = may(Act::correct_answer, c, who); !ok) return ok.error();
    if (auto ok = needed_text(reason, "reason", max_remark); !ok) return ok.error();
    if (answer == c.answer && by == c.promised) return invalid("answer", "voice.nothing_corrected");
    if (auto ok = check_promise(answer, by, today.day); !ok) return ok.error();
    return change::Corrected{c.id, c.answer_entry.value(), {}, answer, by, who.officer, some(reason), {}, {}};
}

kernel::Result<change::Published> publish(const Case& c, const Who& who) {
    if (auto ok = may(Act::publish, c, who); !ok) return ok.error();
    return change::Published{c.id, who.officer};
}

kernel::Result<change::PutOnHold> hold(const Case& c, const Who& who, Ground ground, std::string_view remark,
                                       int hold_days, Today today) {
    if (auto ok = may(Act::hold, c, who); !ok) return ok.error();
    if (auto ok = needed_text(remark, "remark", max_remark); !ok) return ok.error();
    return change::PutOnHold{
        c.id, {ground, kernel::add_working_days(today.calendar, today.day, hold_days)}, who.officer, some(remark)};
}

kernel::Result<change::Hidden> hide(const Case& c, const Who& who, Ground ground, std::string_view remark,
                                    const std::optional<Case>& master) {
    if (auto ok = may(Act::hide, c, who); !ok) return ok.error();
    if (auto ok = needed_text(remark, "remark", max_remark); !ok) return ok.error();
    std::optional<VoiceId> same;
    if (ground == Ground::duplicate) {
        // A copy points at what is readable, never at another copy.
        if (!master || master->id == c.id || master->shown != Shown::published)
            return invalid("master", "voice.master_unfit");
        same = master->id;
    }
    return change::Hidden{c.id, ground, same, who.officer, some(remark)};
}

kernel::Result<change::ShownAgain> show_again(const Case& c, const Who& who, std::string_view remark) {
    if (auto ok = may(Act::show_again, c, who); !ok) return ok.error();
    if (auto ok = needed_text(remark, "remark", max_remark); !ok) return ok.error();
    return change::ShownAgain{c.id, c.appeal, who.officer, some(remark)};
}

kernel::Result<change::AppealRefused> refuse_appeal(const Case& c, const Who& who, std::string_view remark) {
    if (auto ok = may(Act::refuse_appeal, c, who); !ok) return ok.error();
    if (auto ok = needed_text(remark, "remark", max_remark); !ok) return ok.error();
    return change::AppealRefused{c.id, *c.appeal, who.officer, some(remark)};
}

kernel::Result<change::Reported> report(const Case& c, Ground ground, std::string_view remark) {
    if (!c.is_public()) return refuse(Code::conflict, "voice.refused_" + std::string(name(c.shown)));
    if (auto ok = kernel::check_length(remark, "remark", max_remark); !ok) return ok.error();
    return change::Reported{c.cycle, c.id, ground, some(remark)};
}

kernel::Result<change::ReportDecided> decide_report(const Case& c, const Who& who, const Report& report, bool hide,
                                                    std::string_view remark) {
    if (auto ok = may(Act::decide_report, c, who); !ok) return ok.error();
    if (report.decided) return refuse(Code::conflict, "voice.report_decided_already");
    if (auto ok = needed_text(remark, "remark", max_remark); !ok) return ok.error();
    return change::ReportDecided{c.id, report.entry, hide, who.officer, some(remark)};
}

}  // namespace voice::rules
