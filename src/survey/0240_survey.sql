-- main
-- words: survey (title, intro)
-- words: survey_question (body, option_words, row_words)
-- words: survey_answer (texts)
-- words: survey_event (reason)
-- words: survey_box (texts)
-- state: one row for each survey; asked is the entry whose words are in force
create table survey (
    id {int} primary key,
    cycle {int} not null,
    state {int} not null,
    asked {int} not null,
    lang {text} not null,
    mode {int} not null,
    roll {int} not null,
    k {int} not null,
    closes {int} not null,
    sample {int} not null,
    answers {int} not null,
    lost {int} not null,
    title {text} not null,
    intro {text} not null
) {table-end};
create index survey_of_cycle on survey (cycle, id);
create index survey_in_state on survey (state, id);
create index survey_closing on survey (closes, id) where state = 1;
create index survey_asked on survey (asked);

-- state: what is asked, from 1; options and rows are numbers of words, which stand as lines
create table survey_question (
    survey {int} not null,
    n {int} not null,
    type {int} not null,
    options {int} not null,
    row_count {int} not null,
    least {int} not null,
    most {int} not null,
    needed {int} not null,
    page {int} not null,
    hangs_on {int} not null,
    hangs_any {text} not null,
    body {text} not null,
    option_words {text} not null,
    row_words {text} not null,
    primary key (survey, n)
) {table-end-keyed};

-- state: what happened to a survey, one row for each entry about it
create table survey_event (
    entry {int} primary key,
    survey {int} not null,
    what {int} not null,
    minute {int} not null,
    officer {int} not null,
    reason {text} not null
) {table-end};
create index survey_event_of on survey_event (survey, entry);

-- state: the roll: one mark for each one-time code, from the opening on; which were used, from the close on
create table survey_mark (
    survey {int} not null,
    mark {text} not null,
    spent {int} not null,
    primary key (survey, mark)
) {table-end-keyed};
create index survey_mark_spent on survey_mark (survey, spent, mark);

-- state: what each person answered, in the order in which it was counted; seen is the key by which an anonymous browser
-- is known again, different in each survey
create table survey_answer (
    survey {int} not null,
    n {int} not null,
    entry {int} not null,
    answers {text} not null,
    texts {text} not null,
    seen {bytes},
    primary key (survey, n)
) {table-end-keyed};
create unique index survey_answer_entry on survey_answer (entry);
create unique index survey_answer_seen on survey_answer (survey, seen) where seen is not null;

-- state: how many were asked and answered, and the sum of numbers
create table survey_figure (
    survey {int} not null,
    question {int} not null,
    asked {int} not null,
    answered {int} not null,
    total {int} not null,
    primary key (survey, question)
) {table-end-keyed};

-- state: how many gave which answer
create table survey_count (
    survey {int} not null,
    question {int} not null,
    row_n {int} not null,
    option_n {int} not null,
    answers {int} not null,
    primary key (survey, question, row_n, option_n)
) {table-end-keyed};

-- local: the key under which an open survey on a roll keeps its codes; destroyed at the close, so that nobody can tell
-- afterwards whose code was used
create table survey_key (
    survey {int} primary key,
    secret {bytes} not null
) {table-end};

-- local: codes used while a survey is open, without order or time; emptied by the close, which publishes them sorted
create table survey_spent (
    survey {int} not null,
    mark {text} not null,
    primary key (survey, mark)
) {table-end-keyed};

-- local: the ballot box of an open survey on a roll, under random keys, without order or time; emptied by the close
create table survey_box (
    survey {int} not null,
    ballot_key {bytes} not null,
    answers {text} not null,
    texts {text} not null,
    primary key (survey, ballot_key)
) {table-end-keyed};
