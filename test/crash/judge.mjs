// Judges an installation after a fault as somebody from outside can, and as its operator can.
import { createHash } from "node:crypto";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programs } from "../requests/program.mjs";
import { checkpoint, prove } from "./receipts.mjs";

const sha = (...parts) => parts.reduce((h, p) => h.update(p), createHash("sha256")).digest();
const width = 256;
const path_of = (n) => String(n).padStart(Math.ceil(String(n).length / 3) * 3, "0").match(/.{3}/g).map((g, i, all) => (i < all.length - 1 ? `x${g}` : g)).join("/");

// The right edge of an RFC 6962 tree: what was read once can never change or go without the root showing it.
class Tree {
  size = 0;
  edge = [];
  append(leaf) {
    let hash = sha(Buffer.from([0]), leaf);
    for (let n = this.size++; n % 2 === 1; n = (n - 1) / 2) hash = sha(Buffer.from([1]), this.edge.pop(), hash);
    this.edge.push(hash);
  }
  root() {
    return this.edge.length ? this.edge.slice(0, -1).reduceRight((right, left) => sha(Buffer.from([1]), left, right), this.edge.at(-1)) : sha("");
  }
}

export class Judge {
  tree = new Tree();
  counts = new Map(); // entries by kind since begin()
  receipts = new Map(); // of entries not read yet
  seen = new Set();
  heads = new Set();
  lost = [];
  duplicated = [];

  // Another one that has read what this one has.
  copy() {
    const out = new Judge();
    out.vkey = this.vkey;
    out.tree.size = this.tree.size;
    out.tree.edge = [...this.tree.edge];
    return out;
  }

  // Reads the log as it is before the trial.
  async begin(client) {
    this.vkey = (await client.request("GET", "/log/key")).text.trim();
    await this.read_on(client);
    this.counts.clear();
  }

  // From where it stopped to the newest checkpoint, whose root must be that of all leaves ever read.
  async read_on(client) {
    const note = (await client.request("GET", "/log/checkpoint")).text;
    const head = checkpoint(note, this.vkey);
    if (head.size < this.tree.size) throw new Error(`the log had ${this.tree.size} entries and has ${head.size}`);
    while (this.tree.size < head.size) {
      const n = Math.floor(this.tree.size / width), full = Math.min(width, head.size - n * width);
      const answer = await client.request("GET", `/log/tile/entries/${path_of(n)}${full < width ? `.p/${full}` : ""}`);
      if (answer.status !== 200) throw new Error(`entries from ${n * width}: ${answer.status}`);
      let at = 0;
      for (let index = n * width; at < answer.bytes.length; ++index) {
        const length = answer.bytes.readUInt16BE(at), leaf = answer.bytes.subarray(at + 2, at + 2 + length);
        at += 2 + length;
        if (index < this.tree.size) continue;
        this.tree.append(leaf);
        this.take(index, leaf.toString());
      }
    }
    if (!head.root.equals(this.tree.root())) throw new Error(`the root of ${head.size} entries is not that of the entries read`);
    return head;
  }

  take(index, leaf) {
    const { kind } = JSON.parse(leaf);
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    const receipt = this.receipts.get(index);
    if (receipt === undefined) return;
    this.receipts.delete(index);
    if (receipt !== leaf) this.lost.push(`entry ${index} is another one than was acknowledged`);
  }

  // What was acknowledged: each receipt proves its entry, and no two acts got the same one.
  take_receipts(acts) {
    for (const act of acts.filter((a) => a.receipt)) {
      const { receipt } = act;
      prove(receipt, this.vkey, this.heads);
      if (this.seen.has(receipt.index)) this.duplicated.push(`entry ${receipt.index} was acknowledged twice`);
      this.seen.add(receipt.index);
      if (receipt.index < this.tree.size) this.lost.push(`entry ${receipt.index} was acknowledged after it had been read`);
      else this.receipts.set(receipt.index, receipt.leaf);
    }
    if (this.heads.size > 10_000) this.heads.clear();
  }

  // After a fault, with the program running again: what was acknowledged is there; what was not is sent again; then each
  // act is there once. Throws when the log is not what it was.
  async judge(client, journal) {
    const acts = journal.acts.splice(0);
    this.take_receipts(acts);
    const before = [...acts.filter((a) => a.receipt)];
    await this.read_on(client);
    for (const [index] of this.receipts) this.lost.push(`entry ${index} was acknowledged and is gone`);
    this.receipts.clear();
    journal.acts = acts;
    const open = acts.filter((a) => !a.done);
    const never = await client.send_again();
    journal.acts = [];
    for (const act of never) this.lost.push(`act ${act.number} (${act.kind}, ${act.path}) cannot be sent any more: ${act.status} ${act.said}`);
    // Whatever was recorded without an answer has its entry among those read already.
    for (const act of open.filter((a) => a.receipt)) {
      prove(act.receipt, this.vkey, this.heads);
      if (this.seen.has(act.receipt.index)) this.duplicated.push(`entry ${act.receipt.index} was acknowledged to two acts`);
      this.seen.add(act.receipt.index);
    }
    await this.read_on(client);
    for (const [kind, n] of journal.done)
      if (kind !== "ballot" && this.counts.get(kind) !== n) (this.counts.get(kind) > n ? this.duplicated : this.lost).push(`${n} acts of ${kind}, and ${this.counts.get(kind) ?? 0} entries`);
    // A few as their authors would look at them.
    for (let i = 0; i < 5 && before.length; ++i) {
      const { receipt } = before[journal.pick(before.length)];
      const now = await client.request("GET", `/api/v1/ledger/receipts/${receipt.index}`);
      if (now.status !== 200) this.lost.push(`entry ${receipt.index}: ${now.status}`);
      else prove(JSON.parse(now.text), this.vkey);
    }
  }

  // With the program ended: huiyin-verify, and a rebuild from the log that must give the live state; ballots by number.
  offline(data, journal, { rebuild = true } = {}) {
    const bad = [];
    const run = (name, ...words) => spawnSync(join(programs, name), words, { encoding: "utf8", maxBuffer: 1 << 26 });
    const verified = run("huiyin-verify", "--json", "--key", this.vkey, data);
    if (verified.status !== 0) bad.push(`huiyin-verify: ${verified.stdout}${verified.stderr}`);
    if (rebuild) {
      const place = mkdtempSync(join(tmpdir(), "huiyin-rebuilt-"));
      const rebuilt = run("huiyin", "rebuild", "--data", data, "--into", join(place, "again"));
      const [live, again] = rebuilt.stdout.trim().split("\n").map((l) => l.split(/\s+/)[1]);
      if (rebuilt.status !== 0 || live !== again || live?.length !== 64) bad.push(`rebuild: ${rebuilt.stdout}${rebuilt.stderr.slice(-400)}`);
      rmSync(place, { recursive: true, force: true });
    }
    if (journal?.office) {
      const cast = journal.done.get("ballot") ?? 0;
      const found = execFileSync("python3", ["-c", "import sqlite3,sys; db = sqlite3.connect(sys.argv[1]); print(*[db.execute(f'select count(*) from {t} where review = ?', (sys.argv[2],)).fetchone()[0] for t in ('review_box', 'review_spent')])", join(data, "main.db"), String(journal.office.review)], { encoding: "utf8" }).trim();
      if (found !== `${cast} ${cast}`) bad.push(`${cast} ballots were acknowledged; ballots and spent codes there: ${found}`);
    }
    return bad;
  }
}
