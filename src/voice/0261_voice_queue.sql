-- main
-- an officer's own queue within their unit, and what else the unit has
create index voice_queue on voice (unit, officer, due, id) where state < 3;
-- what no unit has: PostgreSQL sees no order behind "unit is null" in an index that begins with the unit
create index voice_of_nobody on voice (due, id) where state < 3 and unit is null;
