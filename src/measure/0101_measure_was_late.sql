-- main
drop index measure_late;
create index measure_was_late on measure (id) where was_late = 1;
