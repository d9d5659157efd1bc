-- derived
-- derived: suggestions of issues as the program last grouped what was said; id is the lowest item in it. issue: the open
-- one that its items may belong to; resembles: a decided or dismissed one that they are like; 0 for none
create table discovery_group (
    id {int} primary key,
    issue {int} not null,
    resembles {int} not null,
    topic {int} not null,
    cycle {int} not null,
    example {int} not null,
    people {int} not null,
    items {int} not null,
    texts {int} not null,
    cohesion {int} not null,
    cohesive {int} not null,
    keywords {text} not null,
    districts {text} not null
) {table-end};
create index discovery_group_of_cycle on discovery_group (cycle, people, id);
create index discovery_group_by_people on discovery_group (people, id);
create index discovery_group_of_topic on discovery_group (topic, id);
create index discovery_group_of_issue on discovery_group (issue, id);

-- derived: every item that was grouped: its suggestion, 0 for none, and the first item that it is a copy of, itself
-- where there is none
create table discovery_item (
    item {int} primary key,
    grp {int} not null,
    first {int} not null
) {table-end};
create index discovery_item_of on discovery_item (grp, item);

-- derived: what staff found to be no part of an issue
create table discovery_kept_out (
    issue {int} not null,
    item {int} not null,
    primary key (issue, item)
) {table-end-keyed};

-- derived: when everything was grouped last, out of how much, and how long it took
create table discovery_run (
    id {int} primary key,
    at {int} not null,
    items {int} not null,
    left_out {int} not null,
    groups {int} not null,
    milliseconds {int} not null
) {table-end};
