// Four verifiers that share no code say the same: ours (C++), Go's x/mod, the browser's WebCrypto, OpenSSL's command line.
//   node test/interop/run.mjs [number of random proofs]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge_edges } from "./edges.mjs";
import { judge_foreign_logs } from "./foreign.mjs";
import { Judges } from "./judges.mjs";
import { judge_notes } from "./notes.mjs";
import { judge_our_log } from "./ours.mjs";
import { judge_proofs } from "./proofs.mjs";
import { attempt, failures, table } from "./report.mjs";
import { judge_signatures } from "./signatures.mjs";

const count = Number(process.argv[2] ?? 2000), seed = Number(process.env.SEED ?? 20261128);
// A signature costs OpenSSL a process, a proof some files: the short form asks it about every eighth of the many.
const sparse = count >= 10_000 ? 1 : 8;
const scratch = mkdtempSync(join(tmpdir(), "huiyin-interop-"));
let judges;
try {
  judges = await Judges.open(scratch);
  await attempt("proofs", () => judge_proofs(judges, count, seed, sparse));
  await attempt("signatures", () => judge_signatures(judges, seed, sparse));
  await attempt("notes", () => judge_notes(judges, seed, Math.min(sparse, 4)));
  await attempt("foreign logs", () => judge_foreign_logs(judges, seed));
  await attempt("edges", () => judge_edges(judges));
  await attempt("our log", () => judge_our_log(judges, scratch));
} finally {
  await judges?.close();
  rmSync(scratch, { recursive: true, force: true });
}
table();
process.exitCode = failures() ? 1 : 0;
