-- main
-- replay
-- words: visit_plan (posts, place, why, reason)
-- The issue of a visit is 0 where it is about none: entry 0 is the installation itself.
alter table visit add column until_day {int};
alter table visit add column mode {int};
alter table visit add column planned {int};
alter table visit add column plan {int};
alter table visit add column met_groups {text} not null default '';
create index visit_of_unit on visit (unit, id);
alter table visit_event add column links {text} not null default '';

-- state: messages that were heard on a visit
create table visit_voice (
    visit {int} not null,
    voice {int} not null,
    primary key (visit, voice)
) {table-end-keyed};
create index visit_voice_by_voice on visit_voice (voice, visit);

-- state: measures that were promised on a visit
create table visit_measure (
    visit {int} not null,
    measure {int} not null,
    primary key (visit, measure)
) {table-end-keyed};
create index visit_measure_by_measure on visit_measure (measure, visit);

-- state: which form, kept somewhere until it was sent, became which visit, for ever
create table visit_origin (
    origin {bytes} primary key,
    visit {int} not null
) {table-end-keyed};

-- state: visits that were published before anybody went; issue 0 is none; what: 0 open, 1 kept, 2 called off
create table visit_plan (
    id {int} primary key,
    issue {int} not null,
    cycle {int} not null,
    unit {int} not null,
    made {int} not null,
    day {int} not null,
    announced {int} not null,
    posts {text} not null,
    place {text} not null,
    why {text} not null,
    lang {text} not null,
    what {int} not null,
    visit {int},
    ended_entry {int},
    reason {text} not null,
    sample {int} not null
) {table-end};
create index visit_plan_of_unit on visit_plan (unit, id);
create index visit_plan_open on visit_plan (what, id);
create index visit_plan_ended on visit_plan (ended_entry);

-- state: counters of each unit and month (year * 12 + month - 1) of the day of visit or plan
create table visit_unit_month (
    unit {int} not null,
    month {int} not null,
    visits {int} not null,
    by_deciders {int} not null,
    planned {int} not null,
    unplanned {int} not null,
    issues_seen {int} not null,
    met {int} not null,
    plans {int} not null,
    called_off {int} not null,
    sample {int} not null,
    primary key (unit, month)
) {table-end-keyed};

-- state: how many visits of a unit in a month were about an issue: what makes issues_seen distinct
create table visit_unit_issue (
    unit {int} not null,
    month {int} not null,
    issue {int} not null,
    visits {int} not null,
    primary key (unit, month, issue)
) {table-end-keyed};
