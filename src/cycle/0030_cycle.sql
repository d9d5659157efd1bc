-- main
-- state: one row for each round and for the standing desk; context_filled has one bit for each answered part of the sheet
create table cycle (
    id {int} primary key,
    standing {int} not null,
    name {text} not null,
    lang {text} not null,
    organiser {int} not null,
    phase {int} not null,
    phase_ends {int},
    touches {text} not null,
    promised {text} not null,
    means {text} not null,
    limits {text} not null,
    context_filled {int} not null,
    context_entry {int},
    inherits {int},
    source {text} not null,
    sample {int} not null
) {table-end};
create unique index cycle_only_desk on cycle (standing) where standing = 1;
create index cycle_newest on cycle (standing, id);
create index cycle_inherits on cycle (inherits);

-- state: what a round is measured by; a corrected criterion stays, with the newer one beside it
create table cycle_criterion (
    id {int} primary key,
    cycle {int} not null,
    text {text} not null,
    replaced_by {int}
) {table-end};
create index cycle_criterion_of on cycle_criterion (cycle, id);

-- state: the history on the round's page, one row for each entry about it
create table cycle_event (
    entry {int} primary key,
    cycle {int} not null,
    minute {int} not null,
    what {int} not null,
    phase {int},
    officer {int},
    remark {text} not null
) {table-end};
create index cycle_event_of on cycle_event (cycle, entry);
