// The power goes while everybody writes: of what was not flushed, nothing, some sectors or some writes reach the disk.
// Afterwards every acknowledged act is there, once. A disk that lies about flushes shows that the trial can fail.
//   POWER_CUTS (100), POWER_SEED, TORTURE_MINUTES: ends after so many, OFFICE_FOLDER: where the office is kept for the next time
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Program } from "../requests/program.mjs";
import { Judge } from "../crash/judge.mjs";
import { Client, Journal, chance, time_is_up } from "../crash/load.mjs";
import { office } from "../crash/office.mjs";
import { VolatileDisk } from "../crash/volatile.mjs";

const cuts = Number(process.env.POWER_CUTS ?? 100);
const seed = Number(process.env.POWER_SEED ?? Date.now() % 2 ** 31);
const pick = chance(seed);
const scratch = mkdtempSync(join(tmpdir(), "huiyin-power-"));
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const rows = [];
let failed = 0;

async function trial(what, from, count, lies) {
  const row = { what, points: 0, acknowledged: 0, lost: 0, duplicated: 0, inconsistent: 0, dropped: 0, kept: 0, slowest: 0 };
  rows.push(row);
  const disk = new VolatileDisk(), program = new Program(), journal = new Journal(from, seed), judge = new Judge();
  const wrong = (column, text) => { if (++row[column] < 6) console.log(`${lies ? "#" : "   "} ${what}, cut ${row.points}, ${column}: ${text}`); };
  let client;
  const up = async () => {
    const began = performance.now();
    client = new Client(await program.serve(), journal);
    client.patience = 120_000; // a machine that others use is slow, and that is no fault
    row.slowest = Math.max(row.slowest, performance.now() - began);
  };
  const found = () => { for (const name of ["lost", "duplicated"]) for (const one of judge[name].splice(0)) wrong(name, one); };
  const offline = async () => {
    await program.stop();
    client.close();
    for (const one of judge.offline(program.data, journal)) wrong("inconsistent", one);
  };
  try {
    await disk.connect();
    program.data = join(disk.place, "data");
    execFileSync("cp", ["-a", from.data, program.data]);
    execFileSync("sync", ["-f", program.data]);
    program.staff = from.staff;
    await up();
    await judge.begin(client);
    if (lies) execFileSync("sync", ["-f", program.data]), disk.lie();
    for (let i = 0; i < count && !(time_is_up() && !lies); ++i) {
      const before = journal.acknowledged;
      client.start();
      await sleep(50 + pick(600));
      // A disk that lies is found out by what somebody was told of alone.
      for (const until = Date.now() + 20_000; lies && journal.acknowledged === before && Date.now() < until;) await sleep(20);
      const { kept, of } = await disk.cut(pick);
      await program.stop("SIGKILL");
      await client.stop();
      client.close();
      await disk.disconnect();
      row.points += 1, row.kept += kept, row.dropped += of - kept;
      await disk.connect();
      await up();
      await judge.judge(client, journal);
      found();
      row.acknowledged += journal.acknowledged - before;
      if (i % 10 === 9) {
        await offline();
        console.log(`# ${what}: ${i + 1} of ${count} cuts, ${row.acknowledged} acknowledged, ${row.dropped} unflushed writes or sectors lost, ${row.kept} kept, ${row.lost} lost, ${row.duplicated} duplicated, ${row.inconsistent} inconsistent`);
        await up();
      }
    }
    await offline();
  } catch (error) {
    wrong("inconsistent", `${lies ? error.message.slice(0, 200) : `${error.stack}\n${program.log.slice(-1500)}`}`);
  } finally {
    await program.stop("SIGKILL");
    client?.close();
    await disk.disconnect().catch(() => {});
    disk.remove();
    program.remove();
  }
  return row;
}

try {
  console.log(`# seed ${seed}`);
  const from = await office(scratch, 0, process.env.OFFICE_FOLDER);
  const r = await trial("flushes are honoured", from, cuts, false);
  const good = r.points > 0 && !r.lost && !r.duplicated && !r.inconsistent && (r.dropped > 0 || cuts < 10);
  console.log(`${good ? "ok" : "not ok"} power: ${r.points} cuts, ${r.acknowledged} acknowledged, nothing lost, nothing twice, nothing inconsistent`);
  // One cut may lose only what nobody was told of.
  let seen = false;
  for (let i = 0; i < 8 && !seen; ++i) {
    const lying = await trial("flushes are ignored, for comparison", from, 1, true);
    seen = lying.lost + lying.duplicated + lying.inconsistent > 0;
  }
  console.log(`${seen ? "ok" : "not ok"} power: what a lying disk loses is found`);
  failed += !good + !seen;
} catch (error) {
  failed += 1;
  console.log(`not ok power: ${error.stack}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log("\n| power cuts | points | acknowledged | unflushed lost | unflushed kept | lost | duplicated | inconsistent | slowest restart ms |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
for (const r of rows) console.log(`| ${r.what} | ${r.points} | ${r.acknowledged} | ${r.dropped} | ${r.kept} | ${r.lost} | ${r.duplicated} | ${r.inconsistent} | ${Math.round(r.slowest)} |`);
process.exitCode = failed ? 1 : 0;
