-- derived

-- derived: what can be found, by a number of its own in the order in which it came into being
create table search_matter (
    n {int} primary key,
    kind {int} not null,
    id {int} not null,
    came_at {int} not null,
    cycle {int} not null,
    unit {int} not null,
    state {text} not null,
    own_print {int} not null,
    answer_print {int} not null,
    as_of {int} not null
) {table-end};
create unique index search_matter_id on search_matter (id, kind);
create index search_matter_came on search_matter (came_at, n);

-- derived: of a block of those numbers, in which of its matters a word stands and where; a word is a keyed hash
create table search_word (
    place {int} primary key,
    list {bytes} not null
) {table-end};

-- derived: by which rules the two tables above were made, and how far the log was read for them
create table search_made (
    id {int} primary key,
    rules {text} not null,
    entries {int} not null
) {table-end};
