// The clock jumps under the running program, forward and back: entries' times never go back, nobody is locked out or
// kept in for longer, sending goes on, and an alarm is logged.
// And: a jump that does not last, or that witnesses contradict, dates nothing.
//   node test/clock/run.mjs [JUMPS] [SEED]     so many more jumps in each part, each up to two years either way
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Judge } from "../crash/judge.mjs";
import { chance, Client, Journal, time_is_up } from "../crash/load.mjs";
import { cookies_of, Program, programs } from "../requests/program.mjs";
import { followed_by, Witness } from "../witness/witness.mjs";

const jumps = Number(process.argv[2] ?? 0), seed = Number(process.argv[3] ?? 20261128);

let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} clock ${name}`);
  if (!good) failed += 1, console.log(`    ${detail}`);
};

const library = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"].find(existsSync);

async function sign_in(base, { login, password }) {
  const page = await fetch(`${base}/sign-in`);
  const cookie = cookies_of(page).join("; ");
  const csrf = (await page.text()).match(/name="csrf" value="([^"]*)"/)[1];
  const answer = await fetch(`${base}/sign-in`, { method: "POST", redirect: "manual", headers: { Cookie: cookie, "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ csrf, login, password }) });
  return { status: answer.status, cookie: cookies_of(answer).filter((c) => c.startsWith("session=") && c.length > 8).join("; ") };
}
// One of their own: what was given runs out after seven days.
async function choose_password(base, account) {
  const { cookie } = await sign_in(base, account);
  const page = await fetch(`${base}/account`, { headers: { Cookie: cookie } });
  const cookies = [cookie, ...cookies_of(page)].join("; "), form = await page.text();
  const csrf = form.match(/name="csrf" value="([^"]*)"/)[1], fresh = "several words in a row";
  const answer = await fetch(`${base}/account/password`, { method: "POST", redirect: "manual", headers: { Cookie: cookies, "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ csrf, current: account.password, password: fresh, again: fresh }) });
  if (answer.status !== 303) throw new Error(`choosing a password: ${answer.status}`);
  account.password = fresh;
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

// What everybody can count on after any jump: signing in, sending, times that never go back, an alarm.
async function random_jumps(program, jump) {
  const journal = new Journal(null, seed), judge = new Judge(), client = new Client(program.base, journal);
  const alarms = () => readFileSync(program.log_file, "utf8").split("\n").filter((l) => l.includes("server.clock_jumped")).length;
  await judge.begin(client);
  const rows = { ahead: 0, back: 0, acknowledged: 0, refused: 0, "times that went back": 0, "without an alarm": 0, "signing in refused": 0 };
  let at = 0, last = "";
  for (let i = 0; i < jumps && !time_is_up(); ++i) {
    // Minutes; small and large alike.
    const size = 10 ** (1 + journal.pick(6)), before = at, alarmed = alarms();
    at = Math.max(-1_000_000, Math.min(1_000_000, at + (journal.pick(2) ? 1 : -1) * (1 + journal.pick(size))));
    rows[at > before ? "ahead" : "back"] += 1;
    await jump(`${at < 0 ? "-" : "+"}${Math.abs(at)}m`);
    await Promise.all(Array.from({ length: 20 }, () => client.act("voice")));
    for (const act of [...journal.acts].filter((a) => a.receipt).sort((a, b) => a.receipt.index - b.receipt.index)) {
      const { time } = JSON.parse(act.receipt.leaf);
      if (time < last) rows["times that went back"] += 1;
      last = time;
    }
    rows.refused += journal.acts.filter((a) => !a.done).length;
    await judge.judge(client, journal);
    if (Math.abs(at - before) >= 2 && alarms() === alarmed) rows["without an alarm"] += 1;
    const session = await sign_in(program.base, program.staff.administrator);
    if (session.status !== 303 || !(await signed_in(program.base, session.cookie))) rows["signing in refused"] += 1;
    if (i % 10 === 9) console.log(`# ${i + 1} of ${jumps} jumps`);
  }
  client.close();
  rows.acknowledged = journal.acknowledged;
  console.log(`| ${Object.keys(rows).join(" | ")} |\n|${" --- |".repeat(Object.keys(rows).length)}\n| ${Object.values(rows).join(" | ")} |`);
  const wrong = [...judge.lost, ...judge.duplicated];
  say(!wrong.length && !rows.refused && !rows["times that went back"], `${rows.ahead + rows.back} jumps: nothing lost, refused or dated back`, wrong.join("\n"));
  say(!rows["without an alarm"], "each of them is an alarm");
  say(!rows["signing in refused"], "signing in works after each");
  return { judge, journal };
}

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

// A program whose clock is set by a file, with this many seconds' patience.
function with_clock(toml) {
  if (!library) throw new Error("libfaketime is missing: bin/setup --test");
  const program = new Program(), setting = join(program.folder, "clock");
  const told = () => readFileSync(program.log_file, "utf8").split("\n").filter((l) => /"server\.clock_(jumped|back)"/.test(l)).length;
  const jump = async (offset) => {
    const before = told(), same = readFileSync(setting, "utf8") === `${offset}\n`;
    writeFileSync(setting, `${offset}\n`);
    await sleep(6500); // the clock is looked at every five seconds, on a busy machine somewhat later
    for (const until = Date.now() + 30_000; !same && told() === before && Date.now() < until;) await sleep(100);
  };
  writeFileSync(setting, "+0\n");
  program.options.env = { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: setting, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
  program.init();
  if (toml) writeFileSync(join(program.data, "huiyin.toml"), toml, { mode: 0o600 });
  return { program, jump };
}
const events = (program, event) => program.log.split("\n").filter((l) => l.includes(`"${event}"`)).length;

// The machine's clock is right, and was wrong before: it is followed.
async function followed() {
  const { program, jump } = with_clock("clock_patience = 0\n");
  try {
    const base = await program.serve();
    const times = [];
    await choose_password(base, program.staff.administrator);
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
    say(events(program, "server.clock_jumped") >= 3 && events(program, "server.clock_followed") >= 3, "each jump is logged as an alarm", program.log.slice(-1500));
    const random = jumps ? await random_jumps(program, jump) : null;
    await program.stop();
    const bad = random ? random.judge.offline(program.data, random.journal) : [];
    if (random) say(bad.length === 0, "the log verifies and gives the same state when it is replayed", bad.join("\n"));
    sound(program);
  } finally {
    await program.stop("SIGKILL");
    program.remove();
  }
}

function sound(program) {
  const doctor = spawnSync(join(programs, "huiyin"), ["doctor", "--data", program.data], { encoding: "utf8" });
  say(doctor.status === 0, "the installation is sound afterwards", doctor.stdout + doctor.stderr);
}

// Entries say the true minute, by this machine's clock, which nobody sets.
const true_minute = ({ time }) => Math.abs(Date.now() - time) < 90_000;

// A jump that goes away was none, and no entry was dated by it.
async function not_followed() {
  const { program, jump } = with_clock("");
  try {
    const base = await program.serve(), wrong = [];
    const now = await sign_in(base, program.staff.administrator);
    for (const offset of ["+400d", "+0", "-400d", "+0"]) {
      await jump(offset);
      const said = await speak(base, `at ${offset}`);
      if (!true_minute(said)) wrong.push([offset, said]);
    }
    say(!wrong.length, "a jump that does not last dates no entry", JSON.stringify(wrong));
    say((await fetch(`${base}/account`, { redirect: "manual", headers: { Cookie: now.cookie } })).status !== 500 && events(program, "server.clock_back") === 2 && events(program, "server.clock_followed") === 0, "it is an alarm, and its end is logged", program.log.slice(-1500));
    await program.stop();
    sound(program);
  } finally {
    await program.stop("SIGKILL");
    program.remove();
  }
}

// Three witnesses with clocks of their own: a jump that they contradict is not followed, however long it stands, one that
// they confirm is at once, and a verifier with old checkpoints finds every entry within their bounds.
async function judged_by_witnesses() {
  const { program, jump } = with_clock("");
  const all = ["a", "b", "c"].map((name) => new Witness(name));
  try {
    const vkey = (await (await fetch(`${await program.serve()}/log/key`)).text()).trim();
    for (const one of all) await one.serve(vkey);
    await program.stop();
    await followed_by(program.data, all, 2);
    const toml = join(program.data, "huiyin.toml");
    writeFileSync(toml, `clock_patience = 8\n${readFileSync(toml, "utf8")}`);
    const base = await program.serve(), pick = chance(seed), wrong = [], kept = [];
    const keep = async () => {
      const text = await (await fetch(`${base}/log/checkpoint`)).text(), file = join(program.folder, `kept-${kept.length}`);
      writeFileSync(file, text);
      kept.push("--since", file);
    };
    await speak(base, "before any jump");
    await sleep(2500);
    await keep();
    const offsets = ["+400d", "-90m", "+0", ...Array.from({ length: jumps }, () => `${pick(2) ? "-" : "+"}${2 + pick(10 ** (1 + pick(6)))}m`), "+0"];
    for (const offset of offsets) {
      if (time_is_up()) break;
      await jump(offset);
      await sleep(jumps ? pick(6000) : 6000); // longer than the patience
      const said = await speak(base, `at ${offset}`);
      if (!true_minute(said)) wrong.push([offset, said]);
      await sleep(2500);
      await keep();
    }
    say(!wrong.length, `${offsets.length} jumps that witnesses contradict: every entry has the true minute`, JSON.stringify(wrong));
    say(events(program, "server.clock_jumped") >= 2 && events(program, "server.clock_followed") === 0, "they are alarms, and none is followed", program.log.slice(-1500));
    for (const until = Date.now() + 60_000; Date.now() < until; await sleep(500)) {
      const { size, cosigned } = await (await fetch(`${base}/api/v1/ledger`)).json();
      if (size === cosigned) break;
    }
    const policy = join(program.folder, "policy");
    writeFileSync(policy, await (await fetch(`${base}/log/policy`)).text());
    program.command("export", "log", "--to", join(program.folder, "export"));
    await program.stop();
    const verified = spawnSync(join(programs, "huiyin-verify"), ["--policy", policy, ...kept, join(program.folder, "export")], { encoding: "utf8" });
    say(verified.status === 0, "a verifier with all the checkpoints finds nothing dated back or ahead", verified.stdout + verified.stderr);
    sound(program);
  } finally {
    await program.stop("SIGKILL");
    for (const one of all) await one.stop("SIGKILL"), one.remove();
    program.remove();
  }
}

// All at once: each has a program of its own, and mostly waits.
await Promise.all([followed, not_followed, judged_by_witnesses].map((part) => part().catch((error) => say(false, part.name, error.stack))));
process.exitCode = failed ? 1 : 0;
