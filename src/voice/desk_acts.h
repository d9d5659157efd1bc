// What staff do with one case, each by a form of its own at the desk: which fields it has and how it is performed.
#pragma once
#include <span>
#include <string_view>

#include "casework.h"
#include "in_force.h"
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
    remark,
    call,
    parts,
};

struct DeskAct {
    std::string_view path;  // "/desk/voices/{id}/answer"
    rules::Act act;
    std::span<const DeskField> fields;
    kernel::Checked (*perform)(const Site&, const http::Request&, VoiceId, Reader&);
};
std::span<const DeskAct> desk_acts();
// With what was on the screen when the form was opened.
Sent sent_with(const http::Request&);
// The parts that a form holds, those left empty aside; what is wrong with one is refused at its field.
kernel::Checked do_split(const Site&, const http::Request&, VoiceId, Reader&);  // routes_split.cc
// Its blocks of fields, as many as the form has shown, and one more where it is asked for.
void prepare_parts(page::Form&, page::Data&, page::Lang, const http::Request&, const Case&, const InForce&,
                   std::vector<page::Option> units);
void fill_parts(page::Form&, page::Data&, page::Lang);
bool asks_for_more(const http::Request&);
kernel::Checked do_call_back(const Site&, const http::Request&, VoiceId, Reader&);  // call_back.cc
// As in message keys voice.do_…, voice.do_…_intro.
std::string key_of(const DeskAct&);
std::string key_of(const DeskAct&, bool handed_in);  // an answer that is handed in has a name of its own
// Whether its answers are handed in here, for a second person to release.
bool handed_in(const Site&, db::Connection&, const Case&);

// What whoever asks may do with it now, as links: link, name, plain. Without the act they are at.
std::vector<page::Data> acts_of(const Site&, page::Lang, db::Connection&, const Case&, const rules::Who&,
                                std::optional<rules::Act> but = {});

}  // namespace voice
