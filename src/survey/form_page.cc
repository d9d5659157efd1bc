// Staff's form of a survey: a block for each question, read without a script; blocks left empty are no questions.
#include <algorithm>
#include <charconv>
#include <map>

#include <kernel/text.h>

#include "pages.h"

namespace survey {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

constexpr std::size_t most_blocks = max_questions + blocks_offered;
constexpr std::string_view block_fields[] = {"text", "type",   "options", "rows", "min",
                                             "max",  "needed", "page",    "if",   "any"};

std::string block_field(std::size_t n, std::string_view what) {
    return "q" + std::to_string(n) + "_" + std::string(what);
}

// What a block begins with.
std::map<std::string, std::string, std::less<>> block_values(const Question& q) {
    std::map<std::string, std::string, std::less<>> v = {{"text", q.text},
                                                         {"type", std::string(name(q.type))},
                                                         {"options", lines_of(q.options)},
                                                         {"rows", lines_of(q.rows)},
                                                         {"page", std::to_string(q.page)}};
    if (q.min != 0 || q.max != 0) v["min"] = std::to_string(q.min), v["max"] = std::to_string(q.max);
    if (q.needed) v["needed"] = "yes";
    if (q.when) {
        v["if"] = std::to_string(q.when->question);
        for (int any : q.when->any) v["any"] += (v["any"].empty() ? "" : ", ") + std::to_string(any);
    }
    return v;
}

Data block(Lang lang, std::size_t n, const std::function<std::string(std::string_view)>& value,
           const std::vector<kernel::Error>& errors) {
    Data d;
    d.set("n", static_cast<std::int64_t>(n)).set("title", say(lang, "survey.question_n", {{"n", std::to_string(n)}}));
    bool wrong_inside = false;
    for (const std::string_view what : block_fields) {
        const std::string field = block_field(n, what);
        d.set(std::string(what) + "_value", value(what));
        for (const kernel::Error& error : errors)
            if (error.field == field) {
                d.set(std::string(what) + "_error", say(lang, error));
                wrong_inside = wrong_inside || (what != "text" && what != "type" && what != "options");
            }
    }
    std::vector<Data> types;
    for (Type t : all_types)
        types.push_back(Data()
                            .set("value", name(t))
                            .set("label", say(lang, "survey.type_" + std::string(name(t))))
                            .set("chosen", value("type") == name(t)));
    const bool more = wrong_inside || !value("rows").empty() || !value("min").empty() || !value("max").empty() ||
                      !value("if").empty() || !value("any").empty();
    d.set("types", std::move(types)).set("open", more);
    return d;
}

// Numbers as they are typed, with a minus sign before them; 0 for an empty field.
std::int64_t typed_number(const Request& r, page::Reader& reader, const std::string& field) {
    const std::string typed = kernel::trim(r.field(field).value_or(""));
    if (typed.empty()) return 0;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), value);
    if (error != std::errc() || end != typed.data() + typed.size())
        reader.refuse(kernel::invalid(field, "survey.number_malformed"));
    return value;
}

std::vector<std::string> typed_lines(page::Reader& reader, const std::string& field) {
    // More than any list holds is counted, not read.
    const std::string text = reader.text(field, max_places * (max_option + 1), kernel::Lines::many);
    std::vector<std::string> all;
    for (const std::string_view line : kernel::split(text, '\n'))
        if (std::string one = kernel::trim(line); !one.empty()) all.push_back(std::move(one));
    return all;
}

int narrow(std::int64_t n) { return n < -1000 || n > 1000 ? -1 : static_cast<int>(n); }

Question typed_question(const Request& r, page::Reader& reader, std::size_t n) {
    Question q;
    q.text = reader.text(block_field(n, "text"), max_question);
    const auto type = parse_type(r.field(block_field(n, "type")).value_or(""));
    if (!type) reader.refuse(kernel::invalid(block_field(n, "type"), "survey.type_unknown"));
    q.type = type.value_or(Type::single);
    q.options = typed_lines(reader, block_field(n, "options"));
    q.rows = typed_lines(reader, block_field(n, "rows"));
    q.min = typed_number(r, reader, block_field(n, "min"));
    q.max = typed_number(r, reader, block_field(n, "max"));
    q.needed = reader.ticked(block_field(n, "needed"));
    q.page = narrow(reader.number(block_field(n, "page"), "survey.page_order").value_or(1));
    const auto on = reader.number(block_field(n, "if"), "survey.if_earlier");
    const auto any = reader.numbers(block_field(n, "any"), "survey.if_any_malformed");
    if (on || !any.empty()) {
        q.when = Condition{narrow(on.value_or(0)), {}};
        for (std::int64_t one : any) q.when->any.push_back(narrow(one));
    }
    return q;
}

bool empty_block(const Request& r, std::size_t n) {
    for (const std::string_view what : {"text", "options", "rows", "min", "max", "if", "any"})
        if (!kernel::trim(r.field(block_field(n, what)).value_or("")).empty()) return false;
    return true;
}

void offer(page::Form& form, Lang lang, const Draft& was) {
    std::vector<page::Option> languages;
    for (Lang each : page::all_langs)
        languages.push_back({std::string(page::tag(each)), say(each, "survey.this_language"), ""});
    form.options("lang", std::move(languages)).value("lang", was.lang);
    form.options("mode", {{"anonymous", say(lang, "survey.mode_anonymous"), say(lang, "survey.mode_anonymous_hint")},
                          {"roll", say(lang, "survey.mode_roll"), say(lang, "survey.mode_roll_hint")}});
    form.value("mode", std::string(name(was.mode))).value("title", was.title).value("intro", was.intro);
    form.value("k", std::to_string(was.k)).value("closes", kernel::iso(was.closes));
    if (was.roll > 0) form.value("roll", std::to_string(was.roll));
}

}  // namespace

Typed read_draft(const Request& r, page::Reader& reader) {
    Typed typed;
    Draft& d = typed.draft;
    d.cycle = CycleId(reader.number("cycle", "cycle.unknown").value_or(0));
    d.title = reader.text("title", max_title);
    d.intro = reader.text("intro", max_intro, kernel::Lines::many);
    if (const auto lang = page::parse_lang(reader.text("lang", 20))) d.lang = page::tag(*lang);
    if (const auto mode = parse_mode(reader.text("mode", 20)))
        d.mode = *mode;
    else
        reader.refuse(kernel::invalid("mode", "survey.mode_missing"));
    d.roll = reader.number("roll", "survey.number_malformed").value_or(0);
    d.k = reader.number("k", "survey.number_malformed").value_or(-1);
    if (const auto day = reader.day("closes", "survey.day_malformed")) d.closes = *day;
    while (typed.blocks < most_blocks && r.field(block_field(typed.blocks + 1, "text"))) {
        const std::size_t n = ++typed.blocks;
        if (empty_block(r, n)) continue;
        d.questions.push_back(typed_question(r, reader, n));
        typed.questions.push_back(n);
    }
    typed.more = !r.field("more").value_or("").empty();
    return typed;
}

kernel::Error at_form(const Typed& typed, kernel::Error error) {
    const std::size_t bar = error.field.find('_');
    if (error.field.size() < 3 || bar == std::string::npos || error.field[0] != 'q') return error;
    const auto n = kernel::parse_index(std::string_view(error.field).substr(1, bar - 1));
    if (n && *n >= 1 && static_cast<std::size_t>(*n) <= typed.questions.size())
        error.field = "q" + std::to_string(typed.questions[static_cast<std::size_t>(*n - 1)]) + error.field.substr(bar);
    return error;
}

page::Page form_page(const Request& r, const cycle::Cycle& round, std::optional<SurveyId> id, const Draft& was,
                     const Typed* sent, page::Form form) {
    const Lang lang = page::lang_of(r);
    offer(form, lang, was);
    const std::size_t filled = sent ? sent->blocks : was.questions.size();
    const std::size_t n =
        std::min(most_blocks, sent ? filled + (sent->more ? blocks_added : 0) : filled + blocks_offered);
    std::vector<Data> blocks;
    std::vector<std::string> fields = {"title", "intro", "lang", "mode", "roll", "k", "closes"};
    for (std::size_t i = 1; i <= n; ++i) {
        const auto begins = i <= was.questions.size() ? block_values(was.questions[i - 1])
                                                      : std::map<std::string, std::string, std::less<>>{};
        const auto value = [&](std::string_view what) {
            if (sent) return std::string(r.field(block_field(i, what)).value_or(""));
            const auto found = begins.find(what);
            return found == begins.end() ? std::string() : found->second;
        };
        blocks.push_back(block(lang, i, value, form.errors()));
        for (const std::string_view what : block_fields) fields.push_back(block_field(i, what));
    }
    Data d;
    const std::vector<std::string_view> views(fields.begin(), fields.end());
    form.fill(lang, d, std::span<const std::string_view>(views));
    const bool named = !round.name.empty();
    d.set("round", named ? round.name : say(lang, "cycle.nameless"));
    d.set("round_lang", named ? round.lang : std::string(page::tag(lang)));
    d.set("round_link", "/cycles/" + std::to_string(round.id.value())).set("cycle", round.id.value());
    d.set("blocks", std::move(blocks)).set("can_add", n < most_blocks);
    d.set("here", id ? address(*id) + "/change" : std::string("/surveys")).set("changing", id.has_value());
    page::Page p;
    p.title = say(lang, id ? "survey.change" : "survey.new");
    p.section = "cycles";
    p.sample = round.sample;
    p.main = page::render(lang, "survey/form.html", d);
    set_status(p, form);
    return p;
}

page::Page preview_page(const Request& r, const Survey& s) {
    const Lang lang = page::lang_of(r);
    const Words title = title_of(lang, s);
    const std::vector<bool> all(s.asked.questions.size(), true);
    std::vector<Data> pages;
    for (int n = 1; n <= pages_of(s.asked); ++n) {
        Data one;
        one.set("page", say(lang, "survey.page_n", {{"n", std::to_string(n)}}));
        one.set("questions", question_fields(lang, s, n, all, values_of(s, {}), {}));
        pages.push_back(std::move(one));
    }
    Data d;
    d.set("survey", title.text).set("survey_lang", title.lang).set("link", address(s.id));
    if (!s.asked.intro.empty()) d.set("intro", page::own_words(s.asked.intro, s.asked.lang));
    d.set("pages", std::move(pages));
    page::Page p;
    p.title = say(lang, "survey.preview");
    p.section = "cycles";
    p.sample = s.asked.sample;
    p.main = page::render(lang, "survey/preview.html", d);
    return p;
}

page::Page step_page(const Request& r, const Survey& s, const std::string& step, bool reason, page::Form form) {
    const Lang lang = page::lang_of(r);
    const Words title = title_of(lang, s);
    Data d;
    form.fill(lang, d, {"reason"});
    d.set("survey", title.text).set("survey_lang", title.lang).set("link", address(s.id));
    d.set("heading", say(lang, "survey." + step)).set("intro", say(lang, "survey." + step + "_intro"));
    d.set("send", say(lang, "survey." + step + "_button")).set("here", address(s.id) + "/" + step);
    d.set("reason", reason);
    page::Page p;
    p.title = say(lang, "survey." + step);
    p.section = "cycles";
    p.sample = s.asked.sample;
    p.main = page::render(lang, "survey/step.html", d);
    set_status(p, form);
    return p;
}

page::Page codes_page(const Request& r, const Survey& s, const std::vector<std::string>& codes) {
    const Lang lang = page::lang_of(r);
    const Words title = title_of(lang, s);
    std::vector<Data> slips;
    for (const std::string& code : codes) slips.push_back(Data().set("code", code));
    Data d;
    d.set("survey", title.text).set("survey_lang", title.lang).set("link", address(s.id));
    d.set("where", page::public_address() + address(s.id)).set("day", page::full_date(lang, s.asked.closes));
    d.set("count", page::number(lang, static_cast<std::int64_t>(codes.size()))).set("slips", std::move(slips));
    page::Page p;
    p.title = say(lang, "survey.codes");
    p.section = "cycles";
    p.sample = s.asked.sample;
    p.main = page::render(lang, "survey/codes.html", d);
    return p;
}

page::Page texts_page(const Request& r, db::Connection& db, const Survey& s, std::int64_t after) {
    const Lang lang = page::lang_of(r);
    const Words title = title_of(lang, s);
    const std::vector<Text> found = texts(db, s.id, after, texts_on_a_page);
    std::vector<Data> rows;
    for (const Text& text : found) {
        const Words asked = question_of(lang, s, static_cast<std::size_t>(text.question - 1));
        Data row;
        row.set("asked", asked.text).set("lang", asked.lang);
        row.set("text", page::own_words(text.text, s.asked.lang));
        row.set("entry_link", "/entries/" + std::to_string(text.entry));
        row.set("entry", say(lang, "page.entry", {{"n", std::to_string(text.entry)}}));
        rows.push_back(std::move(row));
    }
    Data d;
    d.set("survey", title.text).set("survey_lang", title.lang).set("link", address(s.id));
    d.set("empty", rows.empty()).set("rows", std::move(rows));
    if (after + texts_on_a_page < s.answers)
        d.set("further", address(s.id) + "/texts?after=" + std::to_string(after + texts_on_a_page));
    page::Page p;
    p.title = say(lang, "survey.texts");
    p.section = "cycles";
    p.sample = s.asked.sample;
    p.main = page::render(lang, "survey/texts.html", d);
    return p;
}

}  // namespace survey
