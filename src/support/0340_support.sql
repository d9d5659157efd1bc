-- main
-- state: who joined which message, never public
create table support (
    voice {int} not null,
    participant {int} not null,
    primary key (voice, participant)
) {table-end-keyed};

-- state: how many joined it
create table support_count (
    voice {int} not null primary key,
    people {int} not null
) {table-end};
