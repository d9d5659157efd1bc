# 10,000 flipped bits over an export and a data folder, and every forgery of the log.
exec python3 test/tamper/run.py 3334 "${SEED:-$RANDOM}"
