// Staff's pages: drafting a review, opening and ending it, its codes, and listing a measure as not judged.
#include <array>

#include <db/database.h>

#include "pages.h"

namespace review {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

std::string question_field(std::size_t n, std::string_view what) {
    return "q" + std::to_string(n) + "_" + std::string(what);
}
std::string panel_field(std::size_t n, std::string_view what) {
    return "p" + std::to_string(n) + "_" + std::string(what);
}

constexpr int proposed_term = 14;  // days

// What a draft begins with: whom the measure is for has half of the weight.
struct Proposed {
    Group group;
    int weight;
};
constexpr std::array<Proposed, 4> proposed = {
    {{Group::recipients, 50}, {Group::people, 20}, {Group::delegates, 15}, {Group::peers, 15}}};

void offer_questions(page::Form& form, Lang lang, const cycle::Cycle& round) {
    std::vector<page::Option> criteria;
    for (const cycle::Criterion& c : round.criteria) criteria.push_back({std::to_string(c.id.value()), c.text, ""});
    for (std::size_t n = 1; n <= questions_on_form; ++n) form.options(question_field(n, "criterion"), criteria);
    form.value("q1_text", say(lang, "review.overall_proposed"));
}

void offer_panels(page::Form& form, Lang lang) {
    std::vector<page::Option> groups;
    for (Group g : all_groups) groups.push_back({std::string(name(g)), group_of(lang, g), ""});
    const std::vector<page::Option> ways = {{"secret", say(lang, "review.secrecy_secret"), ""},
                                            {"named", say(lang, "review.secrecy_named"), ""}};
    for (std::size_t n = 1; n <= panels_on_form; ++n) {
        form.options(panel_field(n, "group"), groups).options(panel_field(n, "secrecy"), ways);
        const bool filled = n <= proposed.size();
        const Proposed p = filled ? proposed[n - 1] : Proposed{Group::superiors, 0};
        form.value(panel_field(n, "group"), std::string(name(p.group)));
        form.value(panel_field(n, "secrecy"), filled && always_secret(p.group) ? "secret" : "named");
        if (filled) form.value(panel_field(n, "weight"), std::to_string(p.weight));
    }
}

void offer(page::Form& form, Lang lang, db::Connection& db, const measure::Measure& m) {
    const auto round = cycle::cycle(db, m.promised.cycle);
    offer_questions(form, lang, round.value());
    offer_panels(form, lang);
    std::vector<page::Option> languages;
    for (Lang each : page::all_langs)
        languages.push_back({std::string(page::tag(each)), say(each, "review.this_language"), ""});
    form.options("lang", std::move(languages)).value("lang", std::string(page::tag(lang)));
    form.value("k", people::setting(db, "figures.min_cell")).value("accept_percent", "60");
}

page::Page staff_page(const Request& r, const page::Form& form, std::string title, std::string_view file, const Data& d,
                      bool sample) {
    page::Page p;
    p.title = std::move(title);
    p.section = "reviews";
    p.sample = sample;
    p.main = page::render(page::lang_of(r), file, d);
    if (!form.errors().empty()) p.status = http::status_of(form.errors().front().code);
    return p;
}

void set_measure(Data& d, Lang lang, const measure::Measure& m) {
    d.set("measure", measure_title(lang, m)).set("measure_link", measure_address(m.id)).set("measure_id", m.id.value());
    d.set("measure_lang", m.promised.title.empty() ? std::string(page::tag(lang)) : m.promised.lang);
}

// A number typed into a field; -1 for nothing, which no rule lets through.
std::int64_t typed_number(page::Reader& reader, const std::string& field) {
    return reader.number(field, "review.number_malformed").value_or(-1);
}

// What no rule lets through stays so when it is made narrower.
int narrow(std::int64_t n) { return n > 1000 ? -1 : static_cast<int>(n); }

}  // namespace

page::Page draft_page(const Request& r, db::Connection& db, const measure::Measure& m, page::Form form,
                      kernel::Day today) {
    const Lang lang = page::lang_of(r);
    offer(form, lang, db, m);
    form.value("closes", kernel::iso(today + proposed_term));
    Data d;
    set_measure(d, lang, m);
    d.set("has_criteria", !cycle::cycle(db, m.promised.cycle)->criteria.empty());
    form.fill(lang, d, {"lang",           "k",
                        "accept_percent", "closes",
                        "q1_text",        "q1_criterion",
                        "q2_text",        "q2_criterion",
                        "q3_text",        "q3_criterion",
                        "q4_text",        "q4_criterion",
                        "q5_text",        "q5_criterion",
                        "p1_group",       "p1_name",
                        "p1_chosen_by",   "p1_weight",
                        "p1_secrecy",     "p1_roll",
                        "p2_group",       "p2_name",
                        "p2_chosen_by",   "p2_weight",
                        "p2_secrecy",     "p2_roll",
                        "p3_group",       "p3_name",
                        "p3_chosen_by",   "p3_weight",
                        "p3_secrecy",     "p3_roll",
                        "p4_group",       "p4_name",
                        "p4_chosen_by",   "p4_weight",
                        "p4_secrecy",     "p4_roll",
                        "p5_group",       "p5_name",
                        "p5_chosen_by",   "p5_weight",
                        "p5_secrecy",     "p5_roll",
                        "p6_group",       "p6_name",
                        "p6_chosen_by",   "p6_weight",
                        "p6_secrecy",     "p6_roll"});
    return staff_page(r, form, say(lang, "review.new"), "review/form.html", d, m.promised.sample);
}

Typed read_draft(page::Reader& reader) {
    Typed typed;
    Draft& d = typed.draft;
    d.measure = measure::MeasureId(typed_number(reader, "measure"));
    const auto lang = page::parse_lang(reader.text("lang", 20));
    if (lang) d.lang = page::tag(*lang);
    d.accept_percent = narrow(typed_number(reader, "accept_percent"));
    d.k = typed_number(reader, "k");
    if (const auto day = reader.day("closes", "review.day_malformed")) d.closes = *day;
    for (std::size_t n = 1; n <= questions_on_form; ++n) {
        Question q{reader.text(question_field(n, "text"), max_question), {}};
        const auto criterion = reader.number(question_field(n, "criterion"), "review.criterion_unknown");
        q.criterion = cycle::CriterionId(criterion.value_or(0));
        if (q.text.empty() && n > 1) continue;
        d.questions.push_back(std::move(q));
        typed.questions.push_back(n);
    }
    for (std::size_t n = 1; n <= panels_on_form; ++n) {
        PanelDraft p;
        p.group = parse_group(reader.text(panel_field(n, "group"), 20)).value_or(Group::people);
        p.secrecy = parse_secrecy(reader.text(panel_field(n, "secrecy"), 20)).value_or(Secrecy::secret);
        p.name = reader.text(panel_field(n, "name"), max_name);
        p.chosen_by = reader.text(panel_field(n, "chosen_by"), max_chosen_by, kernel::Lines::many);
        const std::int64_t weight = typed_number(reader, panel_field(n, "weight"));
        p.weight = narrow(weight);
        p.roll = typed_number(reader, panel_field(n, "roll"));
        // A panel is left out by leaving its name and its number of slips empty.
        if (p.name.empty() && p.chosen_by.empty() && p.roll < 0) continue;
        d.panels.push_back(std::move(p));
        typed.panels.push_back(n);
    }
    return typed;
}

kernel::Error at_form(const Typed& typed, kernel::Error error) {
    const std::size_t bar = error.field.find('_');
    if (error.field.size() < 3 || bar == std::string::npos || (error.field[0] != 'q' && error.field[0] != 'p'))
        return error;
    const auto n = kernel::parse_index(std::string_view(error.field).substr(1, bar - 1));
    const std::vector<std::size_t>& places = error.field[0] == 'q' ? typed.questions : typed.panels;
    if (n && *n >= 1 && static_cast<std::size_t>(*n) <= places.size())
        error.field =
            error.field[0] + std::to_string(places[static_cast<std::size_t>(*n - 1)]) + error.field.substr(bar);
    return error;
}

page::Page step_page(const Request& r, const Review& rv, const measure::Measure& m, const std::string& step,
                     page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d;
    set_measure(d, lang, m);
    form.fill(lang, d, {});
    d.set("heading", say(lang, "review." + step)).set("intro", say(lang, "review." + step + "_intro"));
    d.set("send", say(lang, "review." + step + "_button")).set("here", address(rv.id) + "/" + step);
    d.set("back", address(rv.id));
    return staff_page(r, form, say(lang, "review." + step), "review/step.html", d, rv.sample);
}

page::Page codes_page(const Request& r, const Review& rv, const measure::Measure& m,
                      const std::vector<std::vector<std::string>>& codes) {
    const Lang lang = page::lang_of(r);
    Data d;
    set_measure(d, lang, m);
    std::vector<Data> panels;
    for (std::size_t p = 0; p < codes.size(); ++p) {
        std::vector<Data> slips;
        for (std::size_t i = 0; i < codes[p].size(); ++i) {
            const std::string id = "slip-" + std::to_string(p + 1) + "-" + std::to_string(i + 1);
            slips.push_back(Data().set("code", codes[p][i]).set("id", id));
        }
        Data panel;
        panel.set("name", panel_name(lang, rv.frozen.panels[p])).set("lang", rv.frozen.lang);
        panel.set("count", page::number(lang, rv.frozen.panels[p].roll)).set("slips", std::move(slips));
        panels.push_back(std::move(panel));
    }
    d.set("panels", std::move(panels)).set("day", page::full_date(lang, rv.frozen.closes));
    d.set("where", page::public_address() + address(rv.id) + "/vote").set("link", address(rv.id));
    return staff_page(r, page::Form(r), say(lang, "review.codes"), "review/codes.html", d, rv.sample);
}

page::Page pass_over_page(const Request& r, const measure::Measure& m, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d;
    set_measure(d, lang, m);
    form.fill(lang, d, {"reason"});
    return staff_page(r, form, say(lang, "review.pass_over"), "review/pass_over.html", d, m.promised.sample);
}

}  // namespace review
