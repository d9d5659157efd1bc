#include <stdexcept>

#include "markup.h"

namespace page {
namespace {

constexpr const char* matter_keys[] = {"page.loop_heard", "page.loop_decided", "page.loop_done", "page.loop_reported",
                                       "page.loop_judged"};
constexpr const char* case_keys[] = {"page.loop_received", "page.loop_assigned", "page.loop_handled",
                                     "page.loop_answered", "page.loop_rated"};
constexpr const char* signs_hans[] = {"听", "定", "办", "报", "评"};
constexpr const char* signs_hant[] = {"聽", "定", "辦", "報", "評"};

const char* class_of(Station::State state) {
    switch (state) {
        case Station::State::ahead:
            return "ahead";
        case Station::State::here:
            return "here";
        case Station::State::done:
            return "done";
        case Station::State::late:
            return "late";
    }
    return "ahead";
}

const char* state_key(Station::State state) {
    switch (state) {
        case Station::State::ahead:
            return "page.station_ahead";
        case Station::State::here:
            return "page.station_here";
        case Station::State::done:
            return "page.station_done";
        case Station::State::late:
            return "page.station_late";
    }
    return "page.station_ahead";
}

bool is_here(Station::State state) { return state == Station::State::here || state == Station::State::late; }

void put_station(Markup& out, Lang lang, Loop loop, int i, const Station& station) {
    const char* name = (loop == Loop::matter ? matter_keys : case_keys)[i];
    const bool traditional = lang == Lang::zh_hant;
    out.raw("<li class=\"station ").raw(class_of(station.state)).raw("\"");
    if (is_here(station.state)) out.raw(" aria-current=\"step\"");
    out.raw(">");
    if (!station.link.empty()) out.raw("<a href=\"").text(station.link).raw("\">");
    out.raw("<span class=\"sign\" aria-hidden=\"true\" lang=\"").raw(traditional ? "zh-Hant" : "zh-Hans").raw("\">");
    out.raw((traditional ? signs_hant : signs_hans)[i]).raw("</span>");
    out.raw("<span class=\"hidden\">").text(say(lang, "page.station", {{"n", std::to_string(i + 1)}}));
    out.raw(lang == Lang::en ? " </span>" : "</span>");
    out.raw("<span class=\"station-name\">").text(say(lang, name)).raw("</span>");
    out.raw("<span class=\"hidden\">").text(say(lang, state_key(station.state))).raw("</span>");
    if (station.state == Station::State::late && station.late_days > 0) {
        const std::string days = say(lang, "page.late_by", {{"n", std::to_string(station.late_days)}});
        out.raw("<span class=\"late-by\">").text(days).raw("</span>");
    }
    if (!station.link.empty()) out.raw("</a>");
    out.raw("</li>");
}

}  // namespace

Html loop_bar(Lang lang, Loop loop, const std::vector<Station>& five) {
    if (five.size() != 5) throw std::logic_error("a loop bar has five stations");
    Markup out;
    out.raw("<ol class=\"loop\" aria-label=\"").text(say(lang, "page.loop")).raw("\">");
    for (int i = 0; i < 5; ++i) put_station(out, lang, loop, i, five[static_cast<std::size_t>(i)]);
    out.raw("</ol>");
    return std::move(out).html();
}

}  // namespace page
