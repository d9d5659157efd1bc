#include "desk.h"

#include <db/database.h>
#include <ledger/ledger.h>
#include <people/recorded.h>
#include <voice/workbench.h>

#include "change.h"
#include "rules.h"
#include "store.h"

namespace desk {
namespace {

rules::Scope scope_of(db::Connection& db, const people::Actor& actor, const std::optional<people::UnitId>& unit) {
    if (!unit) return {.everybody = true};
    const auto found = people::unit(db, *unit);
    return {false, found && found->open, found && people::is_under(db, *unit, actor.unit)};
}

rules::TemplateNow template_now(db::Connection& db, const people::Actor& actor, const std::optional<TemplateId>& of) {
    rules::TemplateNow now;
    if (of) now.current = newest(db, *of);
    if (now.current) now.current_scope = scope_of(db, actor, now.current->unit);
    now.in_use = templates_in_use(db);
    return now;
}

kernel::Error unknown_draft() { return kernel::refuse(kernel::Code::not_found, "desk.draft_unknown"); }

}  // namespace

kernel::Result<TemplateId> set_template(const people::Needs& needs, const people::Actor& actor,
                                        const TemplateAsked& asked, Once once) {
    const auto made = people::recorded<TemplateId>(
        needs, actor, once, [&](ledger::Writing& w, const people::Actor& who) -> kernel::Result<change::TemplateSet> {
            rules::TemplateNow now = template_now(w.db(), who, asked.of);
            now.scope = scope_of(w.db(), who, asked.unit);
            return rules::set_template(who, now, asked);
        });
    if (!made) return made.error();
    return asked.of.value_or(*made);
}

kernel::Checked end_template(const people::Needs& needs, const people::Actor& actor, TemplateId id, Once once) {
    const auto done =
        people::recorded<TemplateId>(needs, actor, once, [&](ledger::Writing& w, const people::Actor& who) {
            return rules::end_template(who, template_now(w.db(), who, id));
        });
    return done ? kernel::Checked() : done.error();
}

kernel::Result<NoteId> note(const people::Needs& needs, const people::Actor& actor, voice::VoiceId id,
                            std::string_view text, Once once) {
    return people::recorded<NoteId>(needs, actor, once,
                                    [&](ledger::Writing& w, const people::Actor& who) -> kernel::Result<change::Noted> {
                                        if (!voice::voice(w.db(), id))
                                            return kernel::refuse(kernel::Code::not_found, "voice.unknown");
                                        const bool may_read = voice::desk_case(w.db(), who, id).has_value();
                                        return rules::note(who, id, may_read, text);
                                    });
}

kernel::Result<DraftId> hand_in(const people::Needs& needs, const people::Actor& actor, voice::VoiceId id,
                                voice::Answer answer, std::string_view text, std::optional<kernel::Day> by,
                                const voice::Sent& sent) {
    return people::recorded<DraftId>(
        needs, actor, sent.once, [&](ledger::Writing& w, const people::Actor& who) -> kernel::Result<change::Drafted> {
            if (auto ok = voice::check_answer(w, who, id, answer, text, by, sent); !ok) return ok.error();
            const people::UnitId unit = voice::voice(w.db(), id)->unit.value();
            return change::Drafted{id, unit, who.officer, answer, by, std::string(text)};
        });
}

kernel::Checked release(const people::Needs& needs, const people::Actor& actor, DraftId id, const voice::Sent& sent) {
    const auto done = people::recorded<DraftId>(
        needs, actor, sent.once, [&](ledger::Writing& w, const people::Actor& who) -> kernel::Result<change::Released> {
            const auto found = draft(w.db(), id);
            if (!found) return unknown_draft();
            if (auto ok = rules::may_release(who, *found); !ok) return ok.error();
            const auto answered =
                voice::answer_released(w, who, found->voice, *found->answer, found->text, found->promised, sent);
            if (!answered) return answered.error();
            return change::Released{id, found->voice, who.officer, *answered};
        });
    return done ? kernel::Checked() : done.error();
}

kernel::Checked give_back(const people::Needs& needs, const people::Actor& actor, DraftId id, std::string_view remark,
                          Once once) {
    const auto done = people::recorded<DraftId>(
        needs, actor, once, [&](ledger::Writing& w, const people::Actor& who) -> kernel::Result<change::Returned> {
            const auto found = draft(w.db(), id);
            if (!found) return unknown_draft();
            return rules::give_back(who, *found, remark);
        });
    return done ? kernel::Checked() : done.error();
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    for (std::string_view kind :
         {change::template_set_kind, change::noted_kind, change::drafted_kind, change::returned_kind})
        kinds.push_back({kind, apply, forget});
    for (std::string_view kind : {change::template_ended_kind, change::released_kind})
        kinds.push_back({kind, apply, {}});
}

}  // namespace desk
