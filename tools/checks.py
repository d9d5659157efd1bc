"""Rules about the sources that no compiler holds. Prints "ok …" or "not ok …" for each."""
import json
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True  # the sources stay as they are
import sbom
import scripts

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
os.chdir(ROOT)
failed = 0


def files(*suffixes, under=("src", "assets", "bin", "test", "tools", "bench", "cmake")):
    for top in under:
        for folder, folders, names in os.walk(top):
            folders[:] = [f for f in folders if f not in ("testdata", "node_modules", "build")]
            for name in sorted(names):
                if name.endswith(suffixes):
                    yield os.path.join(folder, name)


def rule(name, faults):
    global failed
    faults = list(faults)
    print(("not ok " if faults else "ok ") + "check " + name)
    for fault in faults[:20]:
        print("    " + fault)
    failed += bool(faults)


def lines_with(pattern, paths, skip=None):
    expression = re.compile(pattern)
    for path in paths:
        if skip and re.search(skip, path):
            continue
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            if expression.search(line):
                yield f"{path}:{number}: {line.strip()[:120]}"


SOURCES = list(files(".cc", ".h", under=("src", "bench")))
rule("files have at most 400 lines", (
    f"{p}: {n} lines" for p in list(files(".cc", ".h", ".ts", ".css", ".html", ".mjs", ".py"))
    if not p.endswith("words.cc") and (n := sum(1 for _ in open(p, encoding="utf-8"))) > 400))
rule("lines have at most 140 columns", (
    f"{p}:{i}: {len(line)}" for p in SOURCES if not p.endswith("words.cc")
    for i, line in enumerate(open(p, encoding="utf-8"), 1) if len(line.rstrip("\n")) > 140))
rule("SQL stands in stores alone", lines_with(
    r'"(select|insert into|update|delete from) ', SOURCES, skip=r"store[a-z_]*\.cc|_test\.cc|src/(db|ledger)/|^bench/"))
rule("the clock is read in the kernel alone", lines_with(
    r"(system|steady|high_resolution)_clock::now\(\)|\btime\(nullptr\)|gettimeofday", SOURCES, skip=r"kernel/clock\.cc|files/allowed_calls\.cc|src/http/|src/jobs/|_test\.cc|^bench/"))
rule("std::regex is not used", lines_with(r"#include <regex>|std::regex", SOURCES))
rule("no shell is started", lines_with(
    r"\b(std::system|::system|popen|exec[lv]p?e?)\(", SOURCES, skip=r"server/doctor\.cc|_test\.cc"))
rule("no test is switched off", lines_with(r"DISABLED_|GTEST_SKIP|EXPECT_TRUE\(true\)", SOURCES))
rule("nothing is left for later", lines_with(r"\b(TODO|FIXME|XXX)\b|not implemented", SOURCES + list(files(".html", ".ts", ".css"))))
rule("templates escape everything", lines_with(r"\{\{\{|\{\{&", files(".html")))
rule("no inline style or script", lines_with(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", files(".html")))
rule("what scripts must not do is found in samples", scripts.wrong_samples())
rule("scripts pass messages with their own worker alone, and keep nothing under names from outside", (
    f"{path}:{line}: {what}" for path in files(".ts", under=("src", "assets"))
    for line, what in scripts.faults(open(path, encoding="utf-8").read())))
rule("heavy headers stay in their module", (
    line for line in lines_with(r"#include <(nlohmann|spdlog|CLI|toml\+\+|toml|kainjow|boost|curl|gmime|glib|poppler|seccomp|igraph|libstemmer)", SOURCES)
    if not re.match(r"src/(http/|page/template\.cc|watch/|server/|witness/main\.cc|verify/|pdf/|mail_reader/|text/|files/allowed_calls\.cc)", line)))
rule("every module has a README", (
    f"src/{m}" for m in sorted(os.listdir("src")) if os.path.isdir(f"src/{m}") and not os.path.exists(f"src/{m}/README.md")))


def unknown_in_asvs():
    """Each file named in docs/asvs.md exists, and holds the test named after it: "TEST(A, b)" for "A.b", else the words."""
    for number, line in enumerate(open("docs/asvs.md", encoding="utf-8"), 1):
        for path, test in re.findall(r"`((?:src|test|tools|bin)/[^`]+)`(?:: ([^|<]+))?", line):
            test = test.strip()
            if not os.path.exists(path):
                yield f"docs/asvs.md:{number}: there is no {path}"
            elif test:
                text = open(path, encoding="utf-8").read()
                name = re.fullmatch(r"(\w+)\.(\w+)", test)
                pattern = rf"\(\s*{name[1]},\s*{name[2]}\b" if name else re.escape(test)
                if not re.search(pattern, text):
                    yield f"docs/asvs.md:{number}: {path} has no {test}"


rule("every test named in docs/asvs.md exists", unknown_in_asvs())

# ASVS 5.0.0: a section, and the level of each of its requirements.
LEVELS = """
    1.1 22 1.2 1111122223 1.3 112222222223 1.4 222 1.5 123 2.1 122 2.2 112 2.3 12223 2.4 23 3.1 3 3.2 113 3.3 12223
    3.4 11222233 3.5 11122333 3.6 3 3.7 22333 4.1 12233 4.2 23333 4.3 22 4.4 1222 5.1 2 5.2 112333 5.3 113 5.4 222
    6.1 122 6.2 111111112222 6.3 11223333 6.4 112233 6.5 22222333 6.6 2223 6.7 33 6.8 2222 7.1 222 7.2 1111 7.3 22
    7.4 11222 7.5 223 7.6 22 8.1 1233 8.2 1123 8.3 133 8.4 23 9.1 111 9.2 1222 10.1 22 10.2 223 10.3 22223
    10.4 1111122222233333 10.5 22222 10.6 22 10.7 222 11.1 2233 11.2 22233 11.3 11233 11.4 1222 11.5 23 11.6 23 11.7 33
    12.1 12233 12.2 11 12.3 22223 13.1 2333 13.2 222223 13.3 2233 13.4 1222233 14.1 22 14.2 12223333 14.3 122
    15.1 12233 15.2 12233 15.3 1222222 15.4 3333 16.1 2 16.2 22222 16.3 2222 16.4 222 16.5 2223
    17.1 23 17.2 22223333 17.3 22""".split()


def wrong_in_asvs():
    """Each item of levels 1 and 2 stands once in docs/asvs.md, with its level or among those that do not apply."""
    text = open("docs/asvs.md", encoding="utf-8").read()
    level = {f"{s}.{i}": d for s, ds in zip(LEVELS[::2], LEVELS[1::2]) for i, d in enumerate(ds, 1)}
    rows = re.findall(r"^\| ([\d.]+) \| (\d) \|.*\| (.*)\|$", text, re.M)
    others = []
    for cell in re.findall(r"^\| (\d+\.\d+\.\d[^|]*) \| [^|]+ \|$", text, re.M):
        for first, last in re.findall(r"([\d.]+)(?:–([\d.]+))?", cell):
            section, begin = first.rsplit(".", 1)
            end = last.rsplit(".", 1)[1] if last else begin
            others += [f"{section}.{i}" for i in range(int(begin), int(end) + 1)]
    named = [item for item, _, _ in rows] + others
    yield from (f"{item} stands twice" for item in sorted(set(named)) if named.count(item) > 1)
    yield from (f"{item} is no item of level {said}" for item, said, _ in rows if level.get(item) != said)
    yield from (f"{item} is left out" for item, d in level.items() if d < "3" and item not in named)
    yield from (f"{item} is no item of level 1 or 2" for item in others if level.get(item, "3") == "3")
    counts = f"{len(rows)} items apply; at {sum(1 for *_, missing in rows if missing.strip())} of them something is missing. {len(others)} do not apply"
    if counts not in text:
        yield f"the counts are: {counts}"


rule("docs/asvs.md has each item of ASVS 5.0.0, levels 1 and 2", wrong_in_asvs())

numbers = {}
for path in files(".sql", under=("src",)):
    match = re.match(r"(\d{4})_[a-z0-9_]+(\.sqlite|\.postgres)?\.sql$", os.path.basename(path))
    numbers.setdefault(match.group(1) + (match.group(2) or "") if match else path, []).append(path)
rule("migration numbers are unique", (" ".join(paths) for paths in numbers.values() if len(paths) > 1))



def undeclared_words():
    """What a `forget` empties held words, and is declared so: on PostgreSQL it is sealed."""
    declared = {"participant.browser_key", "participant.code_key", "survey_answer.seen"}  # pseudonyms, looked up: docs/operating.md
    for path in files(".sql", under=("src",)):
        for table, columns in re.findall(r"^-- words: (\w+) \((.*)\)$", open(path, encoding="utf-8").read(), re.M):
            declared.update(f"{table}.{column.strip()}" for column in columns.split(","))
    seen = 0
    for path in files(".cc", under=("src",)):
        if path.endswith("_test.cc"):
            continue
        text = re.sub(r'"\s*\n\s*"', "", open(path, encoding="utf-8").read())
        for body in re.findall(r"^void forget\w*\([^)]*\) \{(.*?)\}$", text, re.M | re.S):
            for table, sets in re.findall(r'"update (\w+) set (.*?) where', body):
                for column in re.findall(r"(\w+) = (?:''|null)", sets):
                    seen += 1
                    if f"{table}.{column}" not in declared:
                        yield f"{path}: {table}.{column} holds words; declare it: -- words: {table} ({column})"
            for table in re.findall(r'"delete from (\w+) where', body):
                seen += 1
                if not any(name.startswith(table + ".") for name in declared):
                    yield f"{path}: {table} holds words; declare its columns: -- words: {table} (…)"
    if seen < 50:
        yield f"only {seen} columns found that a forget empties: this check no longer finds them"


rule("columns of words are declared", undeclared_words())

texts = list(files(".cc", ".h", ".sql", ".html", ".txt", ".md", ".mjs", ".ts", ".css", ".py", ".sh"))
rule("no path of the machine it was written on", lines_with(r"(^|[^A-Za-z0-9_./-])/(work|farm|home)/[a-z]", texts))

for name, command in (("schema.sql", ["schema"]), ("routes.txt", ["routes"]), ("modules.txt", None)):
    wanted = os.path.join("docs", name)
    programs = os.environ.get("HUIYIN_PROGRAMS", "build/release/bin")
    if command:
        made = subprocess.run([os.path.join(programs, "huiyin"), *command], text=True, capture_output=True)
        now = made.stdout if made.returncode == 0 else made.stderr
    else:
        now = open(os.path.join(programs, "..", "modules.txt"), encoding="utf-8").read()
    kept = open(wanted, encoding="utf-8").read() if os.path.exists(wanted) else ""
    rule(f"{wanted} is as bin/golden writes it", [] if now == kept else ["run bin/golden and look at the difference"])

rule("tools/sbom.py names what is linked, compiled in, installed and locked, and nothing twice", sbom.faults(sbom.document(programs), programs))


def unnamed_in_fields():
    """docs/fields.md names each column of people's, messages', contact, support, mail and handover tables once, and each member of their JSON documents."""
    text = open("docs/fields.md", encoding="utf-8").read()
    cells = [re.sub(r", (where|what|all else)[^|]*", "", row.split("|")[1]) for row in text.splitlines() if row.startswith("| `")]
    named = re.findall(r"`([a-z_]+\.(?:[a-z_]+|\*))`", " ".join(cells))
    columns, module = [], ""
    for line in open("docs/schema.sql", encoding="utf-8"):
        if begins := re.match(r"-- (\w+)/\d{4}_", line):
            module = begins[1]
        elif module not in ("people", "voice", "contact", "support", "mail", "handover"):
            continue
        elif made := re.match(r"create table (\w+) \(|alter table (\w+) add column (\w+)", line):
            table = made[1] or made[2]
            columns += [(table, made[3])] if made[3] else []
        elif column := re.match(r"    (\w+) (?:integer|text|blob)\b", line):
            columns.append((table, column[1]))
    for table, column in columns:
        if f"{table}.{column}" not in named and f"{table}.*" not in named:
            yield f"{table}.{column}: who reads it?"
    known = {f"{table}.{column}" for table, column in columns} | {f"{table}.*" for table, _ in columns}
    yield from (f"there is no {name}" for name in named if name not in known)
    yield from (f"{name} stands in several rows" for name in set(named) if named.count(name) > 1 and name != "voice_step.text")
    shown = set(re.findall(r"`(\w+)`", " ".join(row.split("|")[2] for row in text.splitlines() if row.startswith("| `"))))
    schemas = json.load(open("docs/openapi.json", encoding="utf-8"))["components"]["schemas"]
    members = set()
    for name in ("Voice", "VoiceInFull", "VoiceStep", "Unit", "UnitInFull", "Post"):
        for part in [schemas[name], *schemas[name].get("allOf", [])]:
            members |= set(part.get("properties", {}))
    yield from (f"the member {one} of a JSON document: who reads it?" for one in sorted(members - shown))
    yield from (f"no JSON document has {one}" for one in sorted(shown - members))
    if len(columns) < 100 or len(members) < 35:
        yield f"only {len(columns)} columns and {len(members)} members found: this check no longer finds them"


rule("docs/fields.md says of each column and member who reads it", unnamed_in_fields())

# The JSON interface is described, all of it and nothing else. The linter asks nobody over the network.
offline = {**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
lint = subprocess.run(["node_modules/.bin/redocly", "lint", "docs/openapi.json", "--config", "redocly.yaml", "--format", "stylish"],
                      text=True, capture_output=True, env=offline)
rule("docs/openapi.json is sound", [] if lint.returncode == 0 else lint.stdout.splitlines() or [lint.stderr])
described = {f"{method.upper()} {path}" for path, methods in json.load(open("docs/openapi.json", encoding="utf-8"))["paths"].items() for method in methods}
served = {line for line in open("docs/routes.txt", encoding="utf-8").read().splitlines() if re.match(r"[A-Z]+ /api/", line)}
rule("docs/openapi.json describes every address under /api/, and no other", (
    [f"not described: {one}" for one in sorted(served - described)] + [f"not served: {one}" for one in sorted(described - served)]))
sys.exit(1 if failed else 0)
