-- local

-- local: what other authorities offered when they were last asked; asked again when it is not there
create table handover_directory (
    authority {int} not null primary key,
    asked_at {int} not null,
    as_of {int} not null,
    next_at {int} not null,
    tries {int} not null,
    once {int} not null,
    left_out {int} not null,
    fault {text} not null
) {table-end};

-- local: the services that others offered then, in their order
create table handover_service (
    authority {int} not null,
    nth {int} not null,
    code {text} not null,
    name {text} not null,
    grouped {text} not null,
    primary key (authority, nth)
) {table-end-keyed};
