"""One bit after the other is flipped, in an export, in a data folder and in its log, and the log is forged as its operator
could: is it found, and where?
    python3 test/tamper/run.py FLIPS [SEED]      prints "ok …" and "not ok …"; FLIPS for each of three places"""
import glob
import hashlib
import json
import os
import pty
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from log import Log, canonical, commit, seed_of, signer

PROGRAMS = os.environ.get("HUIYIN_PROGRAMS", "build/release/bin")
FLIPS = int(sys.argv[1]) if len(sys.argv) > 1 else 100
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 20261128
chance = random.Random(SEED)
failed = 0
PICTURE_BYTES = b"RIFF, as a photograph would be" * 500
PICTURE = hashlib.sha256(PICTURE_BYTES).hexdigest()


def say(good, name, *details):
    global failed
    print(("ok" if good else "not ok") + " tamper " + name)
    for detail in details[:12]:
        print("    " + str(detail))
    failed += not good


def verify(*args):
    """(0, report), (1, fault) or (2, why it could not be read)"""
    made = subprocess.run([f"{PROGRAMS}/huiyin-verify", "--json", *args], capture_output=True, text=True, errors="replace")
    if made.returncode not in (0, 1, 2):
        raise RuntimeError(f"huiyin-verify ended with {made.returncode}: {made.stderr}")
    return made.returncode, json.loads(made.stdout) if made.stdout else {"where": "", "what": made.stderr}


def flip(path, byte, bit):
    with open(path, "r+b") as file:
        file.seek(byte)
        old = file.read(1)[0]
        file.seek(byte)
        file.write(bytes([old ^ 1 << bit]))


def files_of(folder):
    return [p for p in sorted(glob.glob(f"{folder}/**", recursive=True)) if os.path.isfile(p)]


def flips_in_export(folder, key, clean):
    paths = [p for p in files_of(folder) if not p.endswith("/check.html")]
    sizes = [os.path.getsize(p) for p in paths]
    missed, elsewhere = [], []
    for _ in range(FLIPS):
        path = chance.choices(paths, sizes)[0]
        byte, bit = chance.randrange(os.path.getsize(path)), chance.randrange(8)
        flip(path, byte, bit)
        code, fault = verify("--key", key, folder)
        flip(path, byte, bit)
        name = os.path.relpath(path, folder)
        if code == 0:
            missed.append(f"{name} byte {byte} bit {bit}")
        elif fault["where"] != path:
            elsewhere.append(f"{name} byte {byte} bit {bit}: named {fault['where']}: {fault['what']}")
    say(not missed, f"export of {clean['entries']} entries: {FLIPS - len(missed)} of {FLIPS} flips found", *missed)
    say(not elsewhere, f"export: {FLIPS - len(missed) - len(elsewhere)} of {FLIPS} named in the file they are in", *elsewhere)


class Data:
    def __init__(self, folder, key):
        self.folder, self.key = folder, key
        self.path = f"{folder}/main.db"
        self.bytes = open(self.path, "rb").read()
        self.found, self.unreadable, self.missed = 0, 0, []

    def attempt(self, byte, bit):
        flip(self.path, byte, bit)
        code, _ = verify("--key", self.key, self.folder)
        self.found += code == 1
        self.unreadable += code == 2
        if code == 0:
            self.missed.append(f"main.db byte {byte} bit {bit}")
        flip(self.path, byte, bit)
        clear(self.folder)

    def report(self, what, count):
        say(not self.missed, f"main.db, {what}: {count} flips, {self.found} found by huiyin-verify with a place, "
            f"{self.unreadable} make the file unreadable, {len(self.missed)} missed", *self.missed)


def clear(folder):
    for name in glob.glob(f"{folder}/*.db-*"):
        os.remove(name)


def doctor(folder):
    made = subprocess.run([f"{PROGRAMS}/huiyin", "doctor", "--data", folder], capture_output=True, text=True, errors="replace")
    clear(folder)
    return made.returncode, [line for line in made.stdout.splitlines() if line.startswith("wrong ")]


def flips_in_folder(folder):
    """Every file that the program keeps; each as often as the others in one half of the flips, by its size in the other."""
    os.makedirs(f"{folder}/files/{PICTURE[:2]}")
    open(f"{folder}/files/{PICTURE[:2]}/{PICTURE[2:]}", "wb").write(PICTURE_BYTES)
    os.chmod(folder, 0o700)
    code, wrong = doctor(folder)
    say(code == 0, "huiyin doctor finds nothing before anything is changed", *wrong)
    paths = [p for p in files_of(folder) if os.path.getsize(p) > 0]
    sizes = [os.path.getsize(p) for p in paths]
    missed, elsewhere, each = [], [], {os.path.relpath(p, folder): 0 for p in paths}
    for i in range(FLIPS):
        path = chance.choices(paths, sizes)[0] if i % 2 else paths[i // 2 % len(paths)]
        byte, bit = chance.randrange(os.path.getsize(path)), chance.randrange(8)
        flip(path, byte, bit)
        code, wrong = doctor(folder)
        flip(path, byte, bit)
        name = os.path.relpath(path, folder)
        each[name] += 1
        place = f"{name}, page {byte // 4096 + 1}" if name.endswith(".db") else name
        if code == 0:
            missed.append(f"{name} byte {byte} bit {bit}")
        elif not any(re.search(re.escape(place) + r"(?!\d)", line) for line in wrong):
            elsewhere.append(f"{name} byte {byte} bit {bit}: {wrong}")
    counts = ", ".join(f"{name} {n}" for name, n in each.items())
    say(not missed, f"data folder: {FLIPS - len(missed)} of {FLIPS} flips found by huiyin doctor ({counts})", *missed)
    say(not elsewhere, f"data folder: {FLIPS - len(missed) - len(elsewhere)} of {FLIPS} named by file, and page of a database", *elsewhere)


def counted(folder):
    """How many entries huiyin doctor finds, and whether it finds fault."""
    made = subprocess.run([f"{PROGRAMS}/huiyin", "doctor", "--data", folder], capture_output=True, text=True, errors="replace")
    found = re.search(r"the head covers all (\d+) entries", made.stdout)
    return int(found.group(1)) if found else None, made.returncode != 0, made.stdout


def answered_for(folder):
    return int(open(f"{folder}/acknowledged", encoding="ascii").read().split()[2])  # entries, as the folder says


def flips_in_wal(folder, scratch):
    """The write-ahead log as a killed program leaves it: SQLite passes over what follows a changed bit, and says nothing."""
    killed, rows = f"{scratch}/killed", f"{scratch}/rows.csv"
    shutil.copytree(folder, killed)
    with open(rows, "w", encoding="utf-8") as file:
        file.write("text\n" + "".join(f"The lamp in lane {n} is dark.\n" for n in range(20000)))
    running = subprocess.Popen([f"{PROGRAMS}/huiyin", "import", "voices", rows, "--data", killed, "--source", "elsewhere", "--text", "text", "--lang", "en"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wal, until = f"{killed}/main.db-wal", time.monotonic() + 60
    while time.monotonic() < until and running.poll() is None and not (os.path.exists(wal) and os.path.getsize(wal) > 300_000):
        time.sleep(0.005)
    # Just after an answer, so that most of what is there was answered for.
    last = answered_for(killed)
    while time.monotonic() < until and running.poll() is None and answered_for(killed) == last:
        time.sleep(0.001)
    running.kill()
    running.wait()
    whole = f"{scratch}/flipped"
    shutil.copytree(killed, whole)
    before, wrong, told = counted(whole)
    say(before is not None and not wrong, f"killed with {os.path.getsize(wal)} bytes in its write-ahead log, all {before} entries are there", told)
    # The kill may come between a commit and its answer: of those entries nobody was told that they are there.
    answered, missed, gone, unanswered = answered_for(killed), [], 0, 0
    for _ in range(FLIPS):
        shutil.rmtree(whole)
        shutil.copytree(killed, whole)
        byte, bit = chance.randrange(os.path.getsize(wal)), chance.randrange(8)
        flip(f"{whole}/main.db-wal", byte, bit)
        entries, wrong, told = counted(whole)
        gone += wrong
        if not wrong and entries is not None and answered <= entries < before:
            unanswered += 1
        elif not wrong and entries != before:
            missed.append(f"byte {byte} bit {bit}: {entries} of {before} entries, {answered} answered for: {told}")
    say(not missed and gone > 0, f"write-ahead log: {FLIPS} flips, {gone} took entries away, each was told; {unanswered} some that nobody was told of; {len(missed)} missed", *missed)
    shutil.rmtree(whole)
    shutil.copytree(killed, whole)
    os.remove(f"{whole}/main.db-wal")
    entries, wrong, told = counted(whole)
    say(wrong and entries < before and "answered for is gone" in told, "a write-ahead log that was taken away: found", told)
    code = subprocess.run([f"{PROGRAMS}/huiyin", "unit", "add", "--data", whole, "--parent", "1", "--name", "Roads"], capture_output=True, text=True)
    say(code.returncode != 0 and f"those from {entries} on are gone" in code.stderr, "and the program does not go on over what is gone", code.stderr)


def aimed(data):
    """A byte of what the log's own tables hold: of a leaf, a payload, a salt, a tile, the checkpoint."""
    db = sqlite3.connect(f"file:{data.path}?mode=ro&immutable=1", uri=True)
    db.text_factory = bytes
    places = []
    for query in ("select leaf from entry", "select facts from entry", "select facts_salt from entry", "select words from entry_words",
                  "select salt from entry_words", "select hashes from tile", "select checkpoint from log_head"):
        for (value,) in db.execute(query):
            piece = bytes(value)[:64]  # a long value goes on in other pages
            if len(piece) >= 16 and data.bytes.count(piece) == 1:
                places.append((data.bytes.index(piece), len(piece)))
    return places


def marks(data):
    """Bytes that say whether a payload is served: the type of a row's last column, just before what the row holds, and its
    value, just after the salt."""
    db = sqlite3.connect(f"file:{data.path}?mode=ro&immutable=1", uri=True)
    db.text_factory = bytes
    places = []
    for query in ("select leaf, facts_salt, facts_open from entry", "select words, salt, open from entry_words"):
        for first, salt, mark in db.execute(query):
            first = bytes(first)[:64]
            if len(first) < 16 or data.bytes.count(first) != 1 or data.bytes.count(salt) != 1:
                continue
            places.append(data.bytes.index(first) - 1)
            if mark:
                places.append(data.bytes.index(salt) + len(salt))
    return places


def flips_in_log(folder, key):
    data = Data(folder, key)
    places = aimed(data)
    for _ in range(FLIPS):
        at, length = chance.choice(places)
        data.attempt(at + chance.randrange(length), chance.randrange(8))
    data.report("in what the log holds", FLIPS)


def flips_in_marks(folder, key):
    data = Data(folder, key)
    places, count = marks(data), max(16, FLIPS // 10)
    for i in range(count):
        data.attempt(chance.choice(places), i % 8)
    data.report("in the marks of what is served", count)


def forge(export, at, change, sign=None):
    log = Log(export)
    change(log)
    shutil.rmtree(at, ignore_errors=True)
    log.write(at, sign)
    return at


def semantic_attacks(scratch, export, old, receipts, key, sign):
    """As the operator could, the log's key in hand: each with what an outsider has kept."""
    forged = f"{scratch}/forged"
    kept = ["--since", f"{old}/checkpoint", "--receipt", *receipts]

    def attack(name, change, resigned, *known):
        forge(export, forged, change, sign if resigned else None)
        code, fault = verify("--key", key, forged, *known)
        say(code == 1, f"{name}: found", *([] if code == 1 else [fault]))
        if code == 1:
            print(f"    {fault['what']}")

    def drop(log):
        del log.entries[10]
        log.renumber()

    def swap(log):
        log.entries[10], log.entries[12] = log.entries[12], log.entries[10]
        log.renumber()

    def insert(log):
        log.entries.insert(10, list(log.entries[12]))
        log.renumber()

    def another_time(index, time):
        def change(log):
            leaf = json.loads(log.entries[index][0])
            leaf["time"] = time
            log.entries[index][0] = canonical(leaf)
        return change

    def rewrite(log):
        leaf, line = json.loads(log.entries[12][0]), json.loads(log.entries[12][1])
        line["facts"], salt = line["facts"].replace("}", ",\"z\":1}", 1), bytes(32)
        line["facts_salt"] = "A" * 43 + "="
        leaf["facts"] = commit(line["facts"].encode(), salt)
        log.entries[12] = [canonical(leaf), canonical(line)]

    def exchange_payloads(log):
        a, b = (json.loads(log.entries[i][1]) for i in (10, 12))
        a["index"], b["index"] = b["index"], a["index"]
        log.entries[10][1], log.entries[12][1] = canonical(b), canonical(a)

    def say_erased(log):
        at = next(i for i, e in enumerate(log.entries) if b"words_salt" in e[1])
        line = json.loads(log.entries[at][1])
        del line["words"], line["words_salt"]
        line["words_erased"] = True
        log.entries[at][1] = canonical(line)

    code, fault = verify("--key", key, export, *kept)
    say(code == 0, "what was kept fits the true log", *([] if code == 0 else [fault]))
    for resigned, how in ((False, "by an outsider"), (True, "by the operator, signed anew")):
        known = kept if resigned else []
        attack(f"an entry dropped, {how}", drop, resigned, *known)
        attack(f"two entries swapped, {how}", swap, resigned, *known)
        attack(f"an entry inserted, {how}", insert, resigned, *known)
        attack(f"an entry back-dated, {how}", another_time(12, "2020-01-01T00:00:00Z"), resigned, *known)
        attack(f"another history from entry 12 on, {how}", rewrite, resigned, *known)
        attack(f"payloads of two entries exchanged, {how}", exchange_payloads, resigned)
        attack(f"words taken away in silence, {how}", say_erased, resigned)
    attack("fork, nobody has a receipt of the forked entry, but a checkpoint", rewrite, True, "--since", f"{old}/checkpoint")
    attack("rollback to fewer entries", lambda log: log.entries.__delitem__(slice(15, None)), True, "--since", f"{old}/checkpoint")
    code, fault = verify("--key", key, old, "--receipt", *receipts)
    say(code == 1, "a stale view is shown to whoever holds a newer receipt: found", fault["what"])
    other_sign, other_key = signer(key.split("+")[0], bytes(range(32)))
    forge(export, forged, lambda log: setattr(log, "key", other_key + "\n"), other_sign)
    code, fault = verify("--key", key, forged)
    say(code == 1, "another key in the log's name: found", fault["what"])


def silent_erasure_inside(folder, key):
    db = sqlite3.connect(f"{folder}/main.db")
    (index,) = db.execute("select min(idx) from entry_words").fetchone()
    db.execute("delete from entry_words where idx = ?", (index,))
    db.commit()
    db.close()
    code, fault = verify("--key", key, folder)
    say(code == 1 and fault["index"] == index, "words deleted from main.db in silence: found, with the entry", fault)


def program(*args):
    made = subprocess.run([f"{PROGRAMS}/huiyin-verify", *args], capture_output=True, text=True, errors="replace")
    return made.returncode, made.stdout, made.stderr


def command_lines(scratch, export, receipts, key):
    """What is answered to whoever reads the text: exit code 0 when nothing is wrong, 1 at a fault, 2 when it cannot be read."""
    def expect(name, made, code, out="", err=""):
        good = made[0] == code and out in made[1] and err in made[2] and bool(made[1]) == (code != 2) and "terminate" not in made[2]
        say(good, f"command line: {name}: {code}", *([] if good else made))

    def write(name, text):
        with open(f"{scratch}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
        return f"{scratch}/{name}"

    usage = "usage: huiyin-verify [options] LOG"
    for option in ("--help", "-h"):
        expect(option, program(option), 0, usage)
    expect("no log", program(), 2, err="which log?")
    expect("an unknown option", program("--frob", export), 2, err="not understood: --frob\n" + usage)
    expect("two logs", program(export, export), 2, err=f"not understood: {export}\n" + usage)
    for option in ("--key", "--policy", "--since", "--receipt", "--slack"):
        expect(f"{option} without its value", program(export, option), 2, err=f"{option} needs a value\n" + usage)
    for seconds in ("soon", "5x", "-1", "", "99999999999999999999"):
        expect(f"a slack of '{seconds}'", program("--slack", seconds, export), 2, err=f"no number of seconds: {seconds}\n")
    for what, path in (("no file", f"{scratch}/none"), ("a folder", scratch)):
        for option in ("--policy", "--since", "--receipt"):
            expect(f"{option} {what}", program(option, path, export), 2, err=f"cannot read {path}")
    expect("a folder that is not there", program(f"{scratch}/none"), 2, err="there is no log at ")
    expect("a file", program(f"{export}/key"), 2, err="there is no log at ")
    os.mkdir(f"{scratch}/broken")
    write("broken/main.db", "no database" * 500)
    expect("a main.db that is none", program(f"{scratch}/broken"), 2, err="file is not a database")
    for scheme in ("http", "https"):
        expect(f"{scheme}, where nobody listens", program(f"{scheme}://127.0.0.1:1/log"), 2, err=f"{scheme}://127.0.0.1:1/log/key: ")
    expect("a policy that is none", program("--policy", write("bad.policy", "quorum all\n"), export), 2, err="bad.policy, line ")
    policy = write("own.policy", f"log {key}\nquorum none\n")
    expect("all of it, in text", program("--key", key, "--policy", policy, "--slack", "0", "--since", f"{export}/checkpoint",
                                         "--receipt", *receipts, export), 0, "\nnothing is wrong\n")
    expect("a fault, in text", program("--since", write("torn", "x"), export), 1, "fault: " + f"{scratch}/torn: this is no signed note\n")
    # Somebody who waits sees how far it is; whoever reads JSON does not.
    for json_too in ((), ("--json",)):
        ours, theirs = pty.openpty()
        made = subprocess.run([f"{PROGRAMS}/huiyin-verify", *json_too, export], stdout=subprocess.PIPE, stderr=theirs)
        os.write(theirs, b"|")
        seen = os.read(ours, 4096)
        os.close(ours), os.close(theirs)
        good = made.returncode == 0 and (seen == b"|" if json_too else b"\rentries 100 %" in seen)
        say(good, f"command line: progress on a terminal{' with --json: none' if json_too else ''}", *([] if good else [seen]))


def main():
    with tempfile.TemporaryDirectory() as scratch:
        data, export, old = f"{scratch}/data", f"{scratch}/export", f"{scratch}/old"
        subprocess.run(["node", "test/tamper/fill.mjs", data, old, export, f"{scratch}/receipts"], check=True, stdout=subprocess.DEVNULL)
        key = open(f"{export}/key", encoding="utf-8").read().strip()
        code, clean = verify("--key", key, export)
        say(code == 0, "the log is sound before anything is changed", *([] if code == 0 else [clean]))
        command_lines(scratch, export, sorted(glob.glob(f"{scratch}/receipts/*.tlog-proof")), key)
        flips_in_export(export, key, clean)
        flips_in_folder(data)
        flips_in_wal(data, scratch)
        flips_in_log(data, key)
        flips_in_marks(data, key)
        sign, _ = signer(key.split("+")[0], seed_of(f"{data}/log.key"))
        semantic_attacks(scratch, export, old, sorted(glob.glob(f"{scratch}/receipts/*.tlog-proof")), key, sign)
        silent_erasure_inside(data, key)


main()
sys.exit(1 if failed else 0)
