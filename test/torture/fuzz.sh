#!/usr/bin/env bash
# Every libFuzzer target for long. What leads somewhere new stays in build/fuzz for the next run.
#   FUZZ_SECONDS (600): of each target
set -uo pipefail
cd "$(dirname "$0")/../.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
ls src/*/fuzz/*_fuzz.cc | xargs -P 2 -I SOURCE bin/fuzz SOURCE "${FUZZ_SECONDS:-600}" 2>&1 | tee "$log" | grep --line-buffered -a "ok fuzz"
printf '| target | runs | inputs kept |\n| --- | --- | --- |\n'
sed -n 's/^ok fuzz \([a-z_]*\): \([0-9]*\) runs in [0-9]* s, \([0-9]*\) inputs kept$/| \1 | \2 | \3 |/p' "$log" | sort
targets=$(ls src/*/fuzz/*_fuzz.cc | wc -l) good=$(grep -ac '^ok fuzz' "$log")
[ "$good" = "$targets" ]
