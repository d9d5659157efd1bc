-- derived

-- derived: the next entry that each follower reads; without a row it starts from entry 0
create table mark (
    name {text} not null primary key,
    idx {int} not null
) {table-end-keyed};
