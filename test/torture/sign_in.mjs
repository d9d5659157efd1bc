// Signing in under attack: does the time of an answer tell whether a login exists, and what does a flood of sign-ins
// cost? Known and unknown logins are tried in turn, each with a wrong password; the two distributions are compared by
// the Mann–Whitney U test. SIGN_IN_TRIES (80) of each.
import { readFileSync } from "node:fs";
import { cookies_of, Program } from "../requests/program.mjs";

const tries = Number(process.env.SIGN_IN_TRIES ?? 80);
let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} sign-in ${name}`);
  if (!good) failed += 1, console.log(`    ${detail}`);
};
const memory = (program, what) => Number(readFileSync(`/proc/${program.process.pid}/status`, "utf8").match(new RegExp(`${what}:\\s+(\\d+)`))?.[1] ?? 0) / 1024;

async function browser(base) {
  const page = await fetch(`${base}/sign-in`);
  const cookie = cookies_of(page).join("; ");
  const csrf = (await page.text()).match(/name="csrf" value="([^"]*)"/)[1];
  return async (login, password) => {
    const began = performance.now();
    const answer = await fetch(`${base}/sign-in`, { method: "POST", redirect: "manual", headers: { Cookie: cookie, "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ csrf, login, password }) });
    const text = await answer.text();
    return { status: answer.status, again: answer.headers.get("retry-after"), ms: performance.now() - began, size: text.replaceAll(login, "").replace(/name="(csrf|once)" value="[^"]*"/g, "").length };
  };
}

// Two-sided, by the normal approximation; both samples are large.
function mann_whitney(a, b) {
  const all = [...a.map((x) => [x, 0]), ...b.map((x) => [x, 1])].sort((p, q) => p[0] - q[0]);
  const rank = all.reduce((sum, [, which], i) => sum + (which === 0 ? i + 1 : 0), 0);
  const u = rank - (a.length * (a.length + 1)) / 2;
  const z = (u - (a.length * b.length) / 2) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  return { z, above: u / (a.length * b.length) };
}
const median = (all) => [...all].sort((p, q) => p - q)[Math.floor(all.length / 2)];

const program = new Program();
try {
  const { unit } = program.init();
  const known = [];
  for (let i = 0; i < Math.ceil(tries / 4); ++i) {
    known.push(`desk${i}`);
    program.command("user", "add", "--unit", String(unit), "--login", `desk${i}`, "--post", `desk ${i}`, "--roles", "officer");
  }
  const base = await program.serve();
  const attempt = await browser(base);
  for (let i = 0; i < 3; ++i) await attempt(`warm${i}`, "wrong");
  const times = { known: [], unknown: [] }, seen = new Set();
  for (let i = 0; i < tries; ++i) {
    // In turn, and each first every second time: what the machine does meanwhile falls on both alike.
    const pair = [["known", known[i % known.length]], ["unknown", `none${i % known.length}`]];
    for (const [kind, login] of i % 2 ? pair : pair.reverse()) {
      const answer = await attempt(login, `wrong ${i}`);
      times[kind].push(answer.ms);
      seen.add(`${answer.status} of ${answer.size} bytes`);
    }
  }
  const { z, above } = mann_whitney(times.known, times.unknown);
  say(seen.size <= 2, `gives one answer to known and unknown logins: ${[...seen].join(", ")}`, [...seen].join("; "));
  say(Math.abs(z) < 3.29, `takes as long for both: medians ${median(times.known).toFixed(1)} and ${median(times.unknown).toFixed(1)} ms, P(known > unknown) = ${above.toFixed(3)}, z = ${z.toFixed(2)}`, "they can be told apart at p < 0.001");

  const before = memory(program, "VmRSS");
  const clients = await Promise.all(Array.from({ length: 20 }, () => browser(base)));
  const answers = await Promise.all(Array.from({ length: 300 }, (_, i) => clients[i % clients.length](`flood${i}`, "wrong")));
  const busy = answers.filter((a) => a.status === 429);
  const top = memory(program, "VmHWM");
  say(answers.every((a) => a.status === 422 || a.status === 429) && busy.length > 0, `a flood of 300: ${answers.length - busy.length} tried, ${busy.length} told to come back`, [...new Set(answers.map((a) => a.status))].join(" "));
  say(busy.every((a) => Number(a.again) > 0), "who is refused is told when to come back");
  say(top - before < 200, `at most ${Math.round(top)} MB, ${Math.round(before)} before`, "more than two passwords at a time");
} catch (error) {
  say(false, "run", error.stack + program.log.slice(-2000));
} finally {
  await program.stop("SIGKILL");
  program.remove();
}
process.exitCode = failed ? 1 : 0;
