-- main
-- Measures judged and sent back at least once: each counts once, however often it was judged.
alter table measure_month add column measures_judged {int} not null default 0;
alter table measure_month add column measures_returned {int} not null default 0;
update measure_month set
    measures_judged = (select count(*) from measure m where m.counted_unit = measure_month.unit and
        m.counted_month = measure_month.month and m.counted_judged > 0),
    measures_returned = (select count(*) from measure m where m.counted_unit = measure_month.unit and
        m.counted_month = measure_month.month and m.counted_returned > 0);
create index measure_counted on measure (counted_unit, counted_month, id);
