-- local

-- local: the newest checkpoints that witnesses have cosigned, with what they answered: not in the log, asked for again
create table cosigned (
    size {int} not null primary key,
    note {text} not null
) {table-end};
