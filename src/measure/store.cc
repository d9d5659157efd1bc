#include "store.h"
#include "figures.h"

namespace measure {
namespace {

using ledger::Entry;

constexpr int answers_side = 1, checks_side = 2;

std::int64_t flag(bool set) { return set ? 1 : 0; }

std::int64_t month_of(kernel::Day day) {
    const kernel::Date d = kernel::date(day);
    return std::int64_t{d.year} * 12 + d.month - 1;
}

std::optional<std::int64_t> days_of(const std::optional<kernel::Day>& day) {
    return day ? std::optional(day->days) : std::nullopt;
}

// ---- counters ------------------------------------------------------------------------------------------------------

// One statement a counter, because a column's name is no parameter.
void count_state(db::Connection& db, std::int64_t cycle, State state, std::int64_t by) {
    switch (state) {
        case State::adopted:
            db.run("update measure_count set adopted = adopted + $2 where cycle = $1", cycle, by);
            return;
        case State::under_way:
            db.run("update measure_count set under_way = under_way + $2 where cycle = $1", cycle, by);
            return;
        case State::reported:
            db.run("update measure_count set reported = reported + $2 where cycle = $1", cycle, by);
            return;
        case State::verified:
            db.run("update measure_count set verified = verified + $2 where cycle = $1", cycle, by);
            return;
        case State::accepted:
            db.run("update measure_count set accepted = accepted + $2 where cycle = $1", cycle, by);
            return;
        case State::returned:
            db.run("update measure_count set returned = returned + $2 where cycle = $1", cycle, by);
            return;
        case State::closed:
            db.run("update measure_count set closed = closed + $2 where cycle = $1", cycle, by);
            return;
    }
}

// What a measure adds to its unit's month.
struct Share {
    std::int64_t unit = 0, month = 0, in_time = 0, late = 0, extended = 0, judged = 0, returned = 0;
};

Share share_of(db::Connection& db, MeasureId id) {
    const db::Row row =
        db.one(
              "select counted_unit, counted_month, counted_in_time, counted_late, counted_extended, counted_judged, "
              "counted_returned from measure where id = $1",
              id.value())
            .value();
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3),
            row.integer(4), row.integer(5), row.integer(6)};
}

void add_share(db::Connection& db, const Share& s, std::int64_t sign) {
    db.run(
        "insert into measure_month (unit, month, due, done_in_time, late, extended, judged, returned, measures_judged, "
        "measures_returned) values ($1, $2, 0, 0, 0, 0, 0, 0, 0, 0) "
        "on conflict (unit, month) do nothing",
        s.unit, s.month);
    db.run(
        "update measure_month set due = due + $3, done_in_time = done_in_time + $4, late = late + $5, extended = "
        "extended + $6, "
        "judged = judged + $7, returned = returned + $8, measures_judged = measures_judged + $9, "
        "measures_returned = measures_returned + $10 where unit = $1 and month = $2",
        s.unit, s.month, sign, sign * s.in_time, sign * s.late, sign * s.extended, sign * s.judged, sign * s.returned,
        sign * flag(s.judged > 0), sign * flag(s.returned > 0));
}

template <class Edit>
void change_share(db::Connection& db, MeasureId id, Edit edit) {
    Share s = share_of(db, id);
    add_share(db, s, -1);
    edit(s);
    add_share(db, s, 1);
    db.run(
        "update measure set counted_unit = $2, counted_month = $3, counted_in_time = $4, counted_late = $5, "
        "counted_extended = $6, "
        "counted_judged = $7, counted_returned = $8 where id = $1",
        id.value(), s.unit, s.month, s.in_time, s.late, s.extended, s.judged, s.returned);
}

// Once it is known whether the measure was done in time, unit and month of its figures stand.
bool settled(const Share& s) { return s.in_time + s.late > 0; }

// ---- what all changes do -------------------------------------------------------------------------------------------

struct Now {
    std::int64_t cycle = 0;
    State state = State::adopted;
};
Now now_of(db::Connection& db, MeasureId id) {
    const db::Row row = db.one("select cycle, state from measure where id = $1", id.value()).value();
    return {row.integer(0), static_cast<State>(row.integer(1))};
}

void set_state(db::Connection& db, MeasureId id, State to) {
    const Now was = now_of(db, id);
    if (was.state == to) return;
    count_state(db, was.cycle, was.state, -1);
    count_state(db, was.cycle, to, 1);
    db.run("update measure set state = $2 where id = $1", id.value(), static_cast<std::int64_t>(to));
}

void put_hand(db::Connection& db, MeasureId id, people::OfficerId officer, int side) {
    if (!officer) return;
    db.run(
        "insert into measure_hand (measure, officer, side) values ($1, $2, $3) on conflict (measure, officer, side) do "
        "nothing",
        id.value(), officer.value(), side);
}

void mark_late(db::Connection& db, MeasureId id, int days) {
    const db::Row was = db.one("select cycle, was_late from measure where id = $1", id.value()).value();
    if (was.integer(1) == 0) db.run("update measure_count set late = late + 1 where cycle = $1", was.integer(0));
    const int overdue = days < voice::far_overdue ? 1 : 2;
    db.run("update measure set late_days = $2, overdue = $3, was_late = 1 where id = $1", id.value(), days, overdue);
    change_share(db, id, [](Share& s) {
        if (!settled(s)) s.late = 1;
    });
}

// Whoever has to act again is looked at by the clock from the day after the deadline.
void set_term(db::Connection& db, MeasureId id, kernel::Day due) {
    const std::int64_t was = db.one("select due from measure where id = $1", id.value())->integer(0);
    if (was != due.days)
        db.run("update measure set due = $2, late_days = 0, overdue = 0 where id = $1", id.value(), due.days);
    db.run("update measure set next_day = $2 where id = $1", id.value(), due.days + 1);
}

void record(db::Connection& db, const Entry& entry, MeasureId id, const Happened& h) {
    const auto amount = [](const std::optional<Decimal>& d) { return d ? std::optional(d->value) : std::nullopt; };
    const auto decimals = [](const std::optional<Decimal>& d) {
        return d ? std::optional<std::int64_t>(d->decimals) : std::nullopt;
    };
    const auto wide = [](const std::optional<int>& n) { return n ? std::optional<std::int64_t>(*n) : std::nullopt; };
    const auto unit = [](const std::optional<change::Owned>& o) {
        return o ? std::optional(o->unit.value()) : std::nullopt;
    };
    const auto owner = [](const std::optional<change::Owned>& o) {
        return o ? std::optional(o->owner.value()) : std::nullopt;
    };
    const std::optional<std::int64_t> by = h.by && *h.by ? std::optional(h.by->value()) : std::nullopt;
    db.run(
        "insert into measure_event (entry, measure, minute, what, officer, day, from_day, days, percent, amount, "
        "amount_decimals, "
        "from_amount, from_decimals, unit, owner, from_unit, from_owner, because, words, evidence) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        entry.index, id.value(), entry.time.ms, static_cast<std::int64_t>(h.what), by, days_of(h.day),
        days_of(h.from_day), wide(h.days), wide(h.percent), amount(h.amount), decimals(h.amount), amount(h.from_amount),
        decimals(h.from_amount), unit(h.to), owner(h.to), unit(h.from), owner(h.from), h.because, h.words, h.evidence);
}

Happened happened(What what, std::optional<people::OfficerId> by, std::string words = {}) {
    Happened h;
    h.what = what;
    h.by = by;
    h.words = std::move(words);
    return h;
}

void put_wording(db::Connection& db, const Entry& entry, MeasureId id, const Wording& w) {
    db.run(
        "insert into measure_wording (entry, measure, title, body, beneficiaries, worse_off, remedy) values ($1, $2, "
        "$3, $4, $5, $6, $7)",
        entry.index, id.value(), w.title, w.text, w.beneficiaries, w.worse_off, w.remedy);
    db.run("update measure set wording = $2 where id = $1", id.value(), entry.index);
}

// ---- one for each change -------------------------------------------------------------------------------------------

void apply_one(db::Connection& db, const Entry& entry, const change::Adopted& c) {
    const Draft& p = c.promised;
    const MeasureId id(entry.index);
    const std::optional<std::int64_t> issue = p.issue ? std::optional(p.issue->value()) : std::nullopt;
    db.run(
        "insert into measure (id, cycle, issue, criterion, kind, state, lang, owner_unit, owner, indicator_name, "
        "indicator_unit, baseline, "
        "baseline_decimals, target, target_decimals, due, first_due, motion, sample, wording, percent, last_value, "
        "last_decimals, late_days, "
        "was_late, returned, reopened, done_on, nobody, extended, accounted, look_back, review, next_day, "
        "counted_unit, counted_month, "
        "counted_in_time, counted_late, counted_extended, counted_judged, counted_returned, voice) "
        "values ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16, $17, $1, null, null, "
        "null, 0, "
        "0, 0, 0, null, 0, 0, 0, null, null, $18, $7, $19, 0, 0, 0, 0, 0, $20)",
        id.value(), p.cycle.value(), issue, p.criterion.value(), static_cast<std::int64_t>(p.kind), p.lang,
        p.owner_unit.value(), p.owner.value(), p.indicator.name, p.indicator.unit, p.indicator.baseline.value,
        p.indicator.baseline.decimals, p.indicator.target.value, p.indicator.target.decimals, p.due.days, c.motion,
        flag(p.sample), p.due.days + 1, month_of(p.due), p.voice ? std::optional(p.voice->value()) : std::nullopt);
    put_wording(db, entry, id, {p.title, p.text, p.beneficiaries, p.worse_off, p.remedy});
    put_hand(db, id, p.owner, answers_side);
    put_hand(db, id, c.by, answers_side);
    db.run(
        "insert into measure_count (cycle, adopted, under_way, reported, verified, accepted, returned, closed, late) "
        "values ($1, 0, 0, 0, 0, 0, 0, 0, 0) on conflict (cycle) do nothing",
        p.cycle.value());
    count_state(db, p.cycle.value(), State::adopted, 1);
    add_share(db, share_of(db, id), 1);
    Happened h = happened(c.motion ? What::adopted : What::pledged, c.by);
    h.day = p.due;
    h.because = c.motion;
    h.amount = p.indicator.target;
    h.to = change::Owned{p.owner_unit, p.owner};
    record(db, entry, id, h);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Reported& c) {
    set_state(db, c.measure, c.done ? State::reported : State::under_way);
    db.run("update measure set percent = $2, accounted = 1 where id = $1", c.measure.value(), c.percent);
    if (c.value)
        db.run("update measure set last_value = $2, last_decimals = $3 where id = $1", c.measure.value(),
               c.value->value, c.value->decimals);
    if (c.done) {
        db.run("update measure set done_on = $2, nobody = $3, next_day = null where id = $1", c.measure.value(),
               c.day.days, flag(c.nobody_independent));
        if (c.late_days > 0) mark_late(db, c.measure, c.late_days);
        db.run("update measure set overdue = 0 where id = $1", c.measure.value());
        if (c.late_days == 0)
            change_share(db, c.measure, [](Share& s) {
                if (!settled(s)) s.in_time = 1;
            });
    }
    put_hand(db, c.measure, c.by, answers_side);
    Happened h = happened(c.done ? What::done : What::progressed, c.by, c.text);
    h.day = c.day;
    h.percent = c.percent;
    h.amount = c.value;
    h.evidence = c.evidence;
    if (c.late_days > 0) h.days = c.late_days;
    record(db, entry, c.measure, h);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Verified& c) {
    set_state(db, c.measure, c.confirmed ? State::verified : State::under_way);
    if (c.confirmed) {
        db.run("update measure set nobody = 0 where id = $1", c.measure.value());
    } else {
        // What was not confirmed was not done: neither in time nor at all.
        const std::int64_t due = db.one("select due from measure where id = $1", c.measure.value())->integer(0);
        db.run("update measure set done_on = null, nobody = 0 where id = $1", c.measure.value());
        change_share(db, c.measure, [](Share& s) {
            if (s.judged == 0) s.in_time = 0;
        });
        set_term(db, c.measure, {due});
        db.run(
            "update measure set overdue = case when late_days = 0 then 0 when late_days < $2 then 1 else 2 end "
            "where id = $1",
            c.measure.value(), voice::far_overdue);
    }
    put_hand(db, c.measure, c.by, checks_side);
    record(db, entry, c.measure, happened(c.confirmed ? What::confirmed : What::not_confirmed, c.by, c.words));
}

void apply_one(db::Connection& db, const Entry& entry, const change::Extended& c) {
    db.run("update measure set extended = 1 where id = $1", c.measure.value());
    set_term(db, c.measure, c.due);
    change_share(db, c.measure, [&](Share& s) {
        if (!settled(s)) s.month = month_of(c.due);
        s.extended = 1;
    });
    put_hand(db, c.measure, c.by, checks_side);
    Happened h = happened(What::extended, c.by, c.reason);
    h.day = c.due;
    h.from_day = c.from;
    record(db, entry, c.measure, h);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Retargeted& c) {
    db.run("update measure set target = $2, target_decimals = $3 where id = $1", c.measure.value(), c.to.value,
           c.to.decimals);
    put_hand(db, c.measure, c.by, checks_side);
    Happened h = happened(What::retargeted, c.by, c.reason);
    h.amount = c.to;
    h.from_amount = c.from;
    record(db, entry, c.measure, h);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Reassigned& c) {
    db.run("update measure set owner_unit = $2, owner = $3 where id = $1", c.measure.value(), c.to.unit.value(),
           c.to.owner.value());
    change_share(db, c.measure, [&](Share& s) {
        if (!settled(s)) s.unit = c.to.unit.value();
    });
    put_hand(db, c.measure, c.to.owner, answers_side);
    put_hand(db, c.measure, c.by, checks_side);
    Happened h = happened(What::reassigned, c.by, c.reason);
    h.to = c.to;
    h.from = c.from;
    record(db, entry, c.measure, h);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Reworded& c) {
    put_wording(db, entry, c.measure, c.to);
    put_hand(db, c.measure, c.by, checks_side);
    record(db, entry, c.measure, happened(What::reworded, c.by, c.reason));
}

void apply_one(db::Connection& db, const Entry& entry, const change::Late& c) {
    mark_late(db, c.measure, c.days);
    db.run("update measure set next_day = $2, accounted = 1 where id = $1", c.measure.value(), c.next.days);
    Happened h = happened(What::late, {});
    h.day = c.due;
    h.days = c.days;
    record(db, entry, c.measure, h);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Absent& c) {
    db.run("update measure set accounted = 1 where id = $1", c.measure.value());
    put_hand(db, c.measure, c.by, checks_side);
    record(db, entry, c.measure, happened(What::absent, c.by, c.reason));
}

void apply_one(db::Connection& db, const Entry& entry, const change::Judged& c) {
    set_state(db, c.measure, c.accepted ? State::accepted : State::returned);
    db.run("update measure set review = $2, nobody = $3 where id = $1", c.measure.value(), c.review,
           flag(c.nobody_independent));
    if (!c.accepted) {
        db.run("update measure set returned = returned + 1, done_on = null where id = $1", c.measure.value());
        set_term(db, c.measure, c.due.value());
    }
    change_share(db, c.measure, [&](Share& s) {
        s.judged += 1;
        s.returned += c.accepted ? 0 : 1;
    });
    Happened h = happened(c.accepted ? What::accepted : What::returned, {});
    h.because = c.review;
    h.day = c.due;
    record(db, entry, c.measure, h);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Closed& c) {
    set_state(db, c.measure, State::closed);
    db.run("update measure set look_back = $2, closed_entry = $3 where id = $1", c.measure.value(), c.look_back.days,
           entry.index);
    put_hand(db, c.measure, c.by, checks_side);
    Happened h = happened(What::closed, c.by, c.words);
    h.day = c.look_back;
    record(db, entry, c.measure, h);
}

void apply_one(db::Connection& db, const Entry& entry, const change::LookedBack& c) {
    db.run("update measure set look_back = null where id = $1", c.measure.value());
    if (!c.held) {
        set_state(db, c.measure, State::under_way);
        db.run("update measure set reopened = reopened + 1, done_on = null, closed_entry = null where id = $1",
               c.measure.value());
        set_term(db, c.measure, c.due.value());
    }
    put_hand(db, c.measure, c.by, checks_side);
    Happened h = happened(c.held ? What::held : What::rebound, c.by, c.words);
    h.day = c.due;
    h.because = c.look;
    record(db, entry, c.measure, h);
}

template <class Change>
MeasureId about_measure(const Entry& entry, const Change& c) {
    if constexpr (requires { c.measure; })
        return c.measure;
    else
        return MeasureId(entry.index);
}

}  // namespace

void apply(db::Connection& db, const Entry& entry) {
    const change::Change change = change::decode(entry);
    const MeasureId about = std::visit([&](const auto& c) { return about_measure(entry, c); }, change);
    const OverdueNow before = overdue_now(db, about);
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change);
    count_overdue(db, before, overdue_now(db, about));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update measure set indicator_name = '', indicator_unit = '' where id = $1", index);
    db.run(
        "update measure_wording set title = '', body = '', beneficiaries = '', worse_off = '', remedy = '' where entry "
        "= $1",
        index);
    db.run("update measure_event set words = '', evidence = '' where entry = $1", index);
}

}  // namespace measure
