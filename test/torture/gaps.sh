# 1,500 times: rows moved between pages at random, 1,500 texts erased, each sought in every file of the place.
HUIYIN_GAP_RUNS=${RUNS:-1500} "$HUIYIN_PROGRAMS/../test/db_test" --gtest_brief=1 --gtest_filter='PageGaps.*' &&
  echo "ok gaps nothing of what was erased is left" || { echo "not ok gaps"; exit 1; }
