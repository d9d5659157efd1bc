// The arithmetic of a receipt in the browser: RFC 9162 section 2.1.3.2 and C2SP tlog-proof, with its own SHA-256.
import { type Bytes, bytes, equal } from "./note";

export async function hash(prefix: number, ...parts: Bytes[]): Promise<Bytes> {
  const all = new Uint8Array(1 + parts.reduce((n, p) => n + p.length, 0));
  all[0] = prefix;
  let at = 1;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all));
}

// Every hash must have 32 bytes: a shorter root equals nothing, but a shorter node would be hashed all the same.
export async function includedHash(index: number, size: number, leaf: Bytes, path: Bytes[], root: Bytes): Promise<boolean> {
  if (!(index >= 0 && index < size) || leaf.length !== 32 || root.length !== 32) return false;
  let fn = BigInt(index), sn = BigInt(size) - 1n, r = leaf;
  for (const p of path) {
    if (p.length !== 32 || sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      r = await hash(1, p, r);
      while ((fn & 1n) === 0n && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else r = await hash(1, r, p);
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && equal(r, root);
}

export async function included(index: number, size: number, leaf: Bytes, path: Bytes[], root: Bytes): Promise<boolean> {
  return includedHash(index, size, await hash(0, leaf), path, root);
}

export interface Proof { index: number; path: Bytes[]; checkpoint: string; leaf?: string }

// A .tlog-proof file; its extra data, where there is any, is the leaf. Throws for anything else.
export function parseProof(text: string): Proof {
  const file = text.replaceAll("\r", "");
  const end = file.indexOf("\n\n");
  const lines = file.slice(0, end).split("\n");
  if (end < 0 || lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Error("no receipt");
  const extra = lines[0]?.startsWith("extra ") ? bytes(lines.shift()!.slice(6)) : undefined;
  const index = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? "");
  if (!index) throw new Error("no receipt");
  return {
    index: Number(index[1]),
    path: lines.map(bytes),
    checkpoint: file.slice(end + 2).replace(/\n*$/, "\n"),
    leaf: extra && new TextDecoder("utf-8", { fatal: true }).decode(extra),
  };
}

// A checkpoint has three lines; one with more is not ours.
export interface Head { origin: string; size: number; root: Bytes }
export function parseHead(note: string): Head {
  const [origin, size, root, blank] = note.split("\n");
  if (blank !== "" || !/^(0|[1-9][0-9]{0,15})$/.test(size ?? "")) throw new Error("no checkpoint");
  return { origin, size: Number(size), root: bytes(root) };
}
