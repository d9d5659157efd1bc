-- main
-- words: contact (name, telephone, email, wish)
-- state: how the author of a message can be reached; `gone`: erased. All four are empty where nothing was left.
create table contact (
    id {int} not null primary key,
    voice {int} not null,
    until {int} not null,
    gone {int} not null,
    name {text} not null,
    telephone {text} not null,
    email {text} not null,
    wish {text} not null
) {table-end};
create index contact_of_voice on contact (voice, id);
create index contact_until on contact (until, id) where gone = 0;

-- state: who opened it, and why
create table contact_opened (
    entry {int} not null primary key,
    voice {int} not null,
    officer {int} not null,
    reason {text} not null,
    at {int} not null
) {table-end};
create index contact_opened_of on contact_opened (voice, entry);
