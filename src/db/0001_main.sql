-- main
-- local: which migrations this schema has seen; every place runs its own
create table migration (
    number {int} primary key,
    name {text} not null
) {table-end};
