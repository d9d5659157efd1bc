-- main
-- words: voice_paper (text, about)
-- state: PDFs that came with a message: the pictures of their pages, and what can be read on them
create table voice_paper (
    voice {int} not null,
    n {int} not null,
    page {int} not null,
    picture {bytes} not null,
    preview {bytes} not null,
    width {int} not null,
    height {int} not null,
    text {text} not null,
    about {text} not null,
    primary key (voice, n, page)
) {table-end-keyed};
-- whether another voice still names a picture, before it is taken out of the file store
create index voice_paper_picture on voice_paper (picture);
create index voice_paper_preview on voice_paper (preview);
alter table voice add column papers {int} not null default 0;
-- the list of messages of one kind in one state
create index voice_of_kind_state on voice (kind, state, id);
