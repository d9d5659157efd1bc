-- main
-- state: who keeps a body, where that was named
create table decision_clerk (
    body {int} not null,
    officer {int} not null,
    primary key (body, officer)
) {table-end-keyed};
