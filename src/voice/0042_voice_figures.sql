-- main
-- Which unit and day a case counts for, and how it came out: 0 still within its time, 1 answered in time, 2 late, 3
-- withdrawn before an answer. What was received before this stands in no figure until the ledger is replayed.
alter table voice add column counted_unit {int} not null default 0;
alter table voice add column counted_day {int} not null default 0;
alter table voice add column outcome {int} not null default 0;
create index voice_counted on voice (counted_unit, counted_day, id) where counted_day > 0;

-- state: counters of each unit (0: none had it) by the day of receipt, in days since 1970
create table voice_day (
    unit {int} not null,
    day {int} not null,
    received {int} not null,
    in_time {int} not null,
    late {int} not null,
    withdrawn {int} not null,
    solved {int} not null,
    unsolved {int} not null,
    rated {int} not null,
    satisfied {int} not null,
    hidden {int} not null,
    typed {int} not null,
    by_staff {int} not null,
    sample {int} not null,
    primary key (unit, day)
) {table-end-keyed};

-- state: those of voice_day that are hidden now, by ground
create table voice_day_hidden (
    unit {int} not null,
    day {int} not null,
    ground {int} not null,
    n {int} not null,
    primary key (unit, day, ground)
) {table-end-keyed};
