-- main
-- words: voice_before (reply, number, named)
-- A case of another register: how it came out there (0 no answer, 1 in time, 2 late, 3 answered, in no time that could be
-- told), for which unit (0: none of ours) and which day (0: none was said) it counts. Empty for all others.
alter table voice add column before {int};
alter table voice add column before_unit {int};
alter table voice add column before_day {int};
create index voice_before_of on voice (before_unit, before_day, id) where before is not null;

-- state: what another register says of a case that was taken over from it
create table voice_before (
    voice {int} primary key,
    replied_on {int},
    due {int},
    rating {int},
    origin {bytes},
    reply {text} not null,
    number {text} not null,
    named {text} not null
) {table-end};
create unique index voice_before_origin on voice_before (origin) where origin is not null;

-- state: counters of cases taken over, by unit (0: none of ours) and the day they were said there (0: none was said)
create table voice_before_day (
    unit {int} not null,
    day {int} not null,
    taken {int} not null,
    in_time {int} not null,
    late {int} not null,
    replied {int} not null,
    unanswered {int} not null,
    rated {int} not null,
    satisfied {int} not null,
    sample {int} not null,
    primary key (unit, day)
) {table-end-keyed};

-- lists by kind, and of a unit what was ever late
create index voice_of_kind on voice (kind, id);
create index voice_late_of on voice (unit, id) where late_days > 0;
