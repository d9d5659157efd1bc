// Ten readers and writers a second, each from a network of its own, in a process of their own: node honest.mjs PORT. Told
// "stop" it says how many asked, how many were served, and how long the slowest of a hundred took. Who is asked for work
// does it, and that counts into the time.
import http from "node:http";
import { createHash } from "node:crypto";

function solved(challenge, parts, bits) {
  const numbers = [];
  for (let part = 0; part < parts; ++part)
    for (let n = 0; ; ++n) {
      const head = createHash("sha256").update(`${challenge}:${part}:${n}`).digest().readUInt32BE();
      if (Math.clz32(head) >= bits) { numbers.push(n); break; }
    }
  return `${challenge}:${numbers.join(".")}`;
}

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
  let answer = await ask(port, number, body), worked = false;
  const { "work-challenge": challenge, "work-parts": parts, "work-bits": bits } = answer?.headers ?? {};
  if (challenge) {
    worked = true;
    answer = await ask(port, number, body, solved(challenge, Number(parts), Number(bits)));
  }
  return { good: answer !== null && answer.statusCode < 400, worked, status: answer?.statusCode ?? 0, ms: performance.now() - began };
}

if (process.send) {
  const port = Number(process.argv[2]), all = [], pending = new Set();
  let going = true;
  process.on("message", () => (going = false));
  for (let number = 0; going; ++number) {
    const one = honest(port, number).then((r) => (all.push(r), pending.delete(one)));
    pending.add(one);
    await new Promise((r) => setTimeout(r, 100));
  }
  await Promise.all(pending);
  const times = all.map((r) => r.ms).sort((a, b) => a - b);
  const bad = all.filter((r) => !r.good).map((r) => r.status);
  process.send({ asked: all.length, good: all.length - bad.length, bad, worked: all.filter((r) => r.worked).length, p99: times[Math.min(times.length - 1, Math.floor(times.length * 0.99))] ?? 0 }, () => process.exit());
}
