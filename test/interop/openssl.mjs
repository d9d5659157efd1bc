// The fourth judge: every hash by `openssl dgst`, every signature by `openssl pkeyutl`, and around them a reader of notes and
// proofs of its own. Proofs are judged by running their definitions (RFC 9162 section 2.1, draft-ietf-plants-merkle-tree-certs
// section 4) backwards. A judgement is a generator that yields what it wants hashed (one or several) or verified, so that
// one process hashes for many.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

function key_of(vkey) {
  const [name, id, ...coded] = vkey.split("+");
  return { name, id, typed: Buffer.from(coded.join("+"), "base64") };
}

// A text read as C2SP's signed-note says: its body, the signatures of this key, and how it is written: "strict",
// "loose" (unused bits of base64 are set: the same bytes, spelled otherwise), or "malformed".
export function opened(content, vkey) {
  const none = { form: "malformed", body: "", signatures: [] };
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return none;
  }
  const blank = text.lastIndexOf("\n\n"), { name, id } = key_of(vkey), signatures = [];
  if (blank < 0 || !text.endsWith("\n") || /[\x00-\x09\x0b-\x1f]/.test(text)) return none;
  let form = "strict";
  for (const line of text.slice(blank + 2, -1).split("\n")) {
    const [, by, coded] = /^— ([^\s+]+) ((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(line) ?? [];
    const bytes = Buffer.from(coded ?? "", "base64");
    if (bytes.length < 5) return none;
    if (bytes.toString("base64") !== coded) form = "loose";
    if (by === name && bytes.subarray(0, 4).toString("hex") === id) signatures.push(bytes.subarray(4));
  }
  return { form, body: text.slice(0, blank + 1), signatures };
}

const raw = (field) => (field === "-" ? Buffer.alloc(0) : Buffer.from(field, "base64"));
const pieces = (bytes) => Array.from({ length: Math.ceil(bytes.length / 32) }, (_, i) => bytes.subarray(i * 32, i * 32 + 32));
const proof_of = (field) => (field === "-" ? [] : field.split(",").map(raw));
const all32 = (...hashes) => hashes.every((h) => h.length === 32);
const same = (a, b) => Boolean(a && b) && a.equals(b);
const node = (left, right) => ({ hash: Buffer.concat([Buffer.from([1]), left, right]) });
const leaf_of = (entry) => ({ hash: Buffer.concat([Buffer.from([0]), entry]) });
const pem = (spki) => `-----BEGIN PUBLIC KEY-----\n${spki.toString("base64")}\n-----END PUBLIC KEY-----\n`;
const nothing = { hash: Buffer.alloc(0) };
function split(n) {  // the largest power of two below n
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

// The root that the proof makes of this leaf in a tree of n; nothing where the proof is too long or too short.
function* included(index, n, leaf, proof) {
  if (n === 1 || proof.length === 0) return n === 1 && proof.length === 0 ? leaf : null;
  const k = split(n), last = proof.at(-1), rest = proof.slice(0, -1);
  const below = yield* index < k ? included(index, k, leaf, rest) : included(index - k, n - k, leaf, rest);
  return below && (yield index < k ? node(below, last) : node(last, below));
}

// The hash of the subtree and the root, as the proof makes them; `known`: the subtree's hash stands for its part.
function* unfolded(start, end, n, known, proof) {
  if (start === 0 && end === n) {
    if (known) return proof.length === 0 ? [known, known] : null;
    return proof.length === 1 ? [proof[0], proof[0]] : null;
  }
  if (proof.length === 0) return null;
  const k = split(n), last = proof.at(-1), rest = proof.slice(0, -1), left = end <= k;
  const below = yield* left ? unfolded(start, end, k, known, rest) : k <= start
    ? unfolded(start - k, end - k, n - k, known, rest) : unfolded(0, end - k, n - k, null, rest);
  if (!below) return null;
  const sub = left || k <= start ? below[0] : yield node(last, below[0]);
  return [sub, yield left ? node(below[1], last) : node(last, below[1])];
}

function aligned(start, end) {
  let width = 1;
  while (width < end - start) width *= 2;
  return 0 <= start && start < end && start % width === 0;
}

function* inclusion([, index, start, end, leaf, root, proof]) {
  const path = proof_of(proof), at = Number(index), from = Number(start), to = Number(end);
  if (!Number.isSafeInteger(at) || !Number.isSafeInteger(to) || !all32(raw(leaf), raw(root), ...path)) return false;
  return aligned(from, to) && from <= at && at < to && same(yield* included(at - from, to - from, raw(leaf), path), raw(root));
}

function* consistency([, start, end, size, sub, root, proof]) {
  const path = proof_of(proof), from = Number(start), to = Number(end), n = Number(size);
  if (!Number.isSafeInteger(n) || !all32(raw(sub), raw(root), ...path) || from < 0 || to > n) return false;
  if (from === to) return path.length === 0 && same(yield nothing, raw(sub));  // the vectors' word
  const made = aligned(from, to) ? yield* unfolded(from, to, n, raw(sub), path) : null;
  return Boolean(made) && same(made[0], raw(sub)) && same(made[1], raw(root));
}

function* growth([, from, to, old, root, proof]) {
  if (from === to) return proof === "-" && all32(raw(old)) && old === root && (from !== "0" || same(yield nothing, raw(old)));
  return Number(from) > 0 && (yield* consistency(["sc", 0, from, to, old, root, proof]));
}

function* signature([, key, message, sig]) {
  return yield { verify: [raw(key), raw(message), raw(sig)] };
}

function* signed_note([, vkey, content]) {
  const { form, body, signatures } = opened(raw(content), vkey), { name, id, typed } = key_of(vkey), key = typed.subarray(1);
  const wanted = yield { hash: Buffer.concat([Buffer.from(`${name}\n`), typed]) };
  if (form !== "strict" || signatures.length === 0 || typed.length !== 33 || wanted.subarray(0, 4).toString("hex") !== id) return false;
  for (const one of signatures) {
    if (typed[0] !== 1 && (typed[0] !== 4 || one.length !== 72)) return false;
    const message = typed[0] === 1 ? body : `cosignature/v1\ntime ${one.readBigUInt64BE()}\n${body}`;
    if (!(yield { verify: [key, Buffer.from(message), typed[0] === 1 ? one : one.subarray(8)] })) return false;
  }
  return true;
}

// Level by level; a node without a neighbour rises as it is.
function* root_of(leaves) {
  let level = leaves;
  while (level.length > 1) {
    const odd = level.length % 2 ? [level.at(-1)] : [];
    const pairs = Array.from({ length: level.length >> 1 }, (_, i) => node(level[2 * i], level[2 * i + 1]));
    level = [...(yield pairs), ...odd];
  }
  return level[0] ?? (yield nothing);
}

function* log(fields) {
  const [, vkey, content, hashes, level1, entries] = fields;
  if (!(yield* signed_note(fields))) return false;
  const { body } = opened(raw(content), vkey), leaves = pieces(raw(hashes)), { name, typed } = key_of(vkey);
  const [, origin, size, root] = /^(.+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/]{43}=)\n$/.exec(body) ?? [];
  if (!origin || !all32(...leaves) || Number(size) > leaves.length || (typed[0] === 1 && name !== origin)) return false;
  let rest = raw(entries);
  if (rest.length === 0 && Number(size) !== leaves.length) return false;
  if (rest.length) {
    const read = [];
    while (read.length < leaves.length) {
      const end = rest.length < 2 ? 0 : 2 + rest.readUInt16BE();
      if (end === 0 || end > rest.length) return false;
      read.push(rest.subarray(2, end));
      rest = rest.subarray(end);
    }
    const made = yield read.map(leaf_of);
    if (rest.length || !made.every((hash, i) => hash.equals(leaves[i]))) return false;
  }
  const tops = [];
  for (let at = 0; at + 256 <= leaves.length; at += 256) tops.push(yield* root_of(leaves.slice(at, at + 256)));
  return Buffer.concat(tops).equals(raw(level1)) && same(yield* root_of(leaves.slice(0, Number(size))), raw(root));
}

function* certificates([, hashes, data]) {
  const bytes = raw(data);
  let at = 0;
  const vector = (prefix) => at + prefix <= bytes.length && (at += prefix + bytes.readUIntBE(at, prefix)) <= bytes.length;
  for (const leaf of pieces(raw(hashes))) {
    const begin = at, precertificate = bytes.length >= at + 10 && bytes.readUInt16BE(at + 8) === 1;
    at += precertificate ? 42 : 10;
    if (!vector(3) || !vector(2)) return false;
    const entry = bytes.subarray(begin, at);
    if ((precertificate && !vector(3)) || !vector(2)) return false;  // not hashed
    if (!same(yield leaf_of(Buffer.concat([Buffer.alloc(2), entry])), leaf)) return false;
  }
  return at === bytes.length;
}

const kinds = {
  i: ([, index, size, ...rest]) => inclusion(["si", index, 0, size, ...rest]),
  c: growth,
  si: inclusion,
  sc: consistency,
  s: signature,
  n: signed_note,
  l: log,
  t: certificates,
};

export class OpenSSL {
  #known = new Map();  // what was asked once
  constructor(scratch) {
    this.folder = join(scratch, "openssl");
    mkdirSync(this.folder);
  }

  // A sign for each line: "1", "0", or "-" for an empty message, which `pkeyutl -rawin` of OpenSSL 3.0 cannot read.
  all(lines) {
    const verdicts = lines.map((line) => (/^s \S+ - /.test(line) ? "-" : ""));
    let going = lines.map((line, i) => ({ i, judgement: kinds[line.split(" ")[0]](line.split(" ")) })).filter(({ i }) => verdicts[i] === "");
    while (going.length) {
      const hashes = new Map(), signatures = new Map();
      for (const one of going) {
        const { done, value } = one.judgement.next(one.answer);
        if (done) verdicts[one.i] = value ? "1" : "0";
        one.wants = done ? [] : [value].flat().map((wants) => {
          const name = (wants.verify ?? [wants.hash]).map((part) => part.toString("base64")).join(" ");
          if (!this.#known.has(name)) (wants.verify ? signatures : hashes).set(name, wants);
          return name;
        });
        one.many = Array.isArray(value);
      }
      this.#hash([...hashes]);
      this.#verify([...signatures]);
      going = going.filter(({ i }) => verdicts[i] === "");
      for (const one of going) {
        const answers = one.wants.map((name) => this.#known.get(name));
        one.answer = one.many ? answers : answers[0];
      }
    }
    return verdicts.join("");
  }

  // `openssl dgst -r` writes a line for each file.
  #hash(all) {
    for (let begin = 0; begin < all.length; begin += 1000) {
      const part = all.slice(begin, begin + 1000), files = part.map(([, { hash }], i) => this.#file(`h${i}`, hash));
      this.#lines(part, "openssl", "dgst", "-sha256", "-r", ...files).forEach((line, i) => this.#known.set(part[i][0], Buffer.from(line.slice(0, 64), "hex")));
    }
  }

  // A process for each, started by a shell: this program is large, and costly to fork.
  #verify(all) {
    if (all.length === 0) return;
    all.forEach(([, { verify: [key, message, signature] }], i) => {
      this.#file(`k${i}`, pem(Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), key])));
      this.#file(`m${i}`, message);
      this.#file(`s${i}`, signature);
    });
    const each = `i=0; while [ $i -lt ${all.length} ]; do openssl pkeyutl -verify -pubin -rawin -inkey k$i -in m$i -sigfile s$i >/dev/null 2>&1; echo $?; i=$((i + 1)); done`;
    this.#lines(all, "sh", "-c", each).forEach((code, i) => {
      if (code !== "0" && code !== "1") throw new Error(`openssl pkeyutl ended with ${code}`);
      this.#known.set(all[i][0], code === "0");
    });
  }

  ecdsa(spki, message, signature) {
    return this.#run("openssl", "dgst", "-sha256", "-verify", this.#file("key.pem", pem(spki)), "-signature", this.#file("signature", signature), this.#file("message", message)).status === 0;
  }

  #run(program, ...args) {
    const done = spawnSync(program, args, { cwd: this.folder, maxBuffer: 1 << 26 });
    if (done.error) throw done.error;
    return done;
  }
  #lines(asked, ...command) {
    const out = this.#run(...command).stdout.toString().trimEnd().split("\n");
    if (out.length !== asked.length) throw new Error(`${command.slice(0, 2).join(" ")} wrote ${out.length} lines for ${asked.length}`);
    return out;
  }
  #file(name, content) {
    writeFileSync(join(this.folder, name), content);
    return name;
  }
}
