# The four verifiers on 10,000 random proofs.
exec node test/interop/run.mjs 10000
