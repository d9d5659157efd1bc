-- main
-- replay
-- What a case goes by: the entry of its preset (0: its own terms), the routing table in force when it came, what was
-- chosen of that table's lists.
alter table voice add column preset {int} not null default 0;
alter table voice add column routed_by {int};
alter table voice add column category {text};
alter table voice add column district {text};
-- of the newest assignment
alter table voice add column assigned_at {int};
alter table voice add column returnable {int} not null default 1;
-- Why the clock stands, and for which reasons it has stood (bits).
alter table voice add column pause {int};
alter table voice add column paused_for {int} not null default 0;
-- When the clock looks at each of the two duties; next_day is the one it looks at first.
alter table voice add column accept_next {int};
alter table voice add column reply_next {int};
create index voice_answered on voice (id) where answer is not null;
create index voice_of_category on voice (category, id) where category is not null;
create index voice_of_district on voice (district, id) where district is not null;

-- state: what a channel itself calls what came by it, as an HMAC
create table voice_origin (
    key {bytes} primary key,
    voice {int} not null
) {table-end-keyed};
-- state: how many came which way, out of which district ("" where none was said)
create table voice_channel (
    cycle {int} not null,
    way {int} not null,
    district {text} not null,
    n {int} not null,
    primary key (cycle, way, district)
) {table-end-keyed};
