-- main
-- state: which dialogues' maps were frozen, by which entry
create table opinion_map_frozen (
    dialogue {int} not null primary key,
    entry {int} not null
) {table-end};
create unique index opinion_map_frozen_by on opinion_map_frozen (entry);
