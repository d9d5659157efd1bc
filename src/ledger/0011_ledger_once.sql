-- main

-- local: tokens of forms already sent, in the order they came; kept a few days, so that a form sent twice is one act
create table once (
    n {int} not null primary key,
    day {int} not null,
    token {bytes} not null,
    idx {int} not null
) {table-end};
