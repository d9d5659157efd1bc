// A C2SP signed note in the browser: keys and what they signed, with its own SHA-256 and Ed25519.
export type Bytes = Uint8Array<ArrayBuffer>;

// One spelling: no white space, padded, unused bits zero. Throws for any other; so does every other reader of a receipt.
export function bytes(base64: string): Bytes {
  const binary = atob(base64);
  if (btoa(binary) !== base64) throw new Error("not canonical base64");
  return Uint8Array.from(binary, (c) => c.charCodeAt(0));
}
export const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;
export const equal = (a: Bytes, b: Bytes) => a.length === b.length && a.every((x, i) => x === b[i]);
const hex = (all: Bytes) => [...all].map((b) => b.toString(16).padStart(2, "0")).join("");

export interface Key { name: string; id: string; type: number; key: Bytes }

export async function key_of(vkey: string): Promise<Key> {
  const [, name, id, coded] = vkey.match(/^([^+ ]+)\+([0-9a-f]{8})\+(.+)$/) ?? [];
  if (!name) throw new Error("no key");
  const typed = bytes(coded);
  // Another algorithm's key may have as many bytes.
  if (typed.length !== 33 || (typed[0] !== 1 && typed[0] !== 4)) throw new Error("no key");
  const whole = new Uint8Array([...utf8(`${name}\n`), ...typed]);
  if (hex(new Uint8Array(await crypto.subtle.digest("SHA-256", whole)).slice(0, 4)) !== id) throw new Error("no key");
  return { name, id, type: typed[0], key: typed.slice(1) };
}

export async function good(key: Key, message: string, signature: Bytes): Promise<boolean> {
  const imported = await crypto.subtle.importKey("raw", key.key as Bytes, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, utf8(message));
}

const form = /^\u2014 ([^\p{White_Space}\u0000-\u001f+]+) (.+)$/u, control = /[\u0000-\u0009\u000b-\u001f]/;

// The signatures of one key under a note, each after its four bytes of id. Throws where a line is none, a stranger's too.
export function signatures(note: string, key: Key): Bytes[] {
  const lines = note.slice(note.lastIndexOf("\n\n") + 2).split("\n");
  if (lines.pop() !== "" || lines.length === 0 || lines.length > 64 || control.test(note)) throw new Error("no signed note");
  const out: Bytes[] = [];
  for (const line of lines) {
    const [, name, coded] = form.exec(line) ?? [];
    const whole = name ? bytes(coded) : new Uint8Array();
    if (whole.length <= 4) throw new Error("no signed note");
    if (name === key.name && hex(whole.slice(0, 4)) === key.id) out.push(whole.slice(4));
  }
  return out;
}
export const body_of = (note: string): string => note.slice(0, note.lastIndexOf("\n\n") + 1);

// Throws for a line of a known key that is wrong: then the note is worth nothing.
export async function signed_by_log(note: string, key: Key): Promise<boolean> {
  const found = signatures(note, key);
  for (const one of found) if (!(await good(key, body_of(note), one))) throw new Error("wrong signature");
  return found.length > 0;
}

// Of the key in its text form: true, false, or null where this browser has no Ed25519.
export async function signed(note: string, vkey: string): Promise<boolean | null> {
  let key: Key;
  try {
    key = await key_of(vkey);
  } catch {
    return false;
  }
  try {
    await crypto.subtle.importKey("raw", key.key as Bytes, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return null;
  }
  try {
    return await signed_by_log(note, key);
  } catch {
    return false;
  }
}
