"""Rules about the sources that no compiler holds. Prints "ok …" or "not ok …" for each."""
import json
import os
import re
import subprocess
import sys

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
rule("files have at most 400 lines, tests 500", (
    f"{p}: {n} lines" for p in list(files(".cc", ".h", ".ts", ".css", ".html", ".mjs", ".py"))
    if not p.endswith("words.cc") and (n := sum(1 for _ in open(p, encoding="utf-8"))) > (500 if "_test." in p else 400)))
rule("lines have at most 140 columns", (
    f"{p}:{i}: {len(line)}" for p in SOURCES if not p.endswith("words.cc")
    for i, line in enumerate(open(p, encoding="utf-8"), 1) if len(line.rstrip("\n")) > 140))
rule("SQL stands in stores alone", lines_with(
    r'"(select|insert into|update|delete from) ', SOURCES, skip=r"store[a-z_]*\.cc|_test\.cc|src/(db|ledger)/|^bench/"))
rule("the clock is read in the kernel alone", lines_with(
    r"(system|steady|high_resolution)_clock::now\(\)|\btime\(nullptr\)|gettimeofday", SOURCES, skip=r"kernel/clock\.cc|src/http/|src/jobs/|_test\.cc|^bench/"))
rule("std::regex is not used", lines_with(r"#include <regex>|std::regex", SOURCES))
rule("no test is switched off", lines_with(r"DISABLED_|GTEST_SKIP|EXPECT_TRUE\(true\)", SOURCES))
rule("nothing is left for later", lines_with(r"\b(TODO|FIXME|XXX)\b|not implemented", SOURCES + list(files(".html", ".ts", ".css"))))
rule("templates escape everything", lines_with(r"\{\{\{|\{\{&", files(".html")))
rule("no inline style or script", lines_with(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", files(".html")))
rule("heavy headers stay in their module", (
    line for line in lines_with(r"#include <(nlohmann|spdlog|CLI|toml\+\+|toml|kainjow|boost|curl)/?", SOURCES)
    if not re.match(r"src/(http/|page/template\.cc|watch/|server/|witness/main\.cc|verify/)", line)))
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

numbers = {}
for path in files(".sql", under=("src",)):
    match = re.match(r"(\d{4})_[a-z0-9_]+(\.sqlite|\.postgres)?\.sql$", os.path.basename(path))
    numbers.setdefault(match.group(1) + (match.group(2) or "") if match else path, []).append(path)
rule("migration numbers are unique", (" ".join(paths) for paths in numbers.values() if len(paths) > 1))



def undeclared_words():
    """What a `forget` empties held words, and is declared so: on PostgreSQL it is sealed."""
    declared = {"participant.browser_key", "participant.code_key"}  # pseudonyms, looked up: docs/operating.md
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
