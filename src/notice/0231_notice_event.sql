-- derived

-- derived: which entries stand in the feed of a matter, newest first
create table notice_event (
    what {int} not null,
    about {int} not null,
    entry {int} not null,
    primary key (what, about, entry)
) {table-end-keyed};
