// Hostile load, with honest readers and writers measured beside it: slow headers, slow bodies, ranges, ten times more
// than the program can do, and malformed requests made from test/smuggling.txt by a seeded mutator.
//   HOSTILE_SECONDS (20) of each kind, HOSTILE_CONNECTIONS (2000), HOSTILE_MALFORMED (1000000), HOSTILE_SEED (1),
//   HOSTILE_KINDS: only those whose name has one of these words, joined by commas
import http from "node:http";
import net from "node:net";
import { fork, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Program } from "../requests/program.mjs";
import { honest } from "./parts/honest.mjs";

const seconds = Number(process.env.HOSTILE_SECONDS ?? 20);
const connections = Number(process.env.HOSTILE_CONNECTIONS ?? 2000);
const malformed = Number(process.env.HOSTILE_MALFORMED ?? 1_000_000);
const seed = Number(process.env.HOSTILE_SEED ?? 1);
const kinds = (process.env.HOSTILE_KINDS ?? "").split(",");
const rows = [];
let failed = 0;
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

const memory = (program) => Number(readFileSync(`/proc/${program.process.pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)?.[1] ?? 0) / 1024;

function watch(port) {
  const child = fork(new URL("parts/honest.mjs", import.meta.url), [String(port)]);
  return () => new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`the honest ones ended with ${code}`)));
    child.send("stop");
  });
}

async function recovery(port) {
  const began = performance.now();
  for (let number = 0; performance.now() - began < 20_000; number += 5) {
    const one = await honest(port, number);
    if (one.good && one.ms < 500) return (performance.now() - began) / 1000;
    await sleep(50);
  }
  return Infinity;
}

// `must`: what the attack's own result has to show beside how the honest ones fared.
async function under(name, program, port, attack, note = () => "", must = () => true) {
  if (!kinds.some((kind) => name.includes(kind))) return;
  const before = memory(program);
  let top = before;
  const sampling = setInterval(() => (top = Math.max(top, memory(program))), 200);
  const stop = watch(port);
  const result = await attack(port);
  const { asked, good, p99, waited, worked, bad } = await stop();
  clearInterval(sampling);
  const back = await recovery(port);
  const alive = program.process.exitCode === null;
  const share = (good / asked) * 100;
  const fine = must(result) && alive && share >= 99 && p99 <= 2000 && back <= 5 && top < 1024;
  if (!fine) failed += 1;
  rows.push({ name, asked, share: share.toFixed(2), p99: Math.round(p99), waited: Math.round(waited), before: Math.round(before), top: Math.round(top), back: back.toFixed(2), note: `${note(result)}${worked ? ` (${worked} worked first)` : ""}` });
  console.log(`${fine ? "ok" : "not ok"} hostile ${name}: ${share.toFixed(2)} % of ${asked} honest requests answered, p99 ${Math.round(p99)} ms (${Math.round(waited)} ms without the work asked for), memory ${Math.round(before)} to ${Math.round(top)} MB, recovered in ${back.toFixed(2)} s ${note(result)}${worked ? `, ${worked} worked first` : ""}${bad.length ? `, refused with ${bad.join(" ")}` : ""}`);
}

function slowhttptest(port, ...words) {
  return () => new Promise((resolve, reject) => {
    const out = spawn("slowhttptest", ["-c", String(connections), "-r", "500", "-l", String(seconds), "-u", `http://127.0.0.1:${port}/say`, ...words], { stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    out.stdout.on("data", (d) => (text += d));
    out.on("error", () => reject(new Error("slowhttptest is missing: bin/setup --ci installs it")));
    out.on("exit", (code) => (code === 0 ? resolve(text.replace(/\x1b\[[0-9;]*m/g, "")) : reject(new Error(`slowhttptest ended with ${code}: ${text.slice(-400)}`))));
  });
}
const slow_note = (text) => (text.match(/service available:\s+(\w+)/i)?.[1] ? `(service available: ${[...text.matchAll(/service available:\s+(\w+)/gi)].at(-1)[1]})` : text.slice(0, 40));

// As fast as the program answers, by half again as many requests at once as it works on and lets wait, from forty
// networks. Whoever is turned away is told when to come again.
async function overload(port) {
  const agents = Array.from({ length: 40 }, (_, i) => new http.Agent({ keepAlive: true, maxSockets: 40, localAddress: `127.1.${i}.1` }));
  const statuses = new Map();
  const until = Date.now() + seconds * 1000;
  const body = JSON.stringify({ kind: "suggestion", text: "Too many at once", lang: "en" });
  await Promise.all(Array.from({ length: 1600 }, async (_, i) => {
    const agent = agents[i % agents.length];
    while (Date.now() < until) {
      const status = await new Promise((resolve) => {
        const out = http.request({ port, host: "127.0.0.1", agent, method: "POST", path: "/api/v1/voices", headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) } }, (answer) => {
          answer.resume();
          answer.on("end", () => resolve([429, 503].includes(answer.statusCode) && !(Number(answer.headers["retry-after"]) > 0) ? "turned away without Retry-After" : answer.statusCode));
          answer.on("error", () => resolve(0));
        });
        out.on("error", () => resolve(0));
        out.end(body);
      });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }));
  agents.forEach((agent) => agent.destroy());
  return statuses;
}

// xorshift32: the same requests for the same seed.
function random(state) {
  let x = state || 1;
  return (below) => {
    x ^= x << 13; x ^= x >>> 17; x ^= x << 5;
    return (x >>> 0) % below;
  };
}

function originals() {
  const cases = [];
  for (const part of readFileSync("test/smuggling.txt", "utf8").split(/^== .*$/m).slice(1)) {
    const text = part.split("\n").filter((l) => l && !l.startsWith("=>") && !l.startsWith("#")).join("");
    const wide = text.replace(/\\\{(\d+)\*([^}]*)\}/g, (_, n, what) => what.repeat(Math.min(Number(n), 300)));
    cases.push(Buffer.from(wide.replace(/\\(r|n|t|0|\\|x[0-9a-fA-F]{2})/g, (_, e) => ({ r: "\r", n: "\n", t: "\t", 0: "\0", "\\": "\\" })[e] ?? String.fromCharCode(parseInt(e.slice(1), 16))), "latin1"));
  }
  return cases.filter((c) => c.length > 0);
}

function mutated(cases, pick) {
  let bytes = Buffer.from(cases[pick(cases.length)]);
  for (let i = 1 + pick(4); i > 0; --i) {
    const at = pick(bytes.length + 1);
    switch (pick(6)) {
      case 0: if (at < bytes.length) bytes[at] = pick(256); break;
      case 1: if (at < bytes.length) bytes[at] ^= 1 << pick(8); break;
      case 2: bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + pick(8)))]); break;
      case 3: bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + pick(40)), bytes.subarray(at)]); break;
      case 4: { const other = cases[pick(cases.length)]; bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(pick(other.length))]); break; }
      default: bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(["\r\n", "\0", " ", ":", "\n", "chunked", "\xff", "-1"][pick(8)], "latin1"), bytes.subarray(at)]);
    }
    if (bytes.length === 0) bytes = Buffer.from("\r\n");
  }
  return bytes;
}

// Each on a connection of its own; what answers is counted by status.
async function malformed_requests(port) {
  const cases = originals(), pick = random(seed), statuses = new Map();
  let sent = 0;
  await Promise.all(Array.from({ length: 64 }, async () => {
    while (sent < malformed) {
      sent += 1;
      const bytes = mutated(cases, pick);
      const status = await new Promise((resolve) => {
        let text = "";
        const socket = net.connect({ port, host: "127.0.0.1" }, () => socket.end(bytes));
        socket.setTimeout(15_000, () => (resolve("no answer in 15 s"), socket.destroy()));
        socket.on("data", (d) => { if (text.length < 20) text += d.toString("latin1"); });
        socket.on("error", () => {});
        socket.on("close", () => resolve(text.slice(9, 12) || "closed"));
      });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }));
  return statuses;
}
const turned_away = (status) => (statuses) => statuses.get(status) > 0 && !statuses.has("turned away without Retry-After");
const counts = (statuses) => [...statuses].sort().map(([s, n]) => `${s}: ${n}`).join(", ");

// As it is delivered: 600 a minute from one network, work from 3,000 a minute on.
const program = new Program({ rate: 600, work_from: 3000 });
try {
  program.init();
  const port = Number(new URL(await program.serve()).port);
  for (let i = 0; i < 30; ++i) await honest(port, i * 5);
  await under("none, for comparison", program, port, () => sleep(Math.min(10, seconds) * 1000));
  await under("slow headers", program, port, slowhttptest(port, "-H", "-i", "5", "-t", "GET"), slow_note);
  await under("slow bodies", program, port, slowhttptest(port, "-B", "-i", "5", "-s", "8192", "-t", "POST"), slow_note);
  await under("ranges", program, port, slowhttptest(port, "-R", "-a", "1", "-b", "3000", "-t", "HEAD"), slow_note);
  await under("slow reading", program, port, slowhttptest(port, "-X", "-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "3"), slow_note);
  await under("overload", program, port, () => overload(port), counts, turned_away(429));
  await under(`${malformed} malformed requests`, program, port, () => malformed_requests(port), counts);
  // Where the rates are no help, as with many networks: the queue is full, and says so at once.
  await program.stop();
  Object.assign(program.options, { rate: undefined, work_from: undefined });
  await under("overload without rates", program, Number(new URL(await program.serve()).port), (port) => overload(port), counts, turned_away(503));
} catch (error) {
  failed += 1;
  console.log(`not ok hostile: ${error.stack}\n${program.log.slice(-2000)}`);
} finally {
  await program.stop("SIGKILL");
  program.remove();
}
console.log("\n| attack | honest requests | answered % | p99 ms | without work | memory before, MB | at most, MB | recovered, s | |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
for (const r of rows) console.log(`| ${r.name} | ${r.asked} | ${r.share} | ${r.p99} | ${r.waited} | ${r.before} | ${r.top} | ${r.back} | ${r.note} |`);
process.exitCode = failed ? 1 : 0;
