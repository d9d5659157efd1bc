-- derived
-- Figures are thousandths; days count from 1970.

-- derived: what an issue weighed on a day, and out of which parts; `division` is empty where it is not known
create table issue_score (
    issue {int} primary key,
    day {int} not null,
    next_day {int} not null,
    people {int} not null,
    messages {int} not null,
    first_day {int},
    heat {int} not null,
    heat_plain {int} not null,
    growth {int} not null,
    heat_people {int} not null,
    copying {int} not null,
    difficulty {int} not null,
    oldest_days {int} not null,
    reopened {int} not null,
    extended {int} not null,
    units {int} not null,
    rounds {int} not null,
    focus {int} not null,
    answers {int} not null,
    refused {int} not null,
    appeals {int} not null,
    dissatisfied {int} not null,
    division {int},
    divided_statements {int} not null,
    divided_votes {int} not null
) {table-end};
create index issue_score_next on issue_score (next_day, issue);

-- derived: issues in the order of a figure (1 people, 2 heat, 3 difficulty, 4 focus, 5 division), in each of the lists
-- that they stand in; list: of all or one round, in all states or one
create table issue_rank (
    list {int} not null,
    figure {int} not null,
    value {int} not null,
    issue {int} not null,
    primary key (list, figure, value, issue)
) {table-end-keyed};
create index issue_rank_of on issue_rank (issue);

-- derived: messages of an issue by the week of their receipt, the last twelve
create table issue_week (
    issue {int} not null,
    week {int} not null,
    messages {int} not null,
    people {int} not null,
    primary key (issue, week)
) {table-end-keyed};

-- derived: messages of an issue by district; "" where none was said
create table issue_district (
    issue {int} not null,
    district {text} not null,
    messages {int} not null,
    primary key (issue, district)
) {table-end-keyed};

-- derived: messages of an issue that are copies of another person's
create table issue_copy (
    issue {int} not null,
    voice {int} not null,
    primary key (issue, voice)
) {table-end-keyed};

-- derived: issues to be counted anew; texts: also whose message copies whose
create table issue_marked (
    issue {int} primary key,
    texts {int} not null
) {table-end};

-- derived: how often something was counted, so that a kept page is made anew
create table issue_counted (
    id {int} primary key,
    n {int} not null
) {table-end};
