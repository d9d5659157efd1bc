#include <filesystem>

#include <db/database.h>
#include <kernel/json.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "acts.h"
#include "routes.h"
#include "settings.h"
#include "store.h"

namespace people {
namespace {

std::optional<SettingRow> row_named(const std::vector<SettingRow>& rows, std::string_view name) {
    for (const SettingRow& row : rows)
        if (row.name == name) return row;
    return std::nullopt;
}

// What it may be, in the reader's words.
std::string range_words(page::Lang lang, const SettingRule& rule) {
    const page::Args range{{"least", std::to_string(rule.least)}, {"most", std::to_string(rule.most)}};
    switch (rule.kind) {
        case SettingKind::number:
            return page::say(lang, "people.setting_range", range);
        case SettingKind::text:
            return page::say(lang, "people.setting_length", range);
        case SettingKind::choice:
            return page::say(lang, "people.setting_choices", {{"choices", std::string(rule.choices)}});
        case SettingKind::roles:
            return page::say(lang, "people.setting_roles");
    }
    return "";
}

page::Data described(page::Lang lang, const SettingRule& rule, const std::optional<SettingRow>& row) {
    const auto shown = [&](std::string_view value) { return setting_words(lang, rule.name, value); };
    page::Data data;
    data.set("name", rule.name)
        .set("path", "/admin/settings/" + std::string(rule.name))
        .set("meaning", page::say(lang, meaning_key(rule)));
    data.set("value", shown(row ? std::string_view(row->value) : rule.standard)).set("standard", shown(rule.standard));
    data.set("range", range_words(lang, rule)).set("changed", row && row->value != rule.standard);
    if (!row) return data;
    data.set("since", page::date_time(lang, row->since))
        .set("entry", row->entry)
        .set("reason", row->reason.value_or(""));
    data.set("by", row->by.empty() ? page::say(lang, "people.console") : row->by);
    return data;
}

http::Response setting_form(const Site& site, const http::Request& request, page::Form form, int status = 200) {
    const SettingRule* rule = setting_rule(request.param("name"));
    if (!rule) return refusal(request, kernel::refuse(kernel::Code::not_found, "people.setting_unknown"));
    const page::Lang lang = page::lang_of(request);
    db::Database::Lease db = site.needs.database.read();
    page::Data data = described(lang, *rule, row_named(setting_rows(*db), rule->name));
    std::vector<page::Option> choices;
    if (rule->kind == SettingKind::roles) {
        const std::string now = setting(*db, rule->name);
        for (std::string_view one : kernel::split(now, ' ')) form.value("value", std::string(one));
        for (Role role : all_roles)
            choices.push_back({std::string(name(role)), page::say(lang, "people.role_" + std::string(name(role))), ""});
    } else {
        form.value("value", setting(*db, rule->name));
    }
    if (rule->kind == SettingKind::choice)
        for (std::string_view one : kernel::split(rule->choices, ' '))
            choices.push_back({std::string(one), std::string(one), ""});
    form.options("value", std::move(choices));
    data.set("is_number", rule->kind == SettingKind::number).set("is_text", rule->kind == SettingKind::text);
    data.set("is_choice", rule->kind == SettingKind::choice).set("is_roles", rule->kind == SettingKind::roles);
    data.set("now", setting(*db, rule->name));
    if (site.hooks.setting_guard)
        if (const kernel::Checked ok = site.hooks.setting_guard(*db, rule->name); !ok)
            data.set("replaced", page::say(lang, ok.error()));
    form.fill(lang, data, {"value", "reason"});
    return answer_page(request, std::string(rule->name), page::render(lang, "people/setting.html", data), status);
}

// What was ticked, as one value.
std::string joined(const std::vector<std::string_view>& values) {
    std::string out;
    for (std::string_view one : values) out.append(out.empty() ? "" : " ").append(one);
    return out;
}

// The act refuses a zone of the wrong form; whether this machine knows it can only be looked up here.
bool zone_known(std::string_view zone) {
    std::error_code ignored;
    return zone.find("..") == zone.npos &&
           std::filesystem::is_regular_file(std::filesystem::path("/usr/share/zoneinfo") / zone, ignored);
}

}  // namespace

std::string setting_meaning(page::Lang lang, std::string_view name) {
    const SettingRule* rule = setting_rule(name);
    return rule ? page::say(lang, meaning_key(*rule)) : std::string(name);
}

std::string setting_words(page::Lang lang, std::string_view name, std::string_view value) {
    if (value.empty()) return page::say(lang, "people.setting_empty");
    const SettingRule* rule = setting_rule(name);
    if (name == "organisation.language")
        if (const auto chosen = page::parse_lang(value)) return page::say(*chosen, "page.own_name");
    if (!rule || rule->kind != SettingKind::roles) return std::string(value);
    std::string words;
    for (std::string_view one : kernel::split(value, ' ')) {
        words += (words.empty() ? "" : " · ") + page::say(lang, "people.role_" + std::string(one));
    }
    return words;
}

http::Response list_settings(const Site& site, const http::Request& request) {
    const page::Lang lang = page::lang_of(request);
    db::Database::Lease db = site.needs.database.read();
    const std::vector<SettingRow> changed = setting_rows(*db);
    std::vector<page::Data> rows;
    for (const SettingRule& rule : setting_rules()) {
        page::Data row = described(lang, rule, row_named(changed, rule.name));
        if (site.hooks.setting_guard)
            if (const kernel::Checked ok = site.hooks.setting_guard(*db, rule.name); !ok)
                row.set("replaced", page::say(lang, ok.error()));
        rows.push_back(std::move(row));
    }
    page::Data data;
    data.set("settings", std::move(rows));
    return answer_page(request, page::say(lang, "people.settings"), page::render(lang, "people/settings.html", data));
}

http::Response edit_setting(const Site& site, const http::Request& request) {
    return setting_form(site, request, page::Form(request));
}

http::Response post_setting(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    SettingEdit asked{std::string(request.param("name")), reader.text("value", max_setting),
                      reader.need_text("reason", max_reason, "people.reason_missing")};
    if (const SettingRule* rule = setting_rule(asked.name); rule && rule->kind == SettingKind::roles)
        asked.value = joined(request.fields("value"));
    if (asked.name == "organisation.zone" && !reader.refused("value") && !zone_known(asked.value))
        reader.refuse(kernel::invalid("value", "people.setting_no_such_zone"));
    if (!reader.good()) return setting_form(site, request, page::Form::again(request, reader.errors()), 422);
    const kernel::Checked done = change_setting(site.needs, actor(request), asked, page::once(request), site.hooks);
    if (done) return http::redirect("/admin/settings");
    if (!page::mends(done.error())) return refusal(request, done.error());
    return setting_form(site, request, page::Form::again(request, {done.error()}), http::status_of(done.error().code));
}

http::Response settings_json(const Site& site, const http::Request&) {
    const std::vector<SettingRow> changed = setting_rows(*site.needs.database.read());
    kernel::Json::Array all;
    for (const SettingRule& rule : setting_rules()) {
        const std::optional<SettingRow> row = row_named(changed, rule.name);
        kernel::Json one;
        one.set("name", rule.name)
            .set("value", row ? std::string_view(row->value) : rule.standard)
            .set("default", rule.standard);
        if (row) one.set("entry", row->entry).set("since", kernel::iso(row->since)).set("by", row->by);
        all.push_back(std::move(one));
    }
    http::Response response = http::json(200, kernel::canonical(kernel::Json().set("settings", std::move(all))));
    response.cacheable = true;
    return response;
}

}  // namespace people
