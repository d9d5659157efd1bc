-- main
-- state: one row for each issue; people counts distinct participants behind its messages
create table issue (
    id {int} primary key,
    cycle {int} not null,
    state {int} not null,
    title {text} not null,
    body {text} not null,
    lang {text} not null,
    marks {int} not null,
    voices {int} not null,
    statements {int} not null,
    people {int} not null,
    sitting {int},
    motion {int},
    sample {int} not null
) {table-end};
create index issue_newest on issue (cycle, id);

-- state: which message is gathered in which issue
create table issue_voice (
    voice {int} not null,
    issue {int} not null,
    primary key (voice, issue)
) {table-end-keyed};
create index issue_voice_of on issue_voice (issue, voice);

-- state: how many messages of an issue one participant sent, so that one person counts once
create table issue_person (
    issue {int} not null,
    participant {int} not null,
    voices {int} not null,
    primary key (issue, participant)
) {table-end-keyed};

-- state: which statement is gathered in which issue
create table issue_statement (
    statement {int} not null,
    issue {int} not null,
    primary key (statement, issue)
) {table-end-keyed};
create index issue_statement_of on issue_statement (issue, statement);

-- state: the published list of the rest: messages that are in no issue, each with the entry that gives the reason
create table issue_rest (
    voice {int} primary key,
    cycle {int} not null,
    entry {int} not null
) {table-end};
create index issue_rest_of on issue_rest (cycle, voice);

-- state: the reasons of the published list of the rest
create table issue_rest_reason (
    entry {int} primary key,
    cycle {int} not null,
    reason {text} not null
) {table-end};

-- state: counters of each round
create table issue_count (
    cycle {int} primary key,
    suggested {int} not null,
    confirmed {int} not null,
    dismissed {int} not null,
    before_body {int} not null,
    adopted {int} not null,
    refused {int} not null,
    resolved {int} not null,
    carried_over {int} not null,
    rest {int} not null
) {table-end};

-- state: the history on the issue's page, one row for each entry about it
create table issue_event (
    entry {int} primary key,
    issue {int} not null,
    minute {int} not null,
    what {int} not null,
    officer {int},
    n {int} not null,
    reason {text} not null
) {table-end};
create index issue_event_of on issue_event (issue, entry);
