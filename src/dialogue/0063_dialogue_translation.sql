-- main
-- state: the translation of a statement that stands, at most one for each language, by the entry that gave it
create table dialogue_translation (
    statement {int} not null,
    lang {text} not null,
    entry {int} not null,
    text {text} not null,
    primary key (statement, lang)
) {table-end-keyed};
create index dialogue_translation_by on dialogue_translation (entry);
-- words: dialogue_translation (text)
