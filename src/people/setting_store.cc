#include <algorithm>
#include <stdexcept>

#include <db/db.h>

#include "calendars.h"
#include "change.h"
#include "settings.h"
#include "store.h"

namespace people {

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
        "insert into calendar (entry, name, holidays, makeup_days, weekend, at, by_officer, reason) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8)",
        entry.index, calendar.name, numbers_of(calendar.holidays), numbers_of(calendar.makeup_days),
        numbers_of(calendar.weekend), entry.time.ms, change.by.value(), change.reason);
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

std::optional<CalendarRow> calendar_row(db::Connection& db) {
    const std::optional<db::Row> row = db.one(
        "select c.entry, c.at, o.post, c.reason from calendar c "
        "left join officer o on o.id = c.by_officer order by c.entry desc limit 1");
    if (!row) return std::nullopt;
    return CalendarRow{row->integer(0), {row->integer(1)}, row->text_or_null(2).value_or(""), row->text_or_null(3)};
}

kernel::Calendar calendar(db::Connection& db) {
    const std::optional<db::Row> row =
        db.one("select name, holidays, makeup_days, weekend from calendar order by entry desc limit 1");
    if (!row) return {.name = "Mon–Fri", .holidays = {}, .makeup_days = {}};
    return {row->text(0), days_of(row->text(1)), days_of(row->text(2)), weekdays_of(row->text(3))};
}

}  // namespace people
