// Proves in the reader's own browser that an entry is in the signed log: RFC 9162 section 2.1.3.2 and a C2SP signed note,
// with the browser's SHA-256 and, where it has it, its Ed25519; and that enough witnesses signed it, by the log's policy.
import { type Bytes, bytes, key_of, meets, read_policy, signed_by_log, utf8 } from "./policy";

interface Receipt { index: number; leaf: string; proof: string[]; checkpoint: string }

async function hash(prefix: number, ...parts: Bytes[]): Promise<Bytes> {
  const all = new Uint8Array(1 + parts.reduce((n, p) => n + p.length, 0));
  all[0] = prefix;
  let at = 1;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all));
}

const equal = (a: Bytes, b: Bytes) => a.length === b.length && a.every((x, i) => x === b[i]);

async function included(index: number, size: number, leaf: Bytes, path: Bytes[], root: Bytes): Promise<boolean> {
  if (index >= size) return false;
  let fn = BigInt(index), sn = BigInt(size) - 1n, r = await hash(0, leaf);
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

// Of the log's key: true, false, or null where this browser has no Ed25519.
async function signed(note: string, vkey: string): Promise<boolean | null> {
  const key = await key_of(vkey);
  try {
    await crypto.subtle.importKey("raw", key.key as Bytes, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return null;
  }
  return signed_by_log(note, key);
}

async function check(place: HTMLElement): Promise<void> {
  const say = (text: string, tone: string) => {
    const p = document.createElement("p");
    p.className = tone;
    p.textContent = text;
    place.replaceChildren(p);
  };
  const words = place.dataset;
  say(words.start ?? "", "result");
  let receipt: Receipt, vkey: string, policy: string;
  try {
    // Without TLS a browser hashes nothing; without an answer there is nothing to hash. Neither speaks against the receipt.
    if (!globalThis.crypto?.subtle) throw new Error("no secure connection");
    const ask = async (path: string) => {
      const answer = await fetch(path);
      if (!answer.ok) throw new Error(String(answer.status));
      return answer;
    };
    [receipt, vkey, policy] = await Promise.all([
      ask(`/api/v1/ledger/receipts/${words.index}`).then((r) => r.json() as Promise<Receipt>),
      ask("/log/key").then((r) => r.text()),
      ask("/log/policy").then((r) => r.text()),
    ]);
  } catch {
    say(words.unable ?? "", "result");
    return;
  }
  try {
    const [, size, root] = receipt.checkpoint.split("\n");
    // The proof must be of what this page shows, not of some other entry.
    const same = receipt.index === Number(words.index) && receipt.leaf === words.leaf;
    const there = same && await included(receipt.index, Number(size), utf8(receipt.leaf), receipt.proof.map(bytes), bytes(root));
    const sealed = there ? await signed(receipt.checkpoint, vkey.trim()) : false;
    if (!there || sealed === false) return say(words.bad ?? "", "result late");
    if (sealed === null) return say(words.goodUnsigned ?? "", "result done");
    const asked = await read_policy(policy);
    const enough = await meets(asked, receipt.checkpoint);
    const witnesses = asked.quorum === "none" ? "" : enough ? words.witnessed : words.unwitnessed;
    say([words.good, witnesses].filter(Boolean).join(" "), "result done");
  } catch {
    say(words.bad ?? "", "result late");
  }
}

const place = document.getElementById("proof-check");
if (place) void check(place);
