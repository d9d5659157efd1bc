-- main
-- An author who has no code is asked by telephone: how often it was tried for the newest answer (3: no more), and the
-- unit that asked, where the rating came so.
alter table voice add column call_tries {int} not null default 0;
alter table voice add column rating_unit {int};
create index voice_to_call on voice (term, id) where state = 3 and typist is not null and call_tries < 3;
alter table voice_count add column called_back {int} not null default 0;
alter table voice_day add column called_back {int} not null default 0;
