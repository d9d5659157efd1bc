// Words for bodies, sittings, motions and their rules.
#include <page/page.h>

#include "pages.h"
#include "store.h"

namespace decision {
namespace {

using page::Data;
using page::Lang;
using page::say;

page::Tone tone_of(SittingState s) {
    switch (s) {
        case SittingState::called:
        case SittingState::agenda:
            return page::Tone::neutral;
        case SittingState::open:
            return page::Tone::due;
        case SittingState::voted:
        case SittingState::minutes:
            return page::Tone::due;
        case SittingState::signed_:
            return page::Tone::done;
    }
    return page::Tone::neutral;
}

page::Tone tone_of(MotionState s) {
    switch (s) {
        case MotionState::tabled:
            return page::Tone::neutral;
        case MotionState::voting:
            return page::Tone::due;
        case MotionState::carried:
            return page::Tone::done;
        case MotionState::lost:
        case MotionState::no_quorum:
            return page::Tone::late;
    }
    return page::Tone::neutral;
}

std::string in_words(Lang lang, const Fraction& f, const char* key) {
    const page::Args args = {{"fraction", std::to_string(f.numerator) + "/" + std::to_string(f.denominator)},
                             {"base", say(lang, "decision.base_" + std::string(name(f.base)))}};
    return say(lang, std::string(key) + (f.strict ? "_more" : "_least"), args);
}

}  // namespace

std::string address(BodyId id) { return "/bodies/" + std::to_string(id.value()); }
std::string address(SittingId id) { return "/sittings/" + std::to_string(id.value()); }
std::string address(MotionId id) { return "/motions/" + std::to_string(id.value()); }
std::string title_of(Lang lang, const Body& b) { return b.name.empty() ? say(lang, "decision.nameless") : b.name; }
std::string title_of(Lang lang, const Motion& m) {
    return m.title.empty() ? say(lang, "decision.nameless_motion") : m.title;
}
std::string title_of(Lang lang, db::Connection& db, const Sitting& s) {
    const auto of = body(db, s.body);
    return say(lang, "decision.sitting_of",
               {{"body", of ? title_of(lang, *of) : ""}, {"day", page::full_date(lang, s.day)}});
}
page::Html state_of(Lang lang, const Sitting& s) {
    return page::state(lang, "decision.sitting_" + std::string(name(s.state)), tone_of(s.state));
}
page::Html state_of(Lang lang, const Motion& m) {
    return page::state(lang, "decision.motion_" + std::string(name(m.state)), tone_of(m.state));
}
std::string member_name(Lang lang, const Member& m) {
    const std::string shown = m.name.empty() ? say(lang, "decision.nameless_member") : m.name;
    return m.chair ? say(lang, "decision.name_chair", {{"name", shown}}) : shown;
}
std::string quorum_in_words(Lang lang, const Fraction& f) {
    return f.numerator == 0 ? say(lang, "decision.quorum_none") : in_words(lang, f, "decision.quorum");
}
std::string majority_in_words(Lang lang, const Fraction& f) { return in_words(lang, f, "decision.majority"); }

std::vector<Data> rules_in_words(Lang lang, const Rules& r) {
    std::vector<std::string> lines;
    lines.push_back(quorum_in_words(lang, r.quorum));
    lines.push_back(majority_in_words(lang, r.majority));
    if (r.majority.base != Base::cast) lines.push_back(say(lang, "decision.abstain_counts"));
    lines.push_back(say(lang, r.tie == Tie::fails ? "decision.tie_fails" : "decision.tie_chair"));
    lines.push_back(say(lang, "decision.notice_is", {{"n", std::to_string(r.notice_days)}}));
    if (r.preset.empty())
        lines.push_back(say(lang, "decision.own_rules"));
    else
        lines.push_back(say(lang, "decision.source_is",
                            {{"preset", r.preset}, {"source", r.source}, {"tag", say(lang, "decision.tag_" + r.tag)}}));
    std::vector<Data> rows;
    for (std::string& line : lines) rows.push_back(Data().set("line", std::move(line)));
    return rows;
}

void set_history(Data& d, const http::Request& r, db::Connection& db, std::int64_t about, const Hooks& hooks) {
    const Lang lang = page::lang_of(r);
    const std::vector<Happened> events = history(db, about);
    std::vector<Happened> on_page = events;
    d.set("history_turning", page::turning_all(r, {link_of_entry(db, about).value_or("/bodies"), "history"}, on_page,
                                               page::history_on_a_page, [](const Happened& h) { return h.entry; }));
    std::vector<page::Event> shown;
    for (const Happened& h : on_page) {
        page::Event e;
        e.at = h.minute;
        e.what = say(lang, "decision.event_" + std::string(name(h.what)));
        if (!h.words.empty()) e.what = say(lang, "decision.event_words", {{"what", e.what}, {"words", h.words}});
        if (const auto officer = people::officer(db, h.by)) e.who = officer->post;
        e.entry = h.entry;
        shown.push_back(std::move(e));
    }
    d.set("history", page::timeline(lang, shown));
    if (hooks.words) d.set("about_words", hooks.words(r, db, people::entries_of(events)));
}

page::Page framed(std::string title, page::Html main, bool sample) {
    page::Page p;
    p.title = std::move(title);
    p.main = std::move(main);
    p.section = "bodies";
    p.sample = sample;
    return p;
}

}  // namespace decision
