#include "figures.h"

#include <array>
#include <type_traits>

#include "rows.h"
#include "there.h"

namespace voice {
namespace {

constexpr std::array<std::string_view, 30> figure_names = {
    "received",        "settled",          "running",       "in_time",        "late",
    "withdrawn",       "solved",           "unsolved",      "silent",         "rated",
    "satisfied",       "hidden",           "typed",         "by_staff",       "before",
    "before_answered", "before_in_time",   "before_late",   "before_replied", "before_unanswered",
    "before_rated",    "before_satisfied", "called_back",   "agreed_over",    "agreed_kept",
    "agreed_broken",   "agreed_denied",    "agreed_unsaid", "agreed_open",    "contracted"};
constexpr std::int64_t a_day = 86'400'000;

void add(db::Connection& db, const Share& s, std::int64_t sign) {
    if (s.day <= 0) return;
    const auto is = [&](std::int64_t outcome) { return s.by_staff ? 0 : sign * flag(s.outcome == outcome); };
    const auto counts = [&](std::int64_t n) { return s.by_staff ? 0 : sign * n; };
    const auto ended = [&](Agreement how) { return counts(flag(s.agreement == number(how))); };
    const std::int64_t one = sign;
    db.run(
        "insert into voice_day (unit, day, received, in_time, late, withdrawn, solved, unsolved, rated, satisfied, "
        "hidden, typed, by_staff, sample, contracted, agreed, agreed_kept, agreed_broken, agreed_denied, "
        "agreed_unsaid, called_back) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) "
        "on conflict (unit, day) do update set received = voice_day.received + excluded.received, "
        "in_time = voice_day.in_time + excluded.in_time, late = voice_day.late + excluded.late, "
        "withdrawn = voice_day.withdrawn + excluded.withdrawn, solved = voice_day.solved + excluded.solved, "
        "unsolved = voice_day.unsolved + excluded.unsolved, rated = voice_day.rated + excluded.rated, "
        "satisfied = voice_day.satisfied + excluded.satisfied, hidden = voice_day.hidden + excluded.hidden, "
        "typed = voice_day.typed + excluded.typed, by_staff = voice_day.by_staff + excluded.by_staff, "
        "sample = voice_day.sample + excluded.sample, contracted = voice_day.contracted + excluded.contracted, "
        "agreed = voice_day.agreed + excluded.agreed, agreed_kept = voice_day.agreed_kept + excluded.agreed_kept, "
        "agreed_broken = voice_day.agreed_broken + excluded.agreed_broken, "
        "agreed_denied = voice_day.agreed_denied + excluded.agreed_denied, "
        "agreed_unsaid = voice_day.agreed_unsaid + excluded.agreed_unsaid, "
        "called_back = voice_day.called_back + excluded.called_back",
        s.unit, s.day, counts(1), is(1), is(2), is(3), counts(s.solved), counts(s.unsolved), counts(s.rated),
        counts(s.satisfied), counts(flag(s.hidden.has_value())), counts(s.typed), one * s.by_staff, one * s.sample,
        counts(s.contracted), counts(flag(s.agreement.has_value())), ended(Agreement::kept), ended(Agreement::broken),
        ended(Agreement::denied), ended(Agreement::unsaid), counts(s.called_back));
    if (!s.hidden || s.by_staff) return;
    db.run(
        "insert into voice_day_hidden (unit, day, ground, n) values ($1, $2, $3, $4) on conflict (unit, day, ground) "
        "do "
        "update set n = voice_day_hidden.n + excluded.n",
        s.unit, s.day, *s.hidden, one);
}

void count_overdue(db::Connection& db, const Share& s, std::int64_t sign) {
    if (s.overdue == 0) return;
    db.run(
        "insert into voice_overdue (unit, level, n) values ($1, $2, $3) on conflict (unit, level) do update set n = "
        "voice_overdue.n + excluded.n",
        s.held_by, s.overdue, sign);
}

// What is known when an entry is applied; a zone is not. A day and more after the first late day it is late anywhere,
// also where the clock has not come round to say so.
std::int64_t outcome_now(const db::Row& row, kernel::Instant at) {
    if (row.integer(0) > 0) return 2;
    const bool certainly_late = !row.null(1) && at.ms >= (row.integer(1) + 1) * a_day;
    if (!row.null(2)) return certainly_late ? 2 : 1;
    return static_cast<State>(row.integer(3)) == State::withdrawn ? 3 : 0;
}

}  // namespace

std::string_view name(Figure figure) { return figure_names.at(static_cast<std::size_t>(figure)); }

std::optional<Figure> parse_figure(std::string_view text) {
    for (std::size_t i = 0; i < figure_names.size(); ++i)
        if (figure_names[i] == text) return static_cast<Figure>(i);
    return std::nullopt;
}

void begin_figures(db::Connection& db, kernel::Day received, bool by_staff, bool typed, bool contracted, bool sample) {
    Share s;
    s.day = received.days;
    s.by_staff = flag(by_staff), s.typed = flag(typed), s.contracted = flag(contracted), s.sample = flag(sample);
    add(db, s, 1);
}

void begin_figures(db::Connection& db, VoiceId id) {
    const Share s = share_of(db, id).value();
    add(db, s, 1);
    count_overdue(db, s, 1);
}

std::optional<Share> share_of(db::Connection& db, VoiceId id) {
    const std::optional<db::Row> row = db.one(
        "select counted_unit, counted_day, outcome, solved, rating, shown, ground, typist, by_staff, sample, overdue, "
        "unit, rating_unit, contracted, coalesce(agreed_badly, agreement) from voice where id = $1",
        id.value());
    if (!row) return std::nullopt;
    Share s;
    s.voice = id;
    s.unit = row->integer(0), s.day = row->integer(1), s.outcome = row->integer(2);
    s.solved = flag(row->integer_or_null(3) == 1), s.unsolved = flag(row->integer_or_null(3) == 0);
    s.rated = flag(!row->null(4)), s.satisfied = flag(row->integer_or_null(4).value_or(0) >= 4);
    if (static_cast<Shown>(row->integer(5)) == Shown::hidden) s.hidden = row->integer_or_null(6);
    s.typed = flag(!row->null(7)), s.by_staff = row->integer(8), s.sample = row->integer(9);
    s.contracted = row->integer(13), s.agreement = row->integer_or_null(14);
    s.overdue = row->integer(10), s.held_by = row->integer_or_null(11).value_or(0);
    s.called_back = flag(!row->null(12));
    return s;
}

void move_figures(db::Connection& db, const Share& before, kernel::Instant entry_time) {
    Share after = share_of(db, before.voice).value();
    if (before.day <= 0 && after.day <= 0) return;
    if (before.outcome == 0) {
        const db::Row row =
            db.one("select late_days, late_from, answer, state, unit from voice where id = $1", before.voice.value())
                .value();
        after.outcome = outcome_now(row, entry_time);
        after.unit = row.integer_or_null(4).value_or(0);
    }
    if (after == before) return;
    add(db, before, -1);
    add(db, after, 1);
    count_overdue(db, before, -1);
    count_overdue(db, after, 1);
    if (after.unit != before.unit || after.outcome != before.outcome)
        db.run("update voice set counted_unit = $2, outcome = $3 where id = $1", before.voice.value(), after.unit,
               after.outcome);
}

std::vector<VoiceId> counted_in(db::Connection& db, const change::Change& c) {
    std::vector<VoiceId> all;
    std::visit(
        [&](const auto& one) {
            using One = std::decay_t<decltype(one)>;
            if constexpr (requires { one.voice; }) all.push_back(one.voice);
            // What holds for a whole holds for its parts.
            constexpr bool for_parts =
                std::is_same_v<One, change::Published> || std::is_same_v<One, change::PutOnHold> ||
                std::is_same_v<One, change::Hidden> || std::is_same_v<One, change::ShownAgain> ||
                std::is_same_v<One, change::KeptWhole> || std::is_same_v<One, change::PutTogether>;
            if constexpr (for_parts)
                for (VoiceId part : part_ids(db, one.voice)) all.push_back(part);
        },
        c);
    return all;
}

void where_counted(db::Query& query, const Counting& c) {
    if (is_before(c.what)) return where_before(query, c);
    std::vector<std::int64_t> units;
    for (people::UnitId unit : c.units) units.push_back(unit.value());
    query.where_in("v.counted_unit", units).where("v.counted_day > 0");
    query.where("v.counted_day >= ?", c.from.days).where("v.counted_day <= ?", c.to.days);
    if (c.what == Figure::by_staff) {
        query.where("v.by_staff = 1");
        return;
    }
    query.where("v.by_staff = 0");
    switch (c.what) {
        case Figure::received:
            return;
        case Figure::settled:
            query.where("v.outcome > 0");
            return;
        case Figure::running:
            query.where("v.outcome = 0");
            return;
        case Figure::in_time:
            query.where("v.outcome = 1");
            return;
        case Figure::late:
            query.where("v.outcome = 2");
            return;
        case Figure::withdrawn:
            query.where("v.outcome = 3");
            return;
        case Figure::solved:
            query.where("v.solved = 1");
            return;
        case Figure::unsolved:
            query.where("v.solved = 0");
            return;
        case Figure::silent:
            query.where("v.outcome > 0").where("v.solved is null");
            return;
        case Figure::rated:
            query.where("v.rating is not null");
            return;
        case Figure::satisfied:
            query.where("v.rating >= 4");
            return;
        case Figure::hidden:
            query.where("v.shown = 3");
            return;
        case Figure::typed:
            query.where("v.typist is not null");
            return;
        case Figure::called_back:
            query.where("v.rating_unit is not null");
            return;
        case Figure::agreed_over:
            query.where("coalesce(v.agreed_badly, v.agreement) > 1");
            return;
        case Figure::agreed_kept:
            query.where("coalesce(v.agreed_badly, v.agreement) = 3");
            return;
        case Figure::agreed_broken:
            query.where("coalesce(v.agreed_badly, v.agreement) = 4");
            return;
        case Figure::agreed_denied:
            query.where("coalesce(v.agreed_badly, v.agreement) = 2");
            return;
        case Figure::agreed_unsaid:
            query.where("coalesce(v.agreed_badly, v.agreement) = 5");
            return;
        case Figure::agreed_open:
            query.where("coalesce(v.agreed_badly, v.agreement) < 2");
            return;
        case Figure::contracted:
            query.where("v.contracted = 1");
            return;
        case Figure::by_staff:
        case Figure::before:
        case Figure::before_answered:
        case Figure::before_in_time:
        case Figure::before_late:
        case Figure::before_replied:
        case Figure::before_unanswered:
        case Figure::before_rated:
        case Figure::before_satisfied:
            return;
    }
}

UnitCounts unit_counts(db::Connection& db, const std::vector<people::UnitId>& units, kernel::Day from, kernel::Day to) {
    std::vector<std::int64_t> ids;
    for (people::UnitId unit : units) ids.push_back(unit.value());
    db::Query query(
        "select coalesce(sum(received), 0), coalesce(sum(in_time), 0), coalesce(sum(late), 0), "
        "coalesce(sum(withdrawn), 0), coalesce(sum(solved), 0), coalesce(sum(unsolved), 0), coalesce(sum(rated), 0), "
        "coalesce(sum(satisfied), 0), coalesce(sum(hidden), 0), coalesce(sum(typed), 0), coalesce(sum(by_staff), 0), "
        "coalesce(sum(sample), 0), coalesce(sum(called_back), 0), coalesce(sum(contracted), 0), coalesce(sum(agreed), "
        "0), "
        "coalesce(sum(agreed_kept), 0), coalesce(sum(agreed_broken), 0), coalesce(sum(agreed_denied), 0), "
        "coalesce(sum(agreed_unsaid), 0) from voice_day");
    query.where_in("unit", ids).where("day >= ?", from.days).where("day <= ?", to.days);
    const db::Row row = db.query(query).at(0);
    return {row.integer(0),  row.integer(1),  row.integer(2),  row.integer(3),  row.integer(4),
            row.integer(5),  row.integer(6),  row.integer(7),  row.integer(8),  row.integer(9),
            row.integer(10), row.integer(11), row.integer(12), row.integer(13), row.integer(14),
            row.integer(15), row.integer(16), row.integer(17), row.integer(18)};
}

std::vector<HiddenCount> hidden_counts(db::Connection& db, const std::vector<people::UnitId>& units, kernel::Day from,
                                       kernel::Day to) {
    std::vector<std::int64_t> ids;
    for (people::UnitId unit : units) ids.push_back(unit.value());
    db::Query query("select ground, sum(n) from voice_day_hidden");
    query.where_in("unit", ids).where("day >= ?", from.days).where("day <= ?", to.days);
    query.then("group by ground order by ground");
    std::vector<HiddenCount> all;
    for (const db::Row& row : db.query(query))
        if (row.integer(1) != 0) all.push_back({{}, static_cast<Ground>(row.integer(0)), row.integer(1)});
    return all;
}

}  // namespace voice
