"""The demo's public log is counted again by `huiyin audit`: it agrees with every figure that the running program shows; and
where the operator falsified something, key in hand, it is named with its entry.
    python3 test/audit/run.py      prints "ok …" and "not ok …" """
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tamper"))
from log import Log, canonical, commit, seed_of, signer  # noqa: E402

PROGRAM = os.path.join(os.environ.get("HUIYIN_PROGRAMS", "build/release/bin"), "huiyin")
failed = 0


def say(good, name, *details):
    global failed
    print(("ok" if good else "not ok") + " audit " + name)
    if not good:
        for detail in details:
            print("    " + str(detail)[:2000])
    failed += not good


def audit(*args):
    made = subprocess.run([PROGRAM, "audit", "--json", *args], capture_output=True, text=True)
    if made.returncode not in (0, 1) or not made.stdout:
        raise RuntimeError(f"huiyin audit ended with {made.returncode}: {made.stderr}")
    return made.returncode, json.loads(made.stdout)


class Program:
    def __init__(self, data):
        self.process = subprocess.Popen([PROGRAM, "start", "--data", data, "--port", "0"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if re.fullmatch(r"http://127\.0\.0\.1:\d+\n", line):
                self.base = line.strip()
                return
        raise RuntimeError("huiyin start did not come up")

    def get(self, address):
        with urllib.request.urlopen(f"{self.base}/api/v1/{address}") as answer:
            return json.load(answer)

    def stop(self):
        self.process.terminate()
        self.process.wait()


# ---- the true log -------------------------------------------------------------------------------------------------------

def agrees(program, export, data, key, saved):
    code, plain = audit("--key", key, export)
    say(code == 0 and not plain["not_read"], "the demo's export is as it claims", plain["faults"], plain["not_read"])
    kinds = {m["kind"] for m in plain["matters"] if m["status"] == "ok"}
    say(kinds >= {"motion", "sitting", "measure", "review", "issue", "scorecard"}, "claims of every kind were compared", kinds)
    hidden = {(h["matter"]["kind"], h["matter"]["id"]) for h in plain["not_public"]}
    dialogues = {("dialogue", m["id"]) for m in plain["matters"] if m["kind"] == "dialogue" and "votes" not in m["figures"]["figures"]}
    say(dialogues and dialogues <= hidden, "votes are said not to be public", hidden)

    code, outside = audit("--key", key, "--against", program.base, export)
    published = outside.get("published", {})
    say(code == 0 and published["compared"] > 4000, f"agrees with the {published.get('compared')} figures that the program shows", published)
    code, inside = audit("--key", key, "--against", program.base, data)
    more = inside.get("published", {})
    say(code == 0 and more["compared"] > published["compared"] + 1000 and len(inside["not_public"]) < len(hidden),
        f"inside, with the votes, with {more.get('compared')}", more)
    code, remote = audit("--against", program.base, f"{program.base}/log")
    say(code == 0 and remote["root"] == plain["root"], "the same from the log's address", remote["faults"])
    again = audit("--key", key, export)[1]
    say(canonical(again) == canonical(plain), "says the same twice, byte for byte")

    with open(saved, "w", encoding="utf-8") as file:  # as somebody might keep them: one document a line
        for matter in plain["matters"]:
            if matter["kind"] == "scorecard":
                document = program.get(f"units/{matter['id']}/scorecard?from={matter['from']}&to={matter['to']}")
            elif matter["kind"] in ("motion", "review", "measure"):
                document = program.get(f"{matter['kind']}s/{matter['id']}")
            else:
                continue
            file.write(json.dumps(document) + "\n")
    code, kept = audit("--key", key, "--against", saved, export)
    say(code == 0 and kept["published"]["compared"] > 500, "agrees with documents that were kept", kept["published"])
    return plain


def wrong_pages(export, key, saved, plain):
    """What stands on a page, and not in the log."""
    lines = [json.loads(line) for line in open(saved, encoding="utf-8")]
    entry_of = {(m["kind"], m["id"]): m["entry"] for m in plain["matters"]}

    def changed(name, kind, find, change, says):
        document = json.loads(json.dumps(next(d for d in lines if find(d))))
        change(document)
        with open(saved + ".wrong", "w", encoding="utf-8") as file:
            json.dump(document, file)
        code, found = audit("--key", key, "--against", saved + ".wrong", export)
        faults = found["published"]["faults"]
        good = code == 1 and len(faults) == 1 and says in faults[0]["what"] and faults[0]["matter"]["kind"] == kind and faults[0]["entry"] is not None
        if kind != "scorecard":
            good = good and faults[0]["entry"] >= entry_of[(kind, faults[0]["matter"]["id"])]
        say(good, f"published wrong: {name}", faults)

    changed("a scorecard's n", "scorecard", lambda d: "with_below" in d and any(f["n"] for f in d["figures"]),
            lambda d: next(f for f in d["figures"] if f["n"]).update(n=99), "n 99; the log gives")
    changed("what was published of a quarter", "scorecard", lambda d: d.get("published"),
            lambda d: d["published"][0]["figures"][0].update(part=7), "published[0].figures[0].part 7; the log gives")
    changed("a vote", "motion", lambda d: d.get("tally"), lambda d: d["tally"].update(yes=40), "tally.yes 40; the log gives")
    changed("a verdict", "review", lambda d: (d.get("result") or {}).get("enough"),
            lambda d: d["result"].update(percent=99), "result.percent 99; the log gives")
    changed("a measure's lateness", "measure", lambda d: d.get("late_days", 0) > 0 and "first_due" in d,
            lambda d: d.update(late_days=0), "late_days 0; the log gives")
    with open(saved + ".wrong", "w", encoding="utf-8") as file:
        card = next(d for d in lines if "with_below" in d)
        json.dump({**card, "position": card["position"] + 5, "k": 77}, file)
    code, found = audit("--key", key, "--against", saved + ".wrong", export)
    say(code == 0 and found["published"]["of_another_length"] == 1, "a figure of a longer log is not compared", found["published"])


# ---- the operator's forgeries -------------------------------------------------------------------------------------------

class Forgery(Log):
    def leaf(self, i):
        return json.loads(self.entries[i][0])

    def facts(self, i):
        return json.loads(json.loads(self.entries[i][1])["facts"])

    def find(self, kind, fits=lambda facts: True, subject=None):
        for i in range(len(self.entries)):
            leaf = self.leaf(i)
            if leaf["kind"] == kind and (subject is None or leaf["subject"] == subject) and fits(self.facts(i)):
                return i
        raise RuntimeError(f"the demo has no such {kind}")

    def put(self, i, facts):
        """Other facts of entry i, committed to anew."""
        leaf, line = self.leaf(i), json.loads(self.entries[i][1])
        line["facts"], line["facts_salt"] = canonical(facts).decode(), "A" * 43 + "="
        leaf["facts"] = commit(canonical(facts), bytes(32))
        self.entries[i] = [canonical(leaf), canonical(line)]

    def change(self, i, edit):
        facts = self.facts(i)
        edit(facts)
        self.put(i, facts)
        return i

    def take_out(self, i):
        """The entry becomes one of which nothing is counted."""
        leaf = self.leaf(i)
        leaf["kind"] = "people.unit_renamed"
        leaf.pop("words", None)
        line = json.loads(self.entries[i][1])
        for member in ("words", "words_salt", "words_erased"):
            line.pop(member, None)
        self.entries[i] = [canonical(leaf), canonical(line)]


def attacks(export, scratch, key, sign):
    at = f"{scratch}/forged"

    def attack(name, forge, says, kind):
        log = Forgery(export)
        index = forge(log)
        shutil.rmtree(at, ignore_errors=True)
        log.write(at, sign)
        code, found = audit("--key", key, at)
        all_faults = found.get("faults")  # none: the log does not even verify
        faults = [f for f in all_faults or [] if f["entry"] == index and f["matter"]["kind"] == kind and re.search(says, f["what"])]
        say(code == 1 and faults, f"{name}: {kind} at entry {index}", found if all_faults is None else all_faults)

    def with_answers(log):
        return log.find("review.closed", lambda f: f["applied"] and f["accepted"] and f["panels"][0].get("answers"))

    def extra_ballot(log):
        def edit(facts):
            panel = facts["panels"][0]
            panel["cast"] += 1
            panel["answers"] = [column + "5" for column in panel["answers"]]
        return log.change(with_answers(log), edit)

    def double_spent(log):
        def edit(facts):
            spent = facts["panels"][0]["spent"]
            spent[1] = spent[0]
        return log.change(with_answers(log), edit)

    def stuffed(log):  # a ballot with a code of its own, which nobody was given
        def edit(facts):
            panel = facts["panels"][0]
            panel["cast"] += 1
            panel["answers"] = [column + "5" for column in panel["answers"]]
            panel["spent"] = sorted(panel["spent"] + ["0" * 32])
        return log.change(with_answers(log), edit)

    def verdict(log):
        return log.change(with_answers(log), lambda f: f.update(accepted=False, percent=12))

    def against_verdict(log):
        judged = log.find("measure.judged", lambda f: not f["accepted"])

        def edit(facts):
            facts["accepted"] = True
            facts.pop("due", None)
        return log.change(judged, edit)

    def turned_tally(log):
        return log.change(log.find("decision.counted", lambda f: "voters" not in f), lambda f: f["tally"].update(yes=f["tally"]["yes"] + 1))

    def secret_ballot_more(log):
        return log.change(log.find("decision.counted", lambda f: "voters" in f),
                          lambda f: (f["ballots"].append("yes"), f["tally"].update(yes=f["tally"]["yes"] + 1)))

    def voter_twice(log):
        def edit(facts):
            facts["voters"][1] = facts["voters"][0]
        return log.change(log.find("decision.counted", lambda f: "voters" in f), edit)

    def no_quorum(log):
        counted = log.find("decision.counted", lambda f: f["state"] == "carried")
        sitting = log.facts(log.leaf(counted)["subject"])["sitting"]
        here = [i for i in range(counted) if log.leaf(i)["kind"] == "decision.attended" and log.leaf(i)["subject"] == sitting]
        for i in here[1:]:
            log.change(i, lambda f: f.update(here=False))
        return counted

    def scorecard(log):
        def edit(facts):
            facts["figures"][0]["part"] += 1
            facts["figures"][0]["whole"] += 1
        return log.change(log.find("scorecard.published"), edit)

    def lateness_gone(log):  # a measure that is late to this day, and nobody says so
        late = log.find("measure.late", lambda f: f["days"] > 1)
        measure = log.leaf(late)["subject"]
        of = [i for i in range(len(log.entries)) if log.leaf(i)["subject"] == measure]
        for i in of:
            if log.leaf(i)["kind"] == "measure.late":
                log.take_out(i)
        return max(i for i in of if log.leaf(i)["kind"].startswith("measure."))

    def lateness_shrunk(log):
        return log.change(log.find("measure.late", lambda f: f["days"] > 4), lambda f: f.update(days=2))

    def other_target(log):
        return log.change(log.find("measure.adopted", lambda f: "motion" in f), lambda f: f.update(due="2031-12-31"))

    def refused_after_all(log):
        return log.change(log.find("issue.moved", lambda f: f["state"] == "adopted"), lambda f: f.update(state="refused"))

    def gathered_twice(log):
        return log.change(log.find("issue.gathered", lambda f: f["statements"]), lambda f: f["statements"].append(f["statements"][0]))

    def kept_back(log):
        i = log.find("voice.late")
        line = json.loads(log.entries[i][1])
        del line["facts"], line["facts_salt"]
        log.entries[i][1] = canonical(line)
        return i

    attack("an extra ballot", extra_ballot, r"\d+ ballots and \d+ used codes", "review")
    attack("a code spent twice", double_spent, "was used twice", "review")
    attack("a ballot with a made-up code", stuffed, "is not on its roll", "review")
    attack("another verdict than the ballots'", verdict, "says returned with 12 per cent; the ballots give accepted", "review")
    attack("a measure accepted against the verdict", against_verdict, "accepted against the verdict of review", "measure")
    attack("a changed tally", turned_tally, r"says \d yes.*; the votes are", "motion")
    attack("a secret ballot more than voters", secret_ballot_more, r"\d ballots of \d voters", "motion")
    attack("a member who voted twice in secret", voter_twice, "listed twice as a voter", "motion")
    attack("carried without a quorum", no_quorum, "says carried; by its frozen rules it is no_quorum", "motion")
    attack("a scorecard that flatters", scorecard, r"says \w+ \d+ of \d+; the log gives", "scorecard")
    attack("lateness left out", lateness_gone, "no entry says that it is late", "measure")
    attack("lateness made less", lateness_shrunk, "said to be 2 working days late", "measure")
    attack("a measure that was not voted on", other_target, "not what motion", "measure")
    attack("an issue refused by a motion that adopted", refused_after_all, "which was not carried for that", "issue")
    attack("support counted twice", gathered_twice, "is counted twice", "issue")
    attack("a fact kept back", kept_back, "its facts are not served", "voice")

    log = Log(export)
    log.entries[20][1] = log.entries[20][1].replace(b'\\"by\\":', b'\\"bz\\":')
    shutil.rmtree(at, ignore_errors=True)
    log.write(at)
    made = subprocess.run([PROGRAM, "audit", "--key", key, at], capture_output=True, text=True)
    say(made.returncode == 1 and made.stdout.startswith("the log does not verify; nothing was counted\nfault: "),
        "what does not verify is not counted", made.stdout)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        data, export = f"{scratch}/data", f"{scratch}/export"
        program = Program(data)
        try:
            while True:  # until the clock has written what was due
                subprocess.run([PROGRAM, "export", "log", "--data", data, "--to", export], check=True, capture_output=True)
                time.sleep(2)
                if program.get("ledger")["size"] == int(open(f"{export}/checkpoint", encoding="utf-8").read().split("\n")[1]):
                    break
            key = open(f"{export}/key", encoding="utf-8").read().strip()
            plain = agrees(program, export, data, key, f"{scratch}/saved")
        finally:
            program.stop()
        wrong_pages(export, key, f"{scratch}/saved", plain)
        attacks(export, scratch, key, signer(key.split("+")[0], seed_of(f"{data}/log.key"))[0])


main()
sys.exit(1 if failed else 0)
