-- main
-- Where no person decided: the setting whose term was over.
alter table erasure add column rule {text};
create index erasure_by_people on erasure (state, id) where rule is null;
create index erasure_by_clock on erasure (id) where rule is not null;
