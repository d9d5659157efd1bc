// What can happen at the workbench, as typed values, and its permanent encoding in the ledger. All words of it are
// served to nobody: what is in an answer everybody reads is the answer's own entry, which is voice's.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include <ledger/ledger.h>

#include "desk.h"

namespace desk::change {

struct TemplateSet {
    std::optional<TemplateId> of;  // nothing: the first version
    int n = 1;
    std::string name, lang;
    std::optional<people::UnitId> unit;
    std::optional<voice::Kind> kind;
    std::string text;
    people::OfficerId by;
    friend bool operator==(const TemplateSet&, const TemplateSet&) = default;
};
struct TemplateEnded {
    TemplateId id;
    people::OfficerId by;
    friend bool operator==(const TemplateEnded&, const TemplateEnded&) = default;
};
struct Noted {
    voice::VoiceId voice;
    people::OfficerId by;
    std::string text;
    friend bool operator==(const Noted&, const Noted&) = default;
};
// Class and day stand in the words too: until it is released they are nobody's business.
struct Drafted {
    voice::VoiceId voice;
    people::UnitId unit;
    people::OfficerId by;
    std::optional<voice::Answer> answer;
    std::optional<kernel::Day> promised;
    std::string text;
    friend bool operator==(const Drafted&, const Drafted&) = default;
};
struct Released {
    DraftId draft;
    voice::VoiceId voice;
    people::OfficerId by;
    std::int64_t answer = 0;  // the entry of the answer, in the same transaction
    friend bool operator==(const Released&, const Released&) = default;
};
struct Returned {
    DraftId draft;
    voice::VoiceId voice;
    people::OfficerId by;
    std::string remark;
    friend bool operator==(const Returned&, const Returned&) = default;
};
using Change = std::variant<TemplateSet, TemplateEnded, Noted, Drafted, Released, Returned>;

inline constexpr std::string_view template_set_kind = "desk.template_set", template_ended_kind = "desk.template_ended",
                                  noted_kind = "desk.noted", drafted_kind = "desk.drafted",
                                  released_kind = "desk.released", returned_kind = "desk.returned";

// `index` is the entry that it will become: the subject of a first version.
ledger::Draft encode(const Change&, std::int64_t index);
// Throws std::runtime_error when the facts are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace desk::change
