-- main
-- words: confidential_matter (author)
-- words: confidential_entry (sealed)
-- words: confidential_box (box)
-- state: officers who receive confidential messages; the key is public, and there once the officer has made it
create table confidential_officer (
    officer {int} not null primary key,
    named {int} not null,
    public_key {text},
    ready {int},
    gone {int}
) {table-end};

-- state: one row for each confidential matter; the tag is an HMAC of the author's code, the author's key is public
create table confidential_matter (
    tag {text} not null primary key,
    first_entry {int} not null,
    n {int} not null,
    closed {int} not null,
    due {int} not null,
    holder {int} not null,
    late {int} not null,
    author {text} not null
) {table-end-keyed};
create unique index confidential_first on confidential_matter (first_entry);
create index confidential_due on confidential_matter (due, tag) where due > 0;

-- state: who receives a matter now, the lowest in line first
create table confidential_receiver (
    tag {text} not null,
    place {int} not null,
    officer {int} not null,
    first_entry {int} not null,
    primary key (tag, place)
) {table-end-keyed};
create index confidential_receives on confidential_receiver (officer, first_entry);

-- state: what was said in a matter, sealed under a key of its own
create table confidential_entry (
    id {int} not null primary key,
    tag {text} not null,
    n {int} not null,
    act {int} not null,
    sealed {text} not null
) {table-end};
create index confidential_entry_of on confidential_entry (tag, n);

-- state: that key in a box to the author (place 0, receiver 0) and to each receiver
create table confidential_box (
    entry {int} not null,
    place {int} not null,
    receiver {int} not null,
    box {text} not null,
    primary key (entry, place)
) {table-end-keyed};

-- state: how many matters were opened, by year
create table confidential_year (
    year {int} not null primary key,
    matters {int} not null
) {table-end};

-- local: what waits for its hour, under random keys, so that neither minute nor order of anybody's sending is kept; what
-- is in it is sealed already; emptied into the log after each full hour
create table confidential_waiting (
    row_key {bytes} not null primary key,
    enters {int} not null,
    tag {text} not null,
    n {int} not null,
    facts {text} not null,
    words {text} not null
) {table-end-keyed};
create index confidential_waiting_of on confidential_waiting (tag, n);
