-- db/0001_main.sql
-- main
-- local: which migrations this schema has seen; every place runs its own
create table migration (
    number integer primary key,
    name text not null
) strict;

-- db/0002_local.sql
-- local
-- local: which migrations this schema has seen; every place runs its own
create table migration (
    number integer primary key,
    name text not null
) strict;

-- db/0003_derived.sql
-- derived
-- derived: which migrations this schema has seen; dropped with it, so that all of it is made again
create table migration (
    number integer primary key,
    name text not null
) strict;

-- db/0004_replay.sql
-- main
-- local: migrations that asked for state to be made again from the log; emptied by the replay that does it
create table replay_due (
    migration integer not null primary key
) strict;

-- db/0005_words_key.sql
-- main
-- SQLite overwrites what it lets go: words need no sealing there.

-- ledger/0010_ledger.sql
-- main

-- ledger: one row for each leaf of the log: its published bytes, and the facts behind their commitment; only added to
create table entry (
    idx integer not null primary key,
    leaf text not null,
    facts text not null,
    facts_salt blob not null,
    facts_open integer not null
) strict;

-- ledger: the words of an entry, behind their commitment; erasing destroys the row
create table entry_words (
    idx integer not null primary key,
    words text not null,
    salt blob not null,
    open integer not null
) strict;

-- ledger: tile n of a level holds the hashes of the complete subtrees of 256^level leaves from the 256n-th on
create table tile (
    level integer not null,
    n integer not null,
    hashes blob not null,
    primary key (level, n)
) strict, without rowid;

-- ledger: one row: who leads (epoch), how far the log goes, and its newest signed checkpoint
create table log_head (
    one integer not null primary key,
    epoch integer not null,
    size integer not null,
    checkpoint text not null,
    leader text not null
) strict;

-- ledger/0011_ledger_once.sql
-- main

-- local: tokens of forms already sent, in the order they came; kept a few days, so that a form sent twice is one act
create table once (
    n integer not null primary key,
    day integer not null,
    token blob not null,
    idx integer not null
) strict;

-- ledger/0012_ledger_mark.sql
-- derived

-- derived: the next entry that each follower reads; without a row it starts from entry 0
create table mark (
    name text not null primary key,
    idx integer not null
) strict, without rowid;

-- witnesses/0013_cosigned.sql
-- local

-- local: the newest checkpoints that witnesses have cosigned, with what they answered: not in the log, asked for again
create table cosigned (
    size integer not null primary key,
    note text not null
) strict;

-- ledger/0014_words_sealed.sql
-- main
-- words: entry_words (words, salt)

-- ledger/0019_ledger_served.sql
-- main

-- What is served to everyone is marked 3, what is kept for those entitled 0: no single changed bit makes one the other.
update entry set facts_open = 3 where facts_open = 1;
update entry_words set open = 3 where open = 1;

-- people/0020_people.sql
-- main

-- state: what `init` recorded; one row
create table organisation (
    entry integer not null primary key,
    name text not null
) strict;

-- state: the tree of units; closed ones keep their place
create table unit (
    id integer not null primary key,
    parent integer,
    name text not null,
    sample integer not null,
    closed integer not null
) strict;
create index unit_by_parent on unit (parent);

-- state: officers as they are; login and name are words and null once erased; entry is the last change, which ends sessions
create table officer (
    id integer not null primary key,
    unit integer not null,
    post text not null,
    active integer not null,
    sample integer not null,
    entry integer not null,
    login text,
    name text
) strict;
create index officer_by_unit on officer (unit);
create unique index officer_by_login on officer (login);

-- state: the roles that officers hold now
create table officer_role (
    officer integer not null,
    role text not null,
    primary key (officer, role)
) strict, without rowid;
create index officer_role_by_role on officer_role (role, officer);

-- state: what happened to a unit and its posts, for the unit's page; reason is words
create table unit_history (
    unit integer not null,
    entry integer not null,
    at integer not null,
    what text not null,
    about text not null,
    by_officer integer not null,
    reason text,
    primary key (unit, entry)
) strict, without rowid;
create index unit_history_by_entry on unit_history (entry);

-- state: settings that somebody changed; reason is words
create table setting (
    name text not null primary key,
    value text not null,
    entry integer not null,
    at integer not null,
    by_officer integer not null,
    reason text
) strict, without rowid;

-- state: every calendar that was in force; the newest is; days as numbers since 1970-01-01; reason is words
create table calendar (
    entry integer not null primary key,
    name text not null,
    holidays text not null,
    makeup_days text not null,
    weekend text not null,
    at integer not null,
    by_officer integer not null,
    reason text
) strict;

-- people/0021_participant.sql
-- main

-- state: pseudonyms, in the order in which they first spoke; keys are HMACs that differ in each cycle
create table participant (
    id integer not null primary key,
    cycle integer not null,
    verified integer not null,
    browser_key blob,
    code_key blob
) strict;
create unique index participant_by_browser on participant (browser_key) where browser_key is not null;
create unique index participant_by_code on participant (code_key) where code_key is not null;

-- state: how many people spoke in a cycle
create table turnout (
    cycle integer not null primary key,
    people integer not null,
    verified integer not null
) strict;

-- people/0022_people_local.sql
-- local

-- local: secrets are no part of what is published; after a rebuild officers are given new passwords
create table password (
    officer integer not null primary key,
    hash text not null,
    set_at integer not null,
    given integer not null
) strict;

-- local: who is signed in now; after a rebuild everybody signs in again
create table session (
    id_hash blob not null primary key,
    officer integer not null,
    officer_entry integer not null,
    created integer not null,
    seen integer not null
) strict, without rowid;
create index session_by_officer on session (officer);

-- local: failed sign-ins of the last hour, by a keyed hash of the login, without addresses
create table sign_in_failure (
    login_key blob not null primary key,
    failures integer not null,
    last_at integer not null,
    open_at integer not null
) strict, without rowid;
create index sign_in_failure_by_time on sign_in_failure (last_at);

-- people/0023_second_step.sql
-- local

-- local: secrets of authenticator apps, sealed under the server's key; after a rebuild officers set them up again
create table second_step (
    officer integer not null primary key,
    secret blob,
    fresh blob,
    used integer not null,
    since integer not null
) strict;

-- local: recovery codes that are left, each as an HMAC; after a rebuild there are none
create table recovery_code (
    officer integer not null,
    code_hash blob not null,
    primary key (officer, code_hash)
) strict, without rowid;

-- local: sign-ins between the password and the code, at most five minutes old; officer 0 is none
create table sign_in_step (
    id_hash blob not null primary key,
    login_key blob not null,
    officer integer not null,
    officer_entry integer not null,
    tries integer not null,
    created integer not null
) strict, without rowid;
create index sign_in_step_by_officer on sign_in_step (officer);
create index sign_in_step_by_time on sign_in_step (created);

-- people/0024_people_words.sql
-- main
-- words: officer (login, name)
-- words: unit_history (reason)
-- words: setting (reason)
-- words: calendar (reason)

-- people/0025_people_contractor.sql
-- main
-- words: contractor (reason)
-- state: firms whose people work here; one that ended stays in the list; reason, of the end, is words
create table contractor (
    id integer not null primary key,
    name text not null,
    since integer not null,
    ended integer,
    ended_entry integer,
    reason text
) strict;
alter table officer add column contractor integer;
create index officer_by_contractor on officer (contractor) where contractor is not null;

-- cycle/0030_cycle.sql
-- main
-- state: one row for each round and for the standing desk; context_filled has one bit for each answered part of the sheet
create table cycle (
    id integer primary key,
    standing integer not null,
    name text not null,
    lang text not null,
    organiser integer not null,
    phase integer not null,
    phase_ends integer,
    touches text not null,
    promised text not null,
    means text not null,
    limits text not null,
    context_filled integer not null,
    context_entry integer,
    inherits integer,
    source text not null,
    sample integer not null
) strict;
create unique index cycle_only_desk on cycle (standing) where standing = 1;
create index cycle_newest on cycle (standing, id);
create index cycle_inherits on cycle (inherits);

-- state: what a round is measured by; a corrected criterion stays, with the newer one beside it
create table cycle_criterion (
    id integer primary key,
    cycle integer not null,
    text text not null,
    replaced_by integer
) strict;
create index cycle_criterion_of on cycle_criterion (cycle, id);

-- state: the history on the round's page, one row for each entry about it
create table cycle_event (
    entry integer primary key,
    cycle integer not null,
    minute integer not null,
    what integer not null,
    phase integer,
    officer integer,
    remark text not null
) strict;
create index cycle_event_of on cycle_event (cycle, entry);

-- cycle/0031_cycle_words.sql
-- main
-- words: cycle (name, touches, promised, means, limits)
-- words: cycle_criterion (text)
-- words: cycle_event (remark)

-- voice/0040_voice.sql
-- main
-- state: every voice with its case; words stand apart, so that they can be erased
create table voice (
    id integer primary key,
    cycle integer not null,
    kind integer not null,
    audience integer not null,
    shown integer not null,
    state integer not null,
    way integer not null,
    by_staff integer not null,
    sample integer not null,
    typist integer,
    author integer,
    received integer not null,
    photos integer not null,
    source text,
    unit integer,
    officer integer,
    assigned_on integer,
    due integer,
    late_from integer,
    next_day integer,
    late_days integer not null,
    reopened integer not null,
    bounced integer not null,
    extended integer not null,
    asked_on integer,
    answer integer,
    answer_entry integer,
    answered_by integer,
    promised integer,
    rating integer,
    solved integer,
    term integer,
    ground integer,
    held_until integer,
    held_once integer not null,
    hidden_by integer,
    hidden_entry integer,
    appeal integer,
    appealed_of integer,
    master integer,
    reply_days integer,
    extension_days integer,
    ask_back_days integer,
    rating_days integer,
    superior_at integer
) strict;
create index voice_of_cycle on voice (cycle, id);
create index voice_in_state on voice (state, id);
-- what the clock looks at next: a duty's due day, a term, the end of a pause
create index voice_next_day on voice (next_day, id) where next_day is not null;
create index voice_held_until on voice (held_until, id) where held_until is not null;
-- the desk's list: what waits, by unit and due day
create index voice_waiting on voice (unit, due, id) where state < 3;
create index voice_of_unit on voice (unit, id) where unit is not null;
create index voice_late on voice (id) where late_days > 0;
create index voice_again on voice (author, id) where author <> id;
create index voice_appealed on voice (appeal) where appeal is not null;
create index voice_same_as on voice (master, id) where master is not null;

-- state: what the author wrote; no row once it was erased
create table voice_words (
    voice integer primary key,
    title text not null,
    text text not null,
    place text not null,
    position text not null,
    lang text not null
) strict;

-- state: re-encoded pictures, by their content in the file store; no rows once the words were erased
create table voice_photo (
    voice integer not null,
    n integer not null,
    picture blob not null,
    preview blob not null,
    width integer not null,
    height integer not null,
    about text not null,
    primary key (voice, n)
) strict, without rowid;

-- voice/0041_voice_step.sql
-- main
-- state: what happened to a voice, one row for each entry about it, shown as its history
create table voice_step (
    entry integer primary key,
    voice integer not null,
    what integer not null,
    minute integer not null,
    officer integer,
    unit integer,
    number integer,
    day integer,
    text text
) strict;
create index voice_step_of on voice_step (voice, entry);

-- state: "report this" by anybody, until a moderator decides
create table voice_report (
    entry integer primary key,
    voice integer not null,
    ground integer not null,
    decided integer,
    remark text
) strict;
create index voice_report_open on voice_report (entry) where decided is null;
create index voice_report_of on voice_report (voice, entry);

-- state: how many, kept by each entry, so that no page counts
create table voice_count (
    cycle integer primary key,
    voices integer not null,
    open_to_public integer not null,
    hidden integer not null,
    held integer not null,
    answered integer not null,
    late integer not null,
    reopened integer not null,
    withdrawn integer not null,
    noted integer not null,
    rated integer not null,
    silent integer not null,
    by_staff integer not null,
    typed integer not null
) strict;

-- state: hidden voices by unit (0: none had it) and ground, for the share hidden
create table voice_hidden (
    cycle integer not null,
    unit integer not null,
    ground integer not null,
    n integer not null,
    primary key (cycle, unit, ground)
) strict, without rowid;

-- state: the names a place is chosen from
create table voice_place (
    n integer primary key,
    name text not null
) strict;
create unique index voice_place_name on voice_place (name);

-- state: how far each imported file was taken, so that an import goes on where it stopped
create table voice_import (
    file text not null,
    cycle integer not null,
    row integer not null,
    taken integer not null,
    primary key (file, cycle)
) strict, without rowid;

-- state: the key under which entries name their speaker: public facts carry the name sealed, the same size for everybody
create table voice_seal (
    id integer primary key,
    key blob not null
) strict;

-- voice/0042_voice_figures.sql
-- main
-- Which unit and day a case counts for, and how it came out: 0 still within its time, 1 answered in time, 2 late, 3
-- withdrawn before an answer. What was received before this stands in no figure until the ledger is replayed.
alter table voice add column counted_unit integer not null default 0;
alter table voice add column counted_day integer not null default 0;
alter table voice add column outcome integer not null default 0;
create index voice_counted on voice (counted_unit, counted_day, id) where counted_day > 0;

-- state: counters of each unit (0: none had it) by the day of receipt, in days since 1970
create table voice_day (
    unit integer not null,
    day integer not null,
    received integer not null,
    in_time integer not null,
    late integer not null,
    withdrawn integer not null,
    solved integer not null,
    unsolved integer not null,
    rated integer not null,
    satisfied integer not null,
    hidden integer not null,
    typed integer not null,
    by_staff integer not null,
    sample integer not null,
    primary key (unit, day)
) strict, without rowid;

-- state: those of voice_day that are hidden now, by ground
create table voice_day_hidden (
    unit integer not null,
    day integer not null,
    ground integer not null,
    n integer not null,
    primary key (unit, day, ground)
) strict, without rowid;

-- voice/0043_voice_figures_replay.sql
-- main
-- replay

-- voice/0044_voice_words.sql
-- main
-- words: voice_words (title, text, place, position, lang)
-- words: voice_photo (about)
-- words: voice_step (text)
-- words: voice_report (remark)

-- voice/0045_voice_overdue.sql
-- main
-- replay
-- 1 not answered in time, 2 long overdue; 0 once the answer stands or a new day is set.
alter table voice add column overdue integer not null default 0;
create index voice_overdue_of on voice (unit, due, id) where overdue > 0;
-- an officer's own queue
create index voice_of_officer on voice (officer, due, id) where state < 3;

-- state: what is overdue now, by unit (0: none has it) and how long (1 or 2)
create table voice_overdue (
    unit integer not null,
    level integer not null,
    n integer not null,
    primary key (unit, level)
) strict, without rowid;

-- voice/0046_voice_joined.sql
-- main
-- replay
-- The voice whose answers hold for this one too, said by staff; `apart`: its author said that it is not the same.
alter table voice add column joined_to integer;
alter table voice add column apart integer not null default 0;
create index voice_joined_to on voice (joined_to, id) where joined_to is not null;
-- those that still wait for the other's answer
create index voice_waits_with on voice (joined_to, id) where state = 9;

-- voice/0047_voice_agreement.sql
-- main
-- What both sides agreed on: 0 offered by the unit, 1 the author says so too, 2 the author says it is not so, 3 kept, 4
-- not kept, 5 nobody said. Empty where the newest answer is of another class.
alter table voice add column agreement integer;
create index voice_agreed on voice (promised, id) where agreement < 2;

-- voice/0048_voice_case.sql
-- main
-- replay
-- What a case goes by: the entry of its preset (0: its own terms), the routing table in force when it came, what was
-- chosen of that table's lists.
alter table voice add column preset integer not null default 0;
alter table voice add column routed_by integer;
alter table voice add column category text;
alter table voice add column district text;
-- of the newest assignment
alter table voice add column assigned_at integer;
alter table voice add column returnable integer not null default 1;
-- Why the clock stands, and for which reasons it has stood (bits).
alter table voice add column pause integer;
alter table voice add column paused_for integer not null default 0;
-- When the clock looks at each of the two duties; next_day is the one it looks at first.
alter table voice add column accept_next integer;
alter table voice add column reply_next integer;
create index voice_answered on voice (id) where answer is not null;
create index voice_of_category on voice (category, id) where category is not null;
create index voice_of_district on voice (district, id) where district is not null;

-- state: what a channel itself calls what came by it, as an HMAC
create table voice_origin (
    key blob primary key,
    voice integer not null
) strict, without rowid;
-- state: how many came which way, out of which district ("" where none was said)
create table voice_channel (
    cycle integer not null,
    way integer not null,
    district text not null,
    n integer not null,
    primary key (cycle, way, district)
) strict, without rowid;

-- voice/0052_voice_closed.sql
-- main
-- replay
-- The entry that closed it, while it is closed: what a spot check draws from, by unit.
alter table voice add column closed_entry integer;
create index voice_closed_of on voice (unit, closed_entry, id) where closed_entry is not null;
-- Whether somebody of a contractor typed it; how an agreement of it ended badly (2 denied, 4 not kept), which stays
-- whatever is agreed on later.
alter table voice add column contracted integer not null default 0;
alter table voice add column agreed_badly integer;
-- Of those received: typed by a contractor's people; with an agreement, and what became of it.
alter table voice_day add column contracted integer not null default 0;
alter table voice_day add column agreed integer not null default 0;
alter table voice_day add column agreed_kept integer not null default 0;
alter table voice_day add column agreed_broken integer not null default 0;
alter table voice_day add column agreed_denied integer not null default 0;
alter table voice_day add column agreed_unsaid integer not null default 0;

-- voice/0053_voice_call_back.sql
-- main
-- An author who has no code is asked by telephone: how often it was tried for the newest answer (3: no more), and the
-- unit that asked, where the rating came so.
alter table voice add column call_tries integer not null default 0;
alter table voice add column rating_unit integer;
create index voice_to_call on voice (term, id) where state = 3 and typist is not null and call_tries < 3;
alter table voice_count add column called_back integer not null default 0;
alter table voice_day add column called_back integer not null default 0;

-- voice/0054_voice_before.sql
-- main
-- words: voice_before (reply, number, named)
-- A case of another register: how it came out there (0 no answer, 1 in time, 2 late, 3 answered, in no time that could be
-- told), for which unit (0: none of ours) and which day (0: none was said) it counts. Empty for all others.
alter table voice add column before integer;
alter table voice add column before_unit integer;
alter table voice add column before_day integer;
create index voice_before_of on voice (before_unit, before_day, id) where before is not null;

-- state: what another register says of a case that was taken over from it
create table voice_before (
    voice integer primary key,
    replied_on integer,
    due integer,
    rating integer,
    origin blob,
    reply text not null,
    number text not null,
    named text not null
) strict;
create unique index voice_before_origin on voice_before (origin) where origin is not null;

-- state: counters of cases taken over, by unit (0: none of ours) and the day they were said there (0: none was said)
create table voice_before_day (
    unit integer not null,
    day integer not null,
    taken integer not null,
    in_time integer not null,
    late integer not null,
    replied integer not null,
    unanswered integer not null,
    rated integer not null,
    satisfied integer not null,
    sample integer not null,
    primary key (unit, day)
) strict, without rowid;

-- lists by kind, and of a unit what was ever late
create index voice_of_kind on voice (kind, id);
create index voice_late_of on voice (unit, id) where late_days > 0;

-- voice/0058_voice_split.sql
-- main
-- replay
-- A message that held several matters is handled by its parts, each a case of its own; `whole`: its author said that it
-- is one matter. While it is split, and for a part that was put back, counted_day is negative: in no figure of a unit.
alter table voice add column part_of integer;
alter table voice add column whole integer not null default 0;
create index voice_parts on voice (part_of, id) where part_of is not null;
-- Whom the steps after its last day have named, by deadline::Whom, a bit each; 0 when a new day is set.
alter table voice add column told integer not null default 0;
create index voice_told on voice (due, id) where told > 1 and state < 3;
create index voice_told_of on voice (unit, due, id) where told > 1 and state < 3;
-- Messages that are split now, and the parts that stand in their place.
alter table voice_count add column split integer not null default 0;
alter table voice_count add column parts integer not null default 0;

-- voice/0059_voice_paper.sql
-- main
-- words: voice_paper (text, about)
-- state: PDFs that came with a message: the pictures of their pages, and what can be read on them
create table voice_paper (
    voice integer not null,
    n integer not null,
    page integer not null,
    picture blob not null,
    preview blob not null,
    width integer not null,
    height integer not null,
    text text not null,
    about text not null,
    primary key (voice, n, page)
) strict, without rowid;
-- whether another voice still names a picture, before it is taken out of the file store
create index voice_paper_picture on voice_paper (picture);
create index voice_paper_preview on voice_paper (preview);
alter table voice add column papers integer not null default 0;
-- the list of messages of one kind in one state
create index voice_of_kind_state on voice (kind, state, id);

-- dialogue/0060_dialogue.sql
-- main
-- state: a question that statements answer
create table dialogue (
    id integer not null primary key,
    cycle integer not null,
    question text not null,
    about text not null,
    lang text not null,
    admission integer not null,
    closed integer,
    source text not null,
    first_day integer,
    last_day integer,
    sample integer not null
) strict;
create index dialogue_of_cycle on dialogue (cycle, id);

-- state: what a dialogue's page counts, apart from its texts because every vote writes here
create table dialogue_figures (
    dialogue integer not null primary key,
    people integer not null,
    imported_people integer not null,
    votes_cast integer not null,
    votes integer not null,
    accepted integer not null,
    pending integer not null,
    never_moderated integer not null,
    set_aside integer not null
) strict;

-- state: one row for each statement
create table dialogue_statement (
    id integer not null primary key,
    dialogue integer not null,
    state integer not null,
    ground integer,
    origin integer not null,
    number integer,
    day integer not null,
    until integer,
    author integer,
    text text not null,
    lang text not null
) strict;
create index dialogue_statement_of on dialogue_statement (dialogue, state, id);
create unique index dialogue_statement_number on dialogue_statement (dialogue, number) where number is not null;
create index dialogue_statement_until on dialogue_statement (until, id) where until is not null;

-- state: what happened to a statement or to its dialogue, one row for each entry about it
create table dialogue_event (
    entry integer not null primary key,
    about integer not null,
    minute integer not null,
    what integer not null,
    ground integer,
    officer integer,
    remark text not null
) strict;
create index dialogue_event_about on dialogue_event (about, entry);

-- state: the counts of a statement, apart from its text because every vote writes here
create table dialogue_count (
    statement integer not null primary key,
    agree integer not null,
    disagree integer not null,
    pass integer not null
) strict;

-- state: how many votes of a person stand in a dialogue
create table dialogue_voter (
    dialogue integer not null,
    participant integer not null,
    votes integer not null,
    primary key (dialogue, participant)
) strict, without rowid;

-- state: who voted what, never public. People of an import stand under negative numbers, -(dialogue * 2^20 + number there)
create table dialogue_vote (
    participant integer not null,
    statement integer not null,
    choice integer not null,
    primary key (participant, statement)
) strict, without rowid;

-- state: which files were imported where, and how far
create table dialogue_import (
    dialogue integer not null primary key,
    files blob not null,
    cycle integer not null,
    statements integer not null,
    votes integer not null
) strict;
create unique index dialogue_import_of on dialogue_import (files, cycle);

-- dialogue/0061_dialogue_report.sql
-- main
-- state: "report this" about a statement, by anybody, until a moderator decides
create table dialogue_report (
    entry integer not null primary key,
    statement integer not null,
    dialogue integer not null,
    ground integer not null,
    decided integer,
    remark text not null
) strict;
create index dialogue_report_open on dialogue_report (entry) where decided is null;
create index dialogue_report_of on dialogue_report (dialogue, entry) where decided is null;

-- state: who set a statement aside here, while it is, and the one appeal against it
create table dialogue_removal (
    statement integer not null primary key,
    dialogue integer not null,
    entry integer not null,
    officer integer not null,
    appeal integer,
    waiting integer not null,
    reason text not null
) strict;
create index dialogue_removal_waiting on dialogue_removal (appeal) where waiting = 1;
create index dialogue_removal_of on dialogue_removal (dialogue, appeal) where waiting = 1;
insert into dialogue_removal (statement, dialogue, entry, officer, appeal, waiting, reason)
    select s.id, s.dialogue, e.entry, coalesce(e.officer, 0), null, 0, ''
    from dialogue_statement s join dialogue_event e on e.about = s.id
    where s.state = 2 and e.what = 7
        and e.entry = (select max(x.entry) from dialogue_event x where x.about = s.id and x.what = 7);

-- dialogue/0062_dialogue_words.sql
-- main
-- words: dialogue (question, about)
-- words: dialogue_statement (text)
-- words: dialogue_event (remark)
-- words: dialogue_report (remark)
-- words: dialogue_removal (reason)

-- dialogue/0063_dialogue_translation.sql
-- main
-- state: the translation of a statement that stands, at most one for each language, by the entry that gave it
create table dialogue_translation (
    statement integer not null,
    lang text not null,
    entry integer not null,
    text text not null,
    primary key (statement, lang)
) strict, without rowid;
create index dialogue_translation_by on dialogue_translation (entry);
-- words: dialogue_translation (text)

-- issue/0080_issue.sql
-- main
-- state: one row for each issue; people counts distinct participants behind its messages
create table issue (
    id integer primary key,
    cycle integer not null,
    state integer not null,
    title text not null,
    body text not null,
    lang text not null,
    marks integer not null,
    voices integer not null,
    statements integer not null,
    people integer not null,
    sitting integer,
    motion integer,
    sample integer not null
) strict;
create index issue_newest on issue (cycle, id);

-- state: which message is gathered in which issue
create table issue_voice (
    voice integer not null,
    issue integer not null,
    primary key (voice, issue)
) strict, without rowid;
create index issue_voice_of on issue_voice (issue, voice);

-- state: how many messages of an issue one participant sent, so that one person counts once
create table issue_person (
    issue integer not null,
    participant integer not null,
    voices integer not null,
    primary key (issue, participant)
) strict, without rowid;

-- state: which statement is gathered in which issue
create table issue_statement (
    statement integer not null,
    issue integer not null,
    primary key (statement, issue)
) strict, without rowid;
create index issue_statement_of on issue_statement (issue, statement);

-- state: the published list of the rest: messages that are in no issue, each with the entry that gives the reason
create table issue_rest (
    voice integer primary key,
    cycle integer not null,
    entry integer not null
) strict;
create index issue_rest_of on issue_rest (cycle, voice);

-- state: the reasons of the published list of the rest
create table issue_rest_reason (
    entry integer primary key,
    cycle integer not null,
    reason text not null
) strict;

-- state: counters of each round
create table issue_count (
    cycle integer primary key,
    suggested integer not null,
    confirmed integer not null,
    dismissed integer not null,
    before_body integer not null,
    adopted integer not null,
    refused integer not null,
    resolved integer not null,
    carried_over integer not null,
    rest integer not null
) strict;

-- state: the history on the issue's page, one row for each entry about it
create table issue_event (
    entry integer primary key,
    issue integer not null,
    minute integer not null,
    what integer not null,
    officer integer,
    n integer not null,
    reason text not null
) strict;
create index issue_event_of on issue_event (issue, entry);

-- issue/0081_issue_led.sql
-- main
-- state: in how many adopted or resolved issues a message is, so that it counts once as having led to a measure
create table issue_led (
    voice integer primary key,
    issues integer not null
) strict;

-- state: how many messages of a round led to a measure
create table issue_led_count (
    cycle integer primary key,
    voices integer not null
) strict;

-- issue/0082_issue_words.sql
-- main
-- words: issue (title, body)
-- words: issue_event (reason)
-- words: issue_rest_reason (reason)

-- issue/0083_issue_carried.sql
-- main
-- state: issues that a round handed on undecided to a later one; state is what each was in when it went
create table issue_carried (
    cycle integer not null,
    issue integer not null,
    next_cycle integer not null,
    state integer not null,
    entry integer not null,
    primary key (cycle, issue)
) strict, without rowid;
create index issue_carried_of on issue_carried (issue, cycle);
create index issue_carried_to on issue_carried (next_cycle, issue);

-- state: of the issues that a round handed on, how many nobody had confirmed; and how many it took over itself
create table issue_carried_count (
    cycle integer primary key,
    unconfirmed integer not null,
    inherited integer not null
) strict;

-- issue/0084_issue_scores.sql
-- derived
-- Figures are thousandths; days count from 1970.

-- derived: what an issue weighed on a day, and out of which parts; `division` is empty where it is not known
create table issue_score (
    issue integer primary key,
    day integer not null,
    next_day integer not null,
    people integer not null,
    messages integer not null,
    first_day integer,
    heat integer not null,
    heat_plain integer not null,
    growth integer not null,
    heat_people integer not null,
    copying integer not null,
    difficulty integer not null,
    oldest_days integer not null,
    reopened integer not null,
    extended integer not null,
    units integer not null,
    rounds integer not null,
    focus integer not null,
    answers integer not null,
    refused integer not null,
    appeals integer not null,
    dissatisfied integer not null,
    division integer,
    divided_statements integer not null,
    divided_votes integer not null
) strict;
create index issue_score_next on issue_score (next_day, issue);

-- derived: issues in the order of a figure (1 people, 2 heat, 3 difficulty, 4 focus, 5 division), in each of the lists
-- that they stand in; list: of all or one round, in all states or one
create table issue_rank (
    list integer not null,
    figure integer not null,
    value integer not null,
    issue integer not null,
    primary key (list, figure, value, issue)
) strict, without rowid;
create index issue_rank_of on issue_rank (issue);

-- derived: messages of an issue by the week of their receipt, the last twelve
create table issue_week (
    issue integer not null,
    week integer not null,
    messages integer not null,
    people integer not null,
    primary key (issue, week)
) strict, without rowid;

-- derived: messages of an issue by district; "" where none was said
create table issue_district (
    issue integer not null,
    district text not null,
    messages integer not null,
    primary key (issue, district)
) strict, without rowid;

-- derived: messages of an issue that are copies of another person's
create table issue_copy (
    issue integer not null,
    voice integer not null,
    primary key (issue, voice)
) strict, without rowid;

-- derived: issues to be counted anew; texts: also whose message copies whose
create table issue_marked (
    issue integer primary key,
    texts integer not null
) strict;

-- derived: how often something was counted, so that a kept page is made anew
create table issue_counted (
    id integer primary key,
    n integer not null
) strict;

-- issue/0085_issue_advice.sql
-- main
-- state: messages that say what somebody would do about an issue; open: everybody may read them; entry: that put it here
create table issue_advice (
    issue integer not null,
    voice integer not null,
    open integer not null,
    entry integer not null,
    primary key (issue, voice)
) strict, without rowid;
create index issue_advice_of on issue_advice (voice, issue);
create index issue_advice_shown on issue_advice (issue, voice) where open = 1;
create unique index issue_advice_entry on issue_advice (entry);

-- state: how many messages of advice one participant sent about an issue, so that one person counts once
create table issue_adviser (
    issue integer not null,
    participant integer not null,
    voices integer not null,
    primary key (issue, participant)
) strict, without rowid;

-- state: counters of the advice about an issue; closed: not for everybody to read
create table issue_advice_count (
    issue integer primary key,
    voices integer not null,
    closed integer not null,
    people integer not null
) strict;

-- visit/0090_visit.sql
-- main
-- state: one row for each visit, as the newest correction says
create table visit (
    id integer primary key,
    issue integer not null,
    cycle integer not null,
    unit integer not null,
    posts text not null,
    place text not null,
    heard text not null,
    promised text not null,
    lang text not null,
    may_decide integer not null,
    day integer not null,
    met integer not null,
    told_on integer,
    told text not null,
    told_entry integer,
    sample integer not null
) strict;
create index visit_of_issue on visit (issue, id);
create index visit_of_cycle on visit (cycle, id);

-- state: counters of each issue that somebody went to see
create table visit_issue_count (
    issue integer primary key,
    visits integer not null,
    met integer not null,
    by_deciders integer not null
) strict;

-- state: counters of each round
create table visit_cycle_count (
    cycle integer primary key,
    visits integer not null,
    issues_seen integer not null,
    met integer not null,
    by_deciders integer not null
) strict;

-- state: the history on the visit's page, one row for each entry about it; from_… is what a correction replaced
create table visit_event (
    entry integer primary key,
    visit integer not null,
    minute integer not null,
    what integer not null,
    officer integer,
    day integer,
    met integer,
    may_decide integer,
    from_day integer,
    from_met integer,
    from_may_decide integer,
    reason text not null
) strict;
create index visit_event_of on visit_event (visit, entry);

-- visit/0091_visit_words.sql
-- main
-- words: visit (posts, place, heard, promised, told)
-- words: visit_event (reason)

-- visit/0092_visit_plan.sql
-- main
-- replay
-- words: visit_plan (posts, place, why, reason)
-- The issue of a visit is 0 where it is about none: entry 0 is the installation itself.
alter table visit add column until_day integer;
alter table visit add column mode integer;
alter table visit add column planned integer;
alter table visit add column plan integer;
alter table visit add column met_groups text not null default '';
create index visit_of_unit on visit (unit, id);
alter table visit_event add column links text not null default '';

-- state: messages that were heard on a visit
create table visit_voice (
    visit integer not null,
    voice integer not null,
    primary key (visit, voice)
) strict, without rowid;
create index visit_voice_by_voice on visit_voice (voice, visit);

-- state: measures that were promised on a visit
create table visit_measure (
    visit integer not null,
    measure integer not null,
    primary key (visit, measure)
) strict, without rowid;
create index visit_measure_by_measure on visit_measure (measure, visit);

-- state: which form, kept somewhere until it was sent, became which visit, for ever
create table visit_origin (
    origin blob primary key,
    visit integer not null
) strict, without rowid;

-- state: visits that were published before anybody went; issue 0 is none; what: 0 open, 1 kept, 2 called off
create table visit_plan (
    id integer primary key,
    issue integer not null,
    cycle integer not null,
    unit integer not null,
    made integer not null,
    day integer not null,
    announced integer not null,
    posts text not null,
    place text not null,
    why text not null,
    lang text not null,
    what integer not null,
    visit integer,
    ended_entry integer,
    reason text not null,
    sample integer not null
) strict;
create index visit_plan_of_unit on visit_plan (unit, id);
create index visit_plan_open on visit_plan (what, id);
create index visit_plan_ended on visit_plan (ended_entry);

-- state: counters of each unit and month (year * 12 + month - 1) of the day of visit or plan
create table visit_unit_month (
    unit integer not null,
    month integer not null,
    visits integer not null,
    by_deciders integer not null,
    planned integer not null,
    unplanned integer not null,
    issues_seen integer not null,
    met integer not null,
    plans integer not null,
    called_off integer not null,
    sample integer not null,
    primary key (unit, month)
) strict, without rowid;

-- state: how many visits of a unit in a month were about an issue: what makes issues_seen distinct
create table visit_unit_issue (
    unit integer not null,
    month integer not null,
    issue integer not null,
    visits integer not null,
    primary key (unit, month, issue)
) strict, without rowid;

-- visit/0093_visit_reception.sql
-- main
-- words: visit_reception (post, place, topics, reason, said)
-- words: visit_reception_event (reason)
-- words: visit_slot (matter)
-- state: reception days, as they stand; start in minutes since midnight; what: 0 open, 1 called off, 2 held
create table visit_reception (
    id integer primary key,
    unit integer not null,
    cycle integer not null,
    day integer not null,
    start integer not null,
    slots integer not null,
    minutes integer not null,
    short_notice integer not null,
    post text not null,
    place text not null,
    place_entry integer not null,
    topics text not null,
    lang text not null,
    what integer not null,
    ended_entry integer,
    reason text not null,
    came integer not null,
    absent integer not null,
    said text not null,
    taken integer not null,
    sample integer not null
) strict;
create index visit_reception_of_unit on visit_reception (unit, id);
create index visit_reception_to_come on visit_reception (what, day, id);
create index visit_reception_ended on visit_reception (ended_entry);

-- state: messages that were heard at a reception
create table visit_reception_voice (
    reception integer not null,
    voice integer not null,
    primary key (reception, voice)
) strict, without rowid;

-- state: slots that somebody has; who they are is shown to nobody
create table visit_slot (
    reception integer not null,
    slot integer not null,
    participant integer not null,
    entry integer not null,
    matter text not null,
    primary key (reception, slot)
) strict, without rowid;
create unique index visit_slot_by_entry on visit_slot (entry);
create unique index visit_slot_of_participant on visit_slot (reception, participant);

-- state: the history on the reception's page; what: 0 announced, 1 moved, 2 called off, 3 held
create table visit_reception_event (
    entry integer primary key,
    reception integer not null,
    minute integer not null,
    what integer not null,
    officer integer not null,
    day integer not null,
    start integer not null,
    from_day integer,
    from_start integer,
    reason text not null
) strict;
create index visit_reception_event_of on visit_reception_event (reception, entry);

-- measure/0100_measure.sql
-- main
-- state: one row for each measure; its words stand in measure_wording
create table measure (
    id integer primary key,
    cycle integer not null,
    issue integer,
    criterion integer not null,
    kind integer not null,
    state integer not null,
    lang text not null,
    owner_unit integer not null,
    owner integer not null,
    indicator_name text not null,
    indicator_unit text not null,
    baseline integer not null,
    baseline_decimals integer not null,
    target integer not null,
    target_decimals integer not null,
    due integer not null,
    first_due integer not null,
    motion integer,
    sample integer not null,
    wording integer not null,
    percent integer,
    last_value integer,
    last_decimals integer,
    late_days integer not null,
    was_late integer not null,
    returned integer not null,
    reopened integer not null,
    done_on integer,
    nobody integer not null,
    extended integer not null,
    accounted integer not null,
    look_back integer,
    review integer,
    next_day integer,
    counted_unit integer not null,
    counted_month integer not null,
    counted_in_time integer not null,
    counted_late integer not null,
    counted_extended integer not null,
    counted_judged integer not null,
    counted_returned integer not null
) strict;
create index measure_of_cycle on measure (cycle, id);
create index measure_of_issue on measure (issue, id);
create index measure_of_unit on measure (owner_unit, id);
create index measure_in_state on measure (state, id);
create index measure_late on measure (id) where late_days > 0;
create index measure_next_day on measure (next_day, id) where next_day is not null;
create index measure_unaccounted on measure (cycle, id) where accounted = 0;

-- state: every wording a measure ever had, by the entry that brought it
create table measure_wording (
    entry integer primary key,
    measure integer not null,
    title text not null,
    body text not null,
    beneficiaries text not null,
    worse_off text not null,
    remedy text not null
) strict;
create index measure_wording_of on measure_wording (measure, entry);

-- state: who has answered for a measure (side 1) and who has checked it (side 2): never the same person
create table measure_hand (
    measure integer not null,
    officer integer not null,
    side integer not null,
    primary key (measure, officer, side)
) strict, without rowid;

-- state: the history on the measure's page, one row for each entry about it
create table measure_event (
    entry integer primary key,
    measure integer not null,
    minute integer not null,
    what integer not null,
    officer integer,
    day integer,
    from_day integer,
    days integer,
    percent integer,
    amount integer,
    amount_decimals integer,
    from_amount integer,
    from_decimals integer,
    unit integer,
    owner integer,
    from_unit integer,
    from_owner integer,
    because integer,
    words text not null,
    evidence text not null
) strict;
create index measure_event_of on measure_event (measure, entry);

-- state: counters of each round
create table measure_count (
    cycle integer primary key,
    adopted integer not null,
    under_way integer not null,
    reported integer not null,
    verified integer not null,
    accepted integer not null,
    returned integer not null,
    closed integer not null,
    late integer not null
) strict;

-- state: counters of each unit by month of the due day; month is year * 12 + month - 1
create table measure_month (
    unit integer not null,
    month integer not null,
    due integer not null,
    done_in_time integer not null,
    late integer not null,
    extended integer not null,
    judged integer not null,
    returned integer not null,
    primary key (unit, month)
) strict, without rowid;

-- measure/0101_measure_was_late.sql
-- main
drop index measure_late;
create index measure_was_late on measure (id) where was_late = 1;

-- measure/0102_measure_figures.sql
-- main
-- Measures judged and sent back at least once: each counts once, however often it was judged.
alter table measure_month add column measures_judged integer not null default 0;
alter table measure_month add column measures_returned integer not null default 0;
update measure_month set
    measures_judged = (select count(*) from measure m where m.counted_unit = measure_month.unit and
        m.counted_month = measure_month.month and m.counted_judged > 0),
    measures_returned = (select count(*) from measure m where m.counted_unit = measure_month.unit and
        m.counted_month = measure_month.month and m.counted_returned > 0);
create index measure_counted on measure (counted_unit, counted_month, id);

-- measure/0103_measure_words.sql
-- main
-- words: measure (indicator_name, indicator_unit)
-- words: measure_wording (title, body, beneficiaries, worse_off, remedy)
-- words: measure_event (words, evidence)

-- measure/0104_measure_overdue.sql
-- main
-- replay
-- 1 not done in time, 2 long overdue; 0 once it is reported as done or a new day is set.
alter table measure add column overdue integer not null default 0;
create index measure_overdue_of on measure (owner_unit, due, id) where overdue > 0;

-- state: what is overdue now, by unit and how long (1 or 2)
create table measure_overdue (
    unit integer not null,
    level integer not null,
    n integer not null,
    primary key (unit, level)
) strict, without rowid;

-- measure/0105_measure_voice.sql
-- main
-- the message whose answer promised it
alter table measure add column voice integer;
create index measure_of_voice on measure (voice, id) where voice is not null;

-- measure/0106_measure_closed.sql
-- main
-- replay
-- The entry that closed it, while it is closed: what a spot check draws from, by unit.
alter table measure add column closed_entry integer;
create index measure_closed_of on measure (owner_unit, closed_entry, id) where closed_entry is not null;

-- decision/0130_decision.sql
-- main
-- state: a body that decides, with its rules of procedure as JSON
create table decision_body (
    id integer not null primary key,
    name text not null,
    unit integer not null,
    seats integer not null,
    filled integer not null,
    rules text not null,
    sample integer not null
) strict;

-- state: who sits in a body now
create table decision_member (
    body integer not null,
    officer integer not null,
    name text not null,
    chair integer not null,
    entry integer not null,
    primary key (body, officer)
) strict, without rowid;
create index decision_member_entry on decision_member (entry);

-- state: one row for each sitting; seats and rules as they were when it was called
create table decision_sitting (
    id integer not null primary key,
    body integer not null,
    cycle integer not null,
    state integer not null,
    day integer not null,
    place text not null,
    seats integer not null,
    rules text not null,
    roll integer not null,
    present integer not null,
    minutes text not null,
    minutes_entry integer,
    minutes_by integer,
    sample integer not null
) strict;
create index decision_sitting_of on decision_sitting (body, id);
create index decision_sitting_cycle on decision_sitting (cycle, id);

-- state: who may vote at a sitting, and who is there
create table decision_roll (
    sitting integer not null,
    officer integer not null,
    name text not null,
    chair integer not null,
    present integer not null,
    primary key (sitting, officer)
) strict, without rowid;

-- state: one row for each motion; its measures as JSON, figures and words apart because words can be erased
create table decision_motion (
    id integer not null primary key,
    sitting integer not null,
    issue integer not null,
    kind integer not null,
    title text not null,
    reason text not null,
    lang text not null,
    secret integer not null,
    state integer not null,
    measures text not null,
    measure_words text not null,
    yes integer not null,
    no integer not null,
    abstain integer not null,
    quorum integer not null,
    base integer not null,
    needed integer not null,
    sample integer not null
) strict;
create index decision_motion_of on decision_motion (sitting, id);
create index decision_motion_issue on decision_motion (issue, id);

-- state: named votes, the last of each member
create table decision_vote (
    motion integer not null,
    officer integer not null,
    vote integer not null,
    remark text not null,
    entry integer not null,
    primary key (motion, officer)
) strict, without rowid;
create index decision_vote_entry on decision_vote (entry);

-- state: who took part in a secret count, written by the count alone
create table decision_voter (
    motion integer not null,
    officer integer not null,
    primary key (motion, officer)
) strict, without rowid;

-- state: the history, one row for each entry about a body, a sitting or a motion
create table decision_event (
    entry integer not null primary key,
    about integer not null,
    minute integer not null,
    what integer not null,
    officer integer not null,
    words text not null
) strict;
create index decision_event_about on decision_event (about, entry);

-- local: that a member has voted secretly on a motion that is not counted yet; a rebuild knows nothing of it
create table decision_spent (
    motion integer not null,
    officer integer not null,
    primary key (motion, officer)
) strict, without rowid;

-- local: how many secret ballots say what, of motions that are not counted yet; a rebuild knows nothing of it
create table decision_box (
    motion integer not null,
    vote integer not null,
    ballots integer not null,
    primary key (motion, vote)
) strict, without rowid;

-- decision/0131_decision_words.sql
-- main
-- words: decision_body (name)
-- words: decision_member (name)
-- words: decision_sitting (place, minutes)
-- words: decision_roll (name)
-- words: decision_motion (title, reason, measure_words)
-- words: decision_vote (remark)
-- words: decision_event (words)

-- decision/0132_decision_clerk.sql
-- main
-- state: who keeps a body, where that was named
create table decision_clerk (
    body integer not null,
    officer integer not null,
    primary key (body, officer)
) strict, without rowid;

-- review/0150_review.sql
-- main
-- state: one row for each public judgement; questions and panels stand in their own tables
create table review (
    id integer primary key,
    measure integer not null,
    cycle integer not null,
    state integer not null,
    lang text not null,
    accept_percent integer not null,
    k integer not null,
    closes integer not null,
    sample integer not null,
    drafted_minute integer not null,
    drafted_by integer not null,
    opened integer,
    opened_minute integer,
    opened_by integer,
    closed integer,
    closed_minute integer,
    closed_by integer,
    lost integer not null,
    enough integer not null,
    accepted integer not null,
    applied integer not null,
    percent integer
) strict;
create index review_of_measure on review (measure, id);
create index review_of_cycle on review (cycle, id);
create index review_in_state on review (state, id);
create index review_closing on review (closes, id) where state = 1;
create index review_opened on review (opened) where opened is not null;
create index review_closed on review (closed) where closed is not null;

-- state: what is asked, from 1; the first is the overall question
create table review_question (
    review integer not null,
    n integer not null,
    criterion integer not null,
    body text not null,
    primary key (review, n)
) strict, without rowid;

-- state: who judges, from 1; cast is 0 until the close
create table review_panel (
    review integer not null,
    n integer not null,
    panel_group integer not null,
    name text not null,
    chosen_by text not null,
    weight integer not null,
    secrecy integer not null,
    roll integer not null,
    cast_ballots integer not null,
    primary key (review, n)
) strict, without rowid;

-- state: the roll: one mark for each one-time code, from the opening on; which were spent, from the close on
create table review_mark (
    review integer not null,
    mark text not null,
    panel integer not null,
    spent integer not null,
    primary key (review, mark)
) strict, without rowid;
create index review_mark_of_panel on review_mark (review, panel, spent, mark);

-- state: answers counted at the close, of panels that show figures
create table review_count (
    review integer not null,
    panel integer not null,
    question integer not null,
    answer integer not null,
    ballots integer not null,
    primary key (review, panel, question, answer)
) strict, without rowid;

-- state: ballots by name, published at the close; n from 1 in each panel
create table review_named (
    review integer not null,
    panel integer not null,
    n integer not null,
    answers text not null,
    name text not null,
    reasons text not null,
    primary key (review, panel, n)
) strict, without rowid;

-- state: measures listed as not judged in their round
create table review_passed_over (
    entry integer primary key,
    measure integer not null,
    cycle integer not null,
    minute integer not null,
    officer integer not null,
    reason text not null
) strict;
create index review_passed_over_of on review_passed_over (measure, entry);
create index review_passed_over_in on review_passed_over (cycle, entry);

-- state: counters of each owner's unit by month of the close; month is year * 12 + month - 1
create table review_month (
    unit integer not null,
    month integer not null,
    accepted integer not null,
    returned integer not null,
    too_few integer not null,
    primary key (unit, month)
) strict, without rowid;

-- local: the key under which an open review keeps its codes; destroyed at the close, so that nobody can tell afterwards
-- whose code was spent
create table review_key (
    review integer primary key,
    secret blob not null
) strict;

-- local: codes spent while a review is open, without order or time; emptied by the close, which publishes them sorted
create table review_spent (
    review integer not null,
    mark text not null,
    primary key (review, mark)
) strict, without rowid;

-- local: the ballot box of an open review, under random keys, without order or time; emptied by the close
create table review_box (
    review integer not null,
    ballot_key blob not null,
    panel integer not null,
    answers text not null,
    name text not null,
    reasons text not null,
    primary key (review, ballot_key)
) strict, without rowid;

-- review/0151_review_words.sql
-- main
-- words: review_question (body)
-- words: review_panel (name, chosen_by)
-- words: review_named (name, reasons)
-- words: review_passed_over (reason)
-- words: review_box (name, reasons)

-- scorecard/0170_scorecard.sql
-- main
-- state: scorecards as they were published, one row for each unit and period
create table scorecard_published (
    entry integer primary key,
    unit integer not null,
    from_day integer not null,
    to_day integer not null,
    minute integer not null,
    k integer not null,
    sample integer not null
) strict;
create index scorecard_published_of on scorecard_published (unit, from_day, to_day, entry);

-- state: the figures of each published scorecard
create table scorecard_figure (
    entry integer not null,
    n integer not null,
    name text not null,
    part integer not null,
    whole integer not null,
    primary key (entry, n)
) strict, without rowid;

-- voice/0180_voice_photo_index.sql
-- main
-- whether another voice still names a picture, before it is taken out of the file store
create index voice_photo_picture on voice_photo (picture);
create index voice_photo_preview on voice_photo (preview);

-- erasure/0181_erasure.sql
-- main
-- state: proposals to erase the words of entries, and what became of each
create table erasure (
    id integer not null primary key,
    basis text not null,
    by_officer integer,
    at integer not null,
    state integer not null,
    decided_entry integer,
    decided_by integer,
    decided_at integer,
    ground text
) strict;
create index erasure_in_state on erasure (state, id);

-- state: the entries whose words a proposal is about
create table erasure_target (
    target integer not null,
    erasure integer not null,
    primary key (target, erasure)
) strict, without rowid;
create index erasure_target_of on erasure_target (erasure, target);

-- local: which erased words this place has yet to scrub from its files, and since when they are gone; other places have their own files
create table erasure_scrub (
    erasure integer not null primary key,
    gone integer
) strict;
create index erasure_scrub_waiting on erasure_scrub (erasure) where gone is null;

-- local: blobs that erased words named, until they are gone from the file store of this place
create table erasure_scrub_blob (
    erasure integer not null,
    blob blob not null,
    primary key (erasure, blob)
) strict, without rowid;

-- erasure/0182_erasure_term.sql
-- main
-- Where no person decided: the setting whose term was over.
alter table erasure add column rule text;
create index erasure_by_people on erasure (state, id) where rule is null;
create index erasure_by_clock on erasure (id) where rule is not null;

-- claim/0190_claim.sql
-- main
-- words: claim (remark, reason)
-- state: "report this" about the public words of an entry, by anybody, and what a moderator decided
create table claim (
    id integer not null primary key,
    about integer not null,
    ground text not null,
    remark text not null,
    at integer not null,
    outcome integer,
    decided_entry integer,
    decided_by integer,
    decided_at integer,
    erasure integer,
    reason text not null
) strict;
create index claim_open on claim (id) where outcome is null;
create index claim_about on claim (about, id);
create index claim_decided on claim (decided_entry) where decided_entry is not null;

-- preset/0200_preset.sql
-- main
-- words: preset (reason)
-- state: every preset that was adopted; the newest of what it applies to is in force; stated and changed are paths of its params
create table preset (
    entry integer not null primary key,
    id text not null,
    version integer not null,
    applies text not null,
    tag text not null,
    jurisdiction text not null,
    source text not null,
    article text not null,
    retrieved integer,
    stated text not null,
    changed text not null,
    based_on text,
    based_version integer,
    params text not null,
    at integer not null,
    by_officer integer not null,
    reason text not null
) strict;
create index preset_of on preset (applies, entry);

-- people/0201_calendar_covers.sql
-- main
-- Of the calendars set before, none says what it covers: null.
alter table calendar add column covers_from integer;
alter table calendar add column covers_to integer;

-- routing/0210_routing.sql
-- main
-- words: routing_table (reason)
-- state: every table of who gets which matter that was in force; the newest is. lists: what the entry says of them, as canonical JSON; digest: its SHA-256; reason is words
create table routing_table (
    entry integer not null primary key,
    version integer not null,
    at integer not null,
    by_officer integer not null,
    lists text not null,
    digest blob not null,
    reason text not null
) strict;

-- confidential/0220_confidential.sql
-- main
-- words: confidential_matter (author)
-- words: confidential_entry (sealed)
-- words: confidential_box (box)
-- state: officers who receive confidential messages; the key is public, and there once the officer has made it
create table confidential_officer (
    officer integer not null primary key,
    named integer not null,
    public_key text,
    ready integer,
    gone integer
) strict;

-- state: one row for each confidential matter; the tag is an HMAC of the author's code, the author's key is public
create table confidential_matter (
    tag text not null primary key,
    first_entry integer not null,
    n integer not null,
    closed integer not null,
    due integer not null,
    holder integer not null,
    late integer not null,
    author text not null
) strict, without rowid;
create unique index confidential_first on confidential_matter (first_entry);
create index confidential_due on confidential_matter (due, tag) where due > 0;

-- state: who receives a matter now, the lowest in line first
create table confidential_receiver (
    tag text not null,
    place integer not null,
    officer integer not null,
    first_entry integer not null,
    primary key (tag, place)
) strict, without rowid;
create index confidential_receives on confidential_receiver (officer, first_entry);

-- state: what was said in a matter, sealed under a key of its own
create table confidential_entry (
    id integer not null primary key,
    tag text not null,
    n integer not null,
    act integer not null,
    sealed text not null
) strict;
create index confidential_entry_of on confidential_entry (tag, n);

-- state: that key in a box to the author (place 0, receiver 0) and to each receiver
create table confidential_box (
    entry integer not null,
    place integer not null,
    receiver integer not null,
    box text not null,
    primary key (entry, place)
) strict, without rowid;

-- state: how many matters were opened, by year
create table confidential_year (
    year integer not null primary key,
    matters integer not null
) strict;

-- local: what waits for its hour, under random keys, so that neither minute nor order of anybody's sending is kept; what
-- is in it is sealed already; emptied into the log after each full hour
create table confidential_waiting (
    row_key blob not null primary key,
    enters integer not null,
    tag text not null,
    n integer not null,
    facts text not null,
    words text not null
) strict, without rowid;
create index confidential_waiting_of on confidential_waiting (tag, n);

-- confidential/0221_confidential_key.sql
-- local

-- local: receivers' private keys, wrapped under their passphrase; after a rebuild they make new ones
create table confidential_key (
    officer integer not null,
    public_key blob not null,
    salt blob not null,
    wrapped blob not null,
    passes integer not null,
    kibibytes integer not null,
    primary key (officer, public_key)
) strict, without rowid;

-- notice/0230_notice.sql
-- local

-- local: who asked to be told, the mail address sealed under the server's key; the log knows nobody, so after a rebuild nobody is told
create table notice_address (
    id integer not null primary key,
    mail_key blob not null,
    sealed blob not null,
    token_key blob not null,
    token_salt blob not null,
    lang text not null,
    daily integer not null,
    asked_at integer not null,
    refused integer not null,
    refused_on integer not null
) strict;
create unique index notice_address_by_mail on notice_address (mail_key);
create unique index notice_address_by_token on notice_address (token_key);

-- local: who is told of which matter, shown to nobody; confirmed_at 0: asked for, and not confirmed yet
create table notice_follow (
    what integer not null,
    about integer not null,
    address integer not null,
    asked_at integer not null,
    confirmed_at integer not null,
    primary key (what, about, address)
) strict, without rowid;
create index notice_follow_by_address on notice_follow (address);
create index notice_follow_waiting on notice_follow (asked_at) where confirmed_at = 0;

-- local: what is still to be sent; a row goes when the mail server has answered for it
create table notice_outbox (
    entry integer not null,
    recipient integer not null,
    kind integer not null,
    next_at integer not null,
    tries integer not null,
    letter integer not null,
    sending integer not null,
    primary key (entry, recipient, kind)
) strict, without rowid;
create index notice_outbox_by_time on notice_outbox (next_at, entry, recipient);
create index notice_outbox_by_recipient on notice_outbox (recipient);
create index notice_outbox_sending on notice_outbox (sending) where sending <> 0;

-- local: how far the log was read for those who are told; in one transaction with what is to be sent
create table notice_mark (
    one integer not null primary key,
    entry integer not null,
    what integer not null,
    about integer not null,
    address integer not null
) strict;

-- local: what is still to be posted to a webhook of huiyin.toml; a row goes when the other side has taken it
create table notice_post (
    hook integer not null,
    entry integer not null,
    next_at integer not null,
    tries integer not null,
    primary key (hook, entry)
) strict, without rowid;
create index notice_post_by_time on notice_post (hook, next_at, entry);

-- notice/0231_notice_event.sql
-- derived

-- derived: which entries stand in the feed of a matter, newest first
create table notice_event (
    what integer not null,
    about integer not null,
    entry integer not null,
    primary key (what, about, entry)
) strict, without rowid;

-- notice/0232_notice_since.sql
-- local

-- how long the log was when the follow was confirmed: what stood in it then is not told
alter table notice_follow add column since integer not null default 0;

-- survey/0240_survey.sql
-- main
-- words: survey (title, intro)
-- words: survey_question (body, option_words, row_words)
-- words: survey_answer (texts)
-- words: survey_event (reason)
-- words: survey_box (texts)
-- state: one row for each survey; asked is the entry whose words are in force
create table survey (
    id integer primary key,
    cycle integer not null,
    state integer not null,
    asked integer not null,
    lang text not null,
    mode integer not null,
    roll integer not null,
    k integer not null,
    closes integer not null,
    sample integer not null,
    answers integer not null,
    lost integer not null,
    title text not null,
    intro text not null
) strict;
create index survey_of_cycle on survey (cycle, id);
create index survey_in_state on survey (state, id);
create index survey_closing on survey (closes, id) where state = 1;
create index survey_asked on survey (asked);

-- state: what is asked, from 1; options and rows are numbers of words, which stand as lines
create table survey_question (
    survey integer not null,
    n integer not null,
    type integer not null,
    options integer not null,
    row_count integer not null,
    least integer not null,
    most integer not null,
    needed integer not null,
    page integer not null,
    hangs_on integer not null,
    hangs_any text not null,
    body text not null,
    option_words text not null,
    row_words text not null,
    primary key (survey, n)
) strict, without rowid;

-- state: what happened to a survey, one row for each entry about it
create table survey_event (
    entry integer primary key,
    survey integer not null,
    what integer not null,
    minute integer not null,
    officer integer not null,
    reason text not null
) strict;
create index survey_event_of on survey_event (survey, entry);

-- state: the roll: one mark for each one-time code, from the opening on; which were used, from the close on
create table survey_mark (
    survey integer not null,
    mark text not null,
    spent integer not null,
    primary key (survey, mark)
) strict, without rowid;
create index survey_mark_spent on survey_mark (survey, spent, mark);

-- state: what each person answered, in the order in which it was counted; seen is the key by which an anonymous browser
-- is known again, different in each survey
create table survey_answer (
    survey integer not null,
    n integer not null,
    entry integer not null,
    answers text not null,
    texts text not null,
    seen blob,
    primary key (survey, n)
) strict, without rowid;
create unique index survey_answer_entry on survey_answer (entry);
create unique index survey_answer_seen on survey_answer (survey, seen) where seen is not null;

-- state: how many were asked and answered, and the sum of numbers
create table survey_figure (
    survey integer not null,
    question integer not null,
    asked integer not null,
    answered integer not null,
    total integer not null,
    primary key (survey, question)
) strict, without rowid;

-- state: how many gave which answer
create table survey_count (
    survey integer not null,
    question integer not null,
    row_n integer not null,
    option_n integer not null,
    answers integer not null,
    primary key (survey, question, row_n, option_n)
) strict, without rowid;

-- local: the key under which an open survey on a roll keeps its codes; destroyed at the close, so that nobody can tell
-- afterwards whose code was used
create table survey_key (
    survey integer primary key,
    secret blob not null
) strict;

-- local: codes used while a survey is open, without order or time; emptied by the close, which publishes them sorted
create table survey_spent (
    survey integer not null,
    mark text not null,
    primary key (survey, mark)
) strict, without rowid;

-- local: the ballot box of an open survey on a roll, under random keys, without order or time; emptied by the close
create table survey_box (
    survey integer not null,
    ballot_key blob not null,
    answers text not null,
    texts text not null,
    primary key (survey, ballot_key)
) strict, without rowid;

-- survey/0241_survey_begun.sql
-- local

-- local: what somebody has filled in and not sent yet, sealed under a key that only their browser's token gives; dropped
-- when it is sent or two weeks old
create table survey_begun (
    key blob not null primary key,
    survey integer not null,
    day integer not null,
    sealed blob not null
) strict, without rowid;
create index survey_begun_by_day on survey_begun (day);

-- georeport/0250_georeport.sql
-- main
-- words: georeport_client (name, reason)
-- state: programs that may send messages in the name of others; key: HMAC of the api_key under the server's key; name, and reason of the end, are words
create table georeport_client (
    id integer not null primary key,
    name text not null,
    key blob not null,
    per_minute integer not null,
    for_authors integer not null,
    by_officer integer not null,
    at integer not null,
    ended integer,
    ended_entry integer,
    reason text not null
) strict;
create unique index georeport_client_key on georeport_client (key);

-- desk/0260_desk.sql
-- main
-- words: desk_template (name, text)
-- words: desk_note (text)
-- words: desk_draft (answer, promised, text, remark)
-- state: every version of every reply template; unit 0: for everybody, kind '': for any; current: 1 for the newest of one that has not ended
create table desk_template (
    entry integer not null primary key,
    template integer not null,
    n integer not null,
    name text not null,
    lang text not null,
    unit integer not null,
    kind text not null,
    text text not null,
    by_officer integer not null,
    at integer not null,
    current integer not null,
    ended_entry integer,
    ended_by integer,
    ended_at integer
) strict;
create unique index desk_template_version on desk_template (template, n);
create index desk_template_current on desk_template (unit, current, entry);
create index desk_template_newest on desk_template (current, entry);

-- state: what staff wrote to each other about a case; never shown to anybody else
create table desk_note (
    entry integer not null primary key,
    voice integer not null,
    by_officer integer not null,
    at integer not null,
    text text not null
) strict;
create index desk_note_of on desk_note (voice, entry);

-- state: answers that a second person releases. state: 0 waits, 1 released, 2 returned, 3 replaced by a newer one
create table desk_draft (
    id integer not null primary key,
    voice integer not null,
    unit integer not null,
    by_officer integer not null,
    at integer not null,
    answer text not null,
    promised text not null,
    text text not null,
    state integer not null,
    decided_entry integer,
    decided_by integer,
    decided_at integer,
    answer_entry integer,
    remark text not null
) strict;
create index desk_draft_of on desk_draft (voice, id);
create index desk_draft_waits on desk_draft (unit, id) where state = 0;
create index desk_draft_decided on desk_draft (decided_entry) where decided_entry is not null;

-- voice/0261_voice_queue.sql
-- main
-- an officer's own queue within their unit, and what else the unit has
create index voice_queue on voice (unit, officer, due, id) where state < 3;
-- what no unit has: PostgreSQL sees no order behind "unit is null" in an index that begins with the unit
create index voice_of_nobody on voice (due, id) where state < 3 and unit is null;

-- desk/0262_desk_note_kept.sql
-- main
-- notes whose words are still there, the oldest first: what the retention clock looks at
create index desk_note_kept on desk_note (at, entry) where text <> '';

-- spotcheck/0270_spotcheck.sql
-- main
-- words: spotcheck_matter (seen)
-- state: spot checks: announced, drawn, looked at; ordered by: 0 the clock, which does so once for each quarter
create table spotcheck (
    id integer primary key,
    unit integer not null,
    ordered_by integer not null,
    day integer not null,
    minute integer not null,
    quarter integer,
    from_entry integer not null,
    to_entry integer not null,
    n integer not null,
    look_days integer not null,
    drawn_entry integer,
    root blob,
    population integer not null,
    due integer,
    overdue_entry integer,
    drawn integer not null,
    looked integer not null,
    sample integer not null
) strict;
create index spotcheck_of_unit on spotcheck (unit, id);
create index spotcheck_undrawn on spotcheck (id) where drawn_entry is null;
create index spotcheck_drawn_by on spotcheck (drawn_entry) where drawn_entry is not null;
create index spotcheck_open on spotcheck (id) where looked < drawn;
create index spotcheck_due on spotcheck (due, id) where overdue_entry is null and looked < drawn;
create index spotcheck_overdue_by on spotcheck (overdue_entry) where overdue_entry is not null;

-- state: what was drawn, and what was seen of it; kind: 0 a message, 1 a measure; outcome: 0 as said, 1 not, 2 not seen
create table spotcheck_matter (
    spotcheck integer not null,
    nth integer not null,
    kind integer not null,
    matter integer not null,
    overdue integer not null,
    look_entry integer,
    outcome integer,
    day integer,
    on_site integer,
    officer integer,
    unit integer,
    seen text not null,
    reopened integer not null,
    primary key (spotcheck, nth)
) strict, without rowid;
create index spotcheck_matter_of on spotcheck_matter (matter, spotcheck);
create index spotcheck_matter_look on spotcheck_matter (look_entry) where look_entry is not null;

-- state: counters of each unit by month (year * 12 + month - 1) of the announcement
create table spotcheck_month (
    unit integer not null,
    month integer not null,
    drawn integer not null,
    looked integer not null,
    as_said integer not null,
    not_as_said integer not null,
    could_not_see integer not null,
    on_site integer not null,
    overdue integer not null,
    sample integer not null,
    primary key (unit, month)
) strict, without rowid;

-- contact/0280_contact.sql
-- main
-- words: contact (name, telephone, email, wish)
-- state: how the author of a message can be reached; `gone`: erased. All four are empty where nothing was left.
create table contact (
    id integer not null primary key,
    voice integer not null,
    until integer not null,
    gone integer not null,
    name text not null,
    telephone text not null,
    email text not null,
    wish text not null
) strict;
create index contact_of_voice on contact (voice, id);
create index contact_until on contact (until, id) where gone = 0;

-- state: who opened it, and why
create table contact_opened (
    entry integer not null primary key,
    voice integer not null,
    officer integer not null,
    reason text not null,
    at integer not null
) strict;
create index contact_opened_of on contact_opened (voice, entry);

-- mail/0290_mail.sql
-- main

-- state: answers to receipts that became further words, by an HMAC of what the mail is called, so that each does once
create table mail_reply (
    entry integer not null primary key,
    key blob not null,
    word integer not null
) strict;
create unique index mail_reply_key on mail_reply (key);

-- mail/0291_mail_outbox.sql
-- local

-- local: receipts to be sent: to whom, the secret code and what else they say, sealed under the server's key; due 0: written down before the message is taken; voice 0: says that a mail was refused; a row goes when the mail server has answered for it
create table mail_outbox (
    key blob not null,
    voice integer not null,
    due integer not null,
    sealed blob not null,
    next_at integer not null,
    tries integer not null,
    primary key (key)
) strict, without rowid;
create index mail_outbox_by_time on mail_outbox (next_at, key) where due = 1;
create index mail_outbox_prepared on mail_outbox (next_at) where due = 0;

-- local: how many mails came from an address today, and how many receipts went there; sender: an HMAC of address and day, forgotten with the day
create table mail_sender (
    day integer not null,
    sender blob not null,
    taken integer not null,
    receipts integer not null,
    primary key (day, sender)
) strict, without rowid;

-- local: mails that were refused, by an HMAC of what each is called, so that one which is seen again counts once
create table mail_refused (
    key blob not null,
    at integer not null,
    primary key (key)
) strict, without rowid;
create index mail_refused_by_time on mail_refused (at);

-- local: how many mails became messages or further words, or were refused, by reason: shown on /rules
create table mail_count (
    what text not null,
    n integer not null,
    primary key (what)
) strict, without rowid;

-- handover/0300_handover.sql
-- main
-- words: handover_authority (reason)
-- words: handover (reason, service_name, text, address, position, number)
-- words: handover_step (notes)
-- state: other authorities that cases may be handed to, with the address of their Open311 server; their keys stand in no table
create table handover_authority (
    id integer not null primary key,
    name text not null,
    url text not null,
    jurisdiction text not null,
    by_officer integer not null,
    at integer not null,
    ended integer,
    ended_entry integer,
    reason text not null
) strict;

-- state: to whom an author agreed that their case is handed, where not everybody may read it
create table handover_agreed (
    voice integer not null,
    authority integer not null,
    entry integer not null,
    primary key (voice, authority)
) strict, without rowid;

-- state: what was handed to whom; state: 0 not taken yet, 1 open there, 2 closed there, 3 let go; number: what they call it
create table handover (
    id integer not null primary key,
    voice integer not null,
    authority integer not null,
    service text not null,
    by_officer integer not null,
    at integer not null,
    state integer not null,
    changed integer not null,
    reason text not null,
    service_name text not null,
    text text not null,
    address text not null,
    position text not null,
    number text not null,
    number_entry integer
) strict;
create index handover_of_voice on handover (voice, id);
create index handover_to on handover (authority, id);

-- state: what became of it there; kind: 0 taken, 1 followed, 2 let go; what: their state, or why it was let go
create table handover_step (
    entry integer not null primary key,
    handover integer not null,
    kind integer not null,
    what integer not null,
    at integer not null,
    by_officer integer not null,
    notes text not null
) strict;
create index handover_step_of on handover_step (handover, entry);

-- local: what is still to be asked of the other side, written in the act that hands over, so that nothing is sent twice; a rebuild knows nothing of it and sends nothing
create table handover_errand (
    handover integer not null primary key,
    state integer not null,
    next_at integer not null,
    tries integer not null,
    since integer not null,
    token text not null,
    fault text not null,
    asked_at integer not null,
    seen text not null
) strict;
create index handover_errand_due on handover_errand (next_at);

-- handover/0301_handover_services.sql
-- local

-- local: what other authorities offered when they were last asked; asked again when it is not there
create table handover_directory (
    authority integer not null primary key,
    asked_at integer not null,
    as_of integer not null,
    next_at integer not null,
    tries integer not null,
    once integer not null,
    left_out integer not null,
    fault text not null
) strict;

-- local: the services that others offered then, in their order
create table handover_service (
    authority integer not null,
    nth integer not null,
    code text not null,
    name text not null,
    grouped text not null,
    primary key (authority, nth)
) strict, without rowid;

-- paper/0310_paper.sql
-- main
-- words: paper_batch (place)
-- words: paper_version (kind, audience, category, district, said_on, lang, title, text, at_place, remark)
-- words: paper_event (text)
-- state: what was emptied out of a box or came in the post, and how far it is. sheets: as said now; highest: the highest number given to one
create table paper_batch (
    id integer not null primary key,
    cycle integer not null,
    unit integer not null,
    by_officer integer not null,
    at integer not null,
    day integer not null,
    place text not null,
    sheets integer not null,
    highest integer not null,
    waiting integer not null,
    returned integer not null,
    taken integer not null,
    corrected integer not null,
    unreadable integer not null,
    empty integer not null,
    elsewhere integer not null,
    contracted integer not null,
    codes integer not null,
    complete_entry integer,
    complete_at integer
) strict;
create index paper_batch_of on paper_batch (cycle, id);
create index paper_batch_open on paper_batch (unit, id) where complete_entry is null;

-- state: of all batches of a round
create table paper_count (
    cycle integer not null primary key,
    batches integer not null,
    complete integer not null,
    sheets integer not null,
    taken integer not null,
    aside integer not null
) strict;

-- state: one sheet. state: 0 waits for a second person, 1 sent back, 2 a message, 3 set aside; what: 0 a message, 1 unreadable, 2 empty, 3 for elsewhere
create table paper_sheet (
    id integer not null primary key,
    batch integer not null,
    n integer not null,
    state integer not null,
    what integer not null,
    version integer not null,
    checked_entry integer,
    checked_by integer,
    corrected integer not null,
    voice integer,
    code_entry integer
) strict;
create unique index paper_sheet_number on paper_sheet (batch, n);
create index paper_sheet_state on paper_sheet (batch, state, n);
create unique index paper_sheet_voice on paper_sheet (voice) where voice is not null;

-- state: what somebody typed from a sheet; a newer version never overwrites one. what: as of a sheet; gone: 1 when its words were erased
create table paper_version (
    entry integer not null primary key,
    sheet integer not null,
    by_officer integer not null,
    at integer not null,
    what integer not null,
    kind text not null,
    audience text not null,
    category text not null,
    district text not null,
    said_on text not null,
    lang text not null,
    title text not null,
    text text not null,
    at_place text not null,
    remark text not null,
    gone integer not null
) strict;
create index paper_version_of on paper_version (sheet, entry);

-- state: what else was done, for everybody but for the text of what was sent back. what: 0 opened, 1 number of sheets corrected, 2 sent back, 3 codes printed
create table paper_event (
    entry integer not null primary key,
    batch integer not null,
    sheet integer,
    what integer not null,
    by_officer integer not null,
    at integer not null,
    number integer,
    text text not null
) strict;
create index paper_event_of on paper_event (batch, entry);
create index paper_event_sheet on paper_event (sheet, entry) where sheet is not null;

-- search/0320_search.sql
-- derived

-- derived: what can be found, by a number of its own in the order in which it came into being
create table search_matter (
    n integer primary key,
    kind integer not null,
    id integer not null,
    came_at integer not null,
    cycle integer not null,
    unit integer not null,
    state text not null,
    own_print integer not null,
    answer_print integer not null,
    as_of integer not null
) strict;
create unique index search_matter_id on search_matter (id, kind);
create index search_matter_came on search_matter (came_at, n);

-- derived: of a block of those numbers, in which of its matters a word stands and where; a word is a keyed hash
create table search_word (
    place integer primary key,
    list blob not null
) strict;

-- derived: by which rules the two tables above were made, and how far the log was read for them
create table search_made (
    id integer primary key,
    rules text not null,
    entries integer not null
) strict;

-- support/0340_support.sql
-- main
-- state: who joined which message, never public
create table support (
    voice integer not null,
    participant integer not null,
    primary key (voice, participant)
) strict, without rowid;

-- state: how many joined it
create table support_count (
    voice integer not null primary key,
    people integer not null
) strict;

-- issue/0350_issue_arranged.sql
-- main
-- state: which answer of a survey is gathered in which issue: the answer's entry, and the question from 1
create table issue_answer (
    issue integer not null,
    entry integer not null,
    question integer not null,
    primary key (issue, entry, question)
) strict, without rowid;
create index issue_answer_in on issue_answer (entry, question, issue);

-- state: how many answers of surveys an issue holds, and how many people wrote them
create table issue_answer_count (
    issue integer primary key,
    answers integer not null,
    people integer not null
) strict;

-- state: issues that were merged into others
create table issue_merged (
    issue integer primary key,
    into_issue integer not null
) strict;

-- discovery/0351_discovery.sql
-- derived
-- derived: suggestions of issues as the program last grouped what was said; id is the lowest item in it. issue: the open
-- one that its items may belong to; resembles: a decided or dismissed one that they are like; 0 for none
create table discovery_group (
    id integer primary key,
    issue integer not null,
    resembles integer not null,
    topic integer not null,
    cycle integer not null,
    example integer not null,
    people integer not null,
    items integer not null,
    texts integer not null,
    cohesion integer not null,
    cohesive integer not null,
    keywords text not null,
    districts text not null
) strict;
create index discovery_group_of_cycle on discovery_group (cycle, people, id);
create index discovery_group_by_people on discovery_group (people, id);
create index discovery_group_of_topic on discovery_group (topic, id);
create index discovery_group_of_issue on discovery_group (issue, id);

-- derived: every item that was grouped: its suggestion, 0 for none, and the first item that it is a copy of, itself
-- where there is none
create table discovery_item (
    item integer primary key,
    grp integer not null,
    first integer not null
) strict;
create index discovery_item_of on discovery_item (grp, item);

-- derived: what staff found to be no part of an issue
create table discovery_kept_out (
    issue integer not null,
    item integer not null,
    primary key (issue, item)
) strict, without rowid;

-- derived: when everything was grouped last, out of how much, and how long it took
create table discovery_run (
    id integer primary key,
    at integer not null,
    items integer not null,
    left_out integer not null,
    groups integer not null,
    milliseconds integer not null
) strict;

-- opinion_map/0360_opinion_map.sql
-- main
-- state: which dialogues' maps were frozen, by which entry
create table opinion_map_frozen (
    dialogue integer not null primary key,
    entry integer not null
) strict;
create unique index opinion_map_frozen_by on opinion_map_frozen (entry);

-- derived.discovery_group: derived: suggestions of issues as the program last grouped what was said; id is the lowest item in it. issue: the open one that its items may belong to; resembles: a decided or dismissed one that they are like; 0 for none
-- derived.discovery_item: derived: every item that was grouped: its suggestion, 0 for none, and the first item that it is a copy of, itself where there is none
-- derived.discovery_kept_out: derived: what staff found to be no part of an issue
-- derived.discovery_run: derived: when everything was grouped last, out of how much, and how long it took
-- derived.issue_copy: derived: messages of an issue that are copies of another person's
-- derived.issue_counted: derived: how often something was counted, so that a kept page is made anew
-- derived.issue_district: derived: messages of an issue by district; "" where none was said
-- derived.issue_marked: derived: issues to be counted anew; texts: also whose message copies whose
-- derived.issue_rank: derived: issues in the order of a figure (1 people, 2 heat, 3 difficulty, 4 focus, 5 division), in each of the lists that they stand in; list: of all or one round, in all states or one
-- derived.issue_score: derived: what an issue weighed on a day, and out of which parts; `division` is empty where it is not known
-- derived.issue_week: derived: messages of an issue by the week of their receipt, the last twelve
-- derived.mark: derived: the next entry that each follower reads; without a row it starts from entry 0
-- derived.migration: derived: which migrations this schema has seen; dropped with it, so that all of it is made again
-- derived.notice_event: derived: which entries stand in the feed of a matter, newest first
-- derived.search_made: derived: by which rules the two tables above were made, and how far the log was read for them
-- derived.search_matter: derived: what can be found, by a number of its own in the order in which it came into being
-- derived.search_word: derived: of a block of those numbers, in which of its matters a word stands and where; a word is a keyed hash
-- local.confidential_key: local: receivers' private keys, wrapped under their passphrase; after a rebuild they make new ones
-- local.cosigned: local: the newest checkpoints that witnesses have cosigned, with what they answered: not in the log, asked for again
-- local.handover_directory: local: what other authorities offered when they were last asked; asked again when it is not there
-- local.handover_service: local: the services that others offered then, in their order
-- local.mail_count: local: how many mails became messages or further words, or were refused, by reason: shown on /rules
-- local.mail_outbox: local: receipts to be sent: to whom, the secret code and what else they say, sealed under the server's key; due 0: written down before the message is taken; voice 0: says that a mail was refused; a row goes when the mail server has answered for it
-- local.mail_refused: local: mails that were refused, by an HMAC of what each is called, so that one which is seen again counts once
-- local.mail_sender: local: how many mails came from an address today, and how many receipts went there; sender: an HMAC of address and day, forgotten with the day
-- local.migration: local: which migrations this schema has seen; every place runs its own
-- local.notice_address: local: who asked to be told, the mail address sealed under the server's key; the log knows nobody, so after a rebuild nobody is told
-- local.notice_follow: local: who is told of which matter, shown to nobody; confirmed_at 0: asked for, and not confirmed yet
-- local.notice_mark: local: how far the log was read for those who are told; in one transaction with what is to be sent
-- local.notice_outbox: local: what is still to be sent; a row goes when the mail server has answered for it
-- local.notice_post: local: what is still to be posted to a webhook of huiyin.toml; a row goes when the other side has taken it
-- local.password: local: secrets are no part of what is published; after a rebuild officers are given new passwords
-- local.recovery_code: local: recovery codes that are left, each as an HMAC; after a rebuild there are none
-- local.second_step: local: secrets of authenticator apps, sealed under the server's key; after a rebuild officers set them up again
-- local.session: local: who is signed in now; after a rebuild everybody signs in again
-- local.sign_in_failure: local: failed sign-ins of the last hour, by a keyed hash of the login, without addresses
-- local.sign_in_step: local: sign-ins between the password and the code, at most five minutes old; officer 0 is none
-- local.survey_begun: local: what somebody has filled in and not sent yet, sealed under a key that only their browser's token gives; dropped when it is sent or two weeks old
-- main.calendar: state: every calendar that was in force; the newest is; days as numbers since 1970-01-01; reason is words
-- main.claim: state: "report this" about the public words of an entry, by anybody, and what a moderator decided
-- main.confidential_box: state: that key in a box to the author (place 0, receiver 0) and to each receiver
-- main.confidential_entry: state: what was said in a matter, sealed under a key of its own
-- main.confidential_matter: state: one row for each confidential matter; the tag is an HMAC of the author's code, the author's key is public
-- main.confidential_officer: state: officers who receive confidential messages; the key is public, and there once the officer has made it
-- main.confidential_receiver: state: who receives a matter now, the lowest in line first
-- main.confidential_waiting: local: what waits for its hour, under random keys, so that neither minute nor order of anybody's sending is kept; what is in it is sealed already; emptied into the log after each full hour
-- main.confidential_year: state: how many matters were opened, by year
-- main.contact: state: how the author of a message can be reached; `gone`: erased. All four are empty where nothing was left.
-- main.contact_opened: state: who opened it, and why
-- main.contractor: state: firms whose people work here; one that ended stays in the list; reason, of the end, is words
-- main.cycle: state: one row for each round and for the standing desk; context_filled has one bit for each answered part of the sheet
-- main.cycle_criterion: state: what a round is measured by; a corrected criterion stays, with the newer one beside it
-- main.cycle_event: state: the history on the round's page, one row for each entry about it
-- main.decision_body: state: a body that decides, with its rules of procedure as JSON
-- main.decision_box: local: how many secret ballots say what, of motions that are not counted yet; a rebuild knows nothing of it
-- main.decision_clerk: state: who keeps a body, where that was named
-- main.decision_event: state: the history, one row for each entry about a body, a sitting or a motion
-- main.decision_member: state: who sits in a body now
-- main.decision_motion: state: one row for each motion; its measures as JSON, figures and words apart because words can be erased
-- main.decision_roll: state: who may vote at a sitting, and who is there
-- main.decision_sitting: state: one row for each sitting; seats and rules as they were when it was called
-- main.decision_spent: local: that a member has voted secretly on a motion that is not counted yet; a rebuild knows nothing of it
-- main.decision_vote: state: named votes, the last of each member
-- main.decision_voter: state: who took part in a secret count, written by the count alone
-- main.desk_draft: state: answers that a second person releases. state: 0 waits, 1 released, 2 returned, 3 replaced by a newer one
-- main.desk_note: state: what staff wrote to each other about a case; never shown to anybody else
-- main.desk_template: state: every version of every reply template; unit 0: for everybody, kind '': for any; current: 1 for the newest of one that has not ended
-- main.dialogue: state: a question that statements answer
-- main.dialogue_count: state: the counts of a statement, apart from its text because every vote writes here
-- main.dialogue_event: state: what happened to a statement or to its dialogue, one row for each entry about it
-- main.dialogue_figures: state: what a dialogue's page counts, apart from its texts because every vote writes here
-- main.dialogue_import: state: which files were imported where, and how far
-- main.dialogue_removal: state: who set a statement aside here, while it is, and the one appeal against it
-- main.dialogue_report: state: "report this" about a statement, by anybody, until a moderator decides
-- main.dialogue_statement: state: one row for each statement
-- main.dialogue_translation: state: the translation of a statement that stands, at most one for each language, by the entry that gave it
-- main.dialogue_vote: state: who voted what, never public. People of an import stand under negative numbers, -(dialogue * 2^20 + number there)
-- main.dialogue_voter: state: how many votes of a person stand in a dialogue
-- main.entry: ledger: one row for each leaf of the log: its published bytes, and the facts behind their commitment; only added to
-- main.entry_words: ledger: the words of an entry, behind their commitment; erasing destroys the row
-- main.erasure: state: proposals to erase the words of entries, and what became of each
-- main.erasure_scrub: local: which erased words this place has yet to scrub from its files, and since when they are gone; other places have their own files
-- main.erasure_scrub_blob: local: blobs that erased words named, until they are gone from the file store of this place
-- main.erasure_target: state: the entries whose words a proposal is about
-- main.georeport_client: state: programs that may send messages in the name of others; key: HMAC of the api_key under the server's key; name, and reason of the end, are words
-- main.handover: state: what was handed to whom; state: 0 not taken yet, 1 open there, 2 closed there, 3 let go; number: what they call it
-- main.handover_agreed: state: to whom an author agreed that their case is handed, where not everybody may read it
-- main.handover_authority: state: other authorities that cases may be handed to, with the address of their Open311 server; their keys stand in no table
-- main.handover_errand: local: what is still to be asked of the other side, written in the act that hands over, so that nothing is sent twice; a rebuild knows nothing of it and sends nothing
-- main.handover_step: state: what became of it there; kind: 0 taken, 1 followed, 2 let go; what: their state, or why it was let go
-- main.issue: state: one row for each issue; people counts distinct participants behind its messages
-- main.issue_advice: state: messages that say what somebody would do about an issue; open: everybody may read them; entry: that put it here
-- main.issue_advice_count: state: counters of the advice about an issue; closed: not for everybody to read
-- main.issue_adviser: state: how many messages of advice one participant sent about an issue, so that one person counts once
-- main.issue_answer: state: which answer of a survey is gathered in which issue: the answer's entry, and the question from 1
-- main.issue_answer_count: state: how many answers of surveys an issue holds, and how many people wrote them
-- main.issue_carried: state: issues that a round handed on undecided to a later one; state is what each was in when it went
-- main.issue_carried_count: state: of the issues that a round handed on, how many nobody had confirmed; and how many it took over itself
-- main.issue_count: state: counters of each round
-- main.issue_event: state: the history on the issue's page, one row for each entry about it
-- main.issue_led: state: in how many adopted or resolved issues a message is, so that it counts once as having led to a measure
-- main.issue_led_count: state: how many messages of a round led to a measure
-- main.issue_merged: state: issues that were merged into others
-- main.issue_person: state: how many messages of an issue one participant sent, so that one person counts once
-- main.issue_rest: state: the published list of the rest: messages that are in no issue, each with the entry that gives the reason
-- main.issue_rest_reason: state: the reasons of the published list of the rest
-- main.issue_statement: state: which statement is gathered in which issue
-- main.issue_voice: state: which message is gathered in which issue
-- main.log_head: ledger: one row: who leads (epoch), how far the log goes, and its newest signed checkpoint
-- main.mail_reply: state: answers to receipts that became further words, by an HMAC of what the mail is called, so that each does once
-- main.measure: state: one row for each measure; its words stand in measure_wording
-- main.measure_count: state: counters of each round
-- main.measure_event: state: the history on the measure's page, one row for each entry about it
-- main.measure_hand: state: who has answered for a measure (side 1) and who has checked it (side 2): never the same person
-- main.measure_month: state: counters of each unit by month of the due day; month is year * 12 + month - 1
-- main.measure_overdue: state: what is overdue now, by unit and how long (1 or 2)
-- main.measure_wording: state: every wording a measure ever had, by the entry that brought it
-- main.migration: local: which migrations this schema has seen; every place runs its own
-- main.officer: state: officers as they are; login and name are words and null once erased; entry is the last change, which ends sessions
-- main.officer_role: state: the roles that officers hold now
-- main.once: local: tokens of forms already sent, in the order they came; kept a few days, so that a form sent twice is one act
-- main.opinion_map_frozen: state: which dialogues' maps were frozen, by which entry
-- main.organisation: state: what `init` recorded; one row
-- main.paper_batch: state: what was emptied out of a box or came in the post, and how far it is. sheets: as said now; highest: the highest number given to one
-- main.paper_count: state: of all batches of a round
-- main.paper_event: state: what else was done, for everybody but for the text of what was sent back. what: 0 opened, 1 number of sheets corrected, 2 sent back, 3 codes printed
-- main.paper_sheet: state: one sheet. state: 0 waits for a second person, 1 sent back, 2 a message, 3 set aside; what: 0 a message, 1 unreadable, 2 empty, 3 for elsewhere
-- main.paper_version: state: what somebody typed from a sheet; a newer version never overwrites one. what: as of a sheet; gone: 1 when its words were erased
-- main.participant: state: pseudonyms, in the order in which they first spoke; keys are HMACs that differ in each cycle
-- main.preset: state: every preset that was adopted; the newest of what it applies to is in force; stated and changed are paths of its params
-- main.replay_due: local: migrations that asked for state to be made again from the log; emptied by the replay that does it
-- main.review: state: one row for each public judgement; questions and panels stand in their own tables
-- main.review_box: local: the ballot box of an open review, under random keys, without order or time; emptied by the close
-- main.review_count: state: answers counted at the close, of panels that show figures
-- main.review_key: local: the key under which an open review keeps its codes; destroyed at the close, so that nobody can tell afterwards whose code was spent
-- main.review_mark: state: the roll: one mark for each one-time code, from the opening on; which were spent, from the close on
-- main.review_month: state: counters of each owner's unit by month of the close; month is year * 12 + month - 1
-- main.review_named: state: ballots by name, published at the close; n from 1 in each panel
-- main.review_panel: state: who judges, from 1; cast is 0 until the close
-- main.review_passed_over: state: measures listed as not judged in their round
-- main.review_question: state: what is asked, from 1; the first is the overall question
-- main.review_spent: local: codes spent while a review is open, without order or time; emptied by the close, which publishes them sorted
-- main.routing_table: state: every table of who gets which matter that was in force; the newest is. lists: what the entry says of them, as canonical JSON; digest: its SHA-256; reason is words
-- main.scorecard_figure: state: the figures of each published scorecard
-- main.scorecard_published: state: scorecards as they were published, one row for each unit and period
-- main.setting: state: settings that somebody changed; reason is words
-- main.spotcheck: state: spot checks: announced, drawn, looked at; ordered by: 0 the clock, which does so once for each quarter
-- main.spotcheck_matter: state: what was drawn, and what was seen of it; kind: 0 a message, 1 a measure; outcome: 0 as said, 1 not, 2 not seen
-- main.spotcheck_month: state: counters of each unit by month (year * 12 + month - 1) of the announcement
-- main.support: state: who joined which message, never public
-- main.support_count: state: how many joined it
-- main.survey: state: one row for each survey; asked is the entry whose words are in force
-- main.survey_answer: state: what each person answered, in the order in which it was counted; seen is the key by which an anonymous browser is known again, different in each survey
-- main.survey_box: local: the ballot box of an open survey on a roll, under random keys, without order or time; emptied by the close
-- main.survey_count: state: how many gave which answer
-- main.survey_event: state: what happened to a survey, one row for each entry about it
-- main.survey_figure: state: how many were asked and answered, and the sum of numbers
-- main.survey_key: local: the key under which an open survey on a roll keeps its codes; destroyed at the close, so that nobody can tell afterwards whose code was used
-- main.survey_mark: state: the roll: one mark for each one-time code, from the opening on; which were used, from the close on
-- main.survey_question: state: what is asked, from 1; options and rows are numbers of words, which stand as lines
-- main.survey_spent: local: codes used while a survey is open, without order or time; emptied by the close, which publishes them sorted
-- main.tile: ledger: tile n of a level holds the hashes of the complete subtrees of 256^level leaves from the 256n-th on
-- main.turnout: state: how many people spoke in a cycle
-- main.unit: state: the tree of units; closed ones keep their place
-- main.unit_history: state: what happened to a unit and its posts, for the unit's page; reason is words
-- main.visit: state: one row for each visit, as the newest correction says
-- main.visit_cycle_count: state: counters of each round
-- main.visit_event: state: the history on the visit's page, one row for each entry about it; from_… is what a correction replaced
-- main.visit_issue_count: state: counters of each issue that somebody went to see
-- main.visit_measure: state: measures that were promised on a visit
-- main.visit_origin: state: which form, kept somewhere until it was sent, became which visit, for ever
-- main.visit_plan: state: visits that were published before anybody went; issue 0 is none; what: 0 open, 1 kept, 2 called off
-- main.visit_reception: state: reception days, as they stand; start in minutes since midnight; what: 0 open, 1 called off, 2 held
-- main.visit_reception_event: state: the history on the reception's page; what: 0 announced, 1 moved, 2 called off, 3 held
-- main.visit_reception_voice: state: messages that were heard at a reception
-- main.visit_slot: state: slots that somebody has; who they are is shown to nobody
-- main.visit_unit_issue: state: how many visits of a unit in a month were about an issue: what makes issues_seen distinct
-- main.visit_unit_month: state: counters of each unit and month (year * 12 + month - 1) of the day of visit or plan
-- main.visit_voice: state: messages that were heard on a visit
-- main.voice: state: every voice with its case; words stand apart, so that they can be erased
-- main.voice_before: state: what another register says of a case that was taken over from it
-- main.voice_before_day: state: counters of cases taken over, by unit (0: none of ours) and the day they were said there (0: none was said)
-- main.voice_channel: state: how many came which way, out of which district ("" where none was said)
-- main.voice_count: state: how many, kept by each entry, so that no page counts
-- main.voice_day: state: counters of each unit (0: none had it) by the day of receipt, in days since 1970
-- main.voice_day_hidden: state: those of voice_day that are hidden now, by ground
-- main.voice_hidden: state: hidden voices by unit (0: none had it) and ground, for the share hidden
-- main.voice_import: state: how far each imported file was taken, so that an import goes on where it stopped
-- main.voice_origin: state: what a channel itself calls what came by it, as an HMAC
-- main.voice_overdue: state: what is overdue now, by unit (0: none has it) and how long (1 or 2)
-- main.voice_paper: state: PDFs that came with a message: the pictures of their pages, and what can be read on them
-- main.voice_photo: state: re-encoded pictures, by their content in the file store; no rows once the words were erased
-- main.voice_place: state: the names a place is chosen from
-- main.voice_report: state: "report this" by anybody, until a moderator decides
-- main.voice_seal: state: the key under which entries name their speaker: public facts carry the name sealed, the same size for everybody
-- main.voice_step: state: what happened to a voice, one row for each entry about it, shown as its history
-- main.voice_words: state: what the author wrote; no row once it was erased
