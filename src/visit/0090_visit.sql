-- main
-- state: one row for each visit, as the newest correction says
create table visit (
    id {int} primary key,
    issue {int} not null,
    cycle {int} not null,
    unit {int} not null,
    posts {text} not null,
    place {text} not null,
    heard {text} not null,
    promised {text} not null,
    lang {text} not null,
    may_decide {int} not null,
    day {int} not null,
    met {int} not null,
    told_on {int},
    told {text} not null,
    told_entry {int},
    sample {int} not null
) {table-end};
create index visit_of_issue on visit (issue, id);
create index visit_of_cycle on visit (cycle, id);

-- state: counters of each issue that somebody went to see
create table visit_issue_count (
    issue {int} primary key,
    visits {int} not null,
    met {int} not null,
    by_deciders {int} not null
) {table-end};

-- state: counters of each round
create table visit_cycle_count (
    cycle {int} primary key,
    visits {int} not null,
    issues_seen {int} not null,
    met {int} not null,
    by_deciders {int} not null
) {table-end};

-- state: the history on the visit's page, one row for each entry about it; from_… is what a correction replaced
create table visit_event (
    entry {int} primary key,
    visit {int} not null,
    minute {int} not null,
    what {int} not null,
    officer {int},
    day {int},
    met {int},
    may_decide {int},
    from_day {int},
    from_met {int},
    from_may_decide {int},
    reason {text} not null
) {table-end};
create index visit_event_of on visit_event (visit, entry);
