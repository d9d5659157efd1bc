# The four verifiers on 10,000 random proofs, and OpenSSL on every signature.
exec node test/interop/run.mjs 10000
