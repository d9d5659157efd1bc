// Proofs: transparency-dev's vectors, random ones of Go's, random subtrees.
import { createHash } from "node:crypto";
import { changed_proof, seeded, subtree_consistency, subtree_inclusion, Tree, vectors } from "./lines.mjs";
import { run } from "./judges.mjs";
import { judged, say } from "./report.mjs";

export async function judge_proofs(judges, count, seed, sparse) {
  const random = seeded(seed);
  for (const [kind, cases] of Object.entries(vectors())) {
    const changed = cases.filter((c) => c.good).flatMap((c) => Array.from({ length: 8 }, () => changed_proof(c.line, random)));
    judged(`vectors, ${kind}`, cases, await judges.all(cases));
    judged(`vectors, ${kind}, changed`, changed, await judges.all(changed));
  }
  await random_proofs(judges, count, seed, sparse);
  await random_subtrees(judges, Math.ceil(count / 4), random, sparse);
}

// What is right among them nobody says beforehand: the judges must agree.
async function random_proofs(judges, count, seed, sparse) {
  const lines = run(judges.go, ["make-proofs", String(count), String(seed)]).stdout.trimEnd().split("\n");
  const said = await judges.all(lines.map((line) => ({ line })), (i) => i % sparse === 0);
  const cases = lines.map((line, i) => ({ line, good: said["C++"][i] === "1" }));
  const right = cases.filter((c) => c.good).length;
  judged(`random proofs (seed ${seed})`, cases, said);
  say(lines.length === count && right > count / 4 && right < (count * 3) / 4, "about half of the random proofs are right", String(right));
}

async function random_subtrees(judges, count, random, sparse) {
  const tree = new Tree(Array.from({ length: 1000 }, (_, i) => createHash("sha256").update(`leaf ${i}`).digest()));
  const cases = [];
  while (cases.length < count) {
    const width = 2 ** random.below(9), size = 1 + random.below(tree.leaves.length);
    const start = random.below(Math.ceil(size / width)) * width;
    const end = Math.min(size, start + 1 + random.below(width)), sub = tree.root(start, end);
    const index = start + random.below(end - start);
    const line = random.below(2)
      ? subtree_inclusion(index, start, end, tree.leaves[index], sub, tree.inclusion(index, start, end))
      : subtree_consistency(start, end, size, sub, tree.root(0, size), tree.consistency(start, end, 0, size));
    cases.push(random.below(2) ? { line, good: true } : changed_proof(line, random));
  }
  judged("random subtrees", cases, await judges.all(cases, (i) => i % sparse === 0));
}
