-- main
-- What was reopened after its term had passed without a rating is not silent any more.
update voice_count set silent = (select count(*) from voice v where v.cycle = voice_count.cycle and v.state = 6);
