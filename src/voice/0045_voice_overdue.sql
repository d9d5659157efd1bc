-- main
-- replay
-- 1 not answered in time, 2 long overdue; 0 once the answer stands or a new day is set.
alter table voice add column overdue {int} not null default 0;
create index voice_overdue_of on voice (unit, due, id) where overdue > 0;
-- an officer's own queue
create index voice_of_officer on voice (officer, due, id) where state < 3;

-- state: what is overdue now, by unit (0: none has it) and how long (1 or 2)
create table voice_overdue (
    unit {int} not null,
    level {int} not null,
    n {int} not null,
    primary key (unit, level)
) {table-end-keyed};
