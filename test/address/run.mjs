// No address of a reader is stored, logged or counted. Sends requests of every kind, good, broken, refused and flooding,
// from a client address that stands nowhere else, directly and through a trusted proxy, over IPv4 and as IPv6; then
// seeks it, as text, packed, in hex and as a number, in the data folder, the logs and the figures.
import http from "node:http";
import net from "node:net";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Program } from "../requests/program.mjs";

let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} address ${name}`);
  if (!good) failed += 1, console.log(`    ${detail}`);
};

const proxy = "127.5.5.5";

// Every form in which an address could be kept.
function forms(v4, v6) {
  const four = v4.split(".").map(Number);
  const packed = Buffer.from(four);
  const half = (part) => (part ? part.split(":").map((x) => parseInt(x, 16)) : []);
  const [left, right] = v6.split("::").map(half);
  const words = [...left, ...Array(8 - left.length - right.length).fill(0), ...right];
  const six = Buffer.alloc(16);
  words.forEach((w, i) => six.writeUInt16BE(w, i * 2));
  const texts = [v4, v6, words.map((w) => w.toString(16).padStart(4, "0")).join(":"), packed.toString("hex"), six.toString("hex"), String(packed.readUInt32BE()), `${four.slice(0, 3).join(".")}.`, `${v6.split("::")[0]}::`];
  return [
    ...texts.map((t) => ({ name: t, bytes: Buffer.from(t), chance: false })),
    ...texts.map((t) => ({ name: `base64 of ${t}`, bytes: Buffer.from(Buffer.from(t).toString("base64").replace(/=+$/, "").slice(0, -1)), chance: false })),
    { name: `::ffff:${v4} packed`, bytes: Buffer.concat([Buffer.from([0xff, 0xff]), packed]), chance: false },
    { name: `${v6} packed`, bytes: six, chance: false },
    { name: `${v6} prefix packed`, bytes: six.subarray(0, 8), chance: false },
    // Four bytes stand anywhere once in four thousand million: once may be chance, twice in a row is not.
    { name: `${v4} packed`, bytes: packed, chance: true },
    { name: `${v4} packed backwards`, bytes: Buffer.from(packed).reverse(), chance: true },
  ];
}

const all_files = (folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile());

function seek(paths, what) {
  const found = [];
  for (const path of paths) {
    const content = readFileSync(path);
    for (const form of what) if (content.includes(form.bytes)) found.push({ ...form, path });
  }
  return found;
}

function send(port, { from, method = "GET", path = "/", headers = {}, body, cut = false }) {
  return new Promise((resolve) => {
    const out = http.request({ port, host: "127.0.0.1", localAddress: from, method, path, headers, agent: false }, (answer) => {
      let text = "";
      answer.on("data", (d) => (text += d));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
      answer.on("error", () => resolve({ status: 0, headers: {}, text }));
    });
    out.on("error", () => resolve({ status: 0, headers: {}, text: "" }));
    if (cut) return out.write(body), setTimeout(() => out.destroy(), 30), setTimeout(() => resolve({ status: 0, headers: {}, text: "" }), 60);
    out.end(body);
  });
}

function raw(port, from, bytes) {
  return new Promise((resolve) => {
    let text = "";
    const socket = net.connect({ port, host: "127.0.0.1", localAddress: from }, () => socket.end(bytes));
    socket.on("data", (d) => (text += d));
    socket.on("close", () => resolve(text));
    socket.on("error", () => resolve(text));
    setTimeout(() => socket.destroy(), 3000).unref();
  });
}

async function traffic(port, program, from, headers, seen) {
  const go = async (what) => {
    const answer = await send(port, { from, ...what, headers: { ...headers, ...what.headers } });
    seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
    return answer;
  };
  const form = "application/x-www-form-urlencoded";
  for (const path of ["/", "/say", "/voices", "/units", "/log", "/rules", "/sign-in", "/assets/none", "/nothing", "/%zz", "/api/v1/voices", "/api/v1/voices/999", "/healthz", "/readyz", "/metrics", "/log/checkpoint"]) await go({ path });
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "BREW"]) await go({ method, path: "/units" });
  const page = await go({ path: "/say" });
  const cookie = (page.headers["set-cookie"] ?? []).map((c) => c.split(";")[0]).join("; ");
  const field = (name) => page.text.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? "";
  const words = new URLSearchParams({ csrf: field("csrf"), once: field("once"), kind: "suggestion", text: "A bench under the lime tree.", audience: "open", lang: "en" }).toString();
  await go({ method: "POST", path: "/say", headers: { "Content-Type": form, Cookie: cookie }, body: words });
  await go({ method: "POST", path: "/say", headers: { "Content-Type": form }, body: words }); // no cookie: 403
  await go({ method: "POST", path: "/say", headers: { "Content-Type": form, Cookie: cookie }, body: new URLSearchParams({ csrf: field("csrf") }).toString() });
  const multipart = `--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${field("csrf")}\r\n--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nWith a file\r\n--b\r\nContent-Disposition: form-data; name="photos"; filename="x.jpg"\r\nContent-Type: image/jpeg\r\n\r\nno picture\r\n--b--\r\n`;
  await go({ method: "POST", path: "/say", headers: { "Content-Type": "multipart/form-data; boundary=b", Cookie: cookie }, body: multipart });
  await go({ method: "POST", path: "/say", headers: { "Content-Type": "multipart/form-data; boundary=b", Cookie: cookie, "Content-Length": 90_000 }, body: multipart, cut: true });
  const json = { "Content-Type": "application/json" };
  for (const body of [JSON.stringify({ kind: "suggestion", text: "By machine.", lang: "en" }), "{", "[]", '"x"', "x".repeat(200_000)]) await go({ method: "POST", path: "/api/v1/voices", headers: json, body });
  await go({ method: "POST", path: "/api/v1/voices", headers: { "Content-Type": "image/png" }, body: "x" });
  for (let i = 0; i < 7; ++i) await go({ method: "POST", path: "/sign-in", headers: { "Content-Type": form, Cookie: cookie }, body: new URLSearchParams({ csrf: field("csrf"), login: "admin", password: `wrong ${i}` }).toString() });
  await go({ method: "POST", path: "/mine", headers: { "Content-Type": form, Cookie: cookie }, body: new URLSearchParams({ csrf: field("csrf"), code: "12345" }).toString() });
  for (let i = 0; i < 50; ++i) await go({ method: "POST", path: "/api/v1/voices", headers: json, body: "{}" }); // more than one may
  const head = Object.entries(headers).map(([k, v]) => `${k}: ${v}\r\n`).join("");
  for (const bytes of ["\x16\x03\x01\x02\x00\x01", "GET / HTTP/9.9\r\n\r\n", `GET / HTTP/1.1\r\n${head}Host: a\r\nContent-Length: x\r\n\r\n`, `GET /${"a".repeat(9000)} HTTP/1.1\r\nHost: a\r\n${head}\r\n`, `GET / HTTP/1.1\r\nHost: a\r\n${head}X: ${"y".repeat(20_000)}\r\n\r\n`, `POST / HTTP/1.1\r\nHost: a\r\n${head}Transfer-Encoding: gzip\r\n\r\n`, "\r\n\r\n\0\0\0"]) await raw(port, from, Buffer.from(bytes, "latin1"));
}

async function run(v4, forwarded, v6) {
  const program = new Program({ rate: 40, work_from: 8 });
  try {
    program.init();
    appendFileSync(join(program.data, "huiyin.toml"), `trusted_proxies = ["${proxy}"]\n`);
    const port = Number(new URL(await program.serve()).port);
    const seen = new Map();
    await traffic(port, program, v4, {}, seen);
    await traffic(port, program, proxy, { Forwarded: `for=${forwarded};proto=https` }, seen);
    await traffic(port, program, proxy, { Forwarded: `for="[${v6}]:4711";proto=https` }, seen);
    await traffic(port, program, proxy, { "X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https" }, seen);
    await traffic(port, program, proxy, { Forwarded: `for="${v6}"; broken`, "X-Forwarded-For": `${forwarded}, ${v6}, x` }, seen);
    const figures = join(program.folder, "figures");
    writeFileSync(figures, (await send(port, { path: "/metrics" })).text);
    await program.stop();
    const paths = [...all_files(program.data), figures, program.log_file];
    const what = [...forms(v4, v6), ...forms(forwarded, v6)];
    // The search finds what is there: the same bytes, planted.
    const planted = join(program.folder, "planted");
    mkdirSync(planted);
    what.forEach((form, i) => writeFileSync(join(planted, String(i)), Buffer.concat([Buffer.from("before"), form.bytes, Buffer.from("after")])));
    const missed = what.filter((form, i) => seek([join(planted, String(i))], [form]).length === 0);
    return { found: seek(paths, what), files: paths.length, bytes: paths.reduce((n, p) => n + statSync(p).size, 0), seen, missed, log: program.log };
  } finally {
    await program.stop("SIGKILL");
    program.remove();
  }
}

try {
  let out = await run("127.77.3.9", "203.0.113.77", "2001:db8:77:3::9");
  if (out.found.length > 0 && out.found.every((f) => f.chance)) out = await run("127.93.41.107", "198.51.100.219", "2001:db8:9d:6b::5");
  const statuses = [...out.seen.keys()].sort().join(" ");
  say([200, 201, 303, 400, 403, 404, 405, 413, 415, 422, 429].every((s) => out.seen.has(s)), `requests of every kind were answered: ${statuses}`, JSON.stringify([...out.seen]));
  say(out.missed.length === 0, "the search finds what is planted", JSON.stringify(out.missed.map((m) => m.name)));
  say(out.log.includes("http.request"), "requests are logged", out.log.slice(0, 500));
  const logged = (status, event) => out.log.split("\n").some((line) => line.includes(`"event":"${event}"`) && (!status || line.includes(`"status":${status}`)));
  say([401, 403, 413, 415, 422, 429].filter((s) => out.seen.has(s)).every((s) => logged(s, "http.request")), "each refusal has its line", out.log.slice(0, 500));
  say(logged(0, "people.sign_in_refused") && !/wrong \d|"admin"/.test(out.log), "refused sign-ins are logged, without login and password", out.log.slice(-500));
  say(out.found.length === 0, `stands in none of ${out.files} files of ${out.bytes} bytes`, JSON.stringify(out.found.map((f) => `${f.name} in ${f.path}`)));
} catch (error) {
  say(false, "run", error.stack);
}
process.exitCode = failed ? 1 : 0;
