// What staff do with one case, each by a form of its own at the desk: which fields it has and how it is performed.
#pragma once
#include <span>
#include <string_view>

#include "casework.h"
#include "routes.h"
#include "rules.h"

namespace voice {

enum class DeskField {
    unit,
    officer,
    kind,
    category,
    district,
    stop,
    answer,
    ground,
    master,
    joined,
    kept,
    text,
    question,
    by,
    due,
    outcome,
    reason,
    remark
};

struct DeskAct {
    std::string_view path;  // "/desk/voices/{id}/answer"
    rules::Act act;
    std::span<const DeskField> fields;
    kernel::Checked (*perform)(const Site&, const http::Request&, VoiceId, Reader&);
};
std::span<const DeskAct> desk_acts();
// As in message keys voice.do_…, voice.do_…_intro.
std::string key_of(const DeskAct&);

}  // namespace voice
