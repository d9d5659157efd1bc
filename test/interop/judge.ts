// Judges lines (README.md names their kinds) with what the browser has: SHA-256 and Ed25519 of WebCrypto, the arithmetic
// and the notes of the receipt's pages, and beside them what no page needs: consistency, subtrees, whole logs.
import { type Bytes, bytes, equal, key_of, signed } from "../../src/proof/note";
import { meets, read_policy } from "../../src/proof/policy";
import { hash, includedHash, parseHead } from "../../src/proof/receipt";

class Unable extends Error {}
const raw = (field: string): Bytes => (field === "-" ? new Uint8Array() : bytes(field));
const proof_of = (field: string): Bytes[] => (field === "-" ? [] : field.split(",").map(bytes));
const sha256 = async (all: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest("SHA-256", all));
const all32 = (...hashes: Bytes[]) => hashes.every((h) => h.length === 32);
const number = (field: string) => {
  const value = Number(field);
  if (!Number.isSafeInteger(value)) throw new Error("a number that no tree has");
  return value;
};

const inclusion = ([, index, size, leaf, root, proof]: string[]) =>
  includedHash(number(index), number(size), bytes(leaf), proof_of(proof), bytes(root));

// RFC 9162 section 2.1.4.2.
async function consistency([, a, b, first, second, proof]: string[]): Promise<boolean> {
  const from = number(a), to = number(b), old = bytes(first), root = bytes(second), rest = proof_of(proof);
  if (!all32(old, root, ...rest)) return false;
  if (from === to) return rest.length === 0 && equal(old, root) && (from > 0 || equal(old, await sha256(new Uint8Array())));
  if (!(from > 0 && from < to)) return false;
  let fn = BigInt(from) - 1n, sn = BigInt(to) - 1n;
  while ((fn & 1n) === 1n) { fn >>= 1n; sn >>= 1n; }
  const start = fn === 0n ? old : rest.shift();
  if (!start) return false;
  let fr = start, sr = start;
  for (const c of rest) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      fr = await hash(1, c, fr);
      sr = await hash(1, c, sr);
      while ((fn & 1n) === 0n && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else sr = await hash(1, sr, c);
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && equal(fr, old) && equal(sr, root);
}

// draft-ietf-plants-merkle-tree-certs section 4.1: the range is aligned to the power of two that holds its length.
function is_subtree(start: number, end: number): boolean {
  let width = 1;
  while (width < end - start) width *= 2;
  return 0 <= start && start < end && start % width === 0;
}

async function subtree_inclusion([, i, s, e, leaf, root, proof]: string[]): Promise<boolean> {
  const start = number(s), end = number(e);
  return is_subtree(start, end) && includedHash(number(i) - start, end - start, bytes(leaf), proof_of(proof), bytes(root));
}

// Section 4.4: the steps from the proof's first hash up to the root, told by the positions alone. Where the subtree ends
// with the tree, or is whole inside it, its own hash is where the proof begins.
async function subtree_consistency([, s, e, n, sub, top, proof]: string[]): Promise<boolean> {
  const start = number(s), end = number(e), size = number(n);
  const node = bytes(sub), root = bytes(top), rest = proof_of(proof);
  if (!all32(node, root, ...rest) || start < 0 || end > size) return false;
  // No subtree of the draft, but the vectors' word: an empty one is consistent with each tree that reaches it.
  if (start === end) return rest.length === 0 && equal(node, await sha256(new Uint8Array()));
  if (!is_subtree(start, end)) return false;
  // One level up at a time: the node that ends the subtree lies at `at`, the tree's last one at `last`, the subtree's
  // first one at `from`.
  let from = start, at = end - 1, last = size - 1;
  const up = () => { from = Math.floor(from / 2); at = Math.floor(at / 2); last = Math.floor(last / 2); };
  const ends_together = at === last;
  while (from !== at && (ends_together || at % 2 === 1)) up();
  const begin = from === at ? node : rest.shift();
  if (!begin) return false;
  let inside = begin, whole = begin;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at === last) while (at % 2 === 0) up();  // nothing lies right of it here: its hash rises as it is
    if (at % 2 === 1) {
      if (from < at) inside = await hash(1, sibling, inside);
      whole = await hash(1, sibling, whole);
    } else whole = await hash(1, whole, sibling);
    up();
  }
  return last === 0 && equal(inside, node) && equal(whole, root);
}

async function signature([, key, message, sig]: string[]): Promise<boolean> {
  const imported = await crypto.subtle.importKey("raw", raw(key), { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, raw(sig), raw(message));
}

// Bytes that are no UTF-8 are no text.
const text_of = (field: string) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw(field));

async function signed_note([, vkey, note]: string[]): Promise<boolean> {
  if ((await key_of(vkey)).type === 4) return meets(await read_policy(`witness w ${vkey}\nquorum w\n`), text_of(note));
  const verdict = await signed(text_of(note), vkey);
  if (verdict === null) throw new Unable("this browser has no Ed25519");
  return verdict;
}

const pieces = (all: Bytes): Bytes[] => {
  if (all.length % 32 !== 0) throw new Error("no hashes");
  return Array.from({ length: all.length / 32 }, (_, i) => all.slice(i * 32, i * 32 + 32));
};

class Cursor {
  at = 0;
  constructor(readonly all: Bytes) {}
  take(n: number): Bytes {
    if (this.at + n > this.all.length) throw new Error("it ends too early");
    return this.all.slice(this.at, (this.at += n));
  }
  number(n: number): number { return this.take(n).reduce((sum, b) => sum * 256 + b, 0); }
  vector(prefix: number): Bytes { return this.take(this.number(prefix)); }
  ended(): boolean { return this.at === this.all.length; }
}

// RFC 6962 section 2.1.
async function tree(leaves: Bytes[]): Promise<Bytes> {
  if (leaves.length === 0) return sha256(new Uint8Array());
  if (leaves.length === 1) return leaves[0];
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return hash(1, await tree(leaves.slice(0, k)), await tree(leaves.slice(k)));
}

// A checkpoint, the hashes of its log's leaves (and perhaps of later ones), those of level 1, and the entries.
async function log(fields: string[]): Promise<boolean> {
  const [, vkey, note, hashes, roots, entries] = fields;
  if (!(await signed_note(fields))) return false;
  const head = parseHead(text_of(note)), leaves = pieces(raw(hashes)), level1 = pieces(raw(roots));
  const key = await key_of(vkey);
  if (key.type === 1 && key.name !== head.origin) return false;  // a witness signs under its own name
  if (entries !== "-") {
    const cursor = new Cursor(raw(entries));
    for (const leaf of leaves) if (!equal(await hash(0, cursor.vector(2)), leaf)) return false;
    if (!cursor.ended()) return false;
  } else if (head.size !== leaves.length) return false;
  if (level1.length !== Math.floor(leaves.length / 256)) return false;
  for (const [i, one] of level1.entries()) if (!equal(await tree(leaves.slice(i * 256, i * 256 + 256)), one)) return false;
  return head.size <= leaves.length && equal(await tree(leaves.slice(0, head.size)), head.root);
}

// A data tile of a certificate log (C2SP static-ct-api): its entries as RFC 6962 section 3.4 hashes them.
async function certificates([, hashes, data]: string[]): Promise<boolean> {
  const cursor = new Cursor(raw(data));
  for (const leaf of pieces(raw(hashes))) {
    const begin = cursor.at;
    cursor.take(8);  // time
    const precertificate = cursor.number(2) === 1;
    if (precertificate) cursor.take(32);
    cursor.vector(3);
    cursor.vector(2);
    const entry = cursor.all.slice(begin, cursor.at);
    if (precertificate) cursor.vector(3);
    cursor.vector(2);  // the chain's fingerprints are not hashed
    if (!equal(await hash(0, new Uint8Array([0, 0]), entry), leaf)) return false;
  }
  return cursor.ended();
}

const kinds: Record<string, [number, (fields: string[]) => Promise<boolean>]> = {
  i: [6, inclusion],
  c: [6, consistency],
  si: [7, subtree_inclusion],
  sc: [7, subtree_consistency],
  s: [4, signature],
  n: [3, signed_note],
  l: [6, log],
  t: [3, certificates],
};

// What cannot be read proves nothing; a browser that cannot judge must not seem to refuse.
async function verdict(line: string): Promise<boolean> {
  const fields = line.split(" "), [count, judge] = kinds[fields[0]] ?? [0, undefined];
  if (!judge || fields.length !== count) throw new Unable(`not a line to judge: ${line}`);
  try {
    return await judge(fields);
  } catch (error) {
    if (error instanceof Unable) throw error;
    return false;
  }
}

export async function judge(lines: string[]): Promise<string> {
  let out = "";
  for (const line of lines) out += (await verdict(line)) ? "1" : "0";
  return out;
}
