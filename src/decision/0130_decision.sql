-- main
-- state: a body that decides, with its rules of procedure as JSON
create table decision_body (
    id {int} not null primary key,
    name {text} not null,
    unit {int} not null,
    seats {int} not null,
    filled {int} not null,
    rules {text} not null,
    sample {int} not null
) {table-end};

-- state: who sits in a body now
create table decision_member (
    body {int} not null,
    officer {int} not null,
    name {text} not null,
    chair {int} not null,
    entry {int} not null,
    primary key (body, officer)
) {table-end-keyed};
create index decision_member_entry on decision_member (entry);

-- state: one row for each sitting; seats and rules as they were when it was called
create table decision_sitting (
    id {int} not null primary key,
    body {int} not null,
    cycle {int} not null,
    state {int} not null,
    day {int} not null,
    place {text} not null,
    seats {int} not null,
    rules {text} not null,
    roll {int} not null,
    present {int} not null,
    minutes {text} not null,
    minutes_entry {int},
    minutes_by {int},
    sample {int} not null
) {table-end};
create index decision_sitting_of on decision_sitting (body, id);
create index decision_sitting_cycle on decision_sitting (cycle, id);

-- state: who may vote at a sitting, and who is there
create table decision_roll (
    sitting {int} not null,
    officer {int} not null,
    name {text} not null,
    chair {int} not null,
    present {int} not null,
    primary key (sitting, officer)
) {table-end-keyed};

-- state: one row for each motion; its measures as JSON, figures and words apart because words can be erased
create table decision_motion (
    id {int} not null primary key,
    sitting {int} not null,
    issue {int} not null,
    kind {int} not null,
    title {text} not null,
    reason {text} not null,
    lang {text} not null,
    secret {int} not null,
    state {int} not null,
    measures {text} not null,
    measure_words {text} not null,
    yes {int} not null,
    no {int} not null,
    abstain {int} not null,
    quorum {int} not null,
    base {int} not null,
    needed {int} not null,
    sample {int} not null
) {table-end};
create index decision_motion_of on decision_motion (sitting, id);
create index decision_motion_issue on decision_motion (issue, id);

-- state: named votes, the last of each member
create table decision_vote (
    motion {int} not null,
    officer {int} not null,
    vote {int} not null,
    remark {text} not null,
    entry {int} not null,
    primary key (motion, officer)
) {table-end-keyed};
create index decision_vote_entry on decision_vote (entry);

-- state: who took part in a secret count, written by the count alone
create table decision_voter (
    motion {int} not null,
    officer {int} not null,
    primary key (motion, officer)
) {table-end-keyed};

-- state: the history, one row for each entry about a body, a sitting or a motion
create table decision_event (
    entry {int} not null primary key,
    about {int} not null,
    minute {int} not null,
    what {int} not null,
    officer {int} not null,
    words {text} not null
) {table-end};
create index decision_event_about on decision_event (about, entry);

-- local: that a member has voted secretly on a motion that is not counted yet; a rebuild knows nothing of it
create table decision_spent (
    motion {int} not null,
    officer {int} not null,
    primary key (motion, officer)
) {table-end-keyed};

-- local: how many secret ballots say what, of motions that are not counted yet; a rebuild knows nothing of it
create table decision_box (
    motion {int} not null,
    vote {int} not null,
    ballots {int} not null,
    primary key (motion, vote)
) {table-end-keyed};
