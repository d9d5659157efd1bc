// The work before an anonymous submission when too many come (http/work.h): one file, on the page and, started by it, in
// a worker. SHA-256 (FIPS 180-4) is computed here and at once: the browser's own answers one call at a time, some fifty times slower
// for texts this short.
interface Task { challenge: string; parts: number; bits: number }

const constants = new Uint32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
  0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
  0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
  0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
  0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
  0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const w = new Uint32Array(64);

// FIPS 180-4 section 6.2.2: one block of 64 bytes at `from` into `state`.
function compress(state: Uint32Array, data: Uint8Array, from: number): void {
  for (let i = 0; i < 16; i += 1) {
    const at = from + i * 4;
    w[i] = (data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15], y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

const begin = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

// The number that makes SHA-256(challenge ":" part ":" number) begin with so many zero bits. What stands before the
// number is hashed once; of the rest there are one or two blocks.
export function solve(task: Task, part: number): number {
  const head = new TextEncoder().encode(`${task.challenge}:${part}:`);
  const whole = head.length - (head.length % 64);
  const before = new Uint32Array(begin), state = new Uint32Array(8), rest = new Uint8Array(128);
  for (let at = 0; at < whole; at += 64) compress(before, head, at);
  rest.set(head.subarray(whole));
  for (let n = 0; ; n += 1) {
    const digits = String(n);
    let end = head.length - whole;
    for (let i = 0; i < digits.length; i += 1, end += 1) rest[end] = digits.charCodeAt(i);
    const size = end + 9 > 64 ? 128 : 64, bits = (whole + end) * 8;
    rest[end] = 0x80;
    rest.fill(0, end + 1, size - 2);
    rest[size - 2] = bits >>> 8;
    rest[size - 1] = bits;
    state.set(before);
    for (let at = 0; at < size; at += 64) compress(state, rest, at);
    if (Math.clz32(state[0]) >= task.bits) return n;
  }
}

// A worker has no document.
function work(): void {
  self.onmessage = (event: MessageEvent<Task>): void => {
    for (let part = 0; part < event.data.parts; part += 1) self.postMessage(solve(event.data, part));
  };
}

function on_page(form: HTMLFormElement, script: string): void {
  const task = { challenge: form.dataset.work ?? "", parts: Number(form.dataset.parts), bits: Number(form.dataset.bits) };
  const progress = form.querySelector("progress");
  const proof = form.querySelector<HTMLInputElement>('input[name="work_proof"]');
  const files = form.querySelectorAll<HTMLInputElement>('input[type="file"]');
  // Where pages may make scripts by a policy alone, this one lets our own address through and nothing else.
  const types = (window as unknown as { trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } } }).trustedTypes;
  const policy = types?.createPolicy("work", { createScriptURL: (url: string) => (url === script ? url : "") });
  const worker = new Worker(policy ? policy.createScriptURL(script) : script);
  const numbers: number[] = [];
  const show = (name: string, shown: boolean): void => form.querySelectorAll<HTMLElement>(`[data-${name}]`).forEach((part) => (part.hidden = !shown));
  show("working", true);
  show("waiting", false);
  worker.onerror = (): void => { show("working", false); show("waiting", true); };
  worker.onmessage = (event: MessageEvent<number>): void => {
    numbers.push(event.data);
    if (progress) progress.value = numbers.length;
    if (numbers.length < task.parts || !proof) return;
    proof.value = numbers.join(".");
    worker.terminate();
    show("done", true);
    // With files the reader sends it: they have to be chosen again first.
    if (files.length === 0) form.submit();
  };
  worker.postMessage(task);
}

if (typeof document === "undefined") work();
else {
  const form = document.querySelector<HTMLFormElement>("form[data-work]");
  const script = (document.currentScript as HTMLScriptElement | null)?.src;
  if (form && script) on_page(form, script);
}
