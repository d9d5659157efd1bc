-- main

-- What is served to everyone is marked 3, what is kept for those entitled 0: no single changed bit makes one the other.
update entry set facts_open = 3 where facts_open = 1;
update entry_words set open = 3 where open = 1;
