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
    "delete from migration where number in (42, 43)",
):
    connection.execute(statement)
connection.commit()
connection.close()
