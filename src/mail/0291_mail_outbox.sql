-- local

-- local: receipts to be sent: to whom, the secret code and what else they say, sealed under the server's key; due 0: written down before the message is taken; voice 0: says that a mail was refused; a row goes when the mail server has answered for it
create table mail_outbox (
    key {bytes} not null,
    voice {int} not null,
    due {int} not null,
    sealed {bytes} not null,
    next_at {int} not null,
    tries {int} not null,
    primary key (key)
) {table-end-keyed};
create index mail_outbox_by_time on mail_outbox (next_at, key) where due = 1;
create index mail_outbox_prepared on mail_outbox (next_at) where due = 0;

-- local: how many mails came from an address today, and how many receipts went there; sender: an HMAC of address and day, forgotten with the day
create table mail_sender (
    day {int} not null,
    sender {bytes} not null,
    taken {int} not null,
    receipts {int} not null,
    primary key (day, sender)
) {table-end-keyed};

-- local: mails that were refused, by an HMAC of what each is called, so that one which is seen again counts once
create table mail_refused (
    key {bytes} not null,
    at {int} not null,
    primary key (key)
) {table-end-keyed};
create index mail_refused_by_time on mail_refused (at);

-- local: how many mails became messages or further words, or were refused, by reason: shown on /rules
create table mail_count (
    what {text} not null,
    n {int} not null,
    primary key (what)
) {table-end-keyed};
