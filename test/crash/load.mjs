// Full load by clients that trust nobody: messages, votes, staff's acts, ballots. Each act is kept with what was answered
// to it, so that it can be sent again, as it was, when nothing was answered.
import http from "node:http";
import { Person } from "../browser/world.mjs";

// The same choices for the same seed (xorshift32).
export function chance(seed) {
  let x = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return (below) => {
    x ^= x << 13; x ^= x >>> 17; x ^= x << 5;
    return (x >>> 0) % below;
  };
}

// True once a trial has had its time: TORTURE_MINUTES, without which it has all it needs, or Ctrl-C.
const until = Date.now() + Number(process.env.TORTURE_MINUTES || 1e6) * 60_000;
let interrupted = false;
process.once("SIGINT", () => (interrupted = true));
export const time_is_up = () => interrupted || Date.now() > until;

const kinds = { voice: "voice.received", votes: "dialogue.votes_cast", vote: "dialogue.votes_cast", staff: "voice.assigned", ballot: null };

// What was sent so far and what is known of it. An act: {kind, number, path, headers, body, done, receipt, about}.
export class Journal {
  constructor(office, seed) {
    Object.assign(this, { office, pick: chance(seed), run: `${process.pid}-${seed}-${Date.now()}`, number: 0, codes: [...(office?.codes ?? [])] });
    this.acts = [];       // since the last check
    this.unassigned = []; // ids of messages that nobody has got yet
    this.done = new Map(); // by kind of entry, and "ballot"
    this.refused = new Map();
    this.again = new Set(); // what Retry-After said
    this.acknowledged = 0;
  }

  make(kind) {
    const number = this.number++, key = `trial-${this.run}-${number}`;
    const json = (path, body) => ({ kind, number, path, headers: { "Content-Type": "application/json", "Idempotency-Key": key }, body: JSON.stringify(body) });
    const votes = (n) => Array.from({ length: n }, (_, i) => ({ statement: this.office.statements[i], vote: ["agree", "disagree", "pass"][this.pick(3)] }));
    const ballots = () => `/api/v1/dialogues/${this.office.dialogue}/votes`;
    const participant = `person-of-the-trial-${this.pick(5000)}`;
    switch (kind) {
      case "votes": return json(ballots(), { participant, votes: votes(this.office.statements.length) });
      case "vote": return json(ballots(), { participant, ...votes(1)[0] });
      case "ballot": return json(`/api/v1/reviews/${this.office.review}/ballots`, { code: this.codes.pop(), answers: [1 + this.pick(5), this.pick(6)] });
      default: return json("/api/v1/voices", { kind: "suggestion", lang: "en", text: `Nothing is lost, number ${number} of ${this.run}` });
    }
  }

  // Takes what was answered; false when nothing was.
  settle(act, { status, text, again }) {
    if (again) this.again.add(again);
    const spent = act.kind === "ballot" && status === 422 && text.includes("review.code_spent");
    const repeated = act.kind === "voice" && status === 200; // as the API says it of a message it has already
    if (status === 201 || repeated || spent || (act.kind === "staff" && status === 303)) {
      act.done = true;
      if (act.kind !== "ballot" && act.kind !== "staff") act.receipt = JSON.parse(text).receipt;
      if (act.kind === "voice") this.unassigned.push(act.receipt.index);
      const counted = kinds[act.kind] ?? act.kind;
      this.done.set(counted, (this.done.get(counted) ?? 0) + 1);
      this.acknowledged += 1;
      return true;
    }
    act.again = Number(again ?? 1);
    act.said = text.slice(0, 300);
    this.refused.set(status, (this.refused.get(status) ?? 0) + 1);
    return status !== 0;
  }
}

export class Client {
  constructor(base, journal, connections = 32) {
    this.base = base;
    this.journal = journal;
    this.patience = 20_000; // milliseconds
    this.agent = new http.Agent({ keepAlive: true, maxSockets: connections + 4 });
    this.connections = connections;
  }

  request(method, path, headers = {}, body = undefined) {
    return new Promise((resolve) => {
      const out = http.request(this.base + path, { method, agent: this.agent, timeout: this.patience, headers: body === undefined ? headers : { ...headers, "Content-Length": Buffer.byteLength(body) } }, (answer) => {
        const chunks = [];
        answer.on("data", (d) => chunks.push(d));
        answer.on("end", () => { const bytes = Buffer.concat(chunks); resolve({ status: answer.statusCode, bytes, text: bytes.toString(), again: answer.headers["retry-after"] }); });
        answer.on("error", (error) => resolve({ status: 0, text: `broken off: ${error.code}` }));
        answer.on("aborted", () => resolve({ status: 0, text: "broken off" }));
      });
      out.on("timeout", () => out.destroy(new Error(`no answer in ${this.patience} ms`)));
      out.on("error", (error) => resolve({ status: 0, text: error.code ?? error.message }));
      out.end(body);
    });
  }

  async send(act) {
    act.sent ??= Date.now();
    const answer = await this.request("POST", act.path, act.headers, act.body);
    act.answered = Date.now();
    act.status = answer.status;
    return this.journal.settle(act, answer);
  }

  // One new act; false when nobody answers any more.
  async act(kind) {
    const { journal } = this;
    if (kind === "ballot" && !journal.codes.length) kind = "voice";
    if (kind === "staff") return this.assign();
    const act = journal.make(kind);
    journal.acts.push(act);
    return this.send(act);
  }

  // A clerk hands a message to a unit, by the form on its page.
  async assign() {
    const { journal } = this, { staff } = journal.office;
    const id = journal.unassigned.shift();
    if (id === undefined) return this.act("voice");
    const clerk = (journal.clerk ??= new Person(this.base));
    clerk.base = new URL(this.base);
    try {
      if (!clerk.cookies.has("session")) await clerk.sign_in(staff.clerk);
      const page = await clerk.request("GET", `/desk/voices/${id}/assign`);
      if (page.status !== 200 || !clerk.saved.once) throw new Error(`the form is answered ${page.status}`);
    } catch (error) {
      journal.unassigned.unshift(id);
      this.failed = error;
      return false;
    }
    const body = new URLSearchParams({ csrf: clerk.saved.csrf ?? "", once: clerk.saved.once ?? "", unit: staff.saved.roads, officer: staff.saved.officer_id }).toString();
    const cookie = [...clerk.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
    const act = { kind: "staff", number: journal.number++, path: `/desk/voices/${id}/assign`, about: id, body, headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: new URL(this.base).origin, Cookie: cookie } };
    journal.acts.push(act);
    return this.send(act);
  }

  // Sends until stop() or until nobody answers.
  start(kinds = ["voice", "voice", "voice", "votes", "vote", "voice"]) {
    let going = true;
    const worker = async (choose) => {
      while (going) {
        const before = this.journal.acknowledged;
        if (!(await this.act(choose()))) return;
        if (this.journal.acknowledged === before) await new Promise((r) => setTimeout(r, 20));
      }
    };
    const workers = Array.from({ length: this.connections }, () => worker(() => kinds[this.journal.pick(kinds.length)]));
    if (this.journal.office) workers.push(worker(() => "staff"), worker(() => "ballot"));
    this.stop = async () => { going = false; await Promise.all(workers); };
  }

  // Everything that was sent and not acknowledged, once more: each act must be there once afterwards, whatever became
  // of it the first time.
  async send_again() {
    const open = this.journal.acts.filter((a) => !a.done);
    for (const act of open) act.headers.Origin &&= new URL(this.base).origin;
    let next = 0;
    await Promise.all(Array.from({ length: 16 }, async () => {
      while (next < open.length) {
        const act = open[next++];
        for (let tries = 0; !act.done && tries < 5; ++tries) {
          await this.send(act);
          // Sixteen at once may be more than one client may send: then it comes back when it is told to.
          if (act.status === 429) tries -= 1, await new Promise((r) => setTimeout(r, 1000 * act.again));
          else if (!act.done) await new Promise((r) => setTimeout(r, 100));
        }
      }
    }));
    return open.filter((a) => !a.done);
  }

  close() {
    this.agent.destroy();
  }
}
