-- local

-- local: who asked to be told, the mail address sealed under the server's key; the log knows nobody, so after a rebuild nobody is told
create table notice_address (
    id {int} not null primary key,
    mail_key {bytes} not null,
    sealed {bytes} not null,
    token_key {bytes} not null,
    token_salt {bytes} not null,
    lang {text} not null,
    daily {int} not null,
    asked_at {int} not null,
    refused {int} not null,
    refused_on {int} not null
) {table-end};
create unique index notice_address_by_mail on notice_address (mail_key);
create unique index notice_address_by_token on notice_address (token_key);

-- local: who is told of which matter, shown to nobody; confirmed_at 0: asked for, and not confirmed yet
create table notice_follow (
    what {int} not null,
    about {int} not null,
    address {int} not null,
    asked_at {int} not null,
    confirmed_at {int} not null,
    primary key (what, about, address)
) {table-end-keyed};
create index notice_follow_by_address on notice_follow (address);
create index notice_follow_waiting on notice_follow (asked_at) where confirmed_at = 0;

-- local: what is still to be sent; a row goes when the mail server has answered for it
create table notice_outbox (
    entry {int} not null,
    recipient {int} not null,
    kind {int} not null,
    next_at {int} not null,
    tries {int} not null,
    letter {int} not null,
    sending {int} not null,
    primary key (entry, recipient, kind)
) {table-end-keyed};
create index notice_outbox_by_time on notice_outbox (next_at, entry, recipient);
create index notice_outbox_by_recipient on notice_outbox (recipient);
create index notice_outbox_sending on notice_outbox (sending) where sending <> 0;

-- local: how far the log was read for those who are told; in one transaction with what is to be sent
create table notice_mark (
    one {int} not null primary key,
    entry {int} not null,
    what {int} not null,
    about {int} not null,
    address {int} not null
) {table-end};

-- local: what is still to be posted to a webhook of huiyin.toml; a row goes when the other side has taken it
create table notice_post (
    hook {int} not null,
    entry {int} not null,
    next_at {int} not null,
    tries {int} not null,
    primary key (hook, entry)
) {table-end-keyed};
create index notice_post_by_time on notice_post (hook, next_at, entry);
