-- main
-- replay
-- The voice whose answers hold for this one too, said by staff; `apart`: its author said that it is not the same.
alter table voice add column joined_to {int};
alter table voice add column apart {int} not null default 0;
create index voice_joined_to on voice (joined_to, id) where joined_to is not null;
-- those that still wait for the other's answer
create index voice_waits_with on voice (joined_to, id) where state = 9;
