-- main
-- state: "report this" about a statement, by anybody, until a moderator decides
create table dialogue_report (
    entry {int} not null primary key,
    statement {int} not null,
    dialogue {int} not null,
    ground {int} not null,
    decided {int},
    remark {text} not null
) {table-end};
create index dialogue_report_open on dialogue_report (entry) where decided is null;
create index dialogue_report_of on dialogue_report (dialogue, entry) where decided is null;

-- state: who set a statement aside here, while it is, and the one appeal against it
create table dialogue_removal (
    statement {int} not null primary key,
    dialogue {int} not null,
    entry {int} not null,
    officer {int} not null,
    appeal {int},
    waiting {int} not null,
    reason {text} not null
) {table-end};
create index dialogue_removal_waiting on dialogue_removal (appeal) where waiting = 1;
create index dialogue_removal_of on dialogue_removal (dialogue, appeal) where waiting = 1;
insert into dialogue_removal (statement, dialogue, entry, officer, appeal, waiting, reason)
    select s.id, s.dialogue, e.entry, coalesce(e.officer, 0), null, 0, ''
    from dialogue_statement s join dialogue_event e on e.about = s.id
    where s.state = 2 and e.what = 7
        and e.entry = (select max(x.entry) from dialogue_event x where x.about = s.id and x.what = 7);
