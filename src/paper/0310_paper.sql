-- main
-- words: paper_batch (place)
-- words: paper_version (kind, audience, category, district, said_on, lang, title, text, at_place, remark)
-- words: paper_event (text)
-- state: what was emptied out of a box or came in the post, and how far it is. sheets: as said now; highest: the highest number given to one
create table paper_batch (
    id {int} not null primary key,
    cycle {int} not null,
    unit {int} not null,
    by_officer {int} not null,
    at {int} not null,
    day {int} not null,
    place {text} not null,
    sheets {int} not null,
    highest {int} not null,
    waiting {int} not null,
    returned {int} not null,
    taken {int} not null,
    corrected {int} not null,
    unreadable {int} not null,
    empty {int} not null,
    elsewhere {int} not null,
    contracted {int} not null,
    codes {int} not null,
    complete_entry {int},
    complete_at {int}
) {table-end};
create index paper_batch_of on paper_batch (cycle, id);
create index paper_batch_open on paper_batch (unit, id) where complete_entry is null;

-- state: of all batches of a round
create table paper_count (
    cycle {int} not null primary key,
    batches {int} not null,
    complete {int} not null,
    sheets {int} not null,
    taken {int} not null,
    aside {int} not null
) {table-end};

-- state: one sheet. state: 0 waits for a second person, 1 sent back, 2 a message, 3 set aside; what: 0 a message, 1 unreadable, 2 empty, 3 for elsewhere
create table paper_sheet (
    id {int} not null primary key,
    batch {int} not null,
    n {int} not null,
    state {int} not null,
    what {int} not null,
    version {int} not null,
    checked_entry {int},
    checked_by {int},
    corrected {int} not null,
    voice {int},
    code_entry {int}
) {table-end};
create unique index paper_sheet_number on paper_sheet (batch, n);
create index paper_sheet_state on paper_sheet (batch, state, n);
create unique index paper_sheet_voice on paper_sheet (voice) where voice is not null;

-- state: what somebody typed from a sheet; a newer version never overwrites one. what: as of a sheet; gone: 1 when its words were erased
create table paper_version (
    entry {int} not null primary key,
    sheet {int} not null,
    by_officer {int} not null,
    at {int} not null,
    what {int} not null,
    kind {text} not null,
    audience {text} not null,
    category {text} not null,
    district {text} not null,
    said_on {text} not null,
    lang {text} not null,
    title {text} not null,
    text {text} not null,
    at_place {text} not null,
    remark {text} not null,
    gone {int} not null
) {table-end};
create index paper_version_of on paper_version (sheet, entry);

-- state: what else was done, for everybody but for the text of what was sent back. what: 0 opened, 1 number of sheets corrected, 2 sent back, 3 codes printed
create table paper_event (
    entry {int} not null primary key,
    batch {int} not null,
    sheet {int},
    what {int} not null,
    by_officer {int} not null,
    at {int} not null,
    number {int},
    text {text} not null
) {table-end};
create index paper_event_of on paper_event (batch, entry);
create index paper_event_sheet on paper_event (sheet, entry) where sheet is not null;
