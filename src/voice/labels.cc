#include "labels.h"

#include <algorithm>

#include <kernel/text.h>
#include <preset/preset.h>
#include <routing/routing.h>

#include "show_page.h"

namespace voice {
namespace {

using page::Lang;
using page::Tone;

Tone tone_of(State state) {
    switch (state) {
        case State::received:
        case State::assigned:
        case State::asked_back:
            return Tone::due;
        case State::answered:
        case State::rated:
        case State::closed:
            return Tone::done;
        case State::closed_unrated:
        case State::withdrawn:
        case State::noted:
        case State::put_back:
            return Tone::neutral;
        case State::split:
        case State::joined:
            return Tone::due;
    }
    return Tone::neutral;
}

page::Html state_html(Lang lang, State state, std::optional<deadline::Reason> pause, bool late) {
    const bool author = !pause || *pause == deadline::Reason::author_asked;
    return page::state(lang, "voice.state_" + std::string(author ? name(state) : "paused") + (late ? "_late" : ""),
                       late ? Tone::late : tone_of(state));
}

const std::vector<routing::Listed>& nothing_listed() {
    static const std::vector<routing::Listed> none;
    return none;
}

std::string listed_name(Lang lang, const std::vector<routing::Listed>& all, const std::string& code) {
    const auto one = std::find_if(all.begin(), all.end(), [&](const routing::Listed& l) { return l.code == code; });
    return one == all.end() ? code : std::string(routing::name_in(lang, one->names).text);
}

}  // namespace

std::string address(VoiceId id) { return "/voices/" + std::to_string(id.value()); }
std::string entry_address(std::int64_t entry) { return "/entries/" + std::to_string(entry); }

std::string unit_name(db::Connection& db, std::optional<people::UnitId> id) {
    if (!id) return {};
    const std::optional<people::Unit> unit = people::unit(db, *id);
    return unit ? unit->name : std::string();
}

std::string about_words(Lang lang, db::Connection& db, const Case& c) {
    if (c.category.empty() && c.district.empty()) return {};
    const auto table = c.table ? routing::table(db, routing::TableId(*c.table)) : std::nullopt;
    const auto name_of = [&](const std::vector<routing::Listed>& all, const std::string& code) {
        return listed_name(lang, table ? all : nothing_listed(), code);
    };
    const std::string category =
        c.category.empty() ? "" : name_of(table ? table->sheet->lists().categories : nothing_listed(), c.category);
    const std::string district =
        c.district.empty() ? "" : name_of(table ? table->sheet->lists().districts : nothing_listed(), c.district);
    return category.empty() || district.empty() ? category + district : category + " · " + district;
}

std::string post_of(db::Connection& db, std::optional<people::OfficerId> id) {
    if (!id || !*id) return {};
    const std::optional<people::Officer> officer = people::officer(db, *id);
    return officer ? officer->post : std::string();
}

std::vector<page::Option> listed_options(Lang lang, const std::vector<routing::Listed>& listed) {
    std::vector<page::Option> all;
    for (const routing::Listed& one : listed)
        all.push_back({one.code, std::string(routing::name_in(lang, one.names).text), ""});
    return all;
}

page::Html state_of(Lang lang, const Case& c) { return state_html(lang, c.state, c.pause, c.overdue > 0); }
page::Html state_of(Lang lang, const Voice& v) { return state_html(lang, v.state, v.pause, v.overdue > 0); }

std::string instead_of_words(Lang lang, const Voice& v, std::optional<kernel::Day> held_until, bool erased) {
    switch (v.shown) {
        case Shown::published:
            return erased ? page::say(lang, "voice.instead_erased") : std::string();
        case Shown::unit_only:
            return page::say(lang, "voice.instead_unit_only");
        case Shown::held: {
            page::Args args = {{"ground", label(lang, "ground", v.ground.value_or(Ground::personal_data))}};
            if (!held_until) return page::say(lang, "voice.instead_held_soon", args);
            args.emplace_back("until", page::full_date(lang, *held_until));
            return page::say(lang, "voice.instead_held", args);
        }
        case Shown::hidden:
            return page::say(lang, "voice.instead_hidden",
                             {{"ground", label(lang, "ground", v.ground.value_or(Ground::personal_data))}});
    }
    return {};
}

std::string verdict_words(Lang lang, db::Connection& db, std::optional<int> rating, std::optional<bool> solved,
                          std::optional<people::UnitId> rating_unit) {
    if (!rating || !solved) return {};
    std::string words =
        page::say(lang, *solved ? "voice.verdict_solved" : "voice.verdict_unsolved", {{"n", std::to_string(*rating)}});
    if (!rating_unit) return words;
    return page::say(lang, "voice.verdict_called", {{"verdict", words}, {"unit", unit_name(db, *rating_unit)}});
}

std::string heading(Lang lang, const Voice& v) {
    if (!v.title.empty()) return v.title;
    return page::say(lang, "voice.number",
                     {{"kind", label(lang, "kind", v.kind)}, {"n", std::to_string(v.id.value())}});
}

std::string excerpt(Lang lang, const Voice& v) {
    if (!v.title.empty()) return v.title;
    if (v.text.empty()) return heading(lang, v);
    constexpr std::size_t most = 60;
    std::string line(kernel::first_code_points(v.text, most));
    const bool cut = line.size() < v.text.size();
    for (char& c : line)
        if (c == '\n' || c == '\t') c = ' ';
    return cut ? line + "…" : line;
}

std::string due_words(Lang lang, const kernel::Calendar& calendar, kernel::Day due, kernel::Day today) {
    const int left = kernel::working_days_between(calendar, today, due);
    const std::string day = page::full_date(lang, due);
    if (today > due) return page::say(lang, "voice.due_late", {{"day", day}, {"n", std::to_string(-left)}});
    return page::say(lang, "voice.due_in", {{"day", day}, {"n", std::to_string(left)}});
}

page::Html loop_of(Lang lang, const Case& c, const std::vector<Step>& steps, kernel::Day today,
                   const kernel::Calendar& calendar) {
    constexpr auto done = page::Station::State::done, ahead = page::Station::State::ahead,
                   here = page::Station::State::here;
    std::vector<page::Station> five(5);
    int reached = 0;  // stations that are done
    for (const Step& s : steps) {
        if (s.what == What::assigned) five[1].link = entry_address(s.entry);
        if (s.what == What::answered || s.what == What::answered_with) five[3].link = entry_address(s.entry);
        if (s.what == What::rated || s.what == What::called_rated) five[4].link = entry_address(s.entry);
    }
    five[0].link = entry_address(c.id.value());
    switch (c.state) {
        case State::received:
        case State::noted:
        case State::put_back:
            reached = 1;
            break;
        case State::assigned:
        case State::asked_back:
        case State::joined:
        case State::split:
            reached = 2;
            break;
        case State::answered:
        case State::closed_unrated:
            reached = 4;
            break;
        case State::rated:
        case State::closed:
            reached = 5;
            break;
        case State::withdrawn:
            reached = c.rating ? 5 : c.answer ? 4 : c.unit ? 2 : 1;
            break;
    }
    for (int i = 0; i < 5; ++i) five[static_cast<std::size_t>(i)].state = i < reached ? done : ahead;
    const bool owed = c.open() || c.state == State::joined;
    const bool moves = owed || c.state == State::answered || c.state == State::split;
    if (moves && reached < 5) five[static_cast<std::size_t>(reached)].state = here;
    // Late is the answer: while it is missing at the station where the case stands, afterwards at the answer itself.
    page::Station& answer = five[owed ? static_cast<std::size_t>(reached) : 3];
    int behind = c.late_days;
    if (owed && c.due && today > *c.due && c.state != State::asked_back)
        behind = std::max(behind, kernel::working_days_between(calendar, *c.due, today));
    if (behind > 0 && c.state != State::noted) {
        answer.state = page::Station::State::late;
        answer.late_days = behind;
    }
    return page::loop_bar(lang, page::Loop::kase, five);
}

std::string step_words(Lang lang, db::Connection& db, const Step& s) {
    page::Args args;
    args.emplace_back("unit", unit_name(db, s.unit));
    if (s.day) args.emplace_back("day", page::full_date(lang, *s.day));
    if (s.what == What::assigned && s.number) {
        args.emplace_back("handler", post_of(db, people::OfficerId(*s.number)));
        return page::say(lang, "voice.step_assigned_handler", args);
    }
    if (s.what == What::extended && !s.number) return page::say(lang, "voice.step_extended_to", args);
    if (s.number) {
        args.emplace_back("n", std::to_string(std::abs(*s.number)));
        const auto is = [&](std::initializer_list<What> these) {
            return std::find(these.begin(), these.end(), s.what) != these.end();
        };
        if (is({What::held, What::hidden, What::reported}))
            args.emplace_back("ground", label(lang, "ground", static_cast<Ground>(*s.number)));
        if (is({What::answered, What::answer_corrected}))
            args.emplace_back("answer", label(lang, "answer", static_cast<Answer>(*s.number)));
        if (is({What::joined, What::due_sooner, What::answered_with, What::split_off}))
            args.emplace_back("other", number_words(lang, VoiceId(*s.number)));
        if (s.what == What::paused)
            args.emplace_back("reason", preset::reason_words(lang, static_cast<deadline::Reason>(*s.number)));
        if (is({What::kind_corrected})) args.emplace_back("kind", label(lang, "kind", static_cast<Kind>(*s.number)));
        if (is({What::rated, What::called_rated}))
            args.emplace_back("solved", page::say(lang, *s.number > 0 ? "voice.solved_yes" : "voice.solved_no"));
    }
    return page::say(lang, "voice.step_" + std::string(name(s.what)), args);
}

std::vector<page::Event> events_of(Lang lang, db::Connection& db, const Case& c, const std::vector<Step>& steps) {
    std::vector<page::Event> all;
    page::Event first;
    first.at = c.received;
    first.what = c.state == State::noted ? page::say(lang, "voice.step_noted")
                                         : page::say(lang, "voice.step_received_" + std::string(name(c.way)));
    first.who = c.typist ? post_of(db, c.typist) : page::say(lang, c.by_staff ? "voice.by_staff" : "voice.by_author");
    if (c.state == State::noted) first.who = c.source;
    // A part came with its whole; what made it a part follows.
    first.entry = c.part_of.value_or(c.id).value();
    first.tone = page::Tone::done;
    all.push_back(std::move(first));
    for (const Step& s : steps) {
        page::Event e;
        e.at = s.minute;
        e.what = step_words(lang, db, s);
        e.entry = s.entry;
        switch (s.what) {
            case What::routed:
                e.who = page::say(lang, "voice.by_table");
                break;
            case What::reminder:
            case What::due_today:
                e.who = page::say(lang, "voice.by_clock");
                break;
            case What::late_accept:
            case What::late_reply:
                e.tone = page::Tone::late;
                [[fallthrough]];
            case What::published_late:
            case What::answered_with:
            case What::agreement_unsaid:
            case What::found_open:
            case What::resumed:
            case What::closed:
            case What::closed_unrated:
                e.who = page::say(lang, "voice.by_clock");
                break;
            case What::word_added:
            case What::word_given:
            case What::rated:
            case What::reopened:
            case What::reopened_superior:
            case What::withdrawn:
            case What::withdrawn_asked:
            case What::kept_apart:
            case What::kept_whole:
            case What::agreement_confirmed:
            case What::agreement_denied:
            case What::agreement_kept:
            case What::agreement_broken:
            case What::appealed:
                e.who = page::say(lang, "voice.by_author");
                break;
            case What::reported:
                e.who = page::say(lang, "voice.by_somebody");
                break;
            case What::answered:
                e.tone = page::Tone::done;
                [[fallthrough]];
            case What::published:
            case What::held:
            case What::hidden:
            case What::shown_again:
            case What::appeal_refused:
            case What::report_kept:
            case What::report_hidden:
            case What::assigned:
            case What::bounced:
            case What::asked_back:
            case What::extended:
            case What::kind_corrected:
            case What::place_corrected:
            case What::paused:
            case What::resumed_by_officer:
            case What::answer_corrected:
            case What::agreement_found_kept:
            case What::agreement_found_broken:
            case What::called_rated:
            case What::called_not_reached:
            case What::called_refused:
            case What::called_reopened:
            case What::called_reopened_superior:
            case What::joined:
            case What::split:
            case What::split_off:
            case What::put_together:
            case What::due_sooner:
                e.who = post_of(db, s.officer);
                break;
            case What::parted:
                e.who = s.officer ? post_of(db, s.officer) : page::say(lang, "voice.by_clock");
                break;
        }
        all.push_back(std::move(e));
    }
    return all;
}

}  // namespace voice
