// Nothing acknowledged is lost: the program is killed in the middle of full load, again and again, and it runs out of
// disk; every receipt that a client got must be provable afterwards.
//   node test/crash/run.mjs [rounds]
import { spawnSync } from "node:child_process";
import { writeFileSync, rmSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { cookies_of, Program } from "../requests/program.mjs";
import { Judge } from "./judge.mjs";
import { Client, Journal } from "./load.mjs";

const rounds = Number(process.argv[2] ?? 5);
let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} crash ${name}`);
  if (!good) failed += 1, console.log(`    ${detail}`);
};

// Reads what was acknowledged once more, and everything else that the log holds.
async function judged(program, judge, journal, name) {
  const client = new Client(program.base, journal);
  await judge.judge(client, journal);
  client.close();
  for (const one of [...judge.lost, ...judge.duplicated]) throw new Error(one);
  say(true, `${name}: ${journal.acknowledged} receipts stand`);
}

async function kills() {
  const program = new Program(), journal = new Journal(null, 20261128), judge = new Judge();
  try {
    program.init();
    await program.serve();
    await judge.begin(new Client(program.base, journal));
    for (let round = 0; round < rounds; ++round) {
      const client = new Client(program.base, journal);
      client.start(["voice"]);
      await new Promise((r) => setTimeout(r, 300 + journal.pick(400)));
      await program.stop("SIGKILL");
      await client.stop();
      client.close();
      await program.serve();
      await judged(program, judge, journal, `kill ${round + 1}`);
    }
    say(journal.acknowledged > 100, `${rounds} kills under load, ${journal.acknowledged} acknowledged`, "too few to say anything");
    await program.stop();
    const bad = judge.offline(program.data, journal);
    say(bad.length === 0, "the log verifies, and the rebuilt state equals the live one", bad.join("\n"));
  } catch (error) {
    say(false, "kills", error.message + (program.log ?? "").slice(-2000));
  } finally {
    await program.stop("SIGKILL");
    program.remove();
  }
}

// Runs inside a mount namespace of its own, with a small file system for the data.
async function full_disk() {
  const program = new Program(), journal = new Journal(null, 1), judge = new Judge();
  try {
    mkdirSync(program.data);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=150m,mode=700", "tmpfs", program.data]);
    if (mounted.status !== 0) throw new Error(`cannot mount: ${mounted.stderr}`);
    program.init();
    const base = await program.serve();
    const get = async (path) => (await fetch(base + path)).status;
    const sending = new Client(base, journal, 16);
    await judge.begin(sending);
    // What is freed later is several times what the three logs of SQLite hold before they are written back.
    writeFileSync(join(program.data, "ballast"), Buffer.alloc(130 << 20, 1));
    sending.start(["voice"]);
    const until = Date.now() + 60_000;
    while (!journal.refused.size && Date.now() < until) await new Promise((r) => setTimeout(r, 100));
    await new Promise((r) => setTimeout(r, 500));
    const seen = journal.acknowledged;
    say(journal.refused.size > 0 && [...journal.refused.keys()].every((s) => s === 507), `writes are refused cleanly on a full disk after ${seen}`, JSON.stringify([...journal.refused]));
    say(journal.again.has("30"), "who is refused is told when to come back", JSON.stringify([...journal.again]));
    const reads = [];
    for (let i = 0; i < 100; ++i) reads.push(await get(["/", "/voices", "/log", "/api/v1/voices", "/say"][i % 5]));
    say(reads.every((s) => s === 200), "reading goes on: 100 of 100", JSON.stringify(reads.filter((s) => s !== 200)));
    const signing = await fetch(`${base}/sign-in`);
    const csrf = (await signing.text()).match(/name="csrf" value="([^"]*)"/)[1];
    const refused = await fetch(`${base}/sign-in`, { method: "POST", redirect: "manual", headers: { Cookie: cookies_of(signing).join("; "), "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ csrf, ...program.staff.administrator }) });
    say([303, 507].includes(refused.status), "signing in works or is refused as cleanly", String(refused.status));
    rmSync(join(program.data, "ballast"));
    const limit = Date.now() + 5_000;
    while (journal.acknowledged <= seen + 10 && Date.now() < limit) await new Promise((r) => setTimeout(r, 100));
    say(journal.acknowledged > seen + 10, "writing goes on within five seconds when there is space again, without a restart", `${journal.acknowledged} after ${seen}`);
    await sending.stop();
    await judged(program, judge, journal, "after the full disk");
  } catch (error) {
    say(false, "full disk", error.message + (program.log ?? "").slice(-2000));
  } finally {
    await program.stop("SIGKILL");
    spawnSync("umount", [program.data]);
    program.remove();
  }
}

if (process.env.HUIYIN_IN_NAMESPACE) {
  await full_disk();
} else {
  await kills();
  const options = process.getuid() === 0 ? ["-m"] : ["-Urm"];
  const inside = spawnSync("unshare", [...options, process.execPath, process.argv[1]], { encoding: "utf8", env: { ...process.env, HUIYIN_IN_NAMESPACE: "1" }, timeout: 240_000 });
  process.stdout.write(inside.stdout ?? "");
  if (inside.status !== 0) failed += 1, console.log(`not ok crash full disk: ${inside.stderr}`);
}
process.exitCode = failed ? 1 : 0;
