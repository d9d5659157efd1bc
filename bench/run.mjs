// bin/bench: every figure against its limit or peer in the same run. Prints a table; writes build/bench.jsonl.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { Agent, get, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build_go } from "../test/interop/go.mjs";
import { dialogue_of } from "../test/requests/dialogue.mjs";
import { Program, programs } from "../test/requests/program.mjs";
import { maps } from "./maps.mjs";

const asked = process.argv.slice(2);
const rounds = Number(process.env.HUIYIN_BENCH_ROUNDS ?? 3);
const seconds = process.env.HUIYIN_BENCH_SECONDS ?? "5";
const rows = [];

function record(name, values, unit, against) {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  rows.push({ name, value: median, unit, n: values.length, min: sorted[0], median, max: sorted.at(-1), against });
}
const printed = (program, ...words) => execFileSync(join(programs, program), words.map(String), { encoding: "utf8", maxBuffer: 1 << 26 });
function load(base, ...words) {
  const took = JSON.parse(printed("huiyin-load", "--port", new URL(base).port, "--seconds", seconds, "--connections", 64, ...words));
  if (took.good !== took.requests) throw new Error(`not every request was taken: ${JSON.stringify(took.statuses)}`);
  return took;
}
async function in_folder(work) {
  const folder = mkdtempSync(join(tmpdir(), "huiyin-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
async function with_program(options, work) {
  const program = new Program(options);
  try {
    program.init("Bench");
    await work(program);
  } finally {
    await program.stop("SIGKILL");
    program.remove();
  }
}
// What the ledger has written so far: {acts, groups}.
async function written(base) {
  const text = String(await sent(`${base}/metrics`, {}));
  const of = (name) => Number(text.match(new RegExp(`^${name} (\\S+)$`, "m"))?.[1] ?? 0);
  return { acts: of("huiyin_ledger_acts_total"), groups: of("huiyin_ledger_batch_seconds_count") };
}
// Rounds of one load after another on one installation, and after each its limit: what SQLite alone commits of the very
// rows that the load wrote, from the same state on, in groups as large as the server's were. Nothing is sent twice.
async function beside_the_limit(program, kind, ...words) {
  const all = { rate: [], p99: [], limit: [], share: [], group: [], next: 0 };
  const main = join(program.data, "main.db"), before = join(program.folder, "before.db");
  for (let i = 0; i < rounds; ++i) {
    await program.stop();
    if (existsSync(`${main}-wal`) && statSync(`${main}-wal`).size > 0) throw new Error("the stopped program left something in its WAL");
    copyFileSync(main, before);
    const base = await program.serve(), from = await written(base);
    const took = load(base, "--first", all.next, ...words), to = await written(base);
    await program.stop();
    const group = Math.max(1, Math.round((to.acts - from.acts) / (to.groups - from.groups)));
    const bare = await in_folder(async (folder) => JSON.parse(printed("huiyin-rows", kind, before, main, group, folder)));
    const limit = bare.acts / bare.seconds;
    all.next = took.next;
    all.rate.push(took.rate), all.p99.push(took.p99_ms), all.limit.push(limit), all.share.push((100 * took.rate) / limit), all.group.push(group);
  }
  return all;
}
function record_beside(name, all, items, unit, against) {
  record(name, all.rate.map((r) => r * items), unit, against);
  record(`${name}: the same rows by SQLite alone`, all.limit.map((r) => r * items), unit, "the limit, one thread");
  record(`${name}: of that limit`, all.share, "%", `groups of ${all.group.join(", ")} acts`);
  record(`${name}: p99`, all.p99, "ms", "≤ 100");
}
async function steady(base, rate, length, beside) {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const times = [];
  let bad = 0, next = 0;
  const post = (number, due) => new Promise((resolve) => {
    const body = JSON.stringify({ kind: "suggestion", text: `At a steady pace, number ${number}`, lang: "en" });
    const out = request(`${base}/api/v1/voices`, { method: "POST", agent, headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), "Idempotency-Key": `steady-${process.pid}-${base}-${number}` } }, (answer) => {
      answer.resume();
      answer.on("end", () => { if (answer.statusCode === 201) times.push(performance.now() - due); else ++bad; resolve(); });
    });
    out.on("error", () => { ++bad; resolve(); });
    out.end(body);
  });
  const start = performance.now(), waiting = [];
  let looked = 0;
  while (performance.now() - start < length * 1000) {
    for (; next * 1000 / rate <= performance.now() - start; ++next) waiting.push(post(next, start + next * 1000 / rate));
    if (beside && performance.now() - start > 3000 && performance.now() - looked > 500) looked = performance.now(), waiting.push(beside());
    await new Promise((r) => setTimeout(r, 1));
  }
  await Promise.all(waiting);
  agent.destroy();
  if (bad > 0) throw new Error(`${bad} of ${next} messages were not taken`);
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(times.length / 2)], p99: times[Math.floor(times.length * 0.99)] };
}
// Until the first page of what `command` serves is answered, in seconds.
async function until_first_page(command, words) {
  const began = performance.now();
  const child = spawn(command, words, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    const base = await new Promise((resolve, reject) => {
      let out = "";
      child.stdout.on("data", (piece) => {
        const found = (out += piece).match(/^http:\/\/127\.0\.0\.1:\d+$/m);
        if (found) resolve(found[0]);
      });
      ended.then((code) => reject(new Error(`${command} ended with ${code}: ${out}`)));
    });
    const answer = await fetch(base);
    await answer.text();
    if (answer.status !== 200) throw new Error(`the first page: ${answer.status}`);
    return (performance.now() - began) / 1000;
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}
// The demo, served without a limit on how often one client may ask.
async function with_demo(work) {
  const program = new Program();
  try {
    await until_first_page(join(programs, "huiyin"), ["start", "--data", program.data, "--port", "0"]);
    await work(program, await program.serve());
  } finally {
    await program.stop("SIGKILL");
    program.remove();
  }
}
// An answer's bytes as they were sent. On a connection of its own: one kept from before a load may have been closed.
const sent = (address, headers = { "Accept-Encoding": "gzip" }) =>
  new Promise((resolve, reject) => {
    get(address, { headers, agent: false }, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => (answer.statusCode === 200 ? resolve(Buffer.concat(pieces)) : reject(new Error(`${address}: ${answer.statusCode}`))));
    }).on("error", reject);
  });

const benches = {
  async voices() {
    await with_program({}, async (program) => {
      record_beside("voices, durable, with receipt", await beside_the_limit(program, "voices", "--what", "voices"), 1, "/s", "≥ 5,000, 64 connections");
    });
  },
  // Nobody votes twice on one statement. In arrays as many are sent in each round as bring all 20,000 people.
  async votes() {
    const ways = [
      ["single votes", 1, "≥ 5,000, 64 connections", ["--what", "vote"]],
      ["votes in arrays of 50, 20,000 people", 50, "≥ 30,000, goal 50,000", ["--what", "votes", "--votes", 50, "--requests", Math.ceil(20_000 / rounds)]],
    ];
    for (const [name, items, against, words] of ways)
      await with_program({}, async (program) => {
        program.make_staff(["chief"]);
        await program.serve();
        const { dialogue, statements } = await dialogue_of(program, 100);
        const all = await beside_the_limit(program, "votes", ...words, "--people", 20_000, "--dialogue", dialogue, "--statements", statements.join(","));
        record_beside(name, all, items, items > 1 ? "votes/s" : "/s", against);
      });
  },
  async followed() {
    const each = await in_folder(async (folder) => printed("huiyin-followed", seconds, rounds, folder).trim().split("\n").map((line) => JSON.parse(line)));
    record("votes a second, alone", each.map((r) => r.alone), "/s", "");
    record("votes a second while a follower catches up", each.map((r) => r.followed), "/s", "the same in turns");
    record("share left beside a follower", each.map((r) => (100 * r.followed) / r.alone), "%", "≥ 90");
    record("entries that the follower read meanwhile", each.map((r) => r.read), "/s", "");
  },
  maps: () => maps({ in_folder, load, record, rounds }),
  async notices() {
    const each = await in_folder(async (folder) => printed("huiyin-notices", seconds, rounds, folder).trim().split("\n").map((line) => JSON.parse(line)));
    record("votes a second, nobody follows", each.map((r) => r.alone), "/s", "");
    record("votes a second while 100,000 followers are told without a pause", each.map((r) => r.followed), "/s", "the same in turns");
    record("share left beside 100,000 followers", each.map((r) => (100 * r.followed) / r.alone), "%", "≥ 90");
    record("rows written for followers meanwhile", each.map((r) => r.rows), "/s", "");
  },
  // 250,000 answers to one survey, and their export in another order.
  async survey() {
    const each = await in_folder(async (folder) => JSON.parse(printed("huiyin-survey", process.env.HUIYIN_BENCH_ANSWERS ?? 250_000, folder)));
    record("answers to a survey, by 64 threads", [each.answered], "/s", "");
    record("rows of the export of answers", [each.exported], "/s", "≥ 50,000");
    record("memory grown while it is read", [each.grown], "MB", "≤ 16");
  },
  // A city's register: 1 M open cases in 200 units, pages, the sweep of due days, 100,000 cases taken over, the list as a
  // table. HUIYIN_BENCH_CASES says how many.
  async cases() {
    const lines = await in_folder(async (folder) => printed("huiyin-cases", process.env.HUIYIN_BENCH_CASES ?? 1_000_000, process.env.HUIYIN_BENCH_IMPORTED ?? 100_000, folder));
    for (const { name, values, unit, against } of lines.trim().split("\n").map((line) => JSON.parse(line))) record(`cases: ${name}`, values, unit, against);
  },
  // What issues weigh, and their pages. HUIYIN_BENCH_WEIGHED: messages, by a comma the issues they are in.
  async issues() {
    const [messages, issues] = (process.env.HUIYIN_BENCH_WEIGHED ?? "1000000,10000").split(",");
    const lines = await in_folder(async (folder) => printed("huiyin-issues", messages, issues, folder));
    for (const { name, values, unit, against } of lines.trim().split("\n").map((line) => JSON.parse(line))) record(`issues: ${name}`, values, unit, against);
  },
  // Finding issues among made messages, and the growth with their number. HUIYIN_BENCH_MESSAGES: how many, by commas, as 1000000;
  // HUIYIN_BENCH_REAL: a table of real messages whose clauses are mixed.
  async text() {
    const real = process.env.HUIYIN_BENCH_REAL ? [process.env.HUIYIN_BENCH_REAL] : [];
    for (const n of (process.env.HUIYIN_BENCH_MESSAGES ?? "4326,10000,100000").split(","))
      for (const { name, values, unit, against } of printed("huiyin-text", "all", n, ...real).trim().split("\n").map((line) => JSON.parse(line)))
        record(`text: ${name}`, values, unit, against);
    // Tables of real messages, by their paths: copies among those of HUIYIN_BENCH_COPIES and what is said to be one there, categories of HUIYIN_BENCH_LABELLED.
    for (const [what, paths] of [["copies", process.env.HUIYIN_BENCH_COPIES], ["hits", process.env.HUIYIN_BENCH_COPIES], ["categories", process.env.HUIYIN_BENCH_LABELLED]])
      if (paths)
        for (const { name, values, unit, against } of printed("huiyin-quality", what, ...paths.split(":")).trim().split("\n").map((line) => JSON.parse(line)))
          record(`text: ${name}`, values, unit, against);
  },
  // Real conversations, made ones of HUIYIN_BENCH_CONVERSATIONS (people x statements), blocs among them, a flood.
  async opinion() {
    const folder = new URL("../src/opinion/testdata", import.meta.url).pathname;
    const made = (process.env.HUIYIN_BENCH_CONVERSATIONS ?? "30000x906,1000000x2000").split(",").map((size) => size.split("x"));
    const all = [["real", folder, "london", "biodiversity", "farmland", "uberx", "bowling-green"]];
    for (const [people, statements] of made) all.push(["made", people, statements, 3.5]);
    for (const [people, statements] of [["2000", "600"], ...made]) all.push(["blocs", people, statements]);
    for (const words of [...all, ["flood"]])
      for (const { name, values, unit, against } of printed("huiyin-opinion", ...words).trim().split("\n").map((line) => JSON.parse(line)))
        record(`opinion: ${name}`, values, unit, against);
  },
  // Full-text search over so many messages: HUIYIN_BENCH_SEARCHED.
  async search() {
    const lines = await in_folder(async (folder) => printed("huiyin-search", process.env.HUIYIN_BENCH_SEARCHED ?? 100_000, folder));
    for (const { name, values, unit, against } of lines.trim().split("\n").map((line) => JSON.parse(line))) record(`search: ${name}`, values, unit, against);
  },
  async postgres() {
    const place = process.env.HUIYIN_TEST_POSTGRES;
    if (!place) throw new Error("bin/bench starts PostgreSQL; HUIYIN_TEST_POSTGRES is missing");
    const name = `bench_${process.pid}`;
    execFileSync("psql", [place, "-c", `create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`]);
    await with_program({ postgres: place.replace("dbname=postgres", `dbname=${name}`) }, async (program) => {
      const base = await program.serve();
      const runs = Array.from({ length: rounds }, () => load(base, "--what", "voices"));
      record("voices on PostgreSQL", runs.map((r) => r.rate), "/s", "≥ 1,000");
    });
    execFileSync("psql", [place, "-c", `drop database ${name} with (force)`]);
  },
  async pages() {
    await with_demo(async (program, base) => {
      const json = (path) => fetch(base + path).then((r) => r.json());
      const { cycles } = await json("/api/v1/cycles"), { measures } = await json("/api/v1/measures");
      const round = cycles.find((c) => c.source), done = measures.find((m) => m.state === "accepted");
      const pages = { "/": "/", "/voices": "/voices", "/log": "/log", "/scorecards": "/scorecards", "a round": `/cycles/${round.id}`, "a measure": `/measures/${done.id}` };
      for (const [name, path] of Object.entries(pages)) {
        const runs = Array.from({ length: rounds }, () => load(base, "--what", "page", "--path", path));
        record(`demo, ${name}`, runs.map((r) => r.rate), "/s", "≥ 5,000");
        // At one connection the answer's time is the server's, not the queue's.
        const alone = Array.from({ length: rounds }, () => load(base, "--what", "page", "--path", path, "--connections", 1, "--seconds", 1));
        record(`demo, ${name}, p50`, alone.map((r) => r.p50_ms), "ms", "≤ 2");
      }
      const first = String(await sent(base, {}));
      const parts = [...new Set([...first.matchAll(/<(?:link|script|img)\b[^>]*?\s(?:href|src)="(\/[^"]+)"/g)].map((found) => found[1].replaceAll("&amp;", "&")))];
      let bytes = 0;
      for (const path of ["", ...parts]) bytes += (await sent(base + path)).length;
      record("demo, first view, compressed", [bytes / 1024], "kB", `≤ 60; with ${parts.length} files`);
    });
  },
  // A folder that has the demo in it, started again: the program by itself, and by bin/run, which first looks after
  // packages and build. As root bin/run serves as a user of its own, so that each has a folder.
  async start() {
    for (const [command, before, name] of [[join(programs, "huiyin"), ["start"], "huiyin start"], ["bin/run", [], "bin/run"]])
      await in_folder(async (folder) => {
        chmodSync(folder, 0o755);
        const words = [...before, "--data", join(folder, "data"), "--port", "0"], again = [];
        record(`${name}, the first time, until the first page`, [await until_first_page(command, words)], "s", "makes the demo");
        for (let i = 0; i < rounds; ++i) again.push(await until_first_page(command, words));
        record(`${name}, again, until the first page`, again, "s", "< 1");
      });
  },
  async tiles() {
    await with_program({}, async (program) => {
      const base = await program.serve();
      load(base, "--what", "voices", "--seconds", 1);
      for (const path of ["/log/tile/0/000", "/log/tile/entries/000", "/log/checkpoint"])
        record(`GET ${path}`, Array.from({ length: rounds }, () => load(base, "--what", "page", "--path", path)).map((r) => r.rate), "/s", "≥ 15,000");
    });
  },
  async proofs() {
    const entries = Number(process.env.HUIYIN_BENCH_ENTRIES ?? 10_000_000);
    await in_folder(async (folder) => {
      const took = JSON.parse(printed("huiyin-proof-times", entries, 2000, folder));
      record(`inclusion proof in ${entries.toLocaleString("en")} entries, median`, [took.median_ms], "ms", "≤ 1");
      record("the same, p99", [took.p99_ms], "ms", "≤ 1");
    });
  },
  // Open loop: a message every 2 ms, whether or not the one before was answered; a receipt's time counts from when its
  // message was due. The same with and without witnesses, one after the other in each round.
  async witnesses() {
    const { Witness, followed_by } = await import("../test/witness/witness.mjs");
    const all = ["a", "b", "c"].map((name) => new Witness(name));
    try {
      await with_program({}, async (program) => {
        const vkey = await fetch(`${await program.serve()}/log/key`).then((r) => r.text());
        for (const one of all) await one.serve(vkey.trim());
        const times = { with: { p50: [], p99: [] }, without: { p50: [], p99: [] } };
        let behind = [];
        for (let i = 0; i < rounds; ++i)
          for (const way of ["without", "with"]) {
            await program.stop();
            if (way === "with") await followed_by(program.data, all, 2);
            else rmSync(join(program.data, "huiyin.toml"), { force: true });
            const base = await program.serve();
            const took = await steady(base, 500, Number(seconds), way === "with" && (async () => {
              const log = await fetch(`${base}/api/v1/ledger`).then((r) => r.json());
              behind.push((log.size - log.cosigned) / 500);
            }));
            times[way].p50.push(took.p50), times[way].p99.push(took.p99);
          }
        for (const p of ["p50", "p99"]) {
          record(`receipt at 500/s, three witnesses, ${p}`, times.with[p], "ms", p === "p50" ? "≤ 50" : "≤ 500");
          record(`the same over without witnesses, ${p}`, times.with[p].map((t, i) => t / times.without[p][i]), "×", "1.00");
        }
        record("receipts without their quorum yet, newest first", behind, "s", "≤ 10");
      });
    } finally {
      for (const one of all) await one.stop("SIGKILL"), one.remove();
    }
  },
  async idle() {
    await with_program({}, async (program) => {
      await program.serve();
      await new Promise((r) => setTimeout(r, 1500));
      const status = readFileSync(`/proc/${program.process.pid}/status`, "utf8");
      record("resident when idle", [Number(status.match(/VmRSS:\s+(\d+)/)[1]) / 1024], "MB", "≤ 80");
    });
  },
  async verify() {
    // Both check the same made log on one core: tree, tiles, leaves, payloads.
    await in_folder(async (folder) => {
      const go = build_go(folder), log = join(folder, "log"), entries = Number(process.env.HUIYIN_BENCH_ENTRIES ?? 1_000_000);
      const key = execFileSync(go, ["make-log", String(entries), "7", log], { encoding: "utf8" }).trim();
      const rate_of = (...words) => {
        const report = JSON.parse(execFileSync("taskset", ["-c", "0", ...words], { encoding: "utf8" }));
        if (!report.ok || report.entries !== entries) throw new Error(JSON.stringify(report));
        return entries / (report.milliseconds / 1000);
      };
      const ours = [], theirs = [];
      for (let i = 0; i < rounds; ++i) {
        ours.push(rate_of(join(programs, "huiyin-verify"), "--json", "--key", key, log));
        theirs.push(rate_of(go, "log", log, key));
      }
      record(`huiyin-verify, ${entries.toLocaleString("en")} entries, one core`, ours, "/s", "≥ 200,000 (1 M in 5 s)");
      record("the same by the Go verifier", theirs, "/s", "peer");
    });
  },
  async import() {
    const took = [];
    await in_folder(async (folder) => {
      execFileSync("sh", ["-c", `for f in demo/vtaiwan.uberx/*.gz; do gzip -dc "$f" > "$1/$(basename "$f" .gz)"; done`, "sh", folder]);
      for (let i = 0; i < rounds; ++i)
        await with_program({}, async (program) => {
          const start = performance.now();
          program.command("import", "polis", folder, "--lang", "zh-Hant");
          took.push((performance.now() - start) / 1000);
        });
    });
    record("import of vTaiwan, 197 statements, 49,997 votes", took, "s", "≤ 3");
  },
};

const number = (x) => (x >= 100 ? Math.round(x).toLocaleString("en") : x.toFixed(x < 10 ? 2 : 1));
console.log(`${"what".padEnd(68)} ${"median".padStart(10)} ${"min".padStart(10)} ${"max".padStart(10)}  unit      against`);
const results = "build/bench.jsonl";
// After each bench, so that one that fails takes no other's figures along. What was not measured keeps its line.
function keep() {
  for (const r of rows) console.log(`${r.name.padEnd(68)} ${number(r.median).padStart(10)} ${number(r.min).padStart(10)} ${number(r.max).padStart(10)}  ${r.unit.padEnd(8)}  ${r.against}`);
  const measured = new Set(rows.map((r) => r.name));
  const earlier = existsSync(results) ? readFileSync(results, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line)) : [];
  writeFileSync(results, [...earlier.filter((r) => !measured.has(r.name)), ...rows].map((r) => JSON.stringify(r) + "\n").join(""));
  rows.length = 0;
}
const names = asked.length ? asked : Object.keys(benches), unknown = names.find((name) => !benches[name]);
if (unknown) throw new Error(`no bench called ${unknown}; there are ${Object.keys(benches).join(", ")}`);
for (const name of names)
  try {
    await benches[name]();
  } catch (error) {
    console.error(`${name}: ${error.stack}`);
    process.exitCode = 1;
  } finally {
    keep();
  }
