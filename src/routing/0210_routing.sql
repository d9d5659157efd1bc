-- main
-- words: routing_table (reason)
-- state: every table of who gets which matter that was in force; the newest is. lists: what the entry says of them, as canonical JSON; digest: its SHA-256; reason is words
create table routing_table (
    entry {int} not null primary key,
    version {int} not null,
    at {int} not null,
    by_officer {int} not null,
    lists {text} not null,
    digest {bytes} not null,
    reason {text} not null
) {table-end};
