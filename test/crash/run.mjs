// Nothing acknowledged is lost: the program is killed in the middle of full load, again and again, and it runs out of
// disk; every receipt that a client got must be provable afterwards.
//   node test/crash/run.mjs [rounds]
import http from "node:http";
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync, rmSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Program } from "../requests/program.mjs";
import { prove } from "./receipts.mjs";

const rounds = Number(process.argv[2] ?? 5);
let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} crash ${name}`);
  if (!good) failed += 1, console.log(`    ${detail}`);
};

function post(base, agent, number) {
  const body = JSON.stringify({ kind: "suggestion", text: `Nothing is lost, number ${number}`, lang: "en" });
  return new Promise((resolve) => {
    const out = http.request(`${base}/api/v1/voices`, {
      method: "POST", agent,
      headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), "Idempotency-Key": `crash-test-${process.pid}-${number}` },
    }, (answer) => {
      let text = "";
      answer.on("data", (d) => (text += d));
      answer.on("end", () => resolve({ status: answer.statusCode, text, again: answer.headers["retry-after"] }));
      answer.on("error", () => resolve({ status: 0 }));
    });
    out.on("error", () => resolve({ status: 0 }));
    out.end(body);
  });
}

async function get(base, path) {
  const answer = await fetch(base + path);
  return { status: answer.status, text: await answer.text() };
}

// Sends until told to stop; keeps what was acknowledged.
function load(base, kept, from, connections = 32) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  let going = true, next = from;
  const refused = new Map(), again = new Set();
  const workers = Array.from({ length: connections }, async () => {
    while (going) {
      const number = next++;
      const answer = await post(base, agent, number);
      if (answer.status === 201) {
        const { receipt } = JSON.parse(answer.text);
        kept.set(number, receipt);
      } else {
        if (answer.again) again.add(answer.again);
        refused.set(answer.status, (refused.get(answer.status) ?? 0) + 1);
        if (answer.status === 0) return;
        await new Promise((r) => setTimeout(r, 20));
      }
    }
  });
  return { refused, again, stop: async () => { going = false; await Promise.all(workers); agent.destroy(); return next; } };
}

async function check(base, kept, name) {
  const vkey = (await get(base, "/log/key")).text.trim();
  const indexes = new Set();
  for (const [number, receipt] of kept) {
    prove(receipt, vkey);
    if (indexes.has(receipt.index)) throw new Error(`entry ${receipt.index} was acknowledged twice`);
    indexes.add(receipt.index);
    const now = await get(base, `/api/v1/ledger/receipts/${receipt.index}`);
    if (now.status !== 200) throw new Error(`message ${number}, entry ${receipt.index}: ${now.status}`);
    const fresh = JSON.parse(now.text);
    if (fresh.leaf !== receipt.leaf) throw new Error(`entry ${receipt.index} changed`);
    prove(fresh, vkey);
  }
  say(true, `${name}: ${kept.size} receipts stand`);
}

async function kills() {
  const program = new Program();
  const kept = new Map();
  let next = 0;
  try {
    program.init();
    for (let round = 0; round < rounds; ++round) {
      const base = await program.serve();
      const sending = load(base, kept, next);
      await new Promise((r) => setTimeout(r, 300 + Math.random() * 400));
      await program.stop("SIGKILL");
      next = await sending.stop();
    }
    const before = kept.size;
    say(before > 100, `${rounds} kills under load, ${before} acknowledged`, "too few to say anything");
    await check(await program.serve(), kept, "after the kills");
    await program.stop();
    const out = execFileSync(join(process.env.HUIYIN_PROGRAMS ?? "build/release/bin", "huiyin"), ["rebuild", "--data", program.data, "--into", join(program.folder, "rebuilt")], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const [live, rebuilt] = out.trim().split("\n").map((l) => l.split(/\s+/)[1]);
    say(live === rebuilt && live.length === 64, "the rebuilt state equals the live one", out);
  } catch (error) {
    say(false, "kills", error.message + (program.log ?? "").slice(-2000));
  } finally {
    await program.stop("SIGKILL");
    program.remove();
  }
}

// Runs inside a mount namespace of its own, with a small file system for the data.
async function full_disk() {
  const program = new Program();
  const kept = new Map();
  try {
    mkdirSync(program.data);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", program.data]);
    if (mounted.status !== 0) throw new Error(`cannot mount: ${mounted.stderr}`);
    program.init();
    const base = await program.serve();
    writeFileSync(join(program.data, "ballast"), Buffer.alloc(12 << 20, 1));
    const sending = load(base, kept, 0, 16);
    const until = Date.now() + 60_000;
    while (!sending.refused.size && Date.now() < until) await new Promise((r) => setTimeout(r, 100));
    await new Promise((r) => setTimeout(r, 500));
    const seen = kept.size;
    say(sending.refused.size > 0 && [...sending.refused.keys()].every((s) => s === 507), `writes are refused cleanly on a full disk after ${seen}`, JSON.stringify([...sending.refused]));
    say(sending.again.has("30"), "who is refused is told when to come back", JSON.stringify([...sending.again]));
    const reads = [];
    for (let i = 0; i < 100; ++i) reads.push((await get(base, ["/", "/voices", "/log", "/api/v1/voices", "/say"][i % 5])).status);
    say(reads.every((s) => s === 200), "reading goes on: 100 of 100", JSON.stringify(reads.filter((s) => s !== 200)));
    const signing = await fetch(`${base}/sign-in`);
    const csrf = (await signing.text()).match(/name="csrf" value="([^"]*)"/)[1];
    const refused = await fetch(`${base}/sign-in`, { method: "POST", redirect: "manual", headers: { Cookie: signing.headers.getSetCookie().map((c) => c.split(";")[0]).join("; "), "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ csrf, ...program.staff.administrator }) });
    say([303, 507].includes(refused.status), "signing in works or is refused as cleanly", String(refused.status));
    rmSync(join(program.data, "ballast"));
    const limit = Date.now() + 5_000;
    while (kept.size <= seen + 10 && Date.now() < limit) await new Promise((r) => setTimeout(r, 100));
    say(kept.size > seen + 10, "writing goes on within five seconds when there is space again, without a restart", `${kept.size} after ${seen}`);
    await sending.stop();
    await check(base, kept, "after the full disk");
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
