// The disk fills up under full load, at a start, during a backup, during an erasure: writes are refused with 507 and
// nothing else, pages go on being read, and when there is space again writing goes on within five seconds, without a
// restart; every acknowledged act is there, once.
//   FULL_DISKS (100), TORTURE_MINUTES: ends after so many, FULL_SEED
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Person } from "../browser/world.mjs";
import { in_folder } from "../erasure/disk.mjs";
import { Program, programs } from "../requests/program.mjs";
import { Judge } from "../crash/judge.mjs";
import { Client, Journal, chance, time_is_up } from "../crash/load.mjs";
import { office } from "../crash/office.mjs";

const rounds = Number(process.env.FULL_DISKS ?? 100), seed = Number(process.env.FULL_SEED ?? Date.now() % 2 ** 31);
const pick = chance(seed), MiB = 1 << 20, megabytes = 480, most_used = 60 * MiB;
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const rows = new Map();
let failed = 0;

function row_of(what) {
  if (!rows.has(what)) rows.set(what, { what, points: 0, acknowledged: 0, refused: 0, otherwise: 0, unread: 0, lost: 0, duplicated: 0, inconsistent: 0, slowest: 0 });
  return rows.get(what);
}

// An installation on a file system of its own.
class Place {
  async begin(from) {
    this.program = new Program();
    mkdirSync(this.program.data, { recursive: true });
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=700`, "tmpfs", this.program.data]);
    execFileSync("cp", ["-a", `${from.data}/.`, this.program.data]);
    this.program.staff = structuredClone(from.staff);
    this.journal = new Journal(from, pick(2 ** 31));
    this.judge = new Judge();
    this.people = {};
    await this.serve();
    await this.judge.begin(this.client);
  }
  async serve() {
    const base = await this.program.serve();
    this.client?.close();
    this.client = new Client(base, this.journal);
  }
  free() {
    const { bavail, bsize } = statfsSync(this.program.data);
    return bavail * bsize;
  }
  used() {
    return megabytes * MiB - this.free();
  }
  // All but so many bytes are taken. A file system counts in blocks, so that nearly as many stay.
  fill(leave) {
    const bytes = Math.max(0, this.free() - leave);
    try {
      if (bytes) writeFileSync(join(this.program.data, "ballast"), Buffer.alloc(bytes, 1));
    } catch (error) {
      if (error.code !== "ENOSPC") throw error; // the program took some meanwhile
    }
  }
  relieve() {
    rmSync(join(this.program.data, "ballast"), { force: true });
  }
  async as(who) {
    const one = (this.people[who] ??= new Person(this.client.base));
    one.base = new URL(this.client.base);
    if (!one.cookies.has("session")) await one.sign_in(this.program.staff[who]);
    return one;
  }
  // How many of ten pages cannot be read.
  async unread() {
    let bad = 0;
    for (const path of ["/", "/voices", "/log", "/say", "/log/checkpoint", "/api/v1/voices", "/scorecards", "/voices?page=2", "/sign-in", "/api/v1/ledger"])
      if ((await this.client.request("GET", path)).status !== 200) bad += 1;
    return bad;
  }
  // Until the first act is taken again, in milliseconds.
  async writes_again() {
    const began = performance.now();
    while (performance.now() - began < 20_000) {
      if (await this.client.act("voice") && this.journal.acts.at(-1)?.done) return performance.now() - began;
      await sleep(50);
    }
    return Infinity;
  }
  async end() {
    await this.program.stop();
    this.client.close();
    const bad = this.judge.offline(this.program.data, this.journal);
    execFileSync("umount", [this.program.data]);
    this.program.remove();
    return bad;
  }
}

// The space left: none, a few pages, or what lasts for a while.
const some_space = () => [0, pick(64) * 1024, pick(4) * MiB + pick(MiB)][pick(3)];

async function until_refused(place) {
  const until = Date.now() + 20_000;
  while (!place.journal.refused.size && Date.now() < until) await sleep(50);
  await sleep(pick(500));
}

async function under_load(place) {
  place.client.start();
  await sleep(pick(300));
  place.fill(some_space());
  await until_refused(place);
}

async function at_a_start(place, row) {
  await place.program.stop(pick(2) ? "SIGKILL" : "SIGTERM");
  place.fill([0, pick(64) * 1024][pick(2)]);
  try {
    await place.serve();
  } catch (error) {
    // It may say that there is no space, and end; it may not do anything else.
    if (!/full|space/i.test(error.message + place.program.log)) row.inconsistent += 1, console.log(`    a start on a full disk: ${error.message}`);
    row.refused += 1;
    place.relieve();
    await place.serve();
    place.fill(0);
  }
  place.client.start();
  await until_refused(place);
}

const backup = (place) => ["backup", "--data", place.program.data, "--to", join(place.program.data, "..", "backup"), "--keys", join(place.program.data, "..", "backup.keys")];

async function in_a_backup(place, row) {
  place.client.start();
  await sleep(100);
  place.fill(some_space());
  const child = spawn(join(programs, "huiyin"), backup(place), { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (d) => (said += d));
  const code = await new Promise((r) => child.once("exit", r));
  if (code !== 0 && !/full|space/i.test(said)) row.inconsistent += 1, console.log(`    a backup on a full disk: ${code} ${said.slice(-300)}`);
  await until_refused(place);
  return () => {
    const next = spawnSync(join(programs, "huiyin"), backup(place), { encoding: "utf8" });
    if (next.status !== 0) row.inconsistent += 1, console.log(`    the backup after it: ${next.stderr}`);
  };
}

async function in_an_erasure(place, row) {
  const marker = `Quincunx ${pick(2 ** 30)} Xylophonquartz`, act = place.journal.make("voice");
  act.body = JSON.stringify({ ...JSON.parse(act.body), text: marker });
  place.journal.acts.push(act);
  await place.client.send(act);
  const asked = await (await place.as("clerk")).send("/erasures", { targets: String(act.receipt.index), basis: "personal_data" }, "/erasures/new");
  const page = async () => (await (await place.as("moderator")).request("GET", `/erasures/${asked}`, { "Accept-Language": "en" })).body;
  const approve = async () => (await place.as("moderator")).form(`/erasures/${asked}/approve`, {}, `/erasures/${asked}`).catch(() => {});
  await page();
  place.client.start();
  const first = pick(2) === 0;
  if (first) await approve();
  place.fill(some_space());
  if (!first) await approve();
  await until_refused(place);
  return async () => {
    await approve();  // refused when it was approved
    const until = Date.now() + 60_000;
    while (!(await page()).includes("have been gone from every file") && Date.now() < until) await sleep(100);
    const left = in_folder({ words: Buffer.from(marker) }, place.program.data);
    if (Date.now() >= until || left.words) row.inconsistent += 1, console.log(`    words are still in ${[...(left.words ?? [])]}`);
  };
}

// One full disk and what is found afterwards.
async function point(place, what, work) {
  const row = row_of(what), { journal } = place, before = journal.acknowledged;
  journal.refused.clear();
  try {
    const afterwards = await work(place, row);
    if (!journal.refused.size) row.inconsistent += 1, console.log(`    ${what}: nothing was refused, so that nothing was tried`);
    row.unread += await place.unread();
    await place.client.stop?.();
    for (const [status, n] of journal.refused) {
      if (status === 507) row.refused += n;
      else if (status === 429) continue;  // what is refused at once comes back too fast, which the program says
      else row.otherwise += n, console.log(`    ${what}: answered ${status}, ${n} times: ${journal.acts.find((a) => a.status === status)?.said}`);
    }
    place.relieve();
    const took = await place.writes_again();
    row.slowest = Math.max(row.slowest, took);
    await afterwards?.();
    await place.judge.judge(place.client, journal);
    if (place.judge.lost.length) console.log(`    ${what}: ${place.free()} bytes are free, the write-ahead log has ${statSync(join(place.program.data, "main.db-wal"), { throwIfNoEntry: false })?.size}`);
  } catch (error) {
    row.inconsistent += 1;
    console.log(`    ${what}: ${error.stack}\n${place.program.log.slice(-600)}`);
    place.relieve();
    await place.program.stop("SIGKILL");
    await place.serve();
  }
  row.points += 1;
  row.acknowledged += journal.acknowledged - before;
  for (const [name, found] of [["lost", place.judge.lost], ["duplicated", place.judge.duplicated]])
    for (const one of found.splice(0)) row[name] += 1, console.log(`    ${what}, ${name}: ${one}`);
}

async function all_rounds(scratch) {
  const from = await office(scratch, 0, process.env.OFFICE_FOLDER);
  const kinds = [["under full load", under_load], ["at a start", at_a_start], ["during a backup", in_a_backup], ["during an erasure", in_an_erasure]];
  let place = null;
  for (let i = 0; i < rounds && !time_is_up(); ++i) {
    if (place && place.used() > most_used) place = await ended(place);
    if (!place) await (place = new Place()).begin(from);
    await point(place, ...kinds[[0, 0, 1, 2, 0, 3][i % 6]]);
    if (i % 10 === 9) console.log(`# ${i + 1} of ${rounds} full disks`);
  }
  await ended(place);
}

async function ended(place) {
  const row = row_of("under full load");
  for (const what of await place.end()) row.inconsistent += 1, console.log(`    ${what}`);
  return null;
}

if (!process.env.HUIYIN_IN_NAMESPACE) {
  const options = process.getuid() === 0 ? ["-m"] : ["-Urm"];
  const inside = spawnSync("unshare", [...options, process.execPath, process.argv[1]], { stdio: "inherit", env: { ...process.env, FULL_SEED: String(seed), HUIYIN_IN_NAMESPACE: "1" } });
  process.exit(inside.status ?? 1);
}
const scratch = mkdtempSync(join(tmpdir(), "huiyin-full-"));
try {
  console.log(`# seed ${seed}`);
  await all_rounds(scratch);
} catch (error) {
  failed += 1;
  console.log(`not ok full disk: ${error.stack}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log("\n| full disk | points | acknowledged | refused with 507 | refused otherwise | pages not read | lost | duplicated | inconsistent | writes again after, slowest ms |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
for (const r of rows.values()) {
  console.log(`| ${r.what} | ${r.points} | ${r.acknowledged} | ${r.refused} | ${r.otherwise} | ${r.unread} | ${r.lost} | ${r.duplicated} | ${r.inconsistent} | ${Math.round(r.slowest)} |`);
  const good = !(r.otherwise + r.unread + r.lost + r.duplicated + r.inconsistent) && r.slowest <= 5000;
  if (!good) failed += 1;
  console.log(`${good ? "ok" : "not ok"} full disk ${r.what}: ${r.points} times`);
}
process.exitCode = failed ? 1 : 0;
