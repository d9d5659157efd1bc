// What a reader does who trusts neither log nor program: checks a note by a policy, with node's WebCrypto alone.
import { webcrypto } from "node:crypto";

const { subtle } = webcrypto;

// "<name>+<hex id>+<base64(type || key)>"
function key_of(vkey) {
  const [, name, id, coded] = vkey.match(/^([^+]+)\+([0-9a-f]{8})\+(.+)$/);
  const typed = Buffer.from(coded, "base64");
  return { name, id, type: typed[0], key: typed.subarray(1) };
}

async function good(key, message, signature) {
  const imported = await subtle.importKey("raw", key.key, { name: "Ed25519" }, false, ["verify"]);
  return subtle.verify("Ed25519", imported, signature, message);
}

function lines_of(note, key) {
  const end = note.lastIndexOf("\n\n");
  return note.slice(end + 2).split("\n").filter((l) => l.startsWith(`— ${key.name} `))
    .map((l) => Buffer.from(l.slice(l.lastIndexOf(" ") + 1), "base64"))
    .filter((b) => b.subarray(0, 4).toString("hex") === key.id).map((b) => b.subarray(4));
}

export async function log_signed(note, vkey) {
  const key = key_of(vkey), body = Buffer.from(note.slice(0, note.lastIndexOf("\n\n") + 1));
  const found = lines_of(note, key);
  return found.length > 0 && (await Promise.all(found.map((s) => good(key, body, s)))).every(Boolean);
}

// The time at which a witness cosigned, or null; throws for a wrong line of its key.
export async function cosigned(note, vkey) {
  const key = key_of(vkey), body = note.slice(0, note.lastIndexOf("\n\n") + 1);
  if (key.type !== 4) throw new Error(`no witness's key: ${vkey}`);
  let at = null;
  for (const line of lines_of(note, key)) {
    const seconds = line.readBigUInt64BE(0);
    if (line.length !== 72 || !(await good(key, Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`), line.subarray(8)))) throw new Error(`${key.name} did not sign that`);
    at = Number(seconds);
  }
  return at;
}

// Policies of the one shape that /log/policy has: how many of its witnesses signed, how many are asked for.
export async function judge(policy, note) {
  const lines = policy.trim().split("\n").map((l) => l.split(" "));
  const log = lines.find((l) => l[0] === "log")[1];
  const group = lines.find((l) => l[0] === "group");
  const times = [];
  for (const [word, , vkey] of lines) if (word === "witness") times.push(await cosigned(note, vkey));
  const have = times.filter((t) => t !== null);
  return { by_log: await log_signed(note, log), have: have.length, need: Number(group[2]), times: have };
}

// "c2sp.org/tlog-proof@v1"; extra data is not signed and not looked at.
export function proof_file(text) {
  const at = text.indexOf("\n\n");
  const [first, ...rest] = text.slice(0, at).split("\n");
  if (rest[0]?.startsWith("extra ")) rest.shift();
  const [index, ...hashes] = rest;
  if (first !== "c2sp.org/tlog-proof@v1" || !index.startsWith("index ")) throw new Error("no proof file");
  return { index: Number(index.slice(6)), proof: hashes, checkpoint: text.slice(at + 2) };
}
