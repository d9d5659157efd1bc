// Decisions of the workbench as pure functions: (what is, what is asked) -> Result<Change>. No clock, no database.
// What a case allows is voice's to say, and handed in.
#pragma once
#include <optional>
#include <string_view>

#include "change.h"
#include "desk.h"

namespace desk::rules {

// ---- reply templates -----------------------------------------------------------------------------------------------
// A unit that a template is, or is to be, for.
struct Scope {
    bool everybody = false;
    bool open = false;         // the unit exists and is not closed
    bool under_actor = false;  // it is the actor's own or under it
};
kernel::Checked may_set(const people::Actor&, const Scope&);
bool sets_for_units(const people::Actor&);  // for some; and for everybody:
bool sets_for_everybody(const people::Actor&);
struct TemplateNow {
    std::optional<Template> current;  // the one that is to get a new version or to end, in its newest version
    std::optional<Scope> current_scope;
    Scope scope;  // of what is asked
    std::int64_t in_use = 0;
};
kernel::Result<change::TemplateSet> set_template(const people::Actor&, const TemplateNow&, const TemplateAsked&);
kernel::Result<change::TemplateEnded> end_template(const people::Actor&, const TemplateNow&);

// ---- internal notes ------------------------------------------------------------------------------------------------
kernel::Result<change::Noted> note(const people::Actor&, voice::VoiceId, bool may_read, std::string_view text);

// ---- answers that a second person releases -------------------------------------------------------------------------
// Whether this officer may release it; what else an answer needs, voice says.
kernel::Checked may_release(const people::Actor&, const Draft&);
kernel::Result<change::Returned> give_back(const people::Actor&, const Draft&, std::string_view remark);

}  // namespace desk::rules
