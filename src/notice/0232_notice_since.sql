-- local

-- how long the log was when the follow was confirmed: what stood in it then is not told
alter table notice_follow add column since {int} not null default 0;
