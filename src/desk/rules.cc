#include "rules.h"

#include <algorithm>

#include <kernel/text.h>

#include "variables.h"

namespace desk::rules {
namespace {

using kernel::Checked;
using kernel::Code;
using kernel::invalid;
using kernel::refuse;
using people::Role;

constexpr std::string_view languages[] = {"zh-Hans", "zh-Hant", "en"};

bool handles_cases(const people::Actor& actor) {
    return actor.has(Role::officer) || actor.has(Role::head) || actor.has(Role::clerk);
}

Checked check(const TemplateAsked& asked) {
    if (auto ok = kernel::need_text(asked.name, "name", max_name, "desk.name_missing"); !ok) return ok;
    if (std::find(std::begin(languages), std::end(languages), asked.lang) == std::end(languages))
        return invalid("lang", "desk.lang_unknown");
    if (auto ok = kernel::need_text(asked.text, "text", voice::max_text, "desk.text_missing"); !ok) return ok;
    return check_variables(asked.text);
}

bool same(const Template& t, const TemplateAsked& asked) {
    return t.name == asked.name && t.lang == asked.lang && t.unit == asked.unit && t.kind == asked.kind &&
           t.text == asked.text;
}

}  // namespace

bool sets_for_units(const people::Actor& actor) { return people::need_own_staff(actor) && handles_cases(actor); }

bool sets_for_everybody(const people::Actor& actor) {
    return people::need_own_staff(actor) && (actor.has(Role::clerk) || actor.has(Role::administrator));
}

Checked may_set(const people::Actor& actor, const Scope& scope) {
    if (auto ok = people::need_staff(actor); !ok) return ok;
    if (auto ok = people::need_own_staff(actor); !ok) return ok;
    const bool may = scope.everybody ? sets_for_everybody(actor) : scope.under_actor && sets_for_units(actor);
    return may ? Checked() : Checked(refuse(Code::forbidden, "desk.template_not_yours"));
}

kernel::Result<change::TemplateSet> set_template(const people::Actor& actor, const TemplateNow& now,
                                                 const TemplateAsked& asked) {
    if (asked.of) {
        if (!now.current) return refuse(Code::not_found, "desk.template_unknown");
        if (auto ok = may_set(actor, now.current_scope.value()); !ok) return ok.error();
        if (now.current->ended) return refuse(Code::conflict, "desk.template_ended");
        if (asked.seen && *asked.seen != now.current->entry) return refuse(Code::conflict, "desk.template_changed");
    }
    if (auto ok = people::need_staff(actor); !ok) return ok.error();
    if (!now.scope.everybody && !now.scope.open) return invalid("unit", "desk.unit_unknown");
    if (auto ok = may_set(actor, now.scope); !ok) return ok.error();
    if (auto ok = check(asked); !ok) return ok.error();
    if (!asked.of && now.in_use >= most_templates)
        return refuse(Code::conflict, "desk.templates_enough", {{"most", std::to_string(most_templates)}});
    if (now.current && same(*now.current, asked)) return refuse(Code::conflict, "desk.template_same");
    return change::TemplateSet{
        asked.of,     now.current ? now.current->n + 1 : 1, asked.name, asked.lang, asked.unit, asked.kind, asked.text,
        actor.officer};
}

kernel::Result<change::TemplateEnded> end_template(const people::Actor& actor, const TemplateNow& now) {
    if (!now.current) return refuse(Code::not_found, "desk.template_unknown");
    if (auto ok = may_set(actor, now.current_scope.value()); !ok) return ok.error();
    if (now.current->ended) return refuse(Code::conflict, "desk.template_ended");
    return change::TemplateEnded{now.current->id, actor.officer};
}

kernel::Result<change::Noted> note(const people::Actor& actor, voice::VoiceId id, bool may_read,
                                   std::string_view text) {
    if (auto ok = people::need_staff(actor); !ok) return ok.error();
    if (!may_read) return refuse(Code::forbidden, "desk.note_not_yours");
    if (auto ok = kernel::need_text(text, "note", max_note, "desk.note_missing"); !ok) return ok.error();
    return change::Noted{id, actor.officer, std::string(text)};
}

Checked may_release(const people::Actor& actor, const Draft& draft) {
    if (auto ok = people::need_staff(actor); !ok) return ok;
    if (auto ok = people::need_own_staff(actor); !ok) return ok;
    if (draft.by == actor.officer) return refuse(Code::forbidden, "desk.same_person");
    if (draft.state != DraftState::waits) return refuse(Code::conflict, "desk.draft_decided");
    if (!draft.answer) return refuse(Code::conflict, "desk.draft_gone");
    return {};
}

kernel::Result<change::Returned> give_back(const people::Actor& actor, const Draft& draft, std::string_view remark) {
    if (auto ok = people::need_staff(actor); !ok) return ok.error();
    const bool own = draft.by == actor.officer;
    if (!own) {
        if (auto ok = people::need_own_staff(actor); !ok) return ok.error();
        if (actor.unit != draft.unit || !(actor.has(Role::officer) || actor.has(Role::head)))
            return refuse(Code::forbidden, "desk.draft_not_yours");
    }
    if (draft.state != DraftState::waits) return refuse(Code::conflict, "desk.draft_decided");
    if (!own && remark.empty()) return invalid("remark", "desk.remark_missing");
    if (auto ok = kernel::check_length(remark, "remark", max_remark); !ok) return ok.error();
    return change::Returned{draft.id, draft.voice, actor.officer, std::string(remark)};
}

}  // namespace desk::rules
