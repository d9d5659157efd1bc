-- main
-- state: which answer of a survey is gathered in which issue: the answer's entry, and the question from 1
create table issue_answer (
    issue {int} not null,
    entry {int} not null,
    question {int} not null,
    primary key (issue, entry, question)
) {table-end-keyed};
create index issue_answer_in on issue_answer (entry, question, issue);

-- state: how many answers of surveys an issue holds, and how many people wrote them
create table issue_answer_count (
    issue {int} primary key,
    answers {int} not null,
    people {int} not null
) {table-end};

-- state: issues that were merged into others
create table issue_merged (
    issue {int} primary key,
    into_issue {int} not null
) {table-end};
