-- main
-- state: every voice with its case; words stand apart, so that they can be erased
create table voice (
    id {int} primary key,
    cycle {int} not null,
    kind {int} not null,
    audience {int} not null,
    shown {int} not null,
    state {int} not null,
    way {int} not null,
    by_staff {int} not null,
    sample {int} not null,
    typist {int},
    author {int},
    received {int} not null,
    photos {int} not null,
    source {text},
    unit {int},
    officer {int},
    assigned_on {int},
    due {int},
    late_from {int},
    next_day {int},
    late_days {int} not null,
    reopened {int} not null,
    bounced {int} not null,
    extended {int} not null,
    asked_on {int},
    answer {int},
    answer_entry {int},
    answered_by {int},
    promised {int},
    rating {int},
    solved {int},
    term {int},
    ground {int},
    held_until {int},
    held_once {int} not null,
    hidden_by {int},
    hidden_entry {int},
    appeal {int},
    appealed_of {int},
    master {int},
    reply_days {int},
    extension_days {int},
    ask_back_days {int},
    rating_days {int},
    superior_at {int}
) {table-end};
create index voice_of_cycle on voice (cycle, id);
create index voice_in_state on voice (state, id);
-- what the clock looks at next: a duty's due day, a term, the end of a pause
create index voice_next_day on voice (next_day, id) where next_day is not null;
create index voice_held_until on voice (held_until, id) where held_until is not null;
-- the desk's list: what waits, by unit and due day
create index voice_waiting on voice (unit, due, id) where state < 3;
create index voice_of_unit on voice (unit, id) where unit is not null;
create index voice_late on voice (id) where late_days > 0;
create index voice_again on voice (author, id) where author <> id;
create index voice_appealed on voice (appeal) where appeal is not null;
create index voice_same_as on voice (master, id) where master is not null;

-- state: what the author wrote; no row once it was erased
create table voice_words (
    voice {int} primary key,
    title {text} not null,
    text {text} not null,
    place {text} not null,
    position {text} not null,
    lang {text} not null
) {table-end};

-- state: re-encoded pictures, by their content in the file store; no rows once the words were erased
create table voice_photo (
    voice {int} not null,
    n {int} not null,
    picture {bytes} not null,
    preview {bytes} not null,
    width {int} not null,
    height {int} not null,
    about {text} not null,
    primary key (voice, n)
) {table-end-keyed};
