// Ed25519 by itself: Wycheproof's vectors, those of the algorithm's authors, and changed ones of both.
import { flipped, seeded, sign_input, signature, wycheproof } from "./lines.mjs";
import { judged, say } from "./report.mjs";

// A valid one with one bit changed, in the key, the message or the signature.
function changed(v, random) {
  const part = random.one(["key", "message", "signature"].filter((name) => v[name].length));
  return { ...v, [part]: flipped(v[part], random), good: false, what: `${v.what}, a bit of the ${part}` };
}

async function judge(judges, name, all, asked) {
  const cases = all.map((v) => ({ ...v, line: signature(v.key, v.message, v.signature) }));
  judged(name, cases, await judges.all(cases, asked));
}

// OpenSSL's command line costs a process each: of sign.input and of the changed ones it is asked every `sparse`-th.
export async function judge_signatures(judges, seed, sparse) {
  const random = seeded(seed), tests = wycheproof(), authors = sign_input();
  const valid = tests.filter((v) => v.good);
  say(tests.length === 151 && valid.length === 88 && authors.length === 128, "the vectors are all there", `${tests.length} ${valid.length} ${authors.length}`);
  await judge(judges, "Wycheproof, Ed25519", tests, () => true);
  await judge(judges, "Wycheproof, Ed25519, changed", valid.map((v) => changed(v, random)), (i) => i % sparse === 0);
  await judge(judges, "sign.input", authors, (i) => i % sparse === (1 % sparse));
  await judge(judges, "sign.input, changed", authors.map((v) => changed(v, random)), (i) => i % sparse === (1 % sparse));
}
