// How cases are named, stated and linked on pages.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <page/page.h>
#include <routing/routing.h>

#include "store.h"

namespace voice {

std::string address(VoiceId);  // "/voices/17"
std::string entry_address(std::int64_t entry);
std::string unit_name(db::Connection&, std::optional<people::UnitId>);
std::string post_of(db::Connection&, std::optional<people::OfficerId>);  // officers appear by post

// What it is about and where, by the names of the table of its time; "" where neither was said.
std::string about_words(page::Lang, db::Connection&, const Case&);

// "voice.kind_" and a name: the message that says it.
template <class Case>
std::string label(page::Lang lang, std::string_view group, Case one) {
    return page::say(lang, "voice." + std::string(group) + "_" + std::string(name(one)));
}
inline std::string label(page::Lang lang, std::string_view, Ground ground) {
    return page::say(lang, people::ground_key(ground));
}
template <class Cases>
std::vector<page::Option> options(page::Lang lang, std::string_view group, const Cases& all) {
    std::vector<page::Option> made;
    for (auto one : all) {
        const std::string hint = "voice." + std::string(group) + "_" + std::string(name(one)) + "_hint";
        made.push_back(
            {std::string(name(one)), label(lang, group, one), page::has_message(hint) ? page::say(lang, hint) : ""});
    }
    return made;
}

std::vector<page::Option> listed_options(page::Lang, const std::vector<routing::Listed>&);

page::Html state_of(page::Lang, const Case&);  // as text and colour; late is late in every state
page::Html state_of(page::Lang, const Voice&);
// What a reader sees instead of words that are not for them: why, and until when.
std::string instead_of_words(page::Lang, const Voice&, std::optional<kernel::Day> held_until, bool erased);
std::string heading(page::Lang, const Voice&);  // its title, or "Question no. 17"
std::string excerpt(page::Lang, const Voice&);  // one line for lists
// "due 7 December 2026 (10 working days left)", "… (2 working days late)".
std::string due_words(page::Lang, const kernel::Calendar&, kernel::Day due, kernel::Day today);

page::Html loop_of(page::Lang, const Case&, const std::vector<Step>&, kernel::Day today, const kernel::Calendar&);
std::vector<page::Event> events_of(page::Lang, db::Connection&, const Case&, const std::vector<Step>&);
std::string step_words(page::Lang, db::Connection&, const Step&);

}  // namespace voice
