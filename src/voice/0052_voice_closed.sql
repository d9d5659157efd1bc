-- main
-- replay
-- The entry that closed it, while it is closed: what a spot check draws from, by unit.
alter table voice add column closed_entry {int};
create index voice_closed_of on voice (unit, closed_entry, id) where closed_entry is not null;
-- Whether somebody of a contractor typed it; how an agreement of it ended badly (2 denied, 4 not kept), which stays
-- whatever is agreed on later.
alter table voice add column contracted {int} not null default 0;
alter table voice add column agreed_badly {int};
-- Of those received: typed by a contractor's people; with an agreement, and what became of it.
alter table voice_day add column contracted {int} not null default 0;
alter table voice_day add column agreed {int} not null default 0;
alter table voice_day add column agreed_kept {int} not null default 0;
alter table voice_day add column agreed_broken {int} not null default 0;
alter table voice_day add column agreed_denied {int} not null default 0;
alter table voice_day add column agreed_unsaid {int} not null default 0;
