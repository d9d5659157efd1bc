-- main
-- local: migrations that asked for state to be made again from the log; emptied by the replay that does it
create table replay_due (
    migration {int} not null primary key
) {table-end};
