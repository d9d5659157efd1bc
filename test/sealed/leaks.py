"""Words that stand in clear in a PostgreSQL database: leaks.py MAIN_DB CONNECTION. MAIN_DB is the same log on SQLite.

Each text of at least twelve characters in the words of any entry is sought in every cell of the other database. Prints
the columns that hold one; what facts say too is no secret. Ends with 1 when there are others than IN_CLEAR names.
"""
import json
import re
import sqlite3
import subprocess
import sys

LONG = 12
IN_CLEAR = set()  # "table.column"; each stands in docs/operating.md with its reason
HEX = re.compile(r"[0-9a-f]{32,}\Z")


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)


def cells(connection):
    """(column, text) of every text that COPY writes."""
    dump = subprocess.run(["pg_dump", "--data-only", connection], capture_output=True, text=True, check=True).stdout
    escapes = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
    columns = None
    for line in dump.split("\n"):
        start = re.match(r"COPY (\S+) \((.*)\) FROM stdin;", line)
        if start:
            table = start.group(1).removeprefix("public.")
            columns = [table + "." + c.strip().strip('"') for c in start.group(2).split(",")]
        elif line == "\\.":
            columns = None
        elif columns:
            for column, cell in zip(columns, line.split("\t")):
                if cell != "\\N" and not cell.startswith("\\\\x"):
                    yield column, re.sub(r"\\(.)", lambda m: escapes.get(m.group(1), m.group(1)), cell)


def main():
    db = sqlite3.connect(sys.argv[1])
    secret, kinds, public = {}, set(), set()
    for leaf, facts, words in db.execute(
        "select e.leaf, e.facts, w.words from entry e left join entry_words w on w.idx = e.idx"
    ):
        public.update(texts(json.loads(facts)))
        if words:
            kinds.add(json.loads(leaf)["kind"])
            for text in texts(json.loads(words)):
                if len(text) >= LONG and not HEX.match(text):
                    secret.setdefault(text[:LONG], set()).add(text)
    found, sealed = {}, 0
    for column, cell in cells(sys.argv[2]):
        if cell.startswith("\x02words:"):
            sealed += 1
            continue
        # Inside of JSON a text is escaped.
        for text in {cell, *(texts(json.loads(cell)) if cell.startswith(("{", "[")) else ())}:
            for at in range(len(text) - LONG + 1):
                for one in secret.get(text[at : at + LONG], ()):
                    if text.startswith(one, at) and one not in public:
                        found.setdefault(column, one)
    count = sum(len(s) for s in secret.values())
    print(f"{count} texts of {len(kinds)} kinds, {sealed} sealed cells; in clear: {sorted(found) or 'none'}")
    for column in sorted(set(found) - IN_CLEAR):
        print(f"{column} holds words in clear: declare it with -- words", file=sys.stderr)
    return 0 if set(found) <= IN_CLEAR and count and sealed else 1


sys.exit(main())
