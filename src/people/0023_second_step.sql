-- local

-- local: secrets of authenticator apps, sealed under the server's key; after a rebuild officers set them up again
create table second_step (
    officer {int} not null primary key,
    secret {bytes},
    fresh {bytes},
    used {int} not null,
    since {int} not null
) {table-end};

-- local: recovery codes that are left, each as an HMAC; after a rebuild there are none
create table recovery_code (
    officer {int} not null,
    code_hash {bytes} not null,
    primary key (officer, code_hash)
) {table-end-keyed};

-- local: sign-ins between the password and the code, at most five minutes old; officer 0 is none
create table sign_in_step (
    id_hash {bytes} not null primary key,
    login_key {bytes} not null,
    officer {int} not null,
    officer_entry {int} not null,
    tries {int} not null,
    created {int} not null
) {table-end-keyed};
create index sign_in_step_by_officer on sign_in_step (officer);
create index sign_in_step_by_time on sign_in_step (created);
