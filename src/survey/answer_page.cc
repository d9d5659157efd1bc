// The pages on which somebody answers, page by page, looks it over, and is told that it is done.
#include <algorithm>

#include "pages.h"

namespace survey {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

void set_survey(Data& d, Lang lang, const Survey& s) {
    const Words title = title_of(lang, s);
    d.set("survey", title.text).set("survey_lang", title.lang).set("link", address(s.id));
    d.set("day", page::full_date(lang, s.asked.closes)).set("k", s.asked.k);
    d.set("on_roll", s.asked.mode == Mode::roll).set("anonymous", s.asked.mode == Mode::anonymous);
}

page::Page private_page(Lang lang, const Survey& s, std::string_view title_key, std::string_view file, const Data& d) {
    page::Page p;
    p.title = say(lang, title_key);
    p.section = "cycles";
    p.sample = s.asked.sample;
    p.private_matter = true;
    p.main = page::render(lang, file, d);
    return p;
}

bool asks_on(const Survey& s, const std::vector<bool>& asked, int page) {
    for (std::size_t i = 0; i < asked.size(); ++i)
        if (asked[i] && s.asked.questions[i].page == page) return true;
    return false;
}

// The fields that an error can lead to, whatever the survey asks.
std::vector<std::string> fields_of(const Survey& s) {
    std::vector<std::string> all = {"code"};
    for (std::size_t i = 0; i < s.asked.questions.size(); ++i) all.push_back("q" + std::to_string(i + 1));
    return all;
}

void fill(const page::Form& form, Lang lang, Data& d, const std::vector<std::string>& fields) {
    const std::vector<std::string_view> views(fields.begin(), fields.end());
    form.fill(lang, d, std::span<const std::string_view>(views));
}

}  // namespace

void set_status(page::Page& p, const page::Form& form) {
    if (!form.errors().empty()) p.status = http::status_of(form.errors().front().code);
}

std::optional<int> next_page(const Survey& s, const Answers& answers, int after) {
    const std::vector<bool> asked = asked_of(s.asked.questions, answers);
    for (int page = after + 1; page <= pages_of(s.asked); ++page)
        if (asks_on(s, asked, page)) return page;
    return std::nullopt;
}

std::optional<int> page_before(const Survey& s, const Answers& answers, int before) {
    const std::vector<bool> asked = asked_of(s.asked.questions, answers);
    for (int page = before - 1; page >= 1; --page)
        if (asks_on(s, asked, page)) return page;
    return std::nullopt;
}

std::optional<int> first_unfinished(const Survey& s, const Answers& answers) {
    for (int page = 1; page <= pages_of(s.asked); ++page)
        if (!check_page(s.asked.questions, answers, page, true).empty()) return page;
    return std::nullopt;
}

page::Page answer_page(const Request& r, const Survey& s, int page, const Answers& answers, const Request* typed,
                       page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d;
    set_survey(d, lang, s);
    fill(form, lang, d, fields_of(s));
    const Values values = typed ? Values([typed](const std::string& field) {
        const auto all = typed->fields(field);
        return std::vector<std::string>(all.begin(), all.end());
    })
                                : values_of(s, answers);
    const std::vector<bool> asked = asked_of(s.asked.questions, answers);
    d.set("questions", question_fields(lang, s, page, asked, values, form.errors()));
    d.set("here", address(s.id) + "/answer/" + std::to_string(page));
    d.set("page", page::number(lang, page)).set("pages", page::number(lang, pages_of(s.asked)));
    d.set("paged", pages_of(s.asked) > 1).set("back", page_before(s, answers, page).has_value());
    d.set("first", page == 1).set("kept_days", std::int64_t{14});
    if (page == 1 && !s.asked.intro.empty()) d.set("intro", page::own_words(s.asked.intro, s.asked.lang));
    page::Page p = private_page(lang, s, "survey.answer_title", "survey/answer.html", d);
    set_status(p, form);
    return p;
}

page::Page check_page_of(const Request& r, const Survey& s, const Answers& answers, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d;
    set_survey(d, lang, s);
    form.fill(lang, d, {"code"});
    const std::vector<bool> asked = asked_of(s.asked.questions, answers);
    std::vector<Data> rows;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (!asked[i]) continue;
        const Words text = question_of(lang, s, i);
        std::vector<Data> lines;
        for (const Words& line : answer_lines(lang, s, i, answers.at(i)))
            lines.push_back(Data().set("line", page::own_words(line.text, line.lang)));
        Data row;
        row.set("text", text.text).set("lang", text.lang).set("lines", std::move(lines));
        row.set("change",
                address(s.id) + "/answer/" + std::to_string(s.asked.questions[i].page) + "#q" + std::to_string(i + 1));
        rows.push_back(std::move(row));
    }
    d.set("rows", std::move(rows)).set("here", address(s.id) + "/answer");
    const auto last = page_before(s, answers, pages_of(s.asked) + 1);
    d.set("back", address(s.id) + "/answer/" + std::to_string(last.value_or(1)));
    page::Page p = private_page(lang, s, "survey.check_title", "survey/check.html", d);
    set_status(p, form);
    return p;
}

page::Page answered_page(const Request& r, const Survey& s, const std::string& mark) {
    const Lang lang = page::lang_of(r);
    Data d;
    set_survey(d, lang, s);
    d.set("mark", mark);
    return private_page(lang, s, "survey.answered_title", "survey/answered.html", d);
}

page::Page kept_page(const Request& r, const Survey& s) {
    const Lang lang = page::lang_of(r);
    Data d;
    set_survey(d, lang, s);
    d.set("again", address(s.id) + "/answer").set("kept_days", std::int64_t{14});
    return private_page(lang, s, "survey.kept_title", "survey/kept.html", d);
}

}  // namespace survey
