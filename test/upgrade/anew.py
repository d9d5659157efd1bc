"""Writes a database anew as SQLite's own tools do, which know nothing of the checks in its pages: anew.py MAIN_DB"""
import os
import sqlite3
import sys

path = sys.argv[1]
old = sqlite3.connect(path)
new = sqlite3.connect(path + ".new")
new.executescript("\n".join(old.iterdump()))
new.close()
old.close()
for tail in ("-wal", "-shm"):
    if os.path.exists(path + tail):
        os.remove(path + tail)
os.replace(path + ".new", path)
