// Every call by which the program touches the disk fails once, or the program is killed in it: while it starts, at the
// first message, votes, a ballot, staff's act, receipt, checkpoint, an erasure and the end; in a backup; in an upgrade.
// Then it is started without the fault, and judged. A sync that failed is never acknowledged, nor anything after it.
//   SYSCALL_POINTS (600; 0: all there are), SYSCALL_KINDS (serving,backup,upgrade), SYSCALL_CALLS (all), SYSCALL_SEED,
// SYSCALL_ONLY ("serving, fdatasync 8 EIO", as it stands beside what is wrong), TORTURE_MINUTES: ends after so many, OFFICE_FOLDER: where the office is kept for the next time
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programs } from "../requests/program.mjs";
import { Person } from "../browser/world.mjs";
import { in_folder } from "../erasure/disk.mjs";
import { make_older_place } from "../upgrade/older.mjs";
import { Judge } from "../crash/judge.mjs";
import { Client, Journal, chance, time_is_up } from "../crash/load.mjs";
import { copy_of, office } from "../crash/office.mjs";

const wanted = Number(process.env.SYSCALL_POINTS ?? 600);
const seed = Number(process.env.SYSCALL_SEED ?? Date.now() % 2 ** 31);
const calls = (process.env.SYSCALL_CALLS ?? "openat,write,writev,pwrite64,pwritev,fsync,fdatasync,rename,renameat,renameat2,ftruncate,close").split(",");
const hows = { EIO: "error=EIO", ENOSPC: "error=ENOSPC", killed: "signal=KILL" };
const names = (process.env.SYSCALL_KINDS ?? "serving,backup,upgrade").split(",");
const pick = chance(seed);
const scratch = mkdtempSync(join(tmpdir(), "huiyin-syscalls-"));
const trace = join(scratch, "trace");
const marker = "Quincunx Xylophonquartz Windermere";
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

const tracer = (point) => ["strace", "-D", "-f", "-qq", "--seccomp-bpf", "-ttt", "-y", "-o", trace, "-e", `trace=${point ? point.call : calls.join(",")}`, ...(point ? ["-e", `inject=${point.call}:${hows[point.how]}:when=${point.number}`] : [])];
const huiyin = (under, ...words) => {
  const [command, ...rest] = [...under, join(programs, "huiyin"), ...words];
  return spawnSync(command, rest, { encoding: "utf8", timeout: 60_000 });
};

// The office with two people signed in and an erasure that waits for its second, so that no trial need hash a password.
async function prepare() {
  const from = await office(scratch, 0, process.env.OFFICE_FOLDER);
  const program = copy_of(from), journal = new Journal(from, seed), judge = new Judge();
  const client = new Client(await program.serve(), journal);
  const act = journal.make("voice");
  act.body = JSON.stringify({ ...JSON.parse(act.body), text: marker });
  await client.send(act);
  const { clerk, moderator } = await sign_in(client.base, from.staff);
  const erasure = await clerk.send("/erasures", { targets: String(act.receipt.index), basis: "personal_data" }, "/erasures/new");
  await judge.begin(client);
  await program.stop();
  client.close();
  return { office: { ...from, data: program.data }, program, judge, erasure, cookies: cookies_of({ clerk, moderator }), signed_in: Date.now() };
}

async function sign_in(base, staff) {
  const out = {};
  for (const who of ["clerk", "moderator"]) await (out[who] = new Person(base)).sign_in(staff[who]);
  return out;
}
const cookies_of = (people) => Object.fromEntries(Object.entries(people).map(([who, one]) => [who, [...one.cookies]]));

// Sessions end after half an hour without use, and each trial begins with those of the office.
async function stay_signed_in(world) {
  if (Date.now() - world.signed_in < 15 * 60_000) return;
  world.cookies = cookies_of(await sign_in(await world.program.serve(), world.office.staff));
  await world.program.stop();
  world.signed_in = Date.now();
}

// One copy of the office, before, in and after a fault.
class Trial {
  constructor(world) {
    this.world = world;
    this.program = copy_of(world.office);
    this.journal = new Journal(world.office, seed);
    this.judge = world.judge.copy();
    this.wrong = [];
  }
  async up(under) {
    this.program.options.under = under;
    const before = this.program.log.length;
    let over = false;
    const mute = async () => {
      // When the very line with its address could not be written, nobody can find it.
      while (!over && !this.program.log.slice(before).includes('"event":"serving"')) await sleep(50);
      await sleep(3000);
      throw new Error("its address was not written");
    };
    const base = await Promise.race([this.program.serve(), mute()]).finally(() => (over = true));
    this.client = new Client(base, this.journal);
    this.client.patience = under.length ? 20_000 : 120_000; // a machine that others use is slow, and that is no fault
    this.moderator = this.person("moderator");
    this.journal.clerk = this.person("clerk");
  }
  person(who) {
    const one = new Person(this.client.base);
    one.cookies = new Map(this.world.cookies[who]);
    return one;
  }
  page = async () => (await this.moderator.request("GET", `/erasures/${this.world.erasure}`, { "Accept-Language": "en" })).body;
  approve = () => this.moderator.form(`/erasures/${this.world.erasure}/approve`, {}, `/erasures/${this.world.erasure}`);
  async gone(ms) {
    for (const until = Date.now() + ms; Date.now() < until; await sleep(50))
      if ((await this.page()).includes("have been gone from every file")) return true;
    return false;
  }
  async down() {
    const child = this.program.process;
    if (child) await Promise.race([this.program.stop(), sleep(8000)]);
    await this.program.stop("SIGKILL");
    this.client?.close();
  }
}

const scenarios = {
  async serving(trial, under) {
    try {
      await trial.up(under);
      for (const kind of ["voice", "votes", "vote", "voice", "ballot", "staff", "voice"]) await trial.client.act(kind);
      await trial.client.request("GET", "/log/checkpoint");
      await trial.client.request("GET", `/api/v1/ledger/receipts/${trial.judge.tree.size}`);
      await Promise.race([trial.approve().then(() => trial.gone(2500)), sleep(5000)]);
      await trial.client.act("voice");
    } catch (error) {
      trial.said = error.message; // it did not start, or it ended in the middle
    }
    await trial.down();
  },
  async backup(trial, under) {
    const to = join(trial.program.folder, "backup"), words = ["backup", "--data", trial.program.data, "--to", to];
    const first = huiyin(under, ...words), verify = huiyin([], ...words);
    if (verify.status !== 0) trial.wrong.push(`the backup after it: ${verify.stderr}`);
    const at = join(trial.program.folder, "restored"), restored = huiyin([], "restore", "--from", to, "--data", at);
    if (restored.status !== 0) trial.wrong.push(`restoring: ${restored.stderr}`);
    if (first.error || first.status === null) trial.said = "killed";
    rmSync(to, { recursive: true, force: true });
  },
  async upgrade(trial, under) {
    make_older_place(trial.program.data);
    try {
      await trial.up(under);
      await trial.client.act("voice");
    } catch (error) {
      trial.said = error.message;
    }
    await trial.down();
  },
};

// How often each call is made by the thread that makes it most: strace counts for each thread, so one number strikes the
// n-th call of every thread.
async function count(world, name) {
  const trial = new Trial({ ...world, office: name === "upgrade" ? world.plain : world.office, judge: name === "upgrade" ? world.plain_judge : world.judge });
  await scenarios[name](trial, tracer());
  if (trial.said || trial.wrong.length) throw new Error(`${name} without a fault: ${trial.said} ${trial.wrong}\n${trial.program.log.slice(-1000)}`);
  trial.program.remove();
  const most = {}, all = {};
  for (const line of readFileSync(trace, "utf8").split("\n")) {
    const found = line.match(/^(\d+)\s+[\d.]+ (\w+)\(/);
    if (!found) continue;
    const [, thread, call] = found;
    all[call] = (all[call] ?? 0) + 1;
    ((most[call] ??= {})[thread] ??= 0), most[call][thread]++;
  }
  return { all, points: Object.entries(most).flatMap(([call, threads]) => Array.from({ length: Math.max(...Object.values(threads)) }, (_, i) => ({ name, call, number: i + 1 }))) };
}

// Syncs of the ledger that were made to fail, in milliseconds since 1970. Where threads take turns, strace parts a call's
// begin from its end.
function failed_syncs() {
  const out = [], begun = new Map();
  for (const line of readFileSync(trace, "utf8").split("\n")) {
    const [, thread, time, rest] = line.match(/^(\d+)\s+([\d.]+) (.*)$/) ?? [];
    if (!thread) continue;
    if (/sync\(\d+</.test(rest)) begun.set(thread, rest);
    if (rest.includes("(INJECTED)") && begun.get(thread)?.includes("/main.db-wal>")) out.push(Number(time) * 1000);
  }
  return out;
}

async function attempt(world, point, row) {
  const plain = point.name === "upgrade";
  const trial = new Trial({ ...world, office: plain ? world.plain : world.office, judge: plain ? world.plain_judge : world.judge });
  writeFileSync(trace, "");
  try {
    await scenarios[point.name](trial, tracer(point));
    row.injected += /INJECTED|killed by SIGKILL/.test(readFileSync(trace, "utf8")) ? 1 : 0;
    const acknowledged = trial.journal.acts.filter((a) => a.done), silent = trial.journal.acts.filter((a) => a.answered - a.sent > 15_000);
    if (silent.length) row.silent += silent.length, console.log(`# ${point.name}, ${point.call} ${point.number} ${point.how}: no answer to ${silent.map((a) => a.kind)}`);
    row.acknowledged += acknowledged.length;
    const syncs = point.call.endsWith("sync") && point.how !== "killed" ? failed_syncs() : [];
    row.syncs += syncs.length;
    for (const at of syncs)
      for (const act of acknowledged.filter((a) => a.answered >= at)) trial.wrong.push(`act ${act.number} (${act.kind}) was acknowledged ${Math.round(act.answered - at)} ms after a failed sync`);
    const began = performance.now();
    await trial.up([]);
    row.slowest = Math.max(row.slowest, performance.now() - began);
    const unanswered = trial.journal.acts.filter((a) => !a.done);
    await trial.judge.judge(trial.client, trial.journal);
    if (process.env.SYSCALL_ONLY) console.log(unanswered, readFileSync(trace, "utf8").split("\n").slice(-8), trial.program.log, [...trial.judge.counts]);
    if (point.name === "serving") {
      await trial.approve(); // refused when it was recorded
      if (!(await trial.gone(60_000))) trial.wrong.push("the erasure does not end");
      const left = in_folder({ words: Buffer.from(marker) }, trial.program.data);
      if (left.words) trial.wrong.push(`erased words are still in ${[...left.words]}`);
    }
    await trial.down();
    trial.wrong.push(...trial.judge.offline(trial.program.data, trial.journal));
  } catch (error) {
    trial.wrong.push(`${error.stack}\n${trial.program.log.slice(-1200)}`);
  }
  await trial.program.stop("SIGKILL");
  trial.client?.close();
  trial.program.remove();
  row.points += 1;
  const name = `${point.name}, ${point.call} ${point.number} ${point.how}`;
  for (const [column, found] of [["lost", trial.judge.lost], ["duplicated", trial.judge.duplicated], ["inconsistent", trial.wrong]])
    for (const one of found) row[column] += 1, console.log(`    ${name}, ${column}: ${one}`);
}

const rows = new Map();
let failed = 0, world;
try {
  console.log(`# seed ${seed}`);
  world = await prepare();
  world.plain = await office(scratch, 0, process.env.OFFICE_FOLDER);
  const plain = copy_of(world.plain), client = new Client(await plain.serve(), new Journal(world.plain, seed));
  world.plain_judge = new Judge();
  await world.plain_judge.begin(client);
  await plain.stop();
  client.close();
  plain.remove();
  let points = [];
  for (const name of names) {
    const counted = await count(world, name);
    console.log(`# ${name}: ${Object.entries(counted.all).map(([call, n]) => `${call} ${n}`).join(", ")}`);
    points.push(...counted.points.flatMap((p) => Object.keys(hows).map((how) => ({ ...p, how }))));
  }
  console.log(`# ${points.length} points`);
  // Of each call as large a share as of all; what is rare is tried whole.
  if (wanted && points.length > wanted) {
    const share = Math.max(1, Math.floor(wanted / (calls.length * Object.keys(scenarios).length)));
    const keys = points.map((p) => ({ p, order: pick(2 ** 30) })).sort((a, b) => a.order - b.order).map(({ p }) => p);
    const taken = new Map(), first = [], rest = [];
    for (const p of keys) {
      const key = `${p.name} ${p.call}`, n = taken.get(key) ?? 0;
      taken.set(key, n + 1);
      (n < share ? first : rest).push(p);
    }
    points = [...first, ...rest].slice(0, wanted).sort((a, b) => keys.indexOf(a) - keys.indexOf(b));
  }
  if (process.env.SYSCALL_ONLY) points = points.filter((p) => `${p.name}, ${p.call} ${p.number} ${p.how}` === process.env.SYSCALL_ONLY);
  for (const [i, point] of points.entries()) {
    if (time_is_up()) break;
    const key = `${point.name}, ${point.call}`;
    if (!rows.has(key)) rows.set(key, { points: 0, injected: 0, syncs: 0, silent: 0, acknowledged: 0, lost: 0, duplicated: 0, inconsistent: 0, slowest: 0 });
    await stay_signed_in(world);
    await attempt(world, point, rows.get(key));
    if ((i + 1) % 25 === 0) console.log(`# ${i + 1} of ${points.length}; ${[...rows.values()].reduce((n, r) => n + r.lost + r.duplicated + r.inconsistent, 0)} wrong`);
  }
} catch (error) {
  failed += 1;
  console.log(`not ok syscalls: ${error.stack}`);
} finally {
  world?.program.remove();
  rmSync(scratch, { recursive: true, force: true });
}
console.log("\n| while, call | points | faults injected | of these syncs of the ledger | acts without an answer | acknowledged | lost | duplicated | inconsistent | slowest restart ms |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
const sum = { points: 0, injected: 0, syncs: 0, silent: 0, acknowledged: 0, lost: 0, duplicated: 0, inconsistent: 0, slowest: 0 };
for (const [key, r] of [...rows].sort()) {
  console.log(`| ${key} | ${r.points} | ${r.injected} | ${r.syncs} | ${r.silent} | ${r.acknowledged} | ${r.lost} | ${r.duplicated} | ${r.inconsistent} | ${Math.round(r.slowest)} |`);
  for (const k of Object.keys(sum)) sum[k] = k === "slowest" ? Math.max(sum[k], r[k]) : sum[k] + r[k];
}
console.log(`| all | ${sum.points} | ${sum.injected} | ${sum.syncs} | ${sum.silent} | ${sum.acknowledged} | ${sum.lost} | ${sum.duplicated} | ${sum.inconsistent} | ${Math.round(sum.slowest)} |`);
const good = sum.points > 0 && sum.injected > 0 && !sum.lost && !sum.duplicated && !sum.inconsistent;
console.log(`${good ? "ok" : "not ok"} syscalls: ${sum.injected} faults at ${sum.points} points, nothing lost, nothing twice, nothing inconsistent`);
if (!good) failed += 1;
process.exitCode = failed ? 1 : 0;
