// The workbench of who answers cases: reply templates with variables, internal notes, and answers that a second person
// releases. The queue, the case and its acts are voice's; this adds to its pages through voice::Workbench.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/people.h>
#include <voice/casework.h>

namespace voice {
struct Workbench;
}

namespace desk {

using TemplateId = kernel::Id<struct TemplateTag>;  // the entry of its first version
using NoteId = kernel::Id<struct NoteTag>;
using DraftId = kernel::Id<struct DraftTag>;
using Once = std::optional<kernel::Hash>;

// In code points, of admitted text.
inline constexpr std::size_t max_name = 120, max_note = 2000, max_remark = 1000;
inline constexpr std::int64_t most_templates = 500;  // that have not ended

// ---- reply templates -----------------------------------------------------------------------------------------------
// One version; a newer one never overwrites it.
struct Template {
    TemplateId id;
    std::int64_t entry = 0;              // of this version
    int n = 1;                           // from 1
    std::string name, lang;              // lang: "zh-Hans", "zh-Hant", "en"; name and text are "" once erased
    std::optional<people::UnitId> unit;  // that it is for, with those under it; nothing: for everybody
    std::optional<voice::Kind> kind;     // nothing: for any
    std::string text;                    // with variables, see variables.h
    people::OfficerId by;
    kernel::Instant at;
    bool current = true;  // the newest, and not ended
    std::optional<kernel::Instant> ended;
    people::OfficerId ended_by;
};
std::optional<Template> newest(db::Connection&, TemplateId);  // also of one that has ended
std::vector<Template> versions(db::Connection&, TemplateId, std::optional<int> below, int at_most);  // newest first
// Newest first; `ended`: those that are used no more instead, each in its last version.
std::vector<Template> templates(db::Connection&, bool ended, std::optional<std::int64_t> before, int at_most);
// What fits a case: of its unit, then of those above it, then for everybody; of its kind or of any.
std::vector<Template> fitting(db::Connection&, const voice::Voice&);

struct TemplateAsked {
    std::optional<TemplateId> of;  // a new version of this one; nothing: a new one
    std::string name, lang;
    std::optional<people::UnitId> unit;
    std::optional<voice::Kind> kind;
    std::string text;
    std::optional<std::int64_t> seen = {};  // the version that whoever writes had before them
};
// By officers, heads and clerks for their own unit and those under it, by clerks and administrators for everybody;
// never by a contractor's people. Refusals: people.sign_in_first …, desk.template_not_yours (forbidden),
// desk.template_unknown (not_found), desk.template_ended, desk.template_changed, desk.template_same,
// desk.templates_enough (conflict); at their fields desk.name_missing, desk.lang_unknown, desk.unit_unknown,
// desk.text_missing, kernel.text_too_long, desk.variable_unknown {name}, desk.brace_open.
kernel::Result<TemplateId> set_template(const people::Needs&, const people::Actor&, const TemplateAsked&, Once = {});
kernel::Checked end_template(const people::Needs&, const people::Actor&, TemplateId, Once = {});

// ---- internal notes ------------------------------------------------------------------------------------------------
struct Note {
    NoteId id;
    voice::VoiceId voice;
    people::OfficerId by;
    kernel::Instant at;
    std::string text;  // "" once erased
};
std::vector<Note> notes(db::Connection&, voice::VoiceId, std::optional<NoteId> before, int at_most);  // newest first
// By who may read words about the case that are for nobody else (voice::desk_case). Refusals: voice.unknown
// (not_found), desk.note_not_yours (forbidden), at "note" desk.note_missing, kernel.text_too_long.
kernel::Result<NoteId> note(const people::Needs&, const people::Actor&, voice::VoiceId, std::string_view text,
                            Once = {});

// Notes are kept as long as the setting retention.note_days says after their case was over, and no shorter after they
// were written: for erasure::retention. Each note's own day comes no sooner than the term after it.
inline constexpr std::string_view note_term = "retention.note_days";
std::vector<std::int64_t> notes_over(db::Connection&, kernel::Day today, int at_most);

// ---- answers that a second person releases -------------------------------------------------------------------------
enum class DraftState { waits, released, returned, replaced };  // the numbers are stored
struct Draft {
    DraftId id;
    voice::VoiceId voice;
    people::UnitId unit;  // that had the case
    people::OfficerId by;
    kernel::Instant at;
    std::optional<voice::Answer> answer;  // nothing once the words were erased
    std::optional<kernel::Day> promised;
    std::string text;
    DraftState state = DraftState::waits;
    std::optional<std::int64_t> decided_entry;
    people::OfficerId decided_by;
    std::optional<kernel::Instant> decided_at;
    std::optional<std::int64_t> answer_entry;  // once released
    std::string remark;                        // of who returned it
};
std::optional<Draft> draft(db::Connection&, DraftId);
std::optional<Draft> newest_draft(db::Connection&, voice::VoiceId);
// That wait in a unit, oldest first.
std::vector<Draft> waiting_drafts(db::Connection&, people::UnitId, std::optional<DraftId> after, int at_most);

// By whoever might answer, were it not for the second person. Refuses what voice::answer() would refuse. A newer one
// takes the place of one that waits.
kernel::Result<DraftId> hand_in(const people::Needs&, const people::Actor&, voice::VoiceId, voice::Answer,
                                std::string_view text, std::optional<kernel::Day> by, const voice::Sent& = {});
// By somebody else who may answer the case: answers it, in the same act. Refusals: desk.draft_unknown (not_found),
// desk.draft_decided, desk.draft_gone (conflict), desk.same_person (forbidden), people.contractor_may_not, and what
// voice::answer() refuses, voice.changed_meanwhile above all.
kernel::Checked release(const people::Needs&, const people::Actor&, DraftId, const voice::Sent& = {});
// By somebody else of that unit, who says why; or by who wrote it, who takes it back. Also when the case went on
// without it. desk.remark_missing at "remark".
kernel::Checked give_back(const people::Needs&, const people::Actor&, DraftId, std::string_view remark, Once = {});

// ---- wiring --------------------------------------------------------------------------------------------------------
std::shared_ptr<const voice::Workbench> workbench(const people::Needs&);
// Whether an entry of this feature is about a case that the actor's unit has in hand. For erasure::Hooks.
bool concerns(db::Connection&, const people::Actor&, std::int64_t entry);
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&);

}  // namespace desk
