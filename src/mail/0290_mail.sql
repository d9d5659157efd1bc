-- main

-- state: answers to receipts that became further words, by an HMAC of what the mail is called, so that each does once
create table mail_reply (
    entry {int} not null primary key,
    key {bytes} not null,
    word {int} not null
) {table-end};
create unique index mail_reply_key on mail_reply (key);
