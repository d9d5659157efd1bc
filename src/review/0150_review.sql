-- main
-- state: one row for each public judgement; questions and panels stand in their own tables
create table review (
    id {int} primary key,
    measure {int} not null,
    cycle {int} not null,
    state {int} not null,
    lang {text} not null,
    accept_percent {int} not null,
    k {int} not null,
    closes {int} not null,
    sample {int} not null,
    drafted_minute {int} not null,
    drafted_by {int} not null,
    opened {int},
    opened_minute {int},
    opened_by {int},
    closed {int},
    closed_minute {int},
    closed_by {int},
    lost {int} not null,
    enough {int} not null,
    accepted {int} not null,
    applied {int} not null,
    percent {int}
) {table-end};
create index review_of_measure on review (measure, id);
create index review_of_cycle on review (cycle, id);
create index review_in_state on review (state, id);
create index review_closing on review (closes, id) where state = 1;
create index review_opened on review (opened) where opened is not null;
create index review_closed on review (closed) where closed is not null;

-- state: what is asked, from 1; the first is the overall question
create table review_question (
    review {int} not null,
    n {int} not null,
    criterion {int} not null,
    body {text} not null,
    primary key (review, n)
) {table-end-keyed};

-- state: who judges, from 1; cast is 0 until the close
create table review_panel (
    review {int} not null,
    n {int} not null,
    panel_group {int} not null,
    name {text} not null,
    chosen_by {text} not null,
    weight {int} not null,
    secrecy {int} not null,
    roll {int} not null,
    cast_ballots {int} not null,
    primary key (review, n)
) {table-end-keyed};

-- state: the roll: one mark for each one-time code, from the opening on; which were spent, from the close on
create table review_mark (
    review {int} not null,
    mark {text} not null,
    panel {int} not null,
    spent {int} not null,
    primary key (review, mark)
) {table-end-keyed};
create index review_mark_of_panel on review_mark (review, panel, spent, mark);

-- state: answers counted at the close, of panels that show figures
create table review_count (
    review {int} not null,
    panel {int} not null,
    question {int} not null,
    answer {int} not null,
    ballots {int} not null,
    primary key (review, panel, question, answer)
) {table-end-keyed};

-- state: ballots by name, published at the close; n from 1 in each panel
create table review_named (
    review {int} not null,
    panel {int} not null,
    n {int} not null,
    answers {text} not null,
    name {text} not null,
    reasons {text} not null,
    primary key (review, panel, n)
) {table-end-keyed};

-- state: measures listed as not judged in their round
create table review_passed_over (
    entry {int} primary key,
    measure {int} not null,
    cycle {int} not null,
    minute {int} not null,
    officer {int} not null,
    reason {text} not null
) {table-end};
create index review_passed_over_of on review_passed_over (measure, entry);
create index review_passed_over_in on review_passed_over (cycle, entry);

-- state: counters of each owner's unit by month of the close; month is year * 12 + month - 1
create table review_month (
    unit {int} not null,
    month {int} not null,
    accepted {int} not null,
    returned {int} not null,
    too_few {int} not null,
    primary key (unit, month)
) {table-end-keyed};

-- local: the key under which an open review keeps its codes; destroyed at the close, so that nobody can tell afterwards
-- whose code was spent
create table review_key (
    review {int} primary key,
    secret {bytes} not null
) {table-end};

-- local: codes spent while a review is open, without order or time; emptied by the close, which publishes them sorted
create table review_spent (
    review {int} not null,
    mark {text} not null,
    primary key (review, mark)
) {table-end-keyed};

-- local: the ballot box of an open review, under random keys, without order or time; emptied by the close
create table review_box (
    review {int} not null,
    ballot_key {bytes} not null,
    panel {int} not null,
    answers {text} not null,
    name {text} not null,
    reasons {text} not null,
    primary key (review, ballot_key)
) {table-end-keyed};
