-- main
-- words: claim (remark, reason)
-- state: "report this" about the public words of an entry, by anybody, and what a moderator decided
create table claim (
    id {int} not null primary key,
    about {int} not null,
    ground {text} not null,
    remark {text} not null,
    at {int} not null,
    outcome {int},
    decided_entry {int},
    decided_by {int},
    decided_at {int},
    erasure {int},
    reason {text} not null
) {table-end};
create index claim_open on claim (id) where outcome is null;
create index claim_about on claim (about, id);
create index claim_decided on claim (decided_entry) where decided_entry is not null;
