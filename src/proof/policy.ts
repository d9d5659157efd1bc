// In the browser: whether enough witnesses signed a note. C2SP tlog-policy and tlog-cosignature (type 04). Lines that this
// does not know make the policy unreadable: an error, never a yes.
import { body_of, good, type Key, key_of, signatures } from "./note";

export interface Policy { logs: Key[]; witnesses: Map<string, Key>; groups: Map<string, { threshold: number; members: string[] }>; quorum: string }

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
