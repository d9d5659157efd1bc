// What a client does that trusts nobody: keeps each receipt and proves it, with node's own SHA-256 and Ed25519 only.
import { createHash, createPublicKey, verify } from "node:crypto";

const sha = (...parts) => parts.reduce((h, p) => h.update(p), createHash("sha256")).digest();

// RFC 9162, section 2.1.3.2.
export function included(index, size, leaf, proof, root) {
  if (index >= size) return false;
  let [fn, sn, r] = [BigInt(index), BigInt(size) - 1n, sha(Buffer.from([0]), leaf)];
  for (const p of proof) {
    if (p.length !== 32 || sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      r = sha(Buffer.from([1]), p, r);
      while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else r = sha(Buffer.from([1]), r, p);
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && r.equals(root);
}

// A signed note of C2SP with one Ed25519 signature; vkey is "<name>+<hex id>+<base64 of 01 and the key>".
export function checkpoint(note, vkey, checked = false) {
  // The base64 of a key may itself hold a "+": the name ends at the first hexadecimal id.
  const [, name, id, key] = vkey.match(/^([^+]+)\+([0-9a-f]{8})\+(.+)$/) ?? [];
  if (!name) throw new Error(`no key: ${vkey}`);
  const at = note.indexOf("\n\n");
  const body = note.slice(0, at + 1);
  const line = note.slice(at + 2).split("\n").find((l) => l.startsWith(`— ${name} `));
  if (!line) throw new Error("the log did not sign");
  const bytes = Buffer.from(line.slice(line.lastIndexOf(" ") + 1), "base64");
  if (bytes.subarray(0, 4).toString("hex") !== id) throw new Error("another key signed");
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(key, "base64").subarray(1)]);
  const good = checked || verify(null, Buffer.from(body), createPublicKey({ key: spki, format: "der", type: "spki" }), bytes.subarray(4));
  if (!good) throw new Error("the signature is wrong");
  const [origin, size, root] = body.split("\n");
  return { origin, size: Number(size), root: Buffer.from(root, "base64") };
}

// Throws when the receipt proves nothing. Receipts of one batch have one checkpoint: `known` are those whose signature was
// checked already.
export function prove(receipt, vkey, known = new Set()) {
  const head = checkpoint(receipt.checkpoint, vkey, known.has(receipt.checkpoint));
  known.add(receipt.checkpoint);
  const proof = receipt.proof.map((p) => Buffer.from(p, "base64"));
  if (!included(receipt.index, head.size, Buffer.from(receipt.leaf), proof, head.root))
    throw new Error(`entry ${receipt.index} is not in the tree of ${head.size}`);
  return head;
}
