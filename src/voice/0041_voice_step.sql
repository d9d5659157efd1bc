-- main
-- state: what happened to a voice, one row for each entry about it, shown as its history
create table voice_step (
    entry {int} primary key,
    voice {int} not null,
    what {int} not null,
    minute {int} not null,
    officer {int},
    unit {int},
    number {int},
    day {int},
    text {text}
) {table-end};
create index voice_step_of on voice_step (voice, entry);

-- state: "report this" by anybody, until a moderator decides
create table voice_report (
    entry {int} primary key,
    voice {int} not null,
    ground {int} not null,
    decided {int},
    remark {text}
) {table-end};
create index voice_report_open on voice_report (entry) where decided is null;
create index voice_report_of on voice_report (voice, entry);

-- state: how many, kept by each entry, so that no page counts
create table voice_count (
    cycle {int} primary key,
    voices {int} not null,
    open_to_public {int} not null,
    hidden {int} not null,
    held {int} not null,
    answered {int} not null,
    late {int} not null,
    reopened {int} not null,
    withdrawn {int} not null,
    noted {int} not null,
    rated {int} not null,
    silent {int} not null,
    by_staff {int} not null,
    typed {int} not null
) {table-end};

-- state: hidden voices by unit (0: none had it) and ground, for the share hidden
create table voice_hidden (
    cycle {int} not null,
    unit {int} not null,
    ground {int} not null,
    n {int} not null,
    primary key (cycle, unit, ground)
) {table-end-keyed};

-- state: the names a place is chosen from
create table voice_place (
    n {int} primary key,
    name {text} not null
) {table-end};
create unique index voice_place_name on voice_place (name);

-- state: how far each imported file was taken, so that an import goes on where it stopped
create table voice_import (
    file {text} not null,
    cycle {int} not null,
    row {int} not null,
    taken {int} not null,
    primary key (file, cycle)
) {table-end-keyed};

-- state: the key under which entries name their speaker: public facts carry the name sealed, the same size for everybody
create table voice_seal (
    id {int} primary key,
    key {bytes} not null
) {table-end};
