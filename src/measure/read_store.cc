#include <array>

#include "figures.h"
#include "store.h"

namespace measure {
namespace {

constexpr std::array<std::string_view, 17> what_names = {
    "adopted",  "pledged",    "progressed", "done",     "confirmed", "not_confirmed",
    "extended", "retargeted", "reassigned", "reworded", "late",      "absent",
    "accepted", "returned",   "closed",     "held",     "rebound"};

std::optional<kernel::Day> day_at(const db::Row& row, int column) {
    const auto days = row.integer_or_null(column);
    return days ? std::optional(kernel::Day{*days}) : std::nullopt;
}
std::optional<int> int_at(const db::Row& row, int column) {
    const auto n = row.integer_or_null(column);
    return n ? std::optional(static_cast<int>(*n)) : std::nullopt;
}
// Value and decimals stand side by side.
std::optional<Decimal> decimal_at(const db::Row& row, int column) {
    const auto value = row.integer_or_null(column);
    return value ? std::optional(Decimal{*value, static_cast<int>(row.integer(column + 1))}) : std::nullopt;
}
std::optional<change::Owned> owned_at(const db::Row& row, int column) {
    const auto unit = row.integer_or_null(column);
    return unit ? std::optional(change::Owned{people::UnitId(*unit), people::OfficerId(row.integer(column + 1))})
                : std::nullopt;
}

Measure from_row(const db::Row& row) {
    Measure m;
    Draft& p = m.promised;
    m.id = MeasureId(row.integer(0));
    p.cycle = people::CycleId(row.integer(1));
    if (const auto issue = row.integer_or_null(2)) p.issue = issue::IssueId(*issue);
    p.criterion = cycle::CriterionId(row.integer(3));
    p.kind = static_cast<Kind>(row.integer(4));
    m.state = static_cast<State>(row.integer(5));
    p.lang = row.text(6);
    p.owner_unit = people::UnitId(row.integer(7));
    p.owner = people::OfficerId(row.integer(8));
    p.indicator = {row.text(9), row.text(10), *decimal_at(row, 11), *decimal_at(row, 13)};
    p.due = {row.integer(15)};
    m.first_due = {row.integer(16)};
    m.motion = row.integer_or_null(17);
    p.sample = row.integer(18) != 0;
    m.percent = int_at(row, 19);
    m.last_value = decimal_at(row, 20);
    m.late_days = static_cast<int>(row.integer(22));
    m.returned = static_cast<int>(row.integer(23));
    m.reopened = static_cast<int>(row.integer(24));
    m.done_on = day_at(row, 25);
    m.nobody_independent = row.integer(26) != 0;
    m.extended = row.integer(27) != 0;
    m.accounted = row.integer(28) != 0;
    m.look_back = day_at(row, 29);
    m.review = row.integer_or_null(30);
    p.title = row.text(31), p.text = row.text(32);
    p.beneficiaries = row.text(33), p.worse_off = row.text(34), p.remedy = row.text(35);
    if (const auto voice = row.integer_or_null(36)) p.voice = voice::VoiceId(*voice);
    return m;
}

db::Query select_measures() {
    return db::Query(
        "select m.id, m.cycle, m.issue, m.criterion, m.kind, m.state, m.lang, m.owner_unit, m.owner, m.indicator_name, "
        "m.indicator_unit, m.baseline, m.baseline_decimals, m.target, m.target_decimals, m.due, m.first_due, m.motion, "
        "m.sample, "
        "m.percent, m.last_value, m.last_decimals, m.late_days, m.returned, m.reopened, m.done_on, m.nobody, "
        "m.extended, "
        "m.accounted, m.look_back, m.review, w.title, w.body, w.beneficiaries, w.worse_off, w.remedy, m.voice "
        "from measure m join measure_wording w on w.entry = m.wording");
}

}  // namespace

std::string_view name(What what) { return what_names.at(static_cast<std::size_t>(what)); }

std::optional<Measure> measure(db::Connection& db, MeasureId id) {
    db::Query q = select_measures();
    q.where("m.id = ?", id.value());
    const db::Rows rows = db.query(q);
    return rows.empty() ? std::nullopt : std::optional(from_row(rows.front()));
}

std::vector<Measure> measures(db::Connection& db, const Filter& f) {
    db::Query q = select_measures();
    if (f.cycle) q.where("m.cycle = ?", f.cycle->value());
    if (f.issue) q.where("m.issue = ?", f.issue->value());
    if (f.unit) q.where("m.owner_unit = ?", f.unit->value());
    if (f.voice) q.where("m.voice = ?", f.voice->value());
    if (f.state) q.where("m.state = ?", static_cast<std::int64_t>(*f.state));
    if (f.late_only) q.where("m.was_late = 1");
    if (f.open_only)
        q.where("m.state <> ? and m.state <> ?", static_cast<std::int64_t>(State::accepted),
                static_cast<std::int64_t>(State::closed));
    if (f.counted) where_counted(q, people::spread(db, *f.counted));
    if (f.before) q.where("m.id < ?", f.before->value());
    if (f.after) q.where("m.id > ?", f.after->value());
    const bool upwards = f.after && !f.before;
    if (upwards)
        q.then("order by m.id limit ?", f.at_most);
    else
        q.then("order by m.id desc limit ?", f.at_most);
    std::vector<Measure> all;
    for (const db::Row& row : db.query(q)) all.push_back(from_row(row));
    if (upwards) all = {all.rbegin(), all.rend()};
    return all;
}

std::vector<Measure> overdue_of(db::Connection& db, people::UnitId unit, std::optional<Place> after, int at_most) {
    db::Query q = select_measures();
    q.where("m.overdue > 0").where("m.owner_unit = ?", unit.value());
    if (after) q.where("(m.due, m.id) > (?, ?)", after->day.days, after->measure.value());
    q.then("order by m.due, m.id limit ?", at_most);
    std::vector<Measure> all;
    for (const db::Row& row : db.query(q)) all.push_back(from_row(row));
    return all;
}

Counts counts(db::Connection& db, people::CycleId cycle) {
    const auto row = db.one(
        "select adopted, under_way, reported, verified, accepted, returned, closed, late from measure_count where "
        "cycle = $1",
        cycle.value());
    if (!row) return {};
    return {row->integer(0), row->integer(1), row->integer(2), row->integer(3),
            row->integer(4), row->integer(5), row->integer(6), row->integer(7)};
}

std::vector<Happened> history(db::Connection& db, MeasureId id) {
    std::vector<Happened> all;
    for (const db::Row& row : db.query(
             "select entry, minute, what, officer, day, from_day, days, percent, amount, amount_decimals, from_amount, "
             "from_decimals, unit, owner, from_unit, from_owner, because, words, evidence from measure_event "
             "where measure = $1 order by entry",
             id.value())) {
        Happened h;
        h.entry = row.integer(0);
        h.minute = {row.integer(1)};
        h.what = static_cast<What>(row.integer(2));
        if (const auto officer = row.integer_or_null(3)) h.by = people::OfficerId(*officer);
        h.day = day_at(row, 4), h.from_day = day_at(row, 5);
        h.days = int_at(row, 6), h.percent = int_at(row, 7);
        h.amount = decimal_at(row, 8), h.from_amount = decimal_at(row, 10);
        h.to = owned_at(row, 12), h.from = owned_at(row, 14);
        h.because = row.integer_or_null(16);
        h.words = row.text(17), h.evidence = row.text(18);
        all.push_back(std::move(h));
    }
    return all;
}

std::optional<MeasureId> measure_of_entry(db::Connection& db, std::int64_t entry) {
    const auto row = db.one("select measure from measure_event where entry = $1", entry);
    return row ? std::optional(MeasureId(row->integer(0))) : std::nullopt;
}

std::vector<Worded> wordings(db::Connection& db, MeasureId id) {
    std::vector<Worded> all;
    for (const db::Row& row :
         db.query("select entry, title, body, beneficiaries, worse_off, remedy from measure_wording where measure = $1 "
                  "order by entry",
                  id.value()))
        all.push_back({row.integer(0), {row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)}});
    return all;
}

Hands hands(db::Connection& db, MeasureId id, people::OfficerId officer) {
    Hands found;
    for (const db::Row& row :
         db.query("select side from measure_hand where measure = $1 and officer = $2", id.value(), officer.value()))
        (row.integer(0) == 1 ? found.answered : found.checked) = true;
    return found;
}

std::vector<Ringing> ringing(db::Connection& db, kernel::Day today, Ringing after, int at_most) {
    std::vector<Ringing> all;
    for (const db::Row& row : db.query("select next_day, id from measure where next_day is not null and next_day <= $1 "
                                       "and (next_day, id) > ($2, $3) order by next_day, id limit $4",
                                       today.days, after.day.days, after.measure.value(), at_most))
        all.push_back({kernel::Day{row.integer(0)}, MeasureId(row.integer(1))});
    return all;
}

std::optional<kernel::Day> next_day(db::Connection& db, MeasureId id) {
    const auto row = db.one("select next_day from measure where id = $1", id.value());
    return row ? day_at(*row, 0) : std::nullopt;
}

std::vector<MeasureId> unaccounted(db::Connection& db, people::CycleId cycle, int at_most) {
    std::vector<MeasureId> all;
    for (const db::Row& row : db.query("select id from measure where cycle = $1 and accounted = 0 order by id limit $2",
                                       cycle.value(), at_most))
        all.emplace_back(row.integer(0));
    return all;
}

std::int64_t unaccounted_count(db::Connection& db, people::CycleId cycle) {
    return db.one("select count(*) from measure where cycle = $1 and accounted = 0", cycle.value())->integer(0);
}

bool has_open(db::Connection& db, people::UnitId unit) {
    return db
        .one("select id from measure where owner_unit = $1 and state <> $2 limit 1", unit.value(),
             static_cast<std::int64_t>(State::closed))
        .has_value();
}

bool all_accepted(db::Connection& db, issue::IssueId issue) {
    return !db.one("select id from measure where issue = $1 and state <> $2 and state <> $3 limit 1", issue.value(),
                   static_cast<std::int64_t>(State::accepted), static_cast<std::int64_t>(State::closed))
                .has_value();
}

}  // namespace measure
