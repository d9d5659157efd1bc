-- main
-- words: georeport_client (name, reason)
-- state: programs that may send messages in the name of others; key: HMAC of the api_key under the server's key; name, and reason of the end, are words
create table georeport_client (
    id {int} not null primary key,
    name {text} not null,
    key {bytes} not null,
    per_minute {int} not null,
    for_authors {int} not null,
    by_officer {int} not null,
    at {int} not null,
    ended {int},
    ended_entry {int},
    reason {text} not null
) {table-end};
create unique index georeport_client_key on georeport_client (key);
