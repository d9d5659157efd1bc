-- main
-- local: shows that words.key in the data folder is the one the words here are sealed with, and whether the tables were written anew since; every place has its own
create table words_key (
    one {int} not null primary key,
    proof {bytes} not null,
    shrunk {int} not null
) {table-end};
