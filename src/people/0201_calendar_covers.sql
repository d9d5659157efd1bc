-- main
-- Of the calendars set before, none says what it covers: null.
alter table calendar add column covers_from {int};
alter table calendar add column covers_to {int};
