-- main
-- words: spotcheck_matter (seen)
-- state: spot checks: announced, drawn, looked at; ordered by: 0 the clock, which does so once for each quarter
create table spotcheck (
    id {int} primary key,
    unit {int} not null,
    ordered_by {int} not null,
    day {int} not null,
    minute {int} not null,
    quarter {int},
    from_entry {int} not null,
    to_entry {int} not null,
    n {int} not null,
    look_days {int} not null,
    drawn_entry {int},
    root {bytes},
    population {int} not null,
    due {int},
    overdue_entry {int},
    drawn {int} not null,
    looked {int} not null,
    sample {int} not null
) {table-end};
create index spotcheck_of_unit on spotcheck (unit, id);
create index spotcheck_undrawn on spotcheck (id) where drawn_entry is null;
create index spotcheck_drawn_by on spotcheck (drawn_entry) where drawn_entry is not null;
create index spotcheck_open on spotcheck (id) where looked < drawn;
create index spotcheck_due on spotcheck (due, id) where overdue_entry is null and looked < drawn;
create index spotcheck_overdue_by on spotcheck (overdue_entry) where overdue_entry is not null;

-- state: what was drawn, and what was seen of it; kind: 0 a message, 1 a measure; outcome: 0 as said, 1 not, 2 not seen
create table spotcheck_matter (
    spotcheck {int} not null,
    nth {int} not null,
    kind {int} not null,
    matter {int} not null,
    overdue {int} not null,
    look_entry {int},
    outcome {int},
    day {int},
    on_site {int},
    officer {int},
    unit {int},
    seen {text} not null,
    reopened {int} not null,
    primary key (spotcheck, nth)
) {table-end-keyed};
create index spotcheck_matter_of on spotcheck_matter (matter, spotcheck);
create index spotcheck_matter_look on spotcheck_matter (look_entry) where look_entry is not null;

-- state: counters of each unit by month (year * 12 + month - 1) of the announcement
create table spotcheck_month (
    unit {int} not null,
    month {int} not null,
    drawn {int} not null,
    looked {int} not null,
    as_said {int} not null,
    not_as_said {int} not null,
    could_not_see {int} not null,
    on_site {int} not null,
    overdue {int} not null,
    sample {int} not null,
    primary key (unit, month)
) {table-end-keyed};
