// A log and its witnesses, as they really run.
//   node test/witness/run.mjs [kills]
import { execFileSync, spawnSync } from "node:child_process";
import https from "node:https";
import { cpSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Program, programs } from "../requests/program.mjs";
import { prove } from "../crash/receipts.mjs";
import { Witness, followed_by } from "./witness.mjs";
import { cosigned, judge, proof_file } from "./policy.mjs";
import { Log } from "./tree.mjs";

const kills = Number(process.argv[2] ?? 4);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let failed = 0;
async function test(name, work) {
  try {
    const more = await work();
    console.log(`ok witness ${name}${more ? ` (${more})` : ""}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok witness ${name}\n    ${String(error?.stack ?? error).replaceAll("\n", "\n    ")}`);
  }
}
const holds = (good, what) => { if (!good) throw new Error(what); };
const text = async (program, path, lang = "en") => (await fetch(program.base + path, { headers: { "Accept-Language": lang } })).text();
const json = async (program, path) => JSON.parse(await text(program, path));
let said = 0;
async function say(program) {
  const answer = await fetch(`${program.base}/api/v1/voices`, {
    method: "POST", headers: { "Content-Type": "application/json", "Idempotency-Key": `witness-test-${process.pid}-${++said}` },
    body: JSON.stringify({ kind: "suggestion", text: `Somebody looks on, number ${said}`, lang: "en" }),
  });
  holds(answer.status === 201, `saying something was answered ${answer.status}`);
  return (await answer.json()).receipt;
}
// Asks until it is so; how long that took.
async function until(what, ask, seconds = 25) {
  const start = Date.now();
  for (;;) {
    const last = await ask();
    if (last) return (Date.now() - start) / 1000;
    holds(Date.now() - start < seconds * 1000, `${what}: not within ${seconds} s`);
    await wait(100);
  }
}
const standing = async (program, name) => (await json(program, "/api/v1/ledger")).witnesses.find((w) => w.name === name);
const quorum_of = async (program, index) => judge(await text(program, "/log/policy"), (await json(program, `/api/v1/ledger/receipts/${index}`)).checkpoint);

// A server with TLS whose certificate no authority signed; counts who connects, and who then asks.
async function stranger(folder) {
  const [key, cert] = ["stranger.key", "stranger.pem"].map((name) => join(folder, name));
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
    "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert], { stdio: "ignore" });
  const seen = { connected: 0, asked: 0 };
  const server = https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, answer) => ((seen.asked += 1), answer.end()));
  server.on("connection", () => (seen.connected += 1));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { seen, base: `https://localhost:${server.address().port}`, close: () => server.close() };
}

const program = new Program();
const witnesses = ["north", "south", "east"].map((name) => new Witness(name));
const copy = new Program(), old = new Program();
program.init("Witnessed office");
await program.serve();
const vkey = (await text(program, "/log/key")).trim();
await program.stop();
await followed_by(program.data, witnesses, 2);
const [north, south, east] = witnesses;

await test("its key is for its owner alone", () => holds((statSync(join(north.data, "witness.key")).mode & 0o777) === 0o600, "mode"));

try {
  await north.serve(vkey);
  await south.serve(vkey);
  await program.serve();

  await test("a receipt is good at once, and two of three stand under it within seconds", async () => {
    const receipt = await say(program);
    prove(receipt, vkey);
    const took = await until("two cosignatures", async () => (await quorum_of(program, receipt.index)).have >= 2);
    const upgraded = await json(program, `/api/v1/ledger/receipts/${receipt.index}`);
    prove(upgraded, vkey);
    holds(upgraded.leaf === receipt.leaf, "the leaf is the same");
    prove(receipt, vkey);
    const file = proof_file(await text(program, `/receipts/${receipt.index}/proof`));
    prove({ ...file, leaf: receipt.leaf }, vkey);
    const verdict = await judge(await text(program, "/log/policy"), file.checkpoint);
    holds(verdict.by_log && verdict.have === 2 && verdict.need === 2, JSON.stringify(verdict));
    holds(verdict.times.every((t) => Math.abs(t - Date.now() / 1000) < 30), "the times are of now");
    const published = await judge(await text(program, "/log/policy"), await text(program, "/log/checkpoint"));
    holds(published.have === 2, "the published checkpoint has them");
    return `${took.toFixed(1)} s`;
  });

  await test("pages say with how many it is signed", async () => {
    const log = await text(program, "/log");
    holds(log.includes("2 of 3 independent witnesses have signed it") && log.includes("does not answer"), "log");
    holds((await text(program, "/rules")).includes("2 of 3 must sign"), "rules");
    holds((await text(program, "/receipts/0")).includes("2 of 3 independent witnesses have signed it"), "receipt");
    holds((await text(program, "/log", "zh-CN")).includes("3 个独立见证方中已有 2 个签名"), "zh-Hans");
    holds((await text(program, "/log", "zh-TW")).includes("3 個獨立見證方中已有 2 個簽章"), "zh-Hant");
  });

  await test("the third comes back and catches up", async () => {
    await east.serve(vkey);
    const took = await until("east signs", async () => (await standing(program, "east")).size === (await json(program, "/api/v1/ledger")).size, 60);  // one that is down is asked every half minute
    await until("three under the receipt", async () => (await quorum_of(program, 0)).have === 3);
    return `${took.toFixed(1)} s`;
  });

  await program.stop();
  cpSync(program.data, old.data, { recursive: true });
  cpSync(program.data, copy.data, { recursive: true });
  await program.serve();
  const real = await say(program);
  await until("all have signed", async () => (await quorum_of(program, real.index)).have === 3);
  await program.stop();

  const refused = async (which, what) => {
    for (const one of witnesses)
      await until(`${one.name} refuses`, async () => (await standing(which, one.name)).alarm === what);
    holds(which.log.includes('"event":"witness_alarm"') && which.log.includes(`"what":"${what}"`), "the log says so");
    holds(/huiyin_witness_alarm\{witness="north"\} 1/.test(await text(which, "/metrics")), "so does /metrics");
    holds((await text(which, "/log")).includes("Alarm: a witness says that this log is not the one"), "so does /log");
  };
  await test("rollback: an older copy is refused, aloud", async () => {
    await old.serve();
    await refused(old, "ahead");
    await old.stop();
  });
  await test("split view: a copy that goes its own way is refused, aloud", async () => {
    await copy.serve();
    const forged = [await say(copy), await say(copy)].at(-1);
    await refused(copy, "fork");
    const verdict = await quorum_of(copy, forged.index);
    holds(verdict.have === 0, "nobody signed it");
    holds((await text(copy, `/receipts/${forged.index}`)).includes("the operator could show others another log"), "the receipt says so");
    await copy.stop();
  });
  await test("the true one goes on", async () => {
    await program.serve();
    const receipt = await say(program);
    await until("signed", async () => (await quorum_of(program, receipt.index)).have === 3);
    holds((await json(program, "/api/v1/ledger")).witnesses.every((w) => w.alarm === "none"), "no alarm");
  });
  await test("an export of it verifies under the policy, without the server", async () => {
    const policy = join(program.folder, "policy"), to = join(program.folder, "export");
    writeFileSync(policy, await text(program, "/log/policy"));
    await until("the newest is signed", async () => (await judge(readFileSync(policy, "utf8"), await text(program, "/log/checkpoint"))).have === 3);
    await program.stop();
    program.command("export", "log", "--to", to);
    const verified = (...more) => spawnSync(join(programs, "huiyin-verify"), [to, "--policy", policy, ...more], { encoding: "utf8" });
    const good = verified();
    holds(good.status === 0, good.stdout + good.stderr);
    const lone = readFileSync(join(to, "checkpoint"), "utf8").split("\n").filter((line) => !/^— (south|east)\./.test(line)).join("\n");
    writeFileSync(join(to, "checkpoint"), lone);
    holds(verified().status !== 0, "one witness of two is not enough");
  });

  await test("one whose certificate nobody signed is asked nothing", async () => {
    const other = await stranger(program.folder);
    try {
      await program.stop();
      await followed_by(program.data, [{ name: "north", vkey: north.vkey, port: 0, base: other.base }], 1);
      await program.serve();
      // Others failed before this one did.
      const fails = () => program.log.split("\n").filter((line) => line.includes('"event":"witness_fails"'));
      await until("that it does not believe the certificate is logged", () => fails().some((line) => /certificate/i.test(line)));
      holds(other.seen.connected > 0 && other.seen.asked === 0, JSON.stringify(other.seen));
      await program.stop();
    } finally {
      other.close();
    }
  });

  await test(`killed ${kills} times between two histories, it never signs both`, async () => {
    const log = new Log("forked.example/log"), roots = new Map();
    let signed = 0, going = true;
    await north.stop();
    const race = async (branch) => {
      let last = 3;
      while (going) {
        const size = last + 1 + (signed % 3);
        try {
          const answer = await fetch(`${north.base}/add-checkpoint`, { method: "POST", body: log.request(branch, last, size), signal: AbortSignal.timeout(2000) });
          const body = await answer.text();
          if (answer.status === 409) last = Math.max(3, Number(body)) || 3;
          if (answer.status !== 200) continue;
          holds((await cosigned(log.note(branch, size) + body, north.vkey)) !== null, "a wrong cosignature");
          signed += 1;
          last = size;
          roots.set(size, (roots.get(size) ?? new Set()).add(branch));
        } catch (error) {
          if (!(error instanceof TypeError) && error.name !== "TimeoutError") throw error;
          await wait(10);
        }
      }
    };
    await north.serve(vkey, log.vkey);
    const first = await fetch(`${north.base}/add-checkpoint`, { method: "POST", body: log.request("a", 0, 3) });
    holds(first.status === 200, `the first: ${first.status}`);
    const racers = ["a", "b", "a", "b"].map(race);
    for (let i = 0; i < kills; ++i) {
      await wait(120 + Math.random() * 200);
      await north.stop("SIGKILL");
      await north.serve(vkey, log.vkey);
    }
    for (let tries = 0; signed <= 10 && tries < 600; ++tries) await wait(100);
    going = false;
    await Promise.all(racers);
    const branches = new Set([...roots.values()].flatMap((s) => [...s]));
    holds(signed > 10, `only ${signed} signatures`);
    holds(branches.size === 1, `signed of both histories: ${[...roots].filter(([, s]) => s.size > 1).map(([n]) => n)}`);
    return `${signed} signatures`;
  });
} catch (error) {
  failed += 1;
  console.log(`not ok witness set up\n    ${error?.stack ?? error}\n${program.log.slice(-3000)}`);
} finally {
  for (const one of [program, copy, old]) await one.stop("SIGKILL"), one.remove();
  for (const one of witnesses) await one.stop("SIGKILL"), one.remove();
}
process.exitCode = failed ? 1 : 0;
