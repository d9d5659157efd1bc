-- main
-- state: issues that a round handed on undecided to a later one; state is what each was in when it went
create table issue_carried (
    cycle {int} not null,
    issue {int} not null,
    next_cycle {int} not null,
    state {int} not null,
    entry {int} not null,
    primary key (cycle, issue)
) {table-end-keyed};
create index issue_carried_of on issue_carried (issue, cycle);
create index issue_carried_to on issue_carried (next_cycle, issue);

-- state: of the issues that a round handed on, how many nobody had confirmed; and how many it took over itself
create table issue_carried_count (
    cycle {int} primary key,
    unconfirmed {int} not null,
    inherited {int} not null
) {table-end};
