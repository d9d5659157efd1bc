// bin/bench: every figure against its limit or peer in the same run. Prints a table; writes build/bench.jsonl.
import { execFileSync } from "node:child_process";
import { writeFileSync, readFileSync, mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { gzipSync } from "node:zlib";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build_go } from "../test/interop/go.mjs";
import { dialogue_of } from "../test/requests/dialogue.mjs";
import { Program, programs } from "../test/requests/program.mjs";

const asked = process.argv.slice(2);
const rounds = Number(process.env.HUIYIN_BENCH_ROUNDS ?? 3);
const seconds = process.env.HUIYIN_BENCH_SECONDS ?? "5";
const rows = [];

function record(name, values, unit, against) {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  rows.push({ name, value: median, unit, n: values.length, min: sorted[0], median, max: sorted.at(-1), against });
}
const load = (port, ...words) => JSON.parse(execFileSync(join(programs, "huiyin-load"), ["--port", String(port), "--seconds", seconds, "--connections", "64", ...words], { encoding: "utf8" }));
function engine(what) {
  const folder = mkdtempSync(join(tmpdir(), "huiyin-engine-"));
  try {
    return JSON.parse(execFileSync(join(programs, "huiyin-engine"), [what, seconds, folder], { encoding: "utf8" })).items;
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
const port_of = (base) => new URL(base).port;

const benches = {
  async voices() {
    const limit = engine("voices");
    await with_program({}, async (program) => {
      const base = await program.serve();
      const runs = Array.from({ length: rounds }, () => load(port_of(base), "--what", "voices"));
      record("voices, durable, with receipt, 64 connections", runs.map((r) => r.rate), "/s", `≥ 5,000; engine without HTTP ${Math.round(limit)}/s`);
      record("voices, p99", runs.map((r) => r.p99_ms), "ms", "≤ 100");
    });
  },
  async votes() {
    const single = engine("vote"), arrays = engine("votes");
    record("single votes while a follower catches up", Array.from({ length: rounds }, () => engine("followed")), "%", "≥ 90 of those without");
    await with_program({}, async (program) => {
      program.make_staff();
      const base = await program.serve();
      const { dialogue, statements } = await dialogue_of(program, 60);
      const words = ["--dialogue", String(dialogue), "--statements", statements.join(",")];
      const ones = Array.from({ length: rounds }, () => load(port_of(base), "--what", "vote", ...words));
      record("single votes", ones.map((r) => r.rate), "/s", `≥ 5,000; engine without HTTP ${Math.round(single)}/s`);
      record("single votes, p99", ones.map((r) => r.p99_ms), "ms", "≤ 100");
      const many = Array.from({ length: rounds }, () => load(port_of(base), "--what", "votes", "--votes", "50", "--people", "20000", ...words));
      record("votes in arrays of 50, 20,000 people", many.map((r) => r.rate * 50), "votes/s", `≥ 30,000, goal 50,000; engine ${Math.round(arrays)}/s`);
    });
  },
  async postgres() {
    const place = process.env.HUIYIN_TEST_POSTGRES;
    if (!place) throw new Error("bin/bench starts PostgreSQL; HUIYIN_TEST_POSTGRES is missing");
    const name = `bench_${process.pid}`;
    execFileSync("psql", [place, "-c", `create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`]);
    await with_program({ postgres: place.replace("dbname=postgres", `dbname=${name}`) }, async (program) => {
      const base = await program.serve();
      const runs = Array.from({ length: rounds }, () => load(port_of(base), "--what", "voices"));
      record("voices on PostgreSQL", runs.map((r) => r.rate), "/s", "≥ 1,000");
    });
    execFileSync("psql", [place, "-c", `drop database ${name} with (force)`]);
  },
  async pages() {
    await with_program({}, async (program) => {
      const base = await program.serve();
      load(port_of(base), "--what", "voices", "--seconds", "1");
      for (const path of ["/", "/voices", "/log"]) {
        const runs = Array.from({ length: rounds }, () => load(port_of(base), "--what", "page", "--path", path));
        record(`page ${path}`, runs.map((r) => r.rate), "/s", "≥ 5,000");
        // At one connection the answer's time is the server's, not the queue's.
        const alone = Array.from({ length: rounds }, () => load(port_of(base), "--what", "page", "--path", path, "--connections", "1", "--seconds", "1"));
        record(`page ${path}, p50`, alone.map((r) => r.p50_ms), "ms", "≤ 2");
      }
      const first = await fetch(base).then((r) => r.text());
      let bytes = gzipSync(first).length;
      for (const [, address] of first.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) bytes += gzipSync(await fetch(base + address.replaceAll("&amp;", "&")).then((r) => r.text())).length;
      record("first view, compressed", [bytes / 1024], "kB", "≤ 60");
    });
  },
  async tiles() {
    await with_program({}, async (program) => {
      const base = await program.serve();
      load(port_of(base), "--what", "voices", "--seconds", "1");
      for (const path of ["/log/tile/0/000", "/log/tile/entries/000", "/log/checkpoint"])
        record(`GET ${path}`, Array.from({ length: rounds }, () => load(port_of(base), "--what", "page", "--path", path)).map((r) => r.rate), "/s", "≥ 15,000");
    });
  },
  async proofs() {
    const entries = Number(process.env.HUIYIN_BENCH_ENTRIES ?? 10_000_000);
    const folder = mkdtempSync(join(tmpdir(), "huiyin-proofs-"));
    try {
      const took = JSON.parse(execFileSync(join(programs, "huiyin-proof-times"), [String(entries), "2000", folder], { encoding: "utf8" }));
      record(`inclusion proof in ${entries.toLocaleString("en")} entries, median`, [took.median_ms], "ms", "≤ 1");
      record("the same, p99", [took.p99_ms], "ms", "≤ 1");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
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
    const folder = mkdtempSync(join(tmpdir(), "huiyin-verify-"));
    try {
      const go = build_go(folder), log = join(folder, "log"), entries = Number(process.env.HUIYIN_BENCH_ENTRIES ?? 1_000_000);
      const key = execFileSync(go, ["make-log", String(entries), "7", log], { encoding: "utf8" }).trim();
      const run = (...words) => {
        const report = JSON.parse(execFileSync("taskset", ["-c", "0", ...words], { encoding: "utf8" }));
        if (!report.ok || report.entries !== entries) throw new Error(JSON.stringify(report));
        return entries / (report.milliseconds / 1000);
      };
      const ours = [], theirs = [];
      for (let i = 0; i < rounds; ++i) {
        ours.push(run(join(programs, "huiyin-verify"), "--json", "--key", key, log));
        theirs.push(run(go, "log", log, key));
      }
      record(`huiyin-verify, ${entries.toLocaleString("en")} entries, one core`, ours, "/s", "≥ 200,000 (1 M in 5 s)");
      record("the same by the Go verifier", theirs, "/s", "peer");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  async import() {
    const folder = mkdtempSync(join(tmpdir(), "huiyin-polis-"));
    execFileSync("sh", ["-c", `for f in demo/vtaiwan.uberx/*.gz; do gzip -dc "$f" > "$1/$(basename "$f" .gz)"; done`, "sh", folder]);
    const took = [];
    for (let i = 0; i < rounds; ++i)
      await with_program({}, async (program) => {
        const start = process.hrtime.bigint();
        program.command("import", "polis", folder, "--lang", "zh-Hant");
        took.push(Number(process.hrtime.bigint() - start) / 1e9);
      });
    rmSync(folder, { recursive: true, force: true });
    record("import of vTaiwan, 197 statements, 49,997 votes", took, "s", "≤ 3");
  },
};

for (const name of asked.length ? asked : Object.keys(benches)) {
  if (!benches[name]) throw new Error(`no bench called ${name}; there are ${Object.keys(benches).join(", ")}`);
  await benches[name]();
}
const number = (x) => (x >= 100 ? Math.round(x).toLocaleString("en") : x.toFixed(x < 10 ? 2 : 1));
console.log(`${"what".padEnd(52)} ${"median".padStart(10)} ${"min".padStart(10)} ${"max".padStart(10)}  unit      against`);
for (const r of rows) console.log(`${r.name.padEnd(52)} ${number(r.median).padStart(10)} ${number(r.min).padStart(10)} ${number(r.max).padStart(10)}  ${r.unit.padEnd(8)}  ${r.against}`);
writeFileSync("build/bench.jsonl", rows.map((r) => JSON.stringify(r) + "\n").join(""));
