-- main
-- state: scorecards as they were published, one row for each unit and period
create table scorecard_published (
    entry {int} primary key,
    unit {int} not null,
    from_day {int} not null,
    to_day {int} not null,
    minute {int} not null,
    k {int} not null,
    sample {int} not null
) {table-end};
create index scorecard_published_of on scorecard_published (unit, from_day, to_day, entry);

-- state: the figures of each published scorecard
create table scorecard_figure (
    entry {int} not null,
    n {int} not null,
    name {text} not null,
    part {int} not null,
    whole {int} not null,
    primary key (entry, n)
) {table-end-keyed};
