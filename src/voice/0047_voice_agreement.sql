-- main
-- What both sides agreed on: 0 offered by the unit, 1 the author says so too, 2 the author says it is not so, 3 kept, 4
-- not kept, 5 nobody said. Empty where the newest answer is of another class.
alter table voice add column agreement {int};
create index voice_agreed on voice (promised, id) where agreement < 2;
