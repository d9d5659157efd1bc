-- main
-- words: contractor (reason)
-- state: firms whose people work here; one that ended stays in the list; reason, of the end, is words
create table contractor (
    id {int} not null primary key,
    name {text} not null,
    since {int} not null,
    ended {int},
    ended_entry {int},
    reason {text}
) {table-end};
alter table officer add column contractor {int};
create index officer_by_contractor on officer (contractor) where contractor is not null;
