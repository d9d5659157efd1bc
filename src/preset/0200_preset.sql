-- main
-- words: preset (reason)
-- state: every preset that was adopted; the newest of what it applies to is in force; stated and changed are paths of its params
create table preset (
    entry {int} not null primary key,
    id {text} not null,
    version {int} not null,
    applies {text} not null,
    tag {text} not null,
    jurisdiction {text} not null,
    source {text} not null,
    article {text} not null,
    retrieved {int},
    stated {text} not null,
    changed {text} not null,
    based_on {text},
    based_version {int},
    params {text} not null,
    at {int} not null,
    by_officer {int} not null,
    reason {text} not null
) {table-end};
create index preset_of on preset (applies, entry);
