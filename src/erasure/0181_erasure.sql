-- main
-- state: proposals to erase the words of entries, and what became of each
create table erasure (
    id {int} not null primary key,
    basis {text} not null,
    by_officer {int},
    at {int} not null,
    state {int} not null,
    decided_entry {int},
    decided_by {int},
    decided_at {int},
    ground {text}
) {table-end};
create index erasure_in_state on erasure (state, id);

-- state: the entries whose words a proposal is about
create table erasure_target (
    target {int} not null,
    erasure {int} not null,
    primary key (target, erasure)
) {table-end-keyed};
create index erasure_target_of on erasure_target (erasure, target);

-- local: which erased words this place has yet to scrub from its files, and since when they are gone; other places have their own files
create table erasure_scrub (
    erasure {int} not null primary key,
    gone {int}
) {table-end};
create index erasure_scrub_waiting on erasure_scrub (erasure) where gone is null;

-- local: blobs that erased words named, until they are gone from the file store of this place
create table erasure_scrub_blob (
    erasure {int} not null,
    blob {bytes} not null,
    primary key (erasure, blob)
) {table-end-keyed};
