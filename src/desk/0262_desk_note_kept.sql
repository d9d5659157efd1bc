-- main
-- notes whose words are still there, the oldest first: what the retention clock looks at
create index desk_note_kept on desk_note (at, entry) where text <> '';
