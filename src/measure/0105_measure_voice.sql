-- main
-- the message whose answer promised it
alter table measure add column voice {int};
create index measure_of_voice on measure (voice, id) where voice is not null;
