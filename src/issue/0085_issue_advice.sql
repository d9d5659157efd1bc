-- main
-- state: messages that say what somebody would do about an issue; open: everybody may read them; entry: that put it here
create table issue_advice (
    issue {int} not null,
    voice {int} not null,
    open {int} not null,
    entry {int} not null,
    primary key (issue, voice)
) {table-end-keyed};
create index issue_advice_of on issue_advice (voice, issue);
create index issue_advice_shown on issue_advice (issue, voice) where open = 1;
create unique index issue_advice_entry on issue_advice (entry);

-- state: how many messages of advice one participant sent about an issue, so that one person counts once
create table issue_adviser (
    issue {int} not null,
    participant {int} not null,
    voices {int} not null,
    primary key (issue, participant)
) {table-end-keyed};

-- state: counters of the advice about an issue; closed: not for everybody to read
create table issue_advice_count (
    issue {int} primary key,
    voices {int} not null,
    closed {int} not null,
    people {int} not null
) {table-end};
