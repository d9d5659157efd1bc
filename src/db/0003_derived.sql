-- derived
-- derived: which migrations this schema has seen; dropped with it, so that all of it is made again
create table migration (
    number {int} primary key,
    name {text} not null
) {table-end};
