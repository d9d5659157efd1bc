-- main
-- words: desk_template (name, text)
-- words: desk_note (text)
-- words: desk_draft (answer, promised, text, remark)
-- state: every version of every reply template; unit 0: for everybody, kind '': for any; current: 1 for the newest of one that has not ended
create table desk_template (
    entry {int} not null primary key,
    template {int} not null,
    n {int} not null,
    name {text} not null,
    lang {text} not null,
    unit {int} not null,
    kind {text} not null,
    text {text} not null,
    by_officer {int} not null,
    at {int} not null,
    current {int} not null,
    ended_entry {int},
    ended_by {int},
    ended_at {int}
) {table-end};
create unique index desk_template_version on desk_template (template, n);
create index desk_template_current on desk_template (unit, current, entry);
create index desk_template_newest on desk_template (current, entry);

-- state: what staff wrote to each other about a case; never shown to anybody else
create table desk_note (
    entry {int} not null primary key,
    voice {int} not null,
    by_officer {int} not null,
    at {int} not null,
    text {text} not null
) {table-end};
create index desk_note_of on desk_note (voice, entry);

-- state: answers that a second person releases. state: 0 waits, 1 released, 2 returned, 3 replaced by a newer one
create table desk_draft (
    id {int} not null primary key,
    voice {int} not null,
    unit {int} not null,
    by_officer {int} not null,
    at {int} not null,
    answer {text} not null,
    promised {text} not null,
    text {text} not null,
    state {int} not null,
    decided_entry {int},
    decided_by {int},
    decided_at {int},
    answer_entry {int},
    remark {text} not null
) {table-end};
create index desk_draft_of on desk_draft (voice, id);
create index desk_draft_waits on desk_draft (unit, id) where state = 0;
create index desk_draft_decided on desk_draft (decided_entry) where decided_entry is not null;
