"""Every fence refuses what it must, and lets its correct twin through, so that the test cannot rot.

Includes are tried with the flags that the build really uses for the module; kinds and edges with cmake/modules.cmake.
"""
import functools
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, "build", os.environ.get("HUIYIN_PRESET", "release"))
failed = 0


def say(good, name, detail=""):
    global failed
    print(("ok " if good else "not ok ") + name)
    if not good:
        failed += 1
        print("    " + detail.replace("\n", "\n    "))


COMMANDS = json.load(open(os.path.join(BUILD, "compile_commands.json")))


@functools.cache
def flags_of(module):
    for command in COMMANDS:
        if re.search(f"[/ ]src/CMakeFiles/(huiyin-)?{module}.dir/", command["command"]):
            words = command["command"].split()
            kept = [w for w in words if w.startswith(("-I", "-D", "-std"))]
            for i, w in enumerate(words):
                if w == "-isystem":
                    kept += [w, words[i + 1]]
            return kept
    raise SystemExit(f"not ok no compile command for {module}")


# The preprocessor alone finds or misses what is included, ten times as fast as the compiler.
def includes(module, source):
    done = subprocess.run(["g++", "-E", "-o", os.devnull, "-x", "c++", *flags_of(module), "-"], input=source, text=True,
                          capture_output=True, cwd=os.path.join(ROOT, "src", module))
    return done.returncode == 0, done.stderr


# module, what it must not include, what it may
INCLUDES = [
    ("kernel", "<merkle/merkle.h>", '"bytes.h"', "kernel includes an engine"),
    ("kernel", "<db/db.h>", '"json.h"', "kernel includes plumbing"),
    ("merkle", "<db/db.h>", "<kernel/bytes.h>", "an engine includes plumbing"),
    ("merkle", "<ledger/ledger.h>", '"merkle.h"', "an engine includes the ledger"),
    ("db", "<ledger/ledger.h>", "<kernel/bytes.h>", "lower plumbing includes higher plumbing"),
    ("db", "<people/people.h>", '"db.h"', "plumbing includes a feature"),
    ("http", "<page/page.h>", '"http.h"', "http includes page"),
    ("http", "<db/db.h>", "<kernel/result.h>", "http includes db, which it did not declare"),
    ("page", "<db/db.h>", "<http/http.h>", "page includes db, which it did not declare"),
    ("ledger", "<voice/voice.h>", "<db/db.h>", "the ledger includes a feature"),
    ("people", "<voice/voice.h>", "<ledger/ledger.h>", "a lower feature includes a higher one's face"),
    ("cycle", "<voice/voice.h>", "<people/people.h>", "a feature includes another along no declared edge"),
    ("deadline", "<merkle/merkle.h>", "<kernel/json.h>", "an engine includes another engine"),
    ("text", "<db/db.h>", "<kernel/time.h>", "an engine includes plumbing"),
    ("text", "<deadline/clock.h>", '"index.h"', "an engine includes another engine"),
    ("preset", "<voice/voice.h>", "<deadline/clock.h>", "a lower feature includes a higher one's face"),
    ("voice", "<cycle/store.h>", "<cycle/cycle.h>", "a feature includes another's private header"),
    ("voice", "<people/rules.h>", '"rules.h"', "a feature includes another's rules"),
    ("visit", "<decision/decision.h>", "<measure/measure.h>", "a feature includes another along no declared edge"),
    ("measure", "<visit/visit.h>", "<issue/issue.h>", "a lower feature includes a higher one's face"),
    ("routing", "<voice/voice.h>", "<people/people.h>", "a lower feature includes a higher one's face"),
    ("issue", "<text/nearest.h>", "<text/copies.h>", "a feature includes what an engine keeps to itself"),
    ("visit", "<issue/store.h>", '"store.h"', "a feature includes another's rows"),
    ("scorecard", "<decision/decision.h>", "<measure/measure.h>", "a feature includes another along no declared edge"),
    ("spotcheck", "<scorecard/scorecard.h>", "<measure/measure.h>", "a lower feature includes a higher one's face"),
    ("scorecard", "<voice/store.h>", "<voice/voice.h>", "a feature reads another's rows past its counters"),
    ("measure", "<scorecard/scorecard.h>", '"measure.h"', "a lower feature includes a higher one's face"),
    ("measure", "<decision/decision.h>", "<issue/issue.h>", "a measure includes the motions that adopt it"),
    ("measure", "<review/review.h>", "<issue/issue.h>", "a measure includes the review that judges it"),
    ("review", "<ledger/batch.h>", "<measure/measure.h>", "a feature includes the ledger's inside"),
    ("ballot_box", "<review/review.h>", "<jobs/jobs.h>", "plumbing includes a feature"),
    ("survey", "<voice/voice.h>", "<cycle/cycle.h>", "a feature includes another along no declared edge"),
    ("discovery", "<measure/measure.h>", "<issue/issue.h>", "what is found becomes an issue, and knows nothing of what follows"),
    ("opinion_map", "<issue/issue.h>", "<dialogue/votes.h>", "what divides people does not know what becomes of it"),
    ("opinion", "<ledger/ledger.h>", "<kernel/threads.h>", "an engine knows no ledger"),
    ("discovery", "<issue/store.h>", "<text/discover.h>", "a feature includes another's rows"),
    ("survey", "<review/box.h>", "<ballot_box/ballot_box.h>", "a feature includes another's rows"),
    ("erasure", "<voice/store.h>", "<voice/voice.h>", "a feature reads another's rows past its face"),
    ("claim", "<erasure/store.h>", "<erasure/erasure.h>", "a feature reads another's rows past its face"),
    ("georeport", "<voice/store.h>", "<voice/voice.h>", "a feature reads another's rows past its face"),
    ("voice", "<georeport/georeport.h>", "<cycle/cycle.h>", "a lower feature includes a higher one's face"),
    ("handover", "<georeport/georeport.h>", "<voice/call_back.h>", "the client includes the server"),
    ("handover", "<contact/contact.h>", "<voice/workbench.h>", "what is handed over could hold how an author is reached"),
    ("voice", "<handover/handover.h>", "<cycle/cycle.h>", "a lower feature includes a higher one's face"),
    ("paper", "<voice/seal.h>", "<voice/voice.h>", "a feature reads another's inside past its face"),
    ("voice", "<paper/paper.h>", "<cycle/cycle.h>", "a lower feature includes a higher one's face"),
    ("contact", "<voice/store.h>", "<voice/call_back.h>", "a feature reads another's rows past its face"),
    ("support", "<voice/store.h>", "<voice/voice.h>", "a feature reads another's rows past its face"),
    ("voice", "<support/support.h>", "<cycle/cycle.h>", "a lower feature includes a higher one's face"),
    ("erasure", "<contact/contact.h>", "<voice/voice.h>", "a lower feature includes a higher one's face"),
    ("mail", "<voice/store.h>", "<voice/casework.h>", "a feature reads another's rows past its face"),
    ("voice", "<mail/mail.h>", "<cycle/cycle.h>", "a lower feature includes a higher one's face"),
    ("mail", "<gmime/gmime.h>", "<files/letters.h>", "the server includes what reads mail"),
    ("confidential", "<voice/voice.h>", "<people/people.h>", "what is confidential stands apart from all that is public"),
    ("erasure", "<claim/claim.h>", "<voice/voice.h>", "a lower feature includes a higher one's face"),
    ("files", "<poppler-document.h>", '"pdf.h"', "the server includes what reads PDF"),
    ("files", "<gmime/gmime.h>", '"letters.h"', "the server includes what reads mail"),
    ("pdf", "<files/handed_over.h>", "<files/pdf.h>", "a program in the sandbox includes what judges it"),
    ("backup", "<voice/voice.h>", "<ledger/ledger.h>", "plumbing includes a feature"),
    ("notice", "<voice/voice.h>", "<people/people.h>", "notices include a feature instead of being handed what it did"),
    ("voice", "<notice/notice.h>", "<cycle/cycle.h>", "a lower feature includes a higher one's face"),
    ("search", "<voice/store.h>", "<voice/voice.h>", "search reads a feature's rows past what everybody may see"),
    ("search", "<confidential/confidential.h>", "<visit/visit.h>", "search includes what is confidential"),
    ("voice", "<search/search.h>", "<cycle/cycle.h>", "a lower feature includes a higher one's face"),
    ("proof", "<voice/voice.h>", "<merkle/merkle.h>", "a feature includes a feature it did not declare"),
    ("audit", "<review/review.h>", '"world.h"', "the second count includes the first"),
    ("audit", "<db/db.h>", "<kernel/json.h>", "the second count includes a database"),
    ("verify", "<ledger/ledger.h>", "<merkle/merkle.h>", "the verifier includes what it verifies"),
    ("verify", "<db/db.h>", '"check.h"', "the verifier includes plumbing"),
]
for module, wrong, right, why in INCLUDES:
    good, error = includes(module, f"#include {right}\n")
    say(good, f"fence {module}: {right} is found", error[-600:])
    good, error = includes(module, f"#include {wrong}\n")
    say(not good and "No such file" in error, f"fence {module}: {wrong} is not ({why})", "it was" if good else error[-600:])


def configures(lists):
    with tempfile.TemporaryDirectory() as folder:
        for module in ("low", "engine_a", "engine_b", "pipe", "feature_a", "feature_b"):
            os.makedirs(os.path.join(folder, module))
            for suffix in (".h", ".cc"):
                with open(os.path.join(folder, module, module + suffix), "w") as out:
                    out.write("#pragma once\n" if suffix == ".h" else f'#include "{module}.h"\n')
        with open(os.path.join(folder, "CMakeLists.txt"), "w") as out:
            out.write("cmake_minimum_required(VERSION 3.25)\nproject(fences LANGUAGES CXX)\nset(CMAKE_CXX_STANDARD 20)\nset(HUIYIN_UNITY OFF)\n"
                      f"include({ROOT}/cmake/modules.cmake)\nset(FEATURE_EDGES \"feature_b>feature_a\")\n" + lists)
        done = subprocess.run(["cmake", "-G", "Ninja", "-DCMAKE_CXX_COMPILER_FORCED=ON", "-S", folder, "-B", os.path.join(folder, "b")], text=True, capture_output=True)
        return done.returncode == 0, re.sub(r"\s+", " ", done.stderr)


BASE = """
add_module(low KIND kernel FACE low.h)
add_module(engine_a KIND engine FACE engine_a.h SHOWS low)
add_module(engine_b KIND engine FACE engine_b.h SHOWS low)
add_module(pipe KIND plumbing FACE pipe.h SHOWS low USES engine_a)
add_module(feature_a KIND feature FACE feature_a.h SHOWS low USES pipe)
add_module(feature_b KIND feature FACE feature_b.h SHOWS low feature_a USES pipe)
"""
good, error = configures(BASE)
say(good, "fence the allowed tree configures", error[-600:])
REFUSED = [
    ("an engine needs plumbing", "FACE engine_a.h SHOWS low)\nadd_module(engine_b", "FACE engine_a.h SHOWS low pipe)\nadd_module(engine_b", "not declared above it"),
    ("an engine needs an engine", "engine_b KIND engine FACE engine_b.h SHOWS low", "engine_b KIND engine FACE engine_b.h SHOWS low engine_a", "engines stand alone"),
    ("a wrong kind", "pipe KIND plumbing", "pipe KIND tubing", "KIND must be one of"),
    ("an edge between features that nobody declared", "set_nothing", "", ""),
    ("a face that shows plumbing", "feature_a.h SHOWS low USES pipe", "feature_a.h SHOWS low pipe", "faces are made of values"),
    ("a kernel that needs an engine", "add_module(low KIND kernel FACE low.h)", "add_module(low KIND kernel FACE low.h USES engine_a)", "not declared above it"),
]
for name, old, new, sentence in REFUSED:
    if old == "set_nothing":
        lists, sentence = 'set(FEATURE_EDGES "")\n' + BASE, "declare"
    else:
        lists = BASE.replace(old, new)
        assert lists != BASE, name
    good, error = configures(lists)
    say(not good and sentence in error, f"fence configure refuses {name}", error[-600:] or "it configured")

climbing = []
for folder, _, names in os.walk(os.path.join(ROOT, "src")):
    if os.path.basename(folder) == "fuzz":   # targets stand one folder below what they try
        continue
    for name in names:
        if name.endswith((".h", ".cc")):
            text = open(os.path.join(folder, name), encoding="utf-8").read()
            if re.search(r'#include\s+"[^"]*\.\./', text):
                climbing.append(os.path.join(folder, name))
say(not climbing, "fence no include climbs out of its folder by ../", "\n".join(climbing))
sys.exit(1 if failed else 0)
