// Calendars of working days: every one that was ever in force, and the form that sets the next.
#include <algorithm>

#include <db/database.h>
#include <kernel/json.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "acts.h"
#include "calendars.h"
#include "routes.h"
#include "store.h"

namespace people {
namespace {

constexpr int calendars_on_a_page = 50;

std::string cover_words(page::Lang lang, const kernel::Calendar& calendar) {
    if (!calendar.covers_from || !calendar.covers_to) return page::say(lang, "people.calendar_covers_all");
    return page::say(
        lang, "people.calendar_covers_from_to",
        {{"from", page::full_date(lang, *calendar.covers_from)}, {"to", page::full_date(lang, *calendar.covers_to)}});
}

std::string weekend_words(page::Lang lang, const kernel::Calendar& calendar) {
    std::string words;
    for (int day : calendar.weekend)
        words += (words.empty() ? "" : " · ") + page::say(lang, "people.weekday_" + std::to_string(day));
    return words;
}

std::string named_words(page::Lang lang, Named what) {
    constexpr std::string_view keys[] = {"people.calendar_nothing", "people.calendar_holiday",
                                         "people.calendar_worked"};
    return page::say(lang, keys[static_cast<std::size_t>(what)]);
}

std::string day_words(page::Lang lang, kernel::Day day) {
    return page::full_date(lang, day) + " · " +
           page::say(lang, "people.weekday_" + std::to_string(kernel::weekday(day)));
}

page::Data described(page::Lang lang, const CalendarRow& row) {
    page::Data data;
    data.set("name", calendar_name(lang, row.calendar.name)).set("entry", row.entry);
    data.set("path", "/calendars/" + std::to_string(row.entry)).set("since", page::date_time(lang, row.since));
    data.set("by", row.by.empty() ? page::say(lang, "people.console") : row.by);
    data.set("covers", cover_words(lang, row.calendar)).set("weekend", weekend_words(lang, row.calendar));
    data.set("reason", page::paragraphs(row.reason.value_or(""))).set("has_reason", row.reason.has_value());
    data.set("days", static_cast<std::int64_t>(row.calendar.holidays.size() + row.calendar.makeup_days.size()));
    return data;
}

std::vector<page::Data> named_days(page::Lang lang, const kernel::Calendar& calendar) {
    std::vector<page::Data> rows;
    for (const DayChange& one : changes({}, calendar))
        rows.push_back(page::Data().set("day", day_words(lang, one.day)).set("what", named_words(lang, one.after)));
    return rows;
}

// What the calendar before said and this one does not: its own properties first, then its days.
std::vector<page::Data> difference(page::Lang lang, const kernel::Calendar& before, const kernel::Calendar& now) {
    std::vector<page::Data> rows;
    const auto row = [&](std::string what, std::string was, std::string is) {
        if (was == is) return;
        page::Data data;
        data.set("what", std::move(what)).set("before", std::move(was));
        rows.push_back(std::move(data.set("after", std::move(is))));
    };
    row(page::say(lang, "people.calendar_name"), calendar_name(lang, before.name), calendar_name(lang, now.name));
    row(page::say(lang, "people.calendar_weekend"), weekend_words(lang, before), weekend_words(lang, now));
    row(page::say(lang, "people.calendar_covers"), cover_words(lang, before), cover_words(lang, now));
    for (const DayChange& one : changes(before, now))
        row(day_words(lang, one.day), named_words(lang, one.before), named_words(lang, one.after));
    return rows;
}

page::Page version_page(const Site& site, const http::Request& request, db::Connection& db, const CalendarRow& row) {
    const page::Lang lang = page::lang_of(request);
    const std::vector<CalendarRow> before = calendar_rows(db, row.entry, 1);
    page::Data data = described(lang, row);
    data.set("in_force", calendar_row(db).value().entry == row.entry).set("first", before.empty());
    if (!before.empty()) {
        std::vector<page::Data> rows = difference(lang, before.front().calendar, row.calendar);
        data.set("same", rows.empty()).set("changes", std::move(rows));
        data.set("before_path", "/calendars/" + std::to_string(before.front().entry));
        data.set("before_name", calendar_name(lang, before.front().calendar.name));
    }
    data.set("named", named_days(lang, row.calendar));
    const std::int64_t entries[] = {row.entry};
    if (site.hooks.words) data.set("words", site.hooks.words(request, db, entries));
    page::Page shown;
    shown.title = page::say(lang, "people.calendar_version", {{"day", page::date_time(lang, row.since)}});
    shown.main = page::render(lang, "people/calendar_version.html", data);
    shown.section = "proof";
    return shown;
}

http::Response calendar_form(const Site& site, const http::Request& request, page::Form form, int status = 200) {
    const page::Lang lang = page::lang_of(request);
    db::Database::Lease db = site.needs.database.read();
    const kernel::Calendar now = calendar(*db);
    page::Data data;
    data.set("in_force", calendar_name(lang, now.name)).set("covers", cover_words(lang, now));
    data.set("days", static_cast<std::int64_t>(now.holidays.size() + now.makeup_days.size()));
    if (const auto last = calendar_ends(*db, kernel::local_day(site.needs.clock.now())))
        data.set("ends", page::full_date(lang, *last));
    if (const std::optional<CalendarRow> row = calendar_row(*db)) {
        data.set("since", page::date_time(lang, row->since)).set("entry", row->entry);
        data.set("by", row->by.empty() ? page::say(lang, "people.console") : row->by);
    }
    form.value("name", now.name).value("text", text_of(now));
    std::vector<page::Option> choices;
    for (const BuiltIn& one : built_in_calendars()) choices.push_back({one.id, calendar_name(lang, one.name), ""});
    choices.push_back({"own", page::say(lang, "people.calendar_own"), ""});
    form.value("choice", "own").options("choice", std::move(choices));
    form.fill(lang, data, {"choice", "name", "text", "reason"});
    return answer_page(request, page::say(lang, "people.calendar"), page::render(lang, "people/calendar.html", data),
                       status);
}

kernel::Json day_list(const std::set<kernel::Day>& days) {
    kernel::Json::Array all;
    for (kernel::Day day : days) all.emplace_back(kernel::iso(day));
    return all;
}

}  // namespace

std::string calendar_name(page::Lang lang, const std::string& name) {
    return name == "Mon–Fri" ? page::say(lang, "people.calendar_weekdays") : name;
}

http::Response list_calendars(const Site& site, const http::Request& request) {
    const std::optional<std::int64_t> before = kernel::parse_index(request.asked("before").value_or(""));
    const std::string key = before ? std::to_string(*before) : std::string();
    return page::cached(request, key, site.needs.ledger.size(), [&] {
        const page::Lang lang = page::lang_of(request);
        db::Database::Lease db = site.needs.database.read();
        std::vector<CalendarRow> all = calendar_rows(*db, before, calendars_on_a_page + 1);
        const bool more = static_cast<int>(all.size()) > calendars_on_a_page;
        if (more) all.pop_back();
        std::vector<page::Data> rows;
        for (const CalendarRow& one : all) rows.push_back(described(lang, one));
        page::Data data;
        data.set("calendars", std::move(rows));
        page::Pages turn{"/calendars", {}, {}};
        if (more) turn.older = std::to_string(all.back().entry);
        data.set("pagination", page::pagination(lang, turn));
        page::Page shown;
        shown.title = page::say(lang, "people.calendars");
        shown.main = page::render(lang, "people/calendars.html", data);
        shown.section = "proof";
        return shown;
    });
}

http::Response show_calendar(const Site& site, const http::Request& request) {
    const std::optional<std::int64_t> entry = kernel::parse_index(request.param("entry"));
    db::Database::Lease db = site.needs.database.read();
    const std::optional<CalendarRow> found = entry ? calendar_row(*db, *entry) : std::nullopt;
    if (!found) return refusal(request, kernel::refuse(kernel::Code::not_found, "people.calendar_unknown"));
    return page::cached(request, "", site.needs.ledger.size(),
                        [&] { return version_page(site, request, *db, *found); });
}

http::Response edit_calendar(const Site& site, const http::Request& request) {
    return calendar_form(site, request, page::Form(request));
}

http::Response post_calendar(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    CalendarEdit asked;
    const std::string choice = reader.need_text("choice", max_name, "people.calendar_choice_missing");
    if (const std::optional<BuiltIn> chosen = built_in_calendar(choice)) {
        asked.name = chosen->name;
        asked.text = chosen->text;
    } else if (choice == "own") {
        asked.name = reader.need_text("name", max_name, "people.calendar_name_missing");
        asked.text = reader.need_text("text", max_calendar, "people.calendar_text_missing", kernel::Lines::many);
    } else if (!reader.refused("choice")) {
        reader.refuse(kernel::invalid("choice", "people.calendar_choice_missing"));
    }
    asked.reason = reader.need_text("reason", max_reason, "people.reason_missing");
    if (!reader.good()) return calendar_form(site, request, page::Form::again(request, reader.errors()), 422);
    const kernel::Checked done = set_calendar(site.needs, actor(request), asked, page::once(request));
    if (done) return http::redirect("/admin/calendar");
    if (!page::mends(done.error())) return refusal(request, done.error());
    return calendar_form(site, request, page::Form::again(request, {done.error()}), http::status_of(done.error().code));
}

http::Response calendar_json(const Site& site, const http::Request&) {
    db::Database::Lease db = site.needs.database.read();
    const kernel::Calendar now = calendar(*db);
    kernel::Json json;
    json.set("name", now.name).set("holidays", day_list(now.holidays)).set("makeup_days", day_list(now.makeup_days));
    kernel::Json::Array weekend;
    for (int day : now.weekend) weekend.emplace_back(day);
    json.set("weekend", std::move(weekend));
    json.set("covers_from", now.covers_from ? kernel::Json(kernel::iso(*now.covers_from)) : kernel::Json());
    json.set("covers_to", now.covers_to ? kernel::Json(kernel::iso(*now.covers_to)) : kernel::Json());
    if (const std::optional<CalendarRow> row = calendar_row(*db)) json.set("entry", row->entry);
    http::Response response = http::json(200, kernel::canonical(json));
    response.cacheable = true;
    return response;
}

}  // namespace people
