-- main

-- state: pseudonyms, in the order in which they first spoke; keys are HMACs that differ in each cycle
create table participant (
    id {int} not null primary key,
    cycle {int} not null,
    verified {int} not null,
    browser_key {bytes},
    code_key {bytes}
) {table-end};
create unique index participant_by_browser on participant (browser_key) where browser_key is not null;
create unique index participant_by_code on participant (code_key) where code_key is not null;

-- state: how many people spoke in a cycle
create table turnout (
    cycle {int} not null primary key,
    people {int} not null,
    verified {int} not null
) {table-end};
