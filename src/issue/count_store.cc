// The counters of a round's issues.
#include "store.h"

namespace issue {

// One statement a counter, because a column's name is no parameter.
void count(db::Connection& db, people::CycleId cycle, State state, std::int64_t by) {
    const std::int64_t c = cycle.value();
    switch (state) {
        case State::suggested:
            db.run("update issue_count set suggested = suggested + $2 where cycle = $1", c, by);
            return;
        case State::confirmed:
            db.run("update issue_count set confirmed = confirmed + $2 where cycle = $1", c, by);
            return;
        case State::dismissed:
            db.run("update issue_count set dismissed = dismissed + $2 where cycle = $1", c, by);
            return;
        case State::before_body:
            db.run("update issue_count set before_body = before_body + $2 where cycle = $1", c, by);
            return;
        case State::adopted:
            db.run("update issue_count set adopted = adopted + $2 where cycle = $1", c, by);
            return;
        case State::refused:
            db.run("update issue_count set refused = refused + $2 where cycle = $1", c, by);
            return;
        case State::resolved:
            db.run("update issue_count set resolved = resolved + $2 where cycle = $1", c, by);
            return;
        case State::carried_over:
            db.run("update issue_count set carried_over = carried_over + $2 where cycle = $1", c, by);
            return;
    }
}

void need_count(db::Connection& db, people::CycleId cycle) {
    db.run(
        "insert into issue_count (cycle, suggested, confirmed, dismissed, before_body, adopted, refused, resolved, "
        "carried_over, rest) "
        "values ($1, 0, 0, 0, 0, 0, 0, 0, 0, 0) on conflict (cycle) do nothing",
        cycle.value());
}

Counts counts(db::Connection& db, people::CycleId cycle) {
    Counts c;
    if (const auto led = db.one("select voices from issue_led_count where cycle = $1", cycle.value()))
        c.led = led->integer(0);
    if (const auto went =
            db.one("select unconfirmed, inherited from issue_carried_count where cycle = $1", cycle.value()))
        c.carried_unconfirmed = went->integer(0), c.inherited = went->integer(1);
    const auto row = db.one(
        "select suggested, confirmed, dismissed, before_body, adopted, refused, resolved, carried_over, rest from "
        "issue_count where cycle = $1",
        cycle.value());
    if (!row) return c;
    c.suggested = row->integer(0), c.confirmed = row->integer(1), c.dismissed = row->integer(2),
    c.before_body = row->integer(3);
    c.adopted = row->integer(4), c.refused = row->integer(5), c.resolved = row->integer(6),
    c.carried_over = row->integer(7), c.rest = row->integer(8);
    return c;
}

}  // namespace issue
