// Ten readers and writers a second, each from a network of its own, in a process of their own: node honest.mjs PORT. Told
// "stop" it says how many asked, how many were served, and how long the slowest of a hundred took. Who is asked for work
// does it, and that counts into the time; `waited` is without it.
import http from "node:http";
import { createHash } from "node:crypto";
import { Worker, isMainThread, parentPort } from "node:worker_threads";

function solve(challenge, parts, bits) {
  const numbers = [];
  for (let part = 0; part < parts; ++part)
    for (let n = 0; ; ++n) {
      const head = createHash("sha256").update(`${challenge}:${part}:${n}`).digest().readUInt32BE();
      if (Math.clz32(head) >= bits) { numbers.push(n); break; }
    }
  return `${challenge}:${numbers.join(".")}`;
}

// Each has a device of its own: who works keeps nobody else of this process waiting.
let device = null;
const jobs = [];
function solved(challenge, parts, bits) {
  device ??= new Worker(new URL(import.meta.url)).on("message", (proof) => jobs.shift()(proof));
  device.unref();
  return new Promise((resolve) => (jobs.push(resolve), device.postMessage([challenge, parts, bits])));
}
if (!isMainThread) parentPort.on("message", (job) => parentPort.postMessage(solve(...job)));

function ask(port, number, body, work) {
  return new Promise((resolve) => {
    const headers = body ? { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), ...(work ? { "X-Work": work } : {}) } : {};
    const from = `127.${20 + (number % 200)}.${Math.floor(number / 200) % 250}.1`;
    const out = http.request({ port, host: "127.0.0.1", localAddress: from, agent: false, timeout: 10_000, method: body ? "POST" : "GET", path: body ? "/api/v1/voices" : "/voices", headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer));
      answer.on("error", () => resolve(null));
    });
    out.on("timeout", () => out.destroy());
    out.on("error", () => resolve(null));
    out.end(body);
  });
}

export async function honest(port, number) {
  const began = performance.now();
  const body = number % 5 === 0 ? JSON.stringify({ kind: "suggestion", text: `An honest message, number ${number}`, lang: "en" }) : undefined;
  let answer = await ask(port, number, body), worked = false, working = 0;
  const { "work-challenge": challenge, "work-parts": parts, "work-bits": bits } = answer?.headers ?? {};
  if (challenge) {
    worked = true;
    const asked = performance.now(), proof = await solved(challenge, Number(parts), Number(bits));
    working = performance.now() - asked;
    answer = await ask(port, number, body, proof);
  }
  return { good: answer !== null && answer.statusCode < 400, worked, status: answer?.statusCode ?? 0, working, ms: performance.now() - began };
}

if (process.send && isMainThread) {
  const port = Number(process.argv[2]), all = [], pending = new Set();
  let going = true;
  process.on("message", () => (going = false));
  for (let number = 0; going; ++number) {
    const one = honest(port, number).then((r) => (all.push(r), pending.delete(one)));
    pending.add(one);
    await new Promise((r) => setTimeout(r, 100));
  }
  await Promise.all(pending);
  const p99 = (times) => times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * 0.99))] ?? 0;
  const bad = all.filter((r) => !r.good).map((r) => r.status);
  process.send({ asked: all.length, good: all.length - bad.length, bad, worked: all.filter((r) => r.worked).length, p99: p99(all.map((r) => r.ms)), waited: p99(all.map((r) => r.ms - r.working)) }, () => process.exit());
}
