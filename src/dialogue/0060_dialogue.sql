-- main
-- state: a question that statements answer
create table dialogue (
    id {int} not null primary key,
    cycle {int} not null,
    question {text} not null,
    about {text} not null,
    lang {text} not null,
    admission {int} not null,
    closed {int},
    source {text} not null,
    first_day {int},
    last_day {int},
    sample {int} not null
) {table-end};
create index dialogue_of_cycle on dialogue (cycle, id);

-- state: what a dialogue's page counts, apart from its texts because every vote writes here
create table dialogue_figures (
    dialogue {int} not null primary key,
    people {int} not null,
    imported_people {int} not null,
    votes_cast {int} not null,
    votes {int} not null,
    accepted {int} not null,
    pending {int} not null,
    never_moderated {int} not null,
    set_aside {int} not null
) {table-end};

-- state: one row for each statement
create table dialogue_statement (
    id {int} not null primary key,
    dialogue {int} not null,
    state {int} not null,
    ground {int},
    origin {int} not null,
    number {int},
    day {int} not null,
    until {int},
    author {int},
    text {text} not null,
    lang {text} not null
) {table-end};
create index dialogue_statement_of on dialogue_statement (dialogue, state, id);
create unique index dialogue_statement_number on dialogue_statement (dialogue, number) where number is not null;
create index dialogue_statement_until on dialogue_statement (until, id) where until is not null;

-- state: what happened to a statement or to its dialogue, one row for each entry about it
create table dialogue_event (
    entry {int} not null primary key,
    about {int} not null,
    minute {int} not null,
    what {int} not null,
    ground {int},
    officer {int},
    remark {text} not null
) {table-end};
create index dialogue_event_about on dialogue_event (about, entry);

-- state: the counts of a statement, apart from its text because every vote writes here
create table dialogue_count (
    statement {int} not null primary key,
    agree {int} not null,
    disagree {int} not null,
    pass {int} not null
) {table-end};

-- state: how many votes of a person stand in a dialogue
create table dialogue_voter (
    dialogue {int} not null,
    participant {int} not null,
    votes {int} not null,
    primary key (dialogue, participant)
) {table-end-keyed};

-- state: who voted what, never public. People of an import stand under negative numbers, -(dialogue * 2^20 + number there)
create table dialogue_vote (
    participant {int} not null,
    statement {int} not null,
    choice {int} not null,
    primary key (participant, statement)
) {table-end-keyed};

-- state: which files were imported where, and how far
create table dialogue_import (
    dialogue {int} not null primary key,
    files {bytes} not null,
    cycle {int} not null,
    statements {int} not null,
    votes {int} not null
) {table-end};
create unique index dialogue_import_of on dialogue_import (files, cycle);
