-- main

-- ledger: one row for each leaf of the log: its published bytes, and the facts behind their commitment; only added to
create table entry (
    idx {int} not null primary key,
    leaf {text} not null,
    facts {text} not null,
    facts_salt {bytes} not null,
    facts_open {int} not null
) {table-end};

-- ledger: the words of an entry, behind their commitment; erasing destroys the row
create table entry_words (
    idx {int} not null primary key,
    words {text} not null,
    salt {bytes} not null,
    open {int} not null
) {table-end};

-- ledger: tile n of a level holds the hashes of the complete subtrees of 256^level leaves from the 256n-th on
create table tile (
    level {int} not null,
    n {int} not null,
    hashes {bytes} not null,
    primary key (level, n)
) {table-end-keyed};

-- ledger: one row: who leads (epoch), how far the log goes, and its newest signed checkpoint
create table log_head (
    one {int} not null primary key,
    epoch {int} not null,
    size {int} not null,
    checkpoint {text} not null,
    leader {text} not null
) {table-end};
