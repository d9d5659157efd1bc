#include "words.h"

namespace paper {

using page::Lang;
using page::say;

std::string post_of(Lang lang, db::Connection& db, people::OfficerId id) {
    const auto officer = people::officer(db, id);
    return officer ? officer->post : say(lang, "paper.an_officer");
}

std::string by_words(Lang lang, db::Connection& db, kernel::Instant at, people::OfficerId who) {
    return say(lang, "paper.by", {{"when", page::date_time(lang, at)}, {"who", post_of(lang, db, who)}});
}

std::string round_name(Lang lang, const cycle::Cycle& c) {
    return c.name.empty() ? say(lang, "voice.desk_name") : c.name;
}

std::string round_lang(Lang lang, const cycle::Cycle& c) {
    return c.name.empty() ? std::string(page::tag(lang)) : c.lang;
}

std::string batch_name(Lang lang, const Batch& b) {
    return say(lang, "paper.batch_number", {{"n", std::to_string(b.id.value())}});
}

std::string place_of(Lang lang, const Batch& b) { return b.place.empty() ? say(lang, "paper.place_erased") : b.place; }

std::string progress_words(Lang lang, const Batch& b) {
    return say(lang, "paper.progress",
               {{"sheets", page::number(lang, b.sheets)},
                {"taken", page::number(lang, b.taken)},
                {"aside", page::number(lang, b.unreadable + b.empty + b.elsewhere)},
                {"left", page::number(lang, b.sheets - b.settled())}});
}

page::Html state_of(Lang lang, const Batch& b) {
    return page::state(lang, b.complete() ? "paper.complete" : "paper.open_still",
                       b.complete() ? page::Tone::done : page::Tone::due);
}

page::Html state_of(Lang lang, const Sheet& s) {
    if (s.state == SheetState::aside)
        return page::state(lang, "paper.what_" + std::string(name(s.what)), page::Tone::neutral);
    constexpr page::Tone tones[] = {page::Tone::due, page::Tone::late, page::Tone::done, page::Tone::neutral};
    return page::state(lang, "paper.state_" + std::string(name(s.state)), tones[static_cast<std::size_t>(s.state)]);
}

page::Page page_of(std::string title, page::Html main) {
    page::Page p;
    p.title = std::move(title);
    p.section = "desk";
    p.main = std::move(main);
    return p;
}

}  // namespace paper
