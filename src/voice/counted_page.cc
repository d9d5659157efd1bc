// How a last day was counted, for whoever wants to count it again.
#include "show_page.h"

#include <preset/preset.h>

namespace voice {
namespace {

using page::Data;
using page::Lang;

bool sets_due(What what) {
    return what == What::extended || what == What::resumed || what == What::word_given || what == What::reopened ||
           what == What::reopened_superior || what == What::due_sooner || what == What::found_open;
}

}  // namespace

std::optional<change::Counted> counted_of(db::Connection& db, const Case& c, const std::vector<Step>& steps) {
    std::int64_t entry = c.id.value();
    for (const Step& s : steps)
        if (sets_due(s.what)) entry = s.entry;
    const std::optional<ledger::Entry> found = ledger::entry(db, entry);
    if (!found) return std::nullopt;
    const change::Change change = change::decode(*found);
    if (const auto* received = std::get_if<change::Received>(&change)) return received->reply;
    if (const auto* extended = std::get_if<change::Extended>(&change)) return extended->reply;
    if (const auto* resumed = std::get_if<change::Resumed>(&change)) return resumed->reply;
    if (const auto* word = std::get_if<change::WordAdded>(&change)) return word->resumed;
    if (const auto* reopened = std::get_if<change::Reopened>(&change)) return reopened->reply;
    if (const auto* sooner = std::get_if<change::DueSooner>(&change)) return sooner->reply;
    if (const auto* found_open = std::get_if<change::FoundOpen>(&change)) return found_open->reply;
    if (const auto* part = std::get_if<change::SplitOff>(&change)) return part->reply;
    return std::nullopt;
}

page::Html counted_part(Lang lang, const change::Counted& counted) {
    std::vector<Data> lines;
    const auto add = [&](std::string_view key, kernel::Day day) {
        Data row;
        row.set("line", page::say(lang, key, {{"day", page::full_date(lang, day)}}));
        lines.push_back(std::move(row));
    };
    for (kernel::Day day : counted.closed) add("voice.counted_closed", day);
    for (kernel::Day day : counted.worked) add("voice.counted_worked", day);
    add("voice.counted_due", counted.due);
    Data data;
    const bool plain =
        counted.term.unit == deadline::Unit::working_days && counted.term.first == deadline::First::next_day;
    data.set("how", page::say(lang, plain ? "voice.counted_how" : "voice.counted_how_term",
                              {{"from", page::full_date(lang, counted.from)},
                               {"n", std::to_string(counted.term.n)},
                               {"term", preset::term_words(lang, counted.term)},
                               {"calendar", people::calendar_name(lang, counted.calendar)}}));
    if (counted.beyond) data.set("beyond", page::say(lang, "voice.counted_beyond"));
    data.set("lines", std::move(lines));
    return page::render(lang, "voice/counted.html", data);
}

page::Html how_due(const http::Request& r, db::Connection& db, VoiceId id) {
    const std::optional<Case> c = find_case(db, id);
    const std::optional<change::Counted> counted = c ? counted_of(db, *c, steps(db, id)) : std::nullopt;
    return counted ? counted_part(page::lang_of(r), *counted) : page::Html();
}

}  // namespace voice
