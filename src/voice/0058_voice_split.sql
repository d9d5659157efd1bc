-- main
-- replay
-- A message that held several matters is handled by its parts, each a case of its own; `whole`: its author said that it
-- is one matter. While it is split, and for a part that was put back, counted_day is negative: in no figure of a unit.
alter table voice add column part_of {int};
alter table voice add column whole {int} not null default 0;
create index voice_parts on voice (part_of, id) where part_of is not null;
-- Whom the steps after its last day have named, by deadline::Whom, a bit each; 0 when a new day is set.
alter table voice add column told {int} not null default 0;
create index voice_told on voice (due, id) where told > 1 and state < 3;
create index voice_told_of on voice (unit, due, id) where told > 1 and state < 3;
-- Messages that are split now, and the parts that stand in their place.
alter table voice_count add column split {int} not null default 0;
alter table voice_count add column parts {int} not null default 0;
