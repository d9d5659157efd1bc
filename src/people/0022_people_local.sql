-- local

-- local: secrets are no part of what is published; after a rebuild officers are given new passwords
create table password (
    officer {int} not null primary key,
    hash {text} not null,
    set_at {int} not null,
    given {int} not null
) {table-end};

-- local: who is signed in now; after a rebuild everybody signs in again
create table session (
    id_hash {bytes} not null primary key,
    officer {int} not null,
    officer_entry {int} not null,
    created {int} not null,
    seen {int} not null
) {table-end-keyed};
create index session_by_officer on session (officer);

-- local: failed sign-ins of the last hour, by a keyed hash of the login, without addresses
create table sign_in_failure (
    login_key {bytes} not null primary key,
    failures {int} not null,
    last_at {int} not null,
    open_at {int} not null
) {table-end-keyed};
create index sign_in_failure_by_time on sign_in_failure (last_at);
