#include "figures.h"
#include "rows.h"
#include "taken_over.h"
#include "there.h"

namespace voice {
namespace {

void count_taken(db::Connection& db, std::int64_t unit, std::int64_t day, Before came, std::optional<int> rating,
                 bool sample) {
    db.run(
        "insert into voice_before_day (unit, day, taken, in_time, late, replied, unanswered, rated, satisfied, sample) "
        "values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9) on conflict (unit, day) do update set "
        "taken = voice_before_day.taken + 1, in_time = voice_before_day.in_time + excluded.in_time, "
        "late = voice_before_day.late + excluded.late, replied = voice_before_day.replied + excluded.replied, "
        "unanswered = voice_before_day.unanswered + excluded.unanswered, "
        "rated = voice_before_day.rated + excluded.rated, "
        "satisfied = voice_before_day.satisfied + excluded.satisfied, "
        "sample = voice_before_day.sample + excluded.sample",
        unit, day, flag(came == Before::in_time), flag(came == Before::late), flag(came == Before::replied),
        flag(came == Before::unanswered), flag(rating.has_value()), flag(rating.value_or(0) >= 4), flag(sample));
}

}  // namespace

void apply_taken_over(db::Connection& db, const ledger::Entry& entry, const change::Imported& c) {
    const change::TakenOver& t = c.before.value();
    const std::optional<kernel::Day> due = t.term ? std::optional(t.term->due) : std::nullopt;
    const Before how = came({t.replied, c.said_on, t.replied_on, due});
    const std::int64_t unit = t.unit ? t.unit->value() : 0, day = c.said_on ? c.said_on->days : 0;
    db.run(
        "update voice set unit = $2, audience = $3, shown = $4, before = $5, before_unit = $6, before_day = $7 where "
        "id = $1",
        entry.index, value(t.unit), number(t.unit_only ? Audience::unit_only : Audience::open),
        number(t.unit_only ? Shown::unit_only : Shown::published), number(how), unit, day);
    const std::optional<std::int64_t> rating = t.rating ? std::optional<std::int64_t>(*t.rating) : std::nullopt;
    if (t.origin)
        db.run(
            "insert into voice_before (voice, replied_on, due, rating, origin, reply, number, named) values ($1, $2, "
            "$3, $4, $5, $6, $7, $8)",
            entry.index, days(t.replied_on), days(due), rating, *t.origin, t.reply, t.number, t.named);
    else
        db.run(
            "insert into voice_before (voice, replied_on, due, rating, reply, number, named) values ($1, $2, $3, $4, "
            "$5, $6, $7)",
            entry.index, days(t.replied_on), days(due), rating, t.reply, t.number, t.named);
    count_taken(db, unit, day, how, t.rating, c.sample);
}

void forget_imported(db::Connection& db, std::int64_t index) {
    forget_words(db, index);
    db.run("update voice_before set reply = '', number = '', named = '' where voice = $1", index);
}

std::optional<There> find_there(db::Connection& db, VoiceId id) {
    const std::optional<db::Row> row = db.one(
        "select v.before, b.replied_on, b.due, b.rating, b.reply, b.number, b.named from voice_before b join voice v "
        "on v.id = b.voice where b.voice = $1",
        id.value());
    if (!row) return std::nullopt;
    return There{static_cast<Before>(row->integer(0)),
                 day_or_none(*row, 1),
                 day_or_none(*row, 2),
                 int_or_none(*row, 3),
                 row->text(4),
                 row->text(5),
                 row->text(6)};
}

bool taken_from_there(db::Connection& db, const kernel::Hash& origin) {
    return db.one("select voice from voice_before where origin = $1", origin).has_value();
}

std::vector<int> before_years(db::Connection& db, people::UnitId unit) {
    const std::optional<db::Row> row =
        db.one("select min(day), max(day) from voice_before_day where unit = $1 and day > 0", unit.value());
    std::vector<int> all;
    if (!row || row->null(0)) return all;
    const int last = kernel::date(kernel::Day{row->integer(1)}).year;
    for (int year = kernel::date(kernel::Day{row->integer(0)}).year; year <= last; ++year) all.push_back(year);
    return all;
}

BeforeCounts before_counts(db::Connection& db, const std::vector<people::UnitId>& units, kernel::Day from,
                           kernel::Day to) {
    std::vector<std::int64_t> ids;
    for (people::UnitId unit : units) ids.push_back(unit.value());
    db::Query query(
        "select coalesce(sum(taken), 0), coalesce(sum(in_time), 0), coalesce(sum(late), 0), coalesce(sum(replied), 0), "
        "coalesce(sum(unanswered), 0), coalesce(sum(rated), 0), coalesce(sum(satisfied), 0), coalesce(sum(sample), 0) "
        "from voice_before_day");
    query.where_in("unit", ids).where("day >= ?", from.days).where("day <= ?", to.days);
    const db::Row row = db.query(query).at(0);
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3),
            row.integer(4), row.integer(5), row.integer(6), row.integer(7)};
}

bool is_before(Figure figure) { return figure >= Figure::before && figure <= Figure::before_satisfied; }

void where_before(db::Query& query, const Counting& c) {
    std::vector<std::int64_t> units;
    for (people::UnitId unit : c.units) units.push_back(unit.value());
    query.where_in("v.before_unit", units).where("v.before is not null");
    query.where("v.before_day >= ?", c.from.days).where("v.before_day <= ?", c.to.days);
    if (c.what == Figure::before_answered) query.where("(v.before = 1 or v.before = 2)");
    if (c.what == Figure::before_in_time) query.where("v.before = 1");
    if (c.what == Figure::before_late) query.where("v.before = 2");
    if (c.what == Figure::before_replied) query.where("v.before = 3");
    if (c.what == Figure::before_unanswered) query.where("v.before = 0");
    if (c.what == Figure::before_rated)
        query.where("exists (select 1 from voice_before b where b.voice = v.id and b.rating is not null)");
    if (c.what == Figure::before_satisfied)
        query.where("exists (select 1 from voice_before b where b.voice = v.id and b.rating >= 4)");
}

std::int64_t before_n(const BeforeCounts& c, Figure what) {
    if (what == Figure::before_answered) return c.in_time + c.late;
    if (what == Figure::before_in_time) return c.in_time;
    if (what == Figure::before_late) return c.late;
    if (what == Figure::before_replied) return c.replied;
    if (what == Figure::before_unanswered) return c.unanswered;
    if (what == Figure::before_rated) return c.rated;
    if (what == Figure::before_satisfied) return c.satisfied;
    return c.taken;
}

}  // namespace voice
