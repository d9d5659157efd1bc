"""Compiles each file of a compile_commands.json by itself, for its warnings alone: python3 tools/each_file.py BUILD
Tests are left out: they are no part of any program, and the sanitizers' build compiles them with the same compiler."""
import concurrent.futures
import json
import os
import subprocess
import sys

commands = json.load(open(os.path.join(sys.argv[1], "compile_commands.json"), encoding="utf-8"))
wanted = [c for c in commands if c["file"].endswith(".cc") and not c["file"].endswith("_test.cc")]
# Generated sources must exist first.
subprocess.run(["cmake", "--build", sys.argv[1], "--target", "embedded", "--", "--quiet"], check=False, capture_output=True)


def compile_one(command):
    done = subprocess.run(command["command"], shell=True, cwd=command["directory"], capture_output=True, text=True)
    return command["file"], done.returncode, done.stderr


with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    faults = [(f, e) for f, code, e in pool.map(compile_one, wanted) if code]
for file, error in faults:
    print(file + "\n" + error[:2000])
print(f"{len(wanted)} files, {len(faults)} with faults")
sys.exit(1 if faults else 0)
