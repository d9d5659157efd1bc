-- main
-- replay
-- The entry that closed it, while it is closed: what a spot check draws from, by unit.
alter table voice add column closed_entry {int};
create index voice_closed_of on voice (unit, closed_entry, id) where closed_entry is not null;
