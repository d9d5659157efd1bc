// The forms about a visit, and what is read from them.
#include <algorithm>

#include "pages.h"

namespace visit {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

constexpr std::string_view fields[] = {"issue",         "posts",          "may_decide",    "day",
                                       "until",         "where",          "mode",          "met",
                                       "heard",         "promised",       "lang",          "voices",
                                       "measures",      "plan",           "met_residents", "met_users",
                                       "met_employees", "met_businesses", "met_students",  "met_associations",
                                       "met_others"};
constexpr std::string_view first_group_field = "met_";

bool about_groups(const std::vector<kernel::Error>& errors) {
    return std::ranges::any_of(errors, [](const kernel::Error& e) { return e.field.starts_with(first_group_field); });
}

std::vector<page::Option> modes(Lang lang) {
    std::vector<page::Option> all;
    for (Mode mode : all_modes) {
        const std::string key = "visit.mode_" + std::string(name(mode));
        all.push_back({std::string(name(mode)), say(lang, key), say(lang, key + "_hint")});
    }
    return all;
}

// Those about which somebody could go and see now, the newest first.
std::vector<page::Option> issues(Lang lang, db::Connection& db) {
    std::vector<page::Option> all = {{"", say(lang, "visit.no_issue"), ""}};
    for (const issue::Issue& each : issue::issues(db, std::nullopt, std::nullopt, std::nullopt, issues_to_choose)) {
        if (each.state == issue::State::dismissed || each.title.empty()) continue;
        all.push_back({std::to_string(each.id.value()), each.title, ""});
    }
    return all;
}

template <class Id>
std::vector<Id> ids_of(page::Reader& reader, std::string_view field, std::string_view key) {
    std::vector<Id> all;
    for (std::int64_t n : reader.numbers(field, key)) all.emplace_back(n);
    return all;
}

template <class Id>
std::string in_a_row(const std::vector<Id>& ids) {
    std::string text;
    for (const Id& id : ids) text += (text.empty() ? "" : ", ") + std::to_string(id.value());
    return text;
}

Data of_visit(Lang lang, const Visit& v) {
    Data d;
    d.set("link", address(v.id)).set("title", title_of(lang, v));
    return d;
}

}  // namespace

std::vector<page::Option> languages() {
    std::vector<page::Option> all;
    for (Lang each : page::all_langs)
        all.push_back({std::string(page::tag(each)), say(each, "visit.this_language"), ""});
    return all;
}

void fill_fields(const Request& r, db::Connection& db, bool choose_issue, page::Form& form, Data& d) {
    const Lang lang = page::lang_of(r);
    form.options("lang", languages()).options("mode", modes(lang));
    if (choose_issue) form.options("issue", issues(lang, db));
    form.fill(lang, d, fields);
    d.set("choose_issue", choose_issue).set("groups_open", about_groups(form.errors()));
}

page::Page new_page(const Request& r, db::Connection& db, const About& about, page::Form form) {
    const Lang lang = page::lang_of(r);
    form.value("lang", std::string(page::tag(lang)));
    if (about.plan) form.value("posts", about.plan->posts).value("where", about.plan->where);
    Data d;
    fill_fields(r, db, !about.issue && !about.plan, form, d);
    set_issue(d, lang, about.issue);
    if (about.issue) d.set("about", about.issue->id.value());
    if (about.plan) d.set("plan_link", address(about.plan->id)).set("plan", about.plan->id.value());
    return page_of(say(lang, "visit.new"), page::render(lang, "visit/form.html", d),
                   about.issue && about.issue->sample);
}

page::Page told_page(const Request& r, const Visit& v, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d = of_visit(lang, v);
    d.set("promised", page::own_words(v.promised, v.lang)).set("has_promised", !v.promised.empty());
    form.fill(lang, d, {"day", "what"});
    return page_of(say(lang, "visit.tell"), page::render(lang, "visit/told.html", d), v.sample);
}

page::Page correct_page(const Request& r, const Visit& v, page::Form form) {
    const Lang lang = page::lang_of(r);
    form.value("day", kernel::iso(v.day)).value("met", std::to_string(v.met));
    if (v.may_decide) form.value("may_decide", "yes");
    Data d = of_visit(lang, v);
    form.fill(lang, d, {"day", "met", "may_decide", "reason"});
    return page_of(say(lang, "visit.correct"), page::render(lang, "visit/correct.html", d), v.sample);
}

page::Page links_page(const Request& r, const Visit& v, page::Form form) {
    const Lang lang = page::lang_of(r);
    form.value("voices", in_a_row(v.voices)).value("measures", in_a_row(v.measures));
    Data d = of_visit(lang, v);
    form.fill(lang, d, {"voices", "measures", "reason"});
    return page_of(say(lang, "visit.link"), page::render(lang, "visit/links.html", d), v.sample);
}

Draft read_draft(page::Reader& reader, const Request& r) {
    Draft draft;
    if (const auto id = reader.number("issue", "visit.issue_number")) draft.issue = issue::IssueId(*id);
    if (const auto id = reader.number("plan", "visit.plan_unknown")) draft.plan = PlanId(*id);
    draft.posts = reader.text("posts", max_posts);
    draft.may_decide = reader.ticked("may_decide");
    if (const auto day = reader.day("day", "visit.day_missing"))
        draft.day = *day;
    else if (!reader.refused("day"))
        reader.refuse(kernel::invalid("day", "visit.day_missing"));
    draft.until = reader.day("until", "visit.day_missing");
    draft.mode = parse_mode(reader.text("mode", 10));
    if (!draft.mode && !reader.refused("mode")) reader.refuse(kernel::invalid("mode", "visit.mode_missing"));
    draft.where = reader.text("where", max_where);
    if (const auto met = reader.number("met", "visit.met_missing"))
        draft.met = *met;
    else if (!reader.refused("met"))
        reader.refuse(kernel::invalid("met", "visit.met_missing"));
    for (Group group : all_groups)
        if (const auto n = reader.number("met_" + std::string(name(group)), "visit.met_missing"); n && *n > 0)
            draft.groups.push_back({group, *n});
    draft.heard = reader.text("heard", max_heard, kernel::Lines::many);
    draft.promised = reader.text("promised", max_promised, kernel::Lines::many);
    draft.voices = ids_of<voice::VoiceId>(reader, "voices", "visit.numbers_wrong");
    draft.measures = ids_of<measure::MeasureId>(reader, "measures", "visit.numbers_wrong");
    if (const auto lang = page::parse_lang(reader.text("lang", 35)))
        draft.lang = page::tag(*lang);
    else
        reader.refuse(kernel::invalid("lang", "visit.lang_missing"));
    if (const auto origin = r.field("origin"); origin && !origin->empty()) draft.origin = std::string(*origin);
    return draft;
}

}  // namespace visit
