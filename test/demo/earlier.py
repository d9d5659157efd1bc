"""Makes of main.db one that the program before migration 0042 has left: earlier.py MAIN_DB"""
import sqlite3
import sys

connection = sqlite3.connect(sys.argv[1])
for statement in (
    "drop index voice_counted",
    "drop table voice_day",
    "drop table voice_day_hidden",
    "alter table voice drop column counted_unit",
    "alter table voice drop column counted_day",
    "alter table voice drop column outcome",
    # What later ones added to it, so that they come again too.
    "drop index voice_closed_of",
    "alter table voice drop column closed_entry",
    "alter table voice drop column contracted",
    "alter table voice drop column agreed_badly",
    "drop index voice_to_call",
    "alter table voice drop column call_tries",
    "alter table voice drop column rating_unit",
    "alter table voice_count drop column called_back",
    "delete from migration where number in (42, 43, 52, 53)",
):
    connection.execute(statement)
connection.commit()
connection.close()
