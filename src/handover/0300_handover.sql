-- main
-- words: handover_authority (reason)
-- words: handover (reason, service_name, text, address, position, number)
-- words: handover_step (notes)
-- state: other authorities that cases may be handed to, with the address of their Open311 server; their keys stand in no table
create table handover_authority (
    id {int} not null primary key,
    name {text} not null,
    url {text} not null,
    jurisdiction {text} not null,
    by_officer {int} not null,
    at {int} not null,
    ended {int},
    ended_entry {int},
    reason {text} not null
) {table-end};

-- state: to whom an author agreed that their case is handed, where not everybody may read it
create table handover_agreed (
    voice {int} not null,
    authority {int} not null,
    entry {int} not null,
    primary key (voice, authority)
) {table-end-keyed};

-- state: what was handed to whom; state: 0 not taken yet, 1 open there, 2 closed there, 3 let go; number: what they call it
create table handover (
    id {int} not null primary key,
    voice {int} not null,
    authority {int} not null,
    service {text} not null,
    by_officer {int} not null,
    at {int} not null,
    state {int} not null,
    changed {int} not null,
    reason {text} not null,
    service_name {text} not null,
    text {text} not null,
    address {text} not null,
    position {text} not null,
    number {text} not null,
    number_entry {int}
) {table-end};
create index handover_of_voice on handover (voice, id);
create index handover_to on handover (authority, id);

-- state: what became of it there; kind: 0 taken, 1 followed, 2 let go; what: their state, or why it was let go
create table handover_step (
    entry {int} not null primary key,
    handover {int} not null,
    kind {int} not null,
    what {int} not null,
    at {int} not null,
    by_officer {int} not null,
    notes {text} not null
) {table-end};
create index handover_step_of on handover_step (handover, entry);

-- local: what is still to be asked of the other side, written in the act that hands over, so that nothing is sent twice; a rebuild knows nothing of it and sends nothing
create table handover_errand (
    handover {int} not null primary key,
    state {int} not null,
    next_at {int} not null,
    tries {int} not null,
    since {int} not null,
    token {text} not null,
    fault {text} not null,
    asked_at {int} not null,
    seen {text} not null
) {table-end};
create index handover_errand_due on handover_errand (next_at);
