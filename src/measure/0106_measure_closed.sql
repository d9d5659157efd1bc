-- main
-- replay
-- The entry that closed it, while it is closed: what a spot check draws from, by unit.
alter table measure add column closed_entry {int};
create index measure_closed_of on measure (owner_unit, closed_entry, id) where closed_entry is not null;
