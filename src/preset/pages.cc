#include "pages.h"

#include <algorithm>

#include "form.h"
#include "library.h"
#include "params.h"
#include "store.h"
#include "trial.h"
#include "words.h"

namespace preset {
namespace {

using page::Data;
using page::Lang;
using page::say;

constexpr int adopted_on_a_page = 50;

std::string admin_address(const Preset& p) {
    return "/admin/presets/" + (p.based_on ? p.based_on->id : in_library(p.id) ? p.id : neutral(p.applies).preset.id);
}

Data row_of(Lang lang, db::Connection& db, const Preset& p) {
    Data d;
    d.set("title", title(lang, p)).set("path", address(p)).set("applies", applies_words(lang, p.applies));
    d.set("tag", tag_words(lang, p)).set("source", source_words(p)).set("id", p.id).set("version", p.version);
    if (adoptable(p.applies)) d.set("edit", admin_address(p));
    if (p.entry == 0) return d;
    const auto officer = people::officer(db, p.by);
    d.set("entry", p.entry).set("since", page::date_time(lang, p.at));
    return d.set("by", officer ? officer->post : say(lang, "people.console"));
}

std::vector<Data> holding_rows(Lang lang, db::Connection& db) {
    std::vector<Data> rows;
    for (Applies applies : all_applies)
        if (adoptable(applies)) rows.push_back(row_of(lang, db, holding(db, applies)));
    return rows;
}

std::vector<Data> library_groups(Lang lang, db::Connection& db, bool adoptable_alone) {
    std::vector<Data> groups;
    for (Applies applies : all_applies) {
        if (adoptable_alone && !adoptable(applies)) continue;
        std::vector<Data> rows;
        for (const LibraryPreset& one : library())
            if (one.preset.applies == applies) rows.push_back(row_of(lang, db, one.preset));
        Data group;
        group.set("applies", applies_words(lang, applies)).set("used", adoptable(applies));
        groups.push_back(std::move(group.set("presets", std::move(rows))));
    }
    return groups;
}

bool holds(const std::vector<std::string>& paths, std::string_view path) {
    return std::find(paths.begin(), paths.end(), path) != paths.end();
}

// An extension or a way back is one row of several figures.
bool of_group(const std::vector<std::string>& paths, std::string_view path) {
    const std::string_view top = path.substr(0, path.find('.'));
    if (top != "extension" && top != "bounce") return holds(paths, path);
    return std::any_of(paths.begin(), paths.end(), [&](std::string_view one) {
        return one.starts_with(top) && one.size() > top.size() && one[top.size()] == '.';
    });
}

std::string origin_words(Lang lang, const Preset& p, std::string_view path) {
    if (of_group(p.changed, path)) return say(lang, "preset.origin_own");
    if (p.tag == Tag::own && !p.based_on) return "";
    const LibraryPreset* from = p.based_on ? in_library(p.based_on->id) : nullptr;
    if (from && from->preset.tag == Tag::own) return say(lang, "preset.origin_base");
    return say(lang, of_group(p.stated, path) ? "preset.origin_source" : "preset.origin_neutral");
}

std::vector<Data> figure_rows(Lang lang, const Preset& p) {
    std::vector<Data> rows;
    for (const Figure& one : figures(lang, p.params)) {
        Data row;
        row.set("what", one.what).set("value", page::paragraphs(one.value));
        rows.push_back(std::move(row.set("origin", origin_words(lang, p, one.path))));
    }
    return rows;
}

std::string stated_words(Lang lang, const Preset& p) {
    std::string text;
    for (const Figure& one : figures(lang, p.params))
        if (of_group(p.stated, one.path)) text += (text.empty() ? "" : " · ") + one.what;
    return text;
}

page::Page in_rules(std::string title, page::Html main) {
    page::Page shown;
    shown.title = std::move(title);
    shown.main = std::move(main);
    shown.section = "proof";
    return shown;
}

}  // namespace

std::string address(const Preset& p) {
    if (p.entry > 0) return "/rules/presets/" + std::to_string(p.entry);
    // The settings stand there; what has none is as the neutral one.
    if (p.id == "settings" && p.applies == Applies::cases) return "/rules";
    return "/rules/presets/library/" + (p.id == "settings" ? neutral(p.applies).preset.id : p.id);
}

page::Page list_page(const http::Request& r, db::Connection& db, std::optional<std::int64_t> before) {
    const Lang lang = page::lang_of(r);
    std::vector<Preset> all = adopted(db, before, adopted_on_a_page + 1);
    page::Pages turn{"/rules/presets", {}, {}};
    if (static_cast<int>(all.size()) > adopted_on_a_page) {
        all.pop_back();
        turn.older = std::to_string(all.back().entry);
    }
    std::vector<Data> rows;
    for (const Preset& one : all) rows.push_back(row_of(lang, db, one));
    Data d;
    d.set("holding", holding_rows(lang, db)).set("adopted", std::move(rows));
    d.set("pagination", page::pagination(lang, turn)).set("groups", library_groups(lang, db, false));
    d.set("may_adopt", people::actor(r).has(people::Role::administrator));
    return in_rules(say(lang, "preset.list"), page::render(lang, "preset/list.html", d));
}

page::Html part_of_rules(Lang lang, db::Connection& db) {
    Data d;
    d.set("holding", holding_rows(lang, db));
    return page::render(lang, "preset/rules_part.html", d);
}

page::Page preset_page(const http::Request& r, db::Connection& db, const Preset& p, page::Html words) {
    const Lang lang = page::lang_of(r);
    Data d = row_of(lang, db, p);
    d.set("not_in_force", p.entry > 0 && in_force(db, p.applies).value().entry != p.entry);
    d.set("jurisdiction", p.jurisdiction).set("words", std::move(words));
    if (p.retrieved) d.set("retrieved", page::full_date(lang, *p.retrieved));
    d.set("reason", page::paragraphs(p.reason)).set("has_reason", !p.reason.empty());
    d.set("figures", figure_rows(lang, p));
    d.set("usable", adoptable(p.applies) && people::actor(r).has(people::Role::administrator));
    return in_rules(title(lang, p), page::render(lang, "preset/show.html", d));
}

page::Page admin_page(const http::Request& r, db::Connection& db) {
    const Lang lang = page::lang_of(r);
    Data d;
    d.set("holding", holding_rows(lang, db)).set("groups", library_groups(lang, db, true));
    return in_rules(say(lang, "preset.admin"), page::render(lang, "preset/admin.html", d));
}

page::Page edit_page(const http::Request& r, db::Connection& db, const Preset& from, page::Form form,
                     const std::optional<Trial>& tried, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    Data d = row_of(lang, db, from);
    d.set("stated", stated_words(lang, from)).set("action", admin_address(from));
    d.set("try_action", admin_address(from) + "/trial");
    d.set("cases", from.applies == Applies::cases).set("measures", from.applies == Applies::measures);
    const auto now = in_force(db, from.applies);
    // What was made of this one before is where one goes on.
    const bool own = now && now->based_on && now->based_on->id == from.id;
    fill_form(form, lang, own ? now->params : from.params);
    form.value("day", kernel::iso(tried ? tried->day : today));
    form.fill(lang, d, form_fields(from.applies));
    if (tried) {
        const kernel::Calendar calendar = people::calendar(db);
        std::vector<Data> rows;
        for (const TrialRow& one : trial(lang, tried->params, calendar, tried->day))
            rows.push_back(
                Data().set("what", one.what).set("day", page::full_date(lang, one.day)).set("beyond", one.beyond));
        d.set("tried", true).set("tried_day", page::full_date(lang, tried->day)).set("rows", std::move(rows));
        d.set("calendar", people::calendar_name(lang, calendar.name));
    }
    return in_rules(title(lang, from), page::render(lang, "preset/edit.html", d));
}

kernel::Json as_json(const Preset& p) {
    const auto list = [](const std::vector<std::string>& texts) {
        kernel::Json::Array all;
        for (const std::string& text : texts) all.emplace_back(text);
        return all;
    };
    kernel::Json j = kernel::Json::Object{{"id", p.id},
                                          {"version", p.version},
                                          {"applies", std::string(name(p.applies))},
                                          {"tag", std::string(name(p.tag))},
                                          {"jurisdiction", p.jurisdiction},
                                          {"source", p.source},
                                          {"article", p.article},
                                          {"stated", list(p.stated)},
                                          {"changed", list(p.changed)},
                                          {"params", as_json(p.params)}};
    j.set("retrieved", p.retrieved ? kernel::Json(kernel::iso(*p.retrieved)) : kernel::Json());
    j.set("based_on", p.based_on
                          ? kernel::Json(kernel::Json::Object{{"id", p.based_on->id}, {"version", p.based_on->version}})
                          : kernel::Json());
    j.set("entry", p.entry > 0 ? kernel::Json(p.entry) : kernel::Json());
    j.set("adopted", p.entry > 0 ? kernel::Json(kernel::iso(p.at)) : kernel::Json());
    return j.set("reason", p.reason);
}

}  // namespace preset
