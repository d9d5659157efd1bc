-- main

-- state: what `init` recorded; one row
create table organisation (
    entry {int} not null primary key,
    name {text} not null
) {table-end};

-- state: the tree of units; closed ones keep their place
create table unit (
    id {int} not null primary key,
    parent {int},
    name {text} not null,
    sample {int} not null,
    closed {int} not null
) {table-end};
create index unit_by_parent on unit (parent);

-- state: officers as they are; login and name are words and null once erased; entry is the last change, which ends sessions
create table officer (
    id {int} not null primary key,
    unit {int} not null,
    post {text} not null,
    active {int} not null,
    sample {int} not null,
    entry {int} not null,
    login {text},
    name {text}
) {table-end};
create index officer_by_unit on officer (unit);
create unique index officer_by_login on officer (login);

-- state: the roles that officers hold now
create table officer_role (
    officer {int} not null,
    role {text} not null,
    primary key (officer, role)
) {table-end-keyed};
create index officer_role_by_role on officer_role (role, officer);

-- state: what happened to a unit and its posts, for the unit's page; reason is words
create table unit_history (
    unit {int} not null,
    entry {int} not null,
    at {int} not null,
    what {text} not null,
    about {text} not null,
    by_officer {int} not null,
    reason {text},
    primary key (unit, entry)
) {table-end-keyed};
create index unit_history_by_entry on unit_history (entry);

-- state: settings that somebody changed; reason is words
create table setting (
    name {text} not null primary key,
    value {text} not null,
    entry {int} not null,
    at {int} not null,
    by_officer {int} not null,
    reason {text}
) {table-end-keyed};

-- state: every calendar that was in force; the newest is; days as numbers since 1970-01-01; reason is words
create table calendar (
    entry {int} not null primary key,
    name {text} not null,
    holidays {text} not null,
    makeup_days {text} not null,
    weekend {text} not null,
    at {int} not null,
    by_officer {int} not null,
    reason {text}
) {table-end};
