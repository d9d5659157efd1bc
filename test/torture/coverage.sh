#!/usr/bin/env bash
# Which branches of merkle, ledger and verify their tests and the legs about them take (clang's source-based coverage, so
# that what the compiler adds for exceptions does not count). Prints each file, and the share of all branches of each.
#   COVERAGE_LEAST (95): percent of the branches
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$PWD/build/coverage least=${COVERAGE_LEAST:-95}
cmake -S . -B "$build" -G Ninja -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_BUILD_TYPE=Debug -DHUIYIN_UNITY=ON \
  "-DCMAKE_CXX_FLAGS_DEBUG=-O0 -fprofile-instr-generate -fcoverage-mapping" >/dev/null
cmake --build "$build" --target merkle_test ledger_test verify_test huiyin huiyin-photo huiyin-verify huiyin-proofs -- --quiet

scratch=$(mktemp -d)
chmod 755 "$scratch"
trap 'test/postgres stop "$scratch/postgres" >/dev/null 2>&1; rm -rf "$scratch"' EXIT
HUIYIN_TEST_POSTGRES=$(test/postgres start "$scratch/postgres")
export HUIYIN_TEST_POSTGRES HUIYIN_PROGRAMS=$build/bin LLVM_PROFILE_FILE="$scratch/%p.profraw" TMPDIR=$scratch
for name in merkle ledger verify; do "$build/test/${name}_test" --gtest_brief=1 >/dev/null; done
for leg in tamper interop audit; do "test/$leg.leg" >"$scratch/$leg.log" || { cat "$scratch/$leg.log"; exit 1; }; done

llvm-profdata-14 merge -sparse "$scratch"/*.profraw -o "$scratch/all.profdata"
export_() { llvm-cov-14 export -summary-only -instr-profile "$scratch/all.profdata" "$build/test/merkle_test" \
  -object "$build/test/ledger_test" -object "$build/test/verify_test" -object "$build/bin/huiyin-verify" -object "$build/bin/huiyin"; }
export_ | LEAST=$least python3 -c '
import json, os, re, sys
files = json.load(sys.stdin)["data"][0]["files"]
least, bad, sums = float(os.environ["LEAST"]), 0, {}
print("| file | branches | taken | % |\n| --- | --- | --- | --- |")
for one in sorted(files, key=lambda f: f["filename"]):
    found = re.search(r"/src/(merkle|ledger|verify)/([^/]+)$", one["filename"])
    if not found or found[2].endswith("_test.cc"): continue
    branches = one["summary"]["branches"]
    total = sums.setdefault(found[1], [0, 0])
    total[0] += branches["count"]; total[1] += branches["covered"]
    if branches["count"]: print("| %s/%s | %d | %d | %.1f |" % (found[1], found[2], branches["count"], branches["covered"], branches["percent"]))
for module, (count, covered) in sums.items():
    share = 100 * covered / max(count, 1)
    bad += share < least
    print("%s coverage %s: %.1f %% of %d branches" % ("ok" if share >= least else "not ok", module, share, count))
sys.exit(bad > 0)'
