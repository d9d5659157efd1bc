#include <algorithm>
#include <stdexcept>

#include <db/db.h>

#include "calendars.h"
#include "change.h"
#include "settings.h"
#include "store.h"

namespace people {

namespace {

std::optional<std::int64_t> number_of(std::optional<kernel::Day> day) {
    return day ? std::optional(day->days) : std::nullopt;
}

std::optional<kernel::Day> day_of(std::optional<std::int64_t> number) {
    return number ? std::optional(kernel::Day{*number}) : std::nullopt;
}

CalendarRow calendar_from(const db::Row& row) {
    CalendarRow one;
    one.entry = row.integer(0);
    one.since = {row.integer(1)};
    one.by = row.text_or_null(2).value_or("");
    one.reason = row.text_or_null(3);
    one.calendar = {row.text(4),
                    days_of(row.text(5)),
                    days_of(row.text(6)),
                    weekdays_of(row.text(7)),
                    day_of(row.integer_or_null(8)),
                    day_of(row.integer_or_null(9))};
    return one;
}

constexpr db::Sql select_calendar =
    "select c.entry, c.at, o.post, c.reason, c.name, c.holidays, c.makeup_days, c.weekend, c.covers_from, c.covers_to "
    "from calendar c left join officer o on o.id = c.by_officer";

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry, const SettingChanged& change) {
    db.run(
        "insert into setting (name, value, entry, at, by_officer, reason) values ($1, $2, $3, $4, $5, $6) "
        "on conflict (name) do update set value = excluded.value, entry = excluded.entry, at = excluded.at, "
        "by_officer = excluded.by_officer, reason = excluded.reason",
        change.name, change.value, entry.index, entry.time.ms, change.by.value(), change.reason);
}

void apply(db::Connection& db, const ledger::Entry& entry, const CalendarSet& change) {
    const kernel::Calendar& calendar = change.calendar;
    db.run(
        "insert into calendar (entry, name, holidays, makeup_days, weekend, at, by_officer, reason, covers_from, "
        "covers_to) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        entry.index, calendar.name, numbers_of(calendar.holidays), numbers_of(calendar.makeup_days),
        numbers_of(calendar.weekend), entry.time.ms, change.by.value(), change.reason, number_of(calendar.covers_from),
        number_of(calendar.covers_to));
}

std::string setting(db::Connection& db, std::string_view name) {
    const SettingRule* rule = setting_rule(name);
    if (!rule) throw std::logic_error("no setting " + std::string(name));
    const std::optional<db::Row> row = db.one("select value from setting where name = $1", name);
    return row ? row->text(0) : std::string(rule->standard);
}

std::int64_t settings_position(db::Connection& db) {
    const db::Row row = *db.one(
        "select coalesce((select max(entry) from setting), -1), coalesce((select max(entry) from calendar), -1)");
    return std::max(row.integer(0), row.integer(1));
}

std::int64_t setting_number(db::Connection& db, std::string_view name) {
    const std::optional<std::int64_t> value = parse_number(setting(db, name));
    if (!value) throw std::logic_error("setting " + std::string(name) + " is no number");
    return *value;
}

std::vector<SettingRow> setting_rows(db::Connection& db) {
    std::vector<SettingRow> all;
    for (const db::Row& row : db.query("select s.name, s.value, s.entry, s.at, o.post, s.reason from setting s "
                                       "left join officer o on o.id = s.by_officer order by s.name"))
        all.push_back({row.text(0),
                       row.text(1),
                       row.integer(2),
                       {row.integer(3)},
                       row.text_or_null(4).value_or(""),
                       row.text_or_null(5)});
    return all;
}

std::vector<Setting> settings_in_force(db::Connection& db) {
    // A setting that this program no longer has stays in the state, and says nothing about the rules in force.
    const std::vector<SettingRow> rows = setting_rows(db);
    std::vector<Setting> all;
    for (const SettingRule& rule : setting_rules()) {
        const std::string name(rule.name), standard(rule.standard);
        const auto row = std::find_if(rows.begin(), rows.end(), [&](const SettingRow& r) { return r.name == name; });
        if (row == rows.end())
            all.push_back({name, standard, standard, {}, {}, {}});
        else
            all.push_back({name, row->value, standard, row->entry, row->since, row->by});
    }
    return all;
}

std::vector<Setting> changed_settings(db::Connection& db) {
    std::vector<Setting> all = settings_in_force(db);
    std::erase_if(all, [](const Setting& one) { return !one.differs(); });
    return all;
}

std::vector<CalendarRow> calendar_rows(db::Connection& db, std::optional<std::int64_t> before, int at_most) {
    db::Query q(select_calendar);
    if (before) q.where("c.entry < ?", *before);
    std::vector<CalendarRow> all;
    for (const db::Row& row : db.query(q.then("order by c.entry desc limit ?", at_most)))
        all.push_back(calendar_from(row));
    return all;
}

std::optional<CalendarRow> calendar_row(db::Connection& db, std::int64_t entry) {
    const std::vector<CalendarRow> found = calendar_rows(db, entry + 1, 1);
    return found.empty() || found.front().entry != entry ? std::nullopt : std::optional(found.front());
}

std::optional<CalendarRow> calendar_row(db::Connection& db) {
    const std::vector<CalendarRow> newest = calendar_rows(db, {}, 1);
    return newest.empty() ? std::nullopt : std::optional(newest.front());
}

kernel::Calendar calendar(db::Connection& db) {
    const std::optional<CalendarRow> row = calendar_row(db);
    if (!row) return {.name = "Mon–Fri", .holidays = {}, .makeup_days = {}};
    return row->calendar;
}

std::optional<kernel::Day> calendar_ends(db::Connection& db, kernel::Day today) {
    const std::optional<kernel::Day> last = calendar(db).covers_to;
    return last && *last - today < calendar_warning_days ? last : std::nullopt;
}

}  // namespace people
