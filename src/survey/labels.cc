#include "labels.h"

namespace survey {
namespace {

using page::Lang;
using page::say;

Words words(Lang lang, const Survey& s, const std::string& text, std::string_view erased, std::size_t n) {
    if (!text.empty()) return {text, s.asked.lang};
    return {say(lang, erased, {{"n", page::number(lang, static_cast<std::int64_t>(n + 1))}}),
            std::string(page::tag(lang))};
}

Words scale_value(Lang lang, const Survey& s, const Question& q, std::int64_t value) {
    const std::string digits = std::to_string(value);
    const bool ends = q.options.size() == 2 && !q.options[0].empty();
    if (ends && (value == q.min || value == q.max))
        return {say(lang, "survey.scale_end", {{"n", digits}, {"means", q.options[value == q.min ? 0 : 1]}}),
                s.asked.lang};
    return {digits, std::string(page::tag(lang))};
}

}  // namespace

std::string address(SurveyId id) { return "/surveys/" + std::to_string(id.value()); }

Words title_of(Lang lang, const Survey& s) {
    if (!s.asked.title.empty()) return {s.asked.title, s.asked.lang};
    return {say(lang, "survey.nameless", {{"n", std::to_string(s.id.value())}}), std::string(page::tag(lang))};
}

Words question_of(Lang lang, const Survey& s, std::size_t n) {
    return words(lang, s, s.asked.questions.at(n).text, "survey.question_erased", n);
}

Words option_of(Lang lang, const Survey& s, std::size_t question, std::size_t option) {
    return words(lang, s, s.asked.questions.at(question).options.at(option), "survey.option_erased", option);
}

Words row_of(Lang lang, const Survey& s, std::size_t question, std::size_t row) {
    return words(lang, s, s.asked.questions.at(question).rows.at(row), "survey.row_erased", row);
}

Words cell_of(Lang lang, const Survey& s, std::size_t question, std::size_t at) {
    const Question& q = s.asked.questions.at(question);
    const auto n = static_cast<std::int64_t>(at);
    if (q.type == Type::scale) return scale_value(lang, s, q, q.min + n);
    if (q.type != Type::number) return option_of(lang, s, question, at);
    const auto [low, high] = class_bounds(q, n);
    const std::string from = page::number(lang, low), to = page::number(lang, high);
    return {low == high ? from : say(lang, "survey.from_to", {{"from", from}, {"to", to}}),
            std::string(page::tag(lang))};
}

std::vector<Words> answer_lines(Lang lang, const Survey& s, std::size_t question, const Answer& a) {
    const Question& q = s.asked.questions.at(question);
    const std::string own(page::tag(lang));
    std::vector<Words> lines;
    if (!a.given()) return {{say(lang, "survey.skipped"), own}};
    if (written(q)) return {{a.text, s.asked.lang}};
    for (std::size_t i = 0; i < a.picks.size(); ++i) {
        const std::int64_t pick = a.picks[i];
        if (q.type == Type::number) {
            lines.push_back({page::number(lang, pick), own});
        } else if (q.type == Type::scale) {
            lines.push_back(scale_value(lang, s, q, pick));
        } else if (q.type == Type::matrix) {
            if (pick == 0) continue;
            const Words row = row_of(lang, s, question, i),
                        column = option_of(lang, s, question, static_cast<std::size_t>(pick - 1));
            lines.push_back({say(lang, "survey.row_answer", {{"row", row.text}, {"answer", column.text}}), row.lang});
        } else {
            Words option = option_of(lang, s, question, static_cast<std::size_t>(pick - 1));
            if (q.type == Type::ranking)
                option.text = say(lang, "survey.ranked", {{"n", std::to_string(i + 1)}, {"what", option.text}});
            lines.push_back(std::move(option));
        }
    }
    return lines;
}

std::string post_of(Lang lang, db::Connection& db, people::OfficerId id) {
    if (!id) return say(lang, "survey.by_clock");
    const auto officer = people::officer(db, id);
    if (!officer) return {};
    const auto name = people::public_name(db, id);
    return name ? officer->post + " · " + *name : officer->post;
}

page::Html state_of(Lang lang, const Survey& s) {
    switch (s.state) {
        case State::drafted:
            return page::state(lang, "survey.state_drafted", page::Tone::neutral);
        case State::open:
            return page::state(lang, "survey.state_open", page::Tone::due);
        case State::closed:
            break;
    }
    return page::state(lang, "survey.state_closed", page::Tone::done);
}

page::Html history_html(Lang lang, db::Connection& db, const Survey& s) {
    std::vector<page::Event> all;
    for (const Event& e : history(db, s.id)) {
        static constexpr std::string_view keys[] = {"survey.event_drafted", "survey.event_changed",
                                                    "survey.event_opened", "survey.event_closed"};
        std::string what = say(lang, keys[static_cast<std::size_t>(e.what)]);
        if (!e.reason.empty()) what = say(lang, "survey.event_reason", {{"what", what}, {"reason", e.reason}});
        all.push_back({e.minute, std::move(what), post_of(lang, db, e.by), e.entry,
                       e.what == What::closed ? page::Tone::done : page::Tone::neutral});
    }
    return page::timeline(lang, all);
}

}  // namespace survey
