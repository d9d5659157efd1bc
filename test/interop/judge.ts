// Judges proofs with what the browser has: the inclusion of the receipt's page, and consistency beside it (RFC 9162
// section 2.1.4.2), which no page needs. Lines as in src/interop/main.go.
import { bytes, equal, type Bytes } from "../../src/proof/note";
import { hash, includedHash } from "../../src/proof/receipt";

async function consistent(from: number, to: number, path: Bytes[], old: Bytes, root: Bytes): Promise<boolean> {
  if (old.length !== 32 || root.length !== 32 || path.some((p) => p.length !== 32)) return false;
  if (from === to) return path.length === 0 && equal(old, root) && (from > 0 || equal(old, new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array()))));
  if (!(from > 0 && from < to)) return false;
  let fn = BigInt(from) - 1n, sn = BigInt(to) - 1n;
  while ((fn & 1n) === 1n) { fn >>= 1n; sn >>= 1n; }
  const rest = [...path];
  const first = fn === 0n ? old : rest.shift();
  if (!first) return false;
  let fr = first, sr = first;
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

export async function judge(lines: string[]): Promise<string> {
  let out = "";
  for (const line of lines) {
    const [kind, a, b, first, second, proof] = line.split(" ");
    const path = proof === "-" ? [] : proof.split(",").map(bytes);
    const good = kind === "i"
      ? await includedHash(Number(a), Number(b), bytes(first), path, bytes(second))
      : await consistent(Number(a), Number(b), path, bytes(first), bytes(second));
    out += good ? "1" : "0";
  }
  return out;
}
