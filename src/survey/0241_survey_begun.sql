-- local

-- local: what somebody has filled in and not sent yet, sealed under a key that only their browser's token gives; dropped
-- when it is sent or two weeks old
create table survey_begun (
    key {bytes} not null primary key,
    survey {int} not null,
    day {int} not null,
    sealed {bytes} not null
) {table-end-keyed};
create index survey_begun_by_day on survey_begun (day);
