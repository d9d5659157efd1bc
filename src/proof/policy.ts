// In the browser: whether enough witnesses signed a note. C2SP tlog-policy and tlog-cosignature (type 04), with the
// browser's own SHA-256 and Ed25519. Lines that this does not know make the policy unreadable: an error, never a yes.
export type Bytes = Uint8Array<ArrayBuffer>;
export const bytes = (base64: string): Bytes => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
export const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;
const hex = (all: Bytes) => [...all].map((b) => b.toString(16).padStart(2, "0")).join("");

interface Key { name: string; id: string; type: number; key: Bytes }
export interface Policy { logs: Key[]; witnesses: Map<string, Key>; groups: Map<string, { threshold: number; members: string[] }>; quorum: string }

export async function key_of(vkey: string): Promise<Key> {
  const [, name, id, coded] = vkey.match(/^([^+ ]+)\+([0-9a-f]{8})\+(.+)$/) ?? [];
  if (!name) throw new Error("no key");
  const typed = bytes(coded);
  if (typed.length !== 33) throw new Error("no key");
  const whole = new Uint8Array([...utf8(`${name}\n`), ...typed]);
  if (hex(new Uint8Array(await crypto.subtle.digest("SHA-256", whole)).slice(0, 4)) !== id) throw new Error("no key");
  return { name, id, type: typed[0], key: typed.slice(1) };
}

export async function read_policy(text: string): Promise<Policy> {
  const out: Policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: "" };
  const known = (name: string) => out.witnesses.has(name) || out.groups.has(name);
  for (const line of text.split("\n")) {
    const [word, ...rest] = line.trim().split(/[ \t]+/);
    if (!word || word.startsWith("#")) continue;
    if (word === "log" && rest.length >= 1) out.logs.push(await key_of(rest[0]));
    else if (word === "witness" && rest.length >= 2 && !known(rest[0])) {
      const key = await key_of(rest[1]);
      if (key.type !== 4) throw new Error("no witness's key");
      out.witnesses.set(rest[0], key);
    } else if (word === "group" && rest.length >= 3 && !known(rest[0])) {
      const [name, number, ...members] = rest;
      const threshold = number === "any" ? 1 : number === "all" ? members.length : Number(number);
      if (!(threshold >= 1 && threshold <= members.length) || !members.every(known) || new Set(members).size !== members.length) throw new Error(line);
      out.groups.set(name, { threshold, members });
    } else if (word === "quorum" && rest.length === 1 && !out.quorum && (rest[0] === "none" || known(rest[0]))) out.quorum = rest[0];
    else throw new Error(line);
  }
  if (!out.quorum) throw new Error("no quorum");
  return out;
}

async function good(key: Key, message: string, signature: Bytes): Promise<boolean> {
  const imported = await crypto.subtle.importKey("raw", key.key as Bytes, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, utf8(message));
}

// The signatures of one key under a note, each after its four bytes of id.
export function signatures(note: string, key: Key): Bytes[] {
  const lines = note.slice(note.lastIndexOf("\n\n") + 2).split("\n").filter((l) => l.startsWith(`— ${key.name} `));
  return lines.map((l) => bytes(l.slice(l.lastIndexOf(" ") + 1))).filter((b) => hex(b.slice(0, 4)) === key.id).map((b) => b.slice(4));
}
export const body_of = (note: string): string => note.slice(0, note.lastIndexOf("\n\n") + 1);

// Throws for a line of a known key that is wrong: then the note is worth nothing.
export async function signed_by_log(note: string, key: Key): Promise<boolean> {
  const found = signatures(note, key);
  for (const one of found) if (!(await good(key, body_of(note), one))) throw new Error("wrong signature");
  return found.length > 0;
}
async function cosigned(note: string, key: Key): Promise<boolean> {
  const found = signatures(note, key);
  for (const one of found) {
    if (one.length !== 72 || one[0] > 0x7f) throw new Error("wrong cosignature");
    const seconds = one.slice(0, 8).reduce((n, b) => n * 256n + BigInt(b), 0n);
    if (!(await good(key, `cosignature/v1\ntime ${seconds}\n${body_of(note)}`, one.slice(8)))) throw new Error("wrong cosignature");
  }
  return found.length > 0;
}

export async function meets(policy: Policy, note: string): Promise<boolean> {
  const there = new Map<string, boolean>();
  for (const [name, key] of policy.witnesses) there.set(name, await cosigned(note, key));
  for (const [name, group] of policy.groups)
    there.set(name, group.members.filter((m) => there.get(m)).length >= group.threshold);
  return policy.quorum === "none" || there.get(policy.quorum) === true;
}
