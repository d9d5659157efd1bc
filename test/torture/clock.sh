# The clock jumps a hundred times, by minutes and by years. CLOCK_JUMPS (100), SEED.
exec node test/clock/run.mjs "${CLOCK_JUMPS:-100}" "${SEED:-$RANDOM}"
