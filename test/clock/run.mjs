// The clock jumps under the running program, forward and back: entries' times never go back, nobody is locked out or
// kept in for longer, sending goes on, and an alarm is logged.
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Program } from "../requests/program.mjs";

let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} clock ${name}`);
  if (!good) failed += 1, console.log(`    ${detail}`);
};

const library = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"].find(existsSync);

async function sign_in(base, { login, password }) {
  const page = await fetch(`${base}/sign-in`);
  const cookie = page.headers.getSetCookie().map((c) => c.split(";")[0]).join("; ");
  const csrf = (await page.text()).match(/name="csrf" value="([^"]*)"/)[1];
  const answer = await fetch(`${base}/sign-in`, { method: "POST", redirect: "manual", headers: { Cookie: cookie, "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ csrf, login, password }) });
  return { status: answer.status, cookie: answer.headers.getSetCookie().map((c) => c.split(";")[0]).filter((c) => c.startsWith("session=") && c.length > 8).join("; ") };
}
const signed_in = async (base, cookie) => (await fetch(`${base}/account`, { redirect: "manual", headers: { Cookie: cookie } })).status === 200;

async function speak(base, text) {
  const answer = await fetch(`${base}/api/v1/voices`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ kind: "suggestion", text, lang: "en" }) });
  if (answer.status !== 201) throw new Error(`${text}: ${answer.status}`);
  const { receipt } = await answer.json();
  const { entries } = await (await fetch(`${base}/api/v1/ledger/entries?from=${receipt.index}&limit=1`)).json();
  const leaf = JSON.parse(entries[0].leaf);
  return { index: receipt.index, time: Date.parse(leaf.time) };
}

const program = new Program();
try {
  if (!library) throw new Error("libfaketime is missing: bin/setup --test");
  const setting = join(program.folder, "clock");
  const jump = async (offset) => {
    writeFileSync(setting, `${offset}\n`);
    await new Promise((r) => setTimeout(r, 6500)); // the clock is looked at every five seconds
  };
  writeFileSync(setting, "+0\n");
  program.options.env = { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: setting, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
  program.init();
  const base = await program.serve();
  const times = [];
  const now = await sign_in(base, program.staff.administrator);
  say(now.status === 303 && (await signed_in(base, now.cookie)), "a session opens");
  times.push(await speak(base, "before any jump"));

  await jump("+26h");
  times.push(await speak(base, "a day ahead"));
  say(!(await signed_in(base, now.cookie)), "forward: a session of yesterday has ended");
  const ahead = await sign_in(base, program.staff.administrator);
  say(await signed_in(base, ahead.cookie), "forward: signing in works");
  for (let i = 0; i < 6; ++i) await sign_in(base, { login: "admin2", password: "wrong" });

  await jump("-3h");
  times.push(await speak(base, "three hours back"));
  times.push(await speak(base, "and once more"));
  say(!(await signed_in(base, ahead.cookie)), "back: a session from the future is none");
  const back = await sign_in(base, program.staff.administrator);
  say(back.status === 303 && (await signed_in(base, back.cookie)), "back: signing in works");
  say((await sign_in(base, { login: "admin2", password: "wrong" })).status === 422, "back: a pause of the future holds nobody up");

  await jump("+0");
  times.push(await speak(base, "right again"));
  say(times.every((t, i) => i === 0 || (t.time >= times[i - 1].time && t.index > times[i - 1].index)), "times of entries never go back", JSON.stringify(times));
  const alarms = program.log.split("\n").filter((l) => l.includes("server.clock_jumped"));
  say(alarms.length >= 3, "each jump is logged as an alarm", program.log.slice(-1500));
  await program.stop();
  const doctor = spawnSync(join(process.env.HUIYIN_PROGRAMS ?? "build/release/bin", "huiyin"), ["doctor", "--data", program.data], { encoding: "utf8" });
  say(doctor.status === 0, "the installation is sound afterwards", doctor.stdout + doctor.stderr);
} catch (error) {
  say(false, "run", error.stack + (program.log ?? "").slice(-2000));
} finally {
  await program.stop("SIGKILL");
  program.remove();
}
process.exitCode = failed ? 1 : 0;
