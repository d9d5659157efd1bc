-- main
-- state: in how many adopted or resolved issues a message is, so that it counts once as having led to a measure
create table issue_led (
    voice {int} primary key,
    issues {int} not null
) {table-end};

-- state: how many messages of a round led to a measure
create table issue_led_count (
    cycle {int} primary key,
    voices {int} not null
) {table-end};
