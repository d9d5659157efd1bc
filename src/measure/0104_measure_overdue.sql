-- main
-- replay
-- 1 not done in time, 2 long overdue; 0 once it is reported as done or a new day is set.
alter table measure add column overdue {int} not null default 0;
create index measure_overdue_of on measure (owner_unit, due, id) where overdue > 0;

-- state: what is overdue now, by unit and how long (1 or 2)
create table measure_overdue (
    unit {int} not null,
    level {int} not null,
    n {int} not null,
    primary key (unit, level)
) {table-end-keyed};
