// A log of its own, in a few lines: RFC 6962 by its definitions, notes signed with node's Ed25519.
import { createHash, generateKeyPairSync, sign } from "node:crypto";

const sha = (...parts) => parts.reduce((h, p) => h.update(p), createHash("sha256")).digest();
const leaf = (text) => sha(Buffer.from([0]), text);
const node = (l, r) => sha(Buffer.from([1]), l, r);
const split = (n) => { let k = 1; while (k * 2 < n) k *= 2; return k; };

export class Log {
  constructor(origin) {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    this.secret = privateKey;
    this.origin = origin;
    const typed = Buffer.concat([Buffer.from([1]), publicKey.export({ format: "der", type: "spki" }).subarray(-32)]);
    this.id = sha(`${origin}\n`, typed).subarray(0, 4);
    this.vkey = `${origin}+${this.id.toString("hex")}+${typed.toString("base64")}`;
    this.memory = new Map();
  }
  leaves(branch, from, to) { return Array.from({ length: to - from }, (_, i) => leaf(from + i < 3 ? `${from + i}` : `${branch}${from + i}`)); }
  root(branch, from, to) {
    const name = `${branch} ${from} ${to}`;
    if (!this.memory.has(name)) {
      const k = split(to - from);
      this.memory.set(name, to - from === 1 ? this.leaves(branch, from, to)[0] : node(this.root(branch, from, from + k), this.root(branch, from + k, to)));
    }
    return this.memory.get(name);
  }
  // RFC 6962, section 2.1.2.
  proof(branch, m, from, to, whole = true) {
    const n = to - from;
    if (m === n) return whole ? [] : [this.root(branch, from, to)];
    const k = split(n);
    return m <= k ? [...this.proof(branch, m, from, from + k, whole), this.root(branch, from + k, to)]
      : [...this.proof(branch, m - k, from + k, to, false), this.root(branch, from, from + k)];
  }
  note(branch, size) {
    const body = `${this.origin}\n${size}\n${this.root(branch, 0, size).toString("base64")}\n`;
    const line = Buffer.concat([this.id, sign(null, Buffer.from(body), this.secret)]).toString("base64");
    return `${body}\n— ${this.origin} ${line}\n`;
  }
  request(branch, old, size) {
    const proof = old === 0 ? [] : this.proof(branch, old, 0, size);
    return `old ${old}\n${proof.map((h) => `${h.toString("base64")}\n`).join("")}\n${this.note(branch, size)}`;
  }
}
