-- main
-- state: one row for each measure; its words stand in measure_wording
create table measure (
    id {int} primary key,
    cycle {int} not null,
    issue {int},
    criterion {int} not null,
    kind {int} not null,
    state {int} not null,
    lang {text} not null,
    owner_unit {int} not null,
    owner {int} not null,
    indicator_name {text} not null,
    indicator_unit {text} not null,
    baseline {int} not null,
    baseline_decimals {int} not null,
    target {int} not null,
    target_decimals {int} not null,
    due {int} not null,
    first_due {int} not null,
    motion {int},
    sample {int} not null,
    wording {int} not null,
    percent {int},
    last_value {int},
    last_decimals {int},
    late_days {int} not null,
    was_late {int} not null,
    returned {int} not null,
    reopened {int} not null,
    done_on {int},
    nobody {int} not null,
    extended {int} not null,
    accounted {int} not null,
    look_back {int},
    review {int},
    next_day {int},
    counted_unit {int} not null,
    counted_month {int} not null,
    counted_in_time {int} not null,
    counted_late {int} not null,
    counted_extended {int} not null,
    counted_judged {int} not null,
    counted_returned {int} not null
) {table-end};
create index measure_of_cycle on measure (cycle, id);
create index measure_of_issue on measure (issue, id);
create index measure_of_unit on measure (owner_unit, id);
create index measure_in_state on measure (state, id);
create index measure_late on measure (id) where late_days > 0;
create index measure_next_day on measure (next_day, id) where next_day is not null;
create index measure_unaccounted on measure (cycle, id) where accounted = 0;

-- state: every wording a measure ever had, by the entry that brought it
create table measure_wording (
    entry {int} primary key,
    measure {int} not null,
    title {text} not null,
    body {text} not null,
    beneficiaries {text} not null,
    worse_off {text} not null,
    remedy {text} not null
) {table-end};
create index measure_wording_of on measure_wording (measure, entry);

-- state: who has answered for a measure (side 1) and who has checked it (side 2): never the same person
create table measure_hand (
    measure {int} not null,
    officer {int} not null,
    side {int} not null,
    primary key (measure, officer, side)
) {table-end-keyed};

-- state: the history on the measure's page, one row for each entry about it
create table measure_event (
    entry {int} primary key,
    measure {int} not null,
    minute {int} not null,
    what {int} not null,
    officer {int},
    day {int},
    from_day {int},
    days {int},
    percent {int},
    amount {int},
    amount_decimals {int},
    from_amount {int},
    from_decimals {int},
    unit {int},
    owner {int},
    from_unit {int},
    from_owner {int},
    because {int},
    words {text} not null,
    evidence {text} not null
) {table-end};
create index measure_event_of on measure_event (measure, entry);

-- state: counters of each round
create table measure_count (
    cycle {int} primary key,
    adopted {int} not null,
    under_way {int} not null,
    reported {int} not null,
    verified {int} not null,
    accepted {int} not null,
    returned {int} not null,
    closed {int} not null,
    late {int} not null
) {table-end};

-- state: counters of each unit by month of the due day; month is year * 12 + month - 1
create table measure_month (
    unit {int} not null,
    month {int} not null,
    due {int} not null,
    done_in_time {int} not null,
    late {int} not null,
    extended {int} not null,
    judged {int} not null,
    returned {int} not null,
    primary key (unit, month)
) {table-end-keyed};
