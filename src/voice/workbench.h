// The desk as a higher feature adds to it: what it shows on a case's page, puts into the form of an answer, and hands
// in where an answer needs a second person.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <page/page.h>

#include "casework.h"

namespace voice {

// A case as those see it who may read words about it that are for nobody else: in the unit that has it and above, who
// assigns, moderates, inspects, or typed it. Nothing for all others.
struct DeskCase {
    Voice voice;                 // with its words, whoever else may read them
    std::int64_t newest = 0;     // what `Sent::seen` is compared with
    kernel::Checked may_answer;  // whether this officer may now, alone or with a second person
};
std::optional<DeskCase> desk_case(db::Connection&, const people::Actor&, VoiceId);
// Where this officer joins a case to another that says the same; nothing where that cannot be now.
std::optional<std::string> address_of_joining(db::Connection&, const people::Actor&, VoiceId, VoiceId master);
// What answer() would refuse, for a draft that a second person releases later.
kernel::Checked check_answer(ledger::Writing&, const people::Actor&, VoiceId, Answer, std::string_view text,
                             std::optional<kernel::Day> by, const Sent& = {});
// The same as answer(), inside an act of a higher feature, which has seen to it that a second person releases it.
// Returns the entry.
kernel::Result<std::int64_t> answer_released(ledger::Writing&, const people::Actor&, VoiceId, Answer,
                                             std::string_view text, std::optional<kernel::Day> by, const Sent& = {});

// Each may be absent.
struct Workbench {
    // On a case's page, for those who may read it.
    std::function<page::Html(const http::Request&, db::Connection&, const people::Actor&, const DeskCase&)> part;
    // In the form of an answer: what stands above it, and in it before anybody typed.
    struct Help {
        page::Html above;
        std::string text = {};
        std::optional<Answer> answer = {};
        std::optional<kernel::Day> by = {};
    };
    std::function<Help(const http::Request&, db::Connection&, const people::Actor&, const DeskCase&)> help;
    // Where an answer needs a second person, what the form holds is handed in instead.
    std::function<kernel::Checked(const people::Needs&, const people::Actor&, VoiceId, Answer, std::string_view text,
                                  std::optional<kernel::Day> by, const Sent&)>
        hand_in;
    // On its row in the queue; "" for none.
    std::function<std::string(page::Lang, db::Connection&, VoiceId)> mark;
    struct View {
        std::string link, key;  // key: of the message that names it
    };
    std::vector<View> views = {};  // beside the desk's own
};

}  // namespace voice
