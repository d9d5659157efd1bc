// Logs of others as a whole: each checkpoint against the hashes and the entries, and proofs made out of them.
import { certificates, consistency, flipped, hashes_of, inclusion, leaf_hash, log, read, seeded, changed_proof, Tree } from "./lines.mjs";
import { mirror_key, tessera_key } from "./notes.mjs";
import { judged, say } from "./report.mjs";

const tessera = () => ({
  key: tessera_key,
  notes: Array.from({ length: 16 }, (_, size) => read(`tessera/checkpoint.${size}`)),
  hashes: read("tessera/tile/0/000.p/15"),
  roots: Buffer.alloc(0),
  entries: read("tessera/tile/entries/000.p/15"),
});

const mirror = () => ({
  key: mirror_key,
  notes: [read("sunlight/mirror_checkpoint")],
  hashes: Buffer.concat([read("sunlight/tile/0/000"), read("sunlight/tile/0/001.p/44")]),
  roots: read("sunlight/tile/1/000.p/1"),
  entries: Buffer.alloc(0),  // the tests of Sunlight hold none
});

const line = (of, content) => log(of.key, content, of.hashes, of.roots, of.entries);

function* changed_logs(of, random) {
  const swapped = Buffer.concat([of.hashes.subarray(32, 64), of.hashes.subarray(0, 32), of.hashes.subarray(64)]);
  yield { ...of, hashes: flipped(of.hashes, random) };
  yield { ...of, hashes: swapped };
  yield { ...of, hashes: of.hashes.subarray(0, -32) };
  yield { ...of, hashes: Buffer.concat([of.hashes, of.hashes.subarray(0, 32)]) };
  if (of.roots.length) yield { ...of, roots: flipped(of.roots, random) };
  if (of.entries.length) {
    yield { ...of, entries: flipped(of.entries, random) };
    yield { ...of, entries: of.entries.subarray(0, -5) };
    yield { ...of, entries: Buffer.concat([of.entries, Buffer.alloc(2)]) };
  }
}

async function judge_log(judges, name, of, random) {
  const cases = of.notes.map((content) => ({ line: line(of, content), good: true }));
  judged(`${name}, whole`, cases, await judges.all(cases));
  const often = of.notes.length > 1 ? 1 : 8;
  const changed = Array(often).fill(of.notes).flat().flatMap((content) => [...changed_logs(of, random)].map((other) => ({ line: line(other, content), good: false })));
  judged(`${name}, whole, changed`, changed, await judges.all(changed));
}

// Every inclusion and every consistency between Tessera's checkpoints, under the roots that were signed; some of the
// mirror's.
function proofs(random) {
  const out = [], root = (content) => content.toString().split("\n")[2];
  const small = tessera(), grown = new Tree(hashes_of(small.hashes));
  for (let size = 1; size <= 15; ++size)
    for (let n = 0; n < size; ++n) {
      out.push(inclusion(n, size, grown.leaves[n], root(small.notes[size]), grown.inclusion(n, 0, size)));
      out.push(consistency(n + 1, size, root(small.notes[n + 1]), root(small.notes[size]), grown.consistency(0, n + 1, 0, size)));
    }
  const large = mirror(), tree = new Tree(hashes_of(large.hashes)), top = root(large.notes[0]);
  for (let n = 0; n < 40; ++n) {
    const index = random.below(300), from = 1 + random.below(300);
    out.push(inclusion(index, 300, tree.leaves[index], top, tree.inclusion(index, 0, 300)));
    out.push(consistency(from, 300, tree.root(0, from), top, tree.consistency(0, from, 0, 300)));
  }
  return out.map((one) => ({ line: one, good: true }));
}

// Ten entries of a certificate log, without a checkpoint. A bit is changed where the first entry is hashed.
async function judge_certificates(judges, random) {
  const hashes = read("sunlight/navigli/hashes"), data = read("sunlight/navigli/data");
  const cases = [{ line: certificates(hashes, data), good: true }];
  for (let n = 0; n < 8; ++n) {
    cases.push({ line: certificates(flipped(hashes, random), data), good: false });
    cases.push({ line: certificates(hashes, Buffer.concat([flipped(data.subarray(0, 600), random), data.subarray(600)])), good: false });
  }
  for (const cut of [1, 300]) cases.push({ line: certificates(hashes, data.subarray(0, -cut)), good: false });
  judged("Sunlight's certificates, hashed", cases, await judges.all(cases));
}

export async function judge_foreign_logs(judges, seed) {
  const random = seeded(seed), first = tessera();
  const entry = first.entries.subarray(2, 2 + first.entries.readUInt16BE());
  say(leaf_hash(entry).equals(first.hashes.subarray(0, 32)), "Tessera's first entry by this program's own hash");
  await judge_log(judges, "Tessera's log", first, random);
  await judge_log(judges, "Sunlight's mirror", mirror(), random);
  const good = proofs(random), changed = good.map((c) => changed_proof(c.line, random));
  judged("foreign logs, proofs", good, await judges.all(good));
  judged("foreign logs, proofs, changed", changed, await judges.all(changed));
  await judge_certificates(judges, random);
}
