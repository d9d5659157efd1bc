#!/usr/bin/env bash
# Every module's tests under the thread sanitizer, on both engines; bin/ci tries only what has threads of its own.
#   THREADS_MODULES: only these
set -uo pipefail
cd "$(dirname "$0")/../.."
mapfile -t modules < <(if [ -n "${THREADS_MODULES:-}" ]; then printf '%s\n' $THREADS_MODULES; else for file in src/*/*_test.cc; do basename "$(dirname "$file")"; done | sort -u; fi)
cmake --preset tsan >/dev/null && cmake --build build/tsan --target "${modules[@]/%/_test}" evaluate_issues huiyin-photo huiyin-pdf huiyin-mail huiyin-probe -- --quiet || exit 1
scratch=$(mktemp -d)
chmod 755 "$scratch"
trap 'test/postgres stop "$scratch/postgres" >/dev/null 2>&1; rm -rf "$scratch"' EXIT
HUIYIN_TEST_POSTGRES=$(test/postgres start "$scratch/postgres")
export HUIYIN_TEST_POSTGRES scratch
one() {
  local said
  if "build/tsan/test/$1_test" --gtest_brief=1 >"$scratch/$1.log" 2>&1; then
    said=$(grep -ao '\[  PASSED  \] [0-9]*' "$scratch/$1.log" | tail -1 | grep -o '[0-9]*$')
    echo "ok threads $1: ${said:-0} tests"
  else
    tail -60 "$scratch/$1.log"
    echo "not ok threads $1"
    return 1
  fi
}
export -f one
printf '%s\n' "${modules[@]}" | xargs -P 2 -I NAME bash -c 'one NAME'
