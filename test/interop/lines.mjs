// Foreign vectors and proofs as lines for the judges, and what may be changed in them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

export const foreign = join(dirname(fileURLToPath(import.meta.url)), "../../src/merkle/testdata");
export const read = (name) => readFileSync(join(foreign, name));

// Some vectors call roots of another length than 32 bytes consistent, because they are equal or of no account. No judge
// here does.
const fits = (...all) => all.every((one) => Buffer.from(one, "base64").length === 32);
const joined = (all) => (all?.length ? all.map((h) => (typeof h === "string" ? h : h.toString("base64"))).join(",") : "-");
const field = (bytes) => (bytes.length ? Buffer.from(bytes).toString("base64") : "-");

export const inclusion = (index, size, leaf, root, proof) => ["i", index, size, ...text(leaf, root), joined(proof)].join(" ");
export const consistency = (from, to, old, root, proof) => ["c", from, to, ...text(old, root), joined(proof)].join(" ");
export const subtree_inclusion = (index, start, end, leaf, root, proof) => ["si", index, start, end, ...text(leaf, root), joined(proof)].join(" ");
export const subtree_consistency = (start, end, size, sub, root, proof) => ["sc", start, end, size, ...text(sub, root), joined(proof)].join(" ");
export const signature = (key, message, sig) => ["s", field(key), field(message), field(sig)].join(" ");
export const note = (vkey, content) => ["n", vkey, field(content)].join(" ");
export const log = (vkey, content, leaves, roots, entries) => ["l", vkey, field(content), field(leaves), field(roots), field(entries)].join(" ");
export const certificates = (leaves, data) => ["t", field(leaves), field(data)].join(" ");
const text = (...all) => all.map((h) => (typeof h === "string" ? h : h.toString("base64")));

// github.com/transparency-dev/merkle, by kind.
export function vectors() {
  const cases = (name, line, roots) => JSON.parse(read(`transparency-dev/${name}.json`)).map((v) =>
    ({ line: line(v), good: !v.wantErr && fits(...roots(v)), what: v.file }));
  return {
    inclusion: cases("inclusion", (v) => inclusion(v.leafIdx, v.treeSize, v.leafHash, v.root, v.proof), (v) => [v.root]),
    consistency: cases("consistency", (v) => consistency(v.size1, v.size2, v.root1, v.root2, v.proof), (v) => [v.root1, v.root2]),
    "subtree inclusion": cases("subtreeinclusion", (v) => subtree_inclusion(v.leafIdx, v.start, v.end, v.leafHash, v.root, v.proof), (v) => [v.root]),
    "subtree consistency": cases("subtreeconsistency", (v) => subtree_consistency(v.start, v.end, v.size, v.root1, v.root2, v.proof), (v) => [v.root1, v.root2]),
  };
}

// Signatures: {key, message, signature, good, what}.
export function wycheproof() {
  return JSON.parse(read("wycheproof/ed25519_test.json")).testGroups.flatMap((group) => group.tests.map((t) => ({
    key: Buffer.from(group.publicKey.pk, "hex"),
    message: Buffer.from(t.msg, "hex"),
    signature: Buffer.from(t.sig, "hex"),
    good: t.result === "valid",
    what: `tcId ${t.tcId} (${t.flags})`,
  })));
}

// A line of sign.input: seed and key, key, message, signature and message.
export function sign_input() {
  return gunzipSync(read("ed25519/sign.input.gz")).toString().trimEnd().split("\n").map((line, n) => {
    const [, key, message, signed] = line.split(":").map((part) => Buffer.from(part, "hex"));
    return { key, message, signature: signed.subarray(0, 64), good: true, what: `sign.input ${n + 1}` };
  });
}

// Numbers from a seed (mulberry32): below(n) is 0 … n-1.
export function seeded(seed) {
  let state = seed >>> 0;
  const below = (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
  return { below, one: (all) => all[below(all.length)] };
}

export function flipped(bytes, random) {
  const out = Buffer.from(bytes), bit = random.below(out.length * 8);
  out[bit >> 3] ^= 1 << (bit & 7);
  return out;
}

// A right proof with one bit of one hash changed, a hash dropped, doubled or put in another's place: then it is wrong.
export function changed_proof(line, random) {
  const fields = line.split(" "), proof = fields.pop(), hashes = proof === "-" ? [] : proof.split(",");
  const flip = (base64) => flipped(Buffer.from(base64, "base64"), random).toString("base64");
  const empty = fields[0] === "sc" && fields[1] === fields[2];  // of the whole tree's root it says nothing
  const ways = [() => (fields[fields.length - 2] = flip(fields.at(-2)))];
  if (!empty) ways.push(() => (fields[fields.length - 1] = flip(fields.at(-1))));
  ways.push(() => hashes.push(fields.at(-1)));
  if (hashes.length) {
    const at = random.below(hashes.length);
    ways.push(() => (hashes[at] = flip(hashes[at])), () => hashes.splice(at, 1), () => hashes.splice(at, 0, hashes[at]));
    if (hashes.length > 1) ways.push(() => hashes.push(hashes.shift()));
  }
  random.one(ways)();
  return { line: [...fields, joined(hashes)].join(" "), good: false };
}

const sha256 = (...parts) => parts.reduce((h, part) => h.update(part), createHash("sha256")).digest();
const split = (n) => 2 ** Math.floor(Math.log2(n - 1));  // the largest power of two below n

// A tree over these hashes of leaves, and its proofs word for word as RFC 9162 section 2.1 and
// draft-ietf-plants-merkle-tree-certs section 4 define them.
export class Tree {
  known = new Map();
  constructor(leaves) { this.leaves = leaves; }
  root(begin, end) {
    if (end === begin) return sha256();
    if (end - begin === 1) return this.leaves[begin];
    const name = `${begin} ${end}`;
    if (!this.known.has(name)) {
      const k = begin + split(end - begin);
      this.known.set(name, sha256(Buffer.from([1]), this.root(begin, k), this.root(k, end)));
    }
    return this.known.get(name);
  }
  inclusion(index, begin, end) {
    if (end - begin === 1) return [];
    const k = begin + split(end - begin);
    return index < k ? [...this.inclusion(index, begin, k), this.root(k, end)] : [...this.inclusion(index, k, end), this.root(begin, k)];
  }
  // That the leaves start … end-1 are a part of begin … stop-1.
  consistency(start, end, begin, stop, whole = true) {
    if (start === begin && end === stop) return whole ? [] : [this.root(begin, stop)];
    const k = begin + split(stop - begin);
    if (end <= k) return [...this.consistency(start, end, begin, k, whole), this.root(k, stop)];
    if (k <= start) return [...this.consistency(start, end, k, stop, whole), this.root(begin, k)];
    return [...this.consistency(k, end, k, stop, false), this.root(begin, k)];
  }
}
export const leaf_hash = (entry) => sha256(Buffer.from([0]), entry);
export const hashes_of = (bytes) => Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, i * 32 + 32));
