-- main
-- words: visit_reception (post, place, topics, reason, said)
-- words: visit_reception_event (reason)
-- words: visit_slot (matter)
-- state: reception days, as they stand; start in minutes since midnight; what: 0 open, 1 called off, 2 held
create table visit_reception (
    id {int} primary key,
    unit {int} not null,
    cycle {int} not null,
    day {int} not null,
    start {int} not null,
    slots {int} not null,
    minutes {int} not null,
    short_notice {int} not null,
    post {text} not null,
    place {text} not null,
    place_entry {int} not null,
    topics {text} not null,
    lang {text} not null,
    what {int} not null,
    ended_entry {int},
    reason {text} not null,
    came {int} not null,
    absent {int} not null,
    said {text} not null,
    taken {int} not null,
    sample {int} not null
) {table-end};
create index visit_reception_of_unit on visit_reception (unit, id);
create index visit_reception_to_come on visit_reception (what, day, id);
create index visit_reception_ended on visit_reception (ended_entry);

-- state: messages that were heard at a reception
create table visit_reception_voice (
    reception {int} not null,
    voice {int} not null,
    primary key (reception, voice)
) {table-end-keyed};

-- state: slots that somebody has; who they are is shown to nobody
create table visit_slot (
    reception {int} not null,
    slot {int} not null,
    participant {int} not null,
    entry {int} not null,
    matter {text} not null,
    primary key (reception, slot)
) {table-end-keyed};
create unique index visit_slot_by_entry on visit_slot (entry);
create unique index visit_slot_of_participant on visit_slot (reception, participant);

-- state: the history on the reception's page; what: 0 announced, 1 moved, 2 called off, 3 held
create table visit_reception_event (
    entry {int} primary key,
    reception {int} not null,
    minute {int} not null,
    what {int} not null,
    officer {int} not null,
    day {int} not null,
    start {int} not null,
    from_day {int},
    from_start {int},
    reason {text} not null
) {table-end};
create index visit_reception_event_of on visit_reception_event (reception, entry);
