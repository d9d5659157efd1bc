// What docs/operating.md promises of nginx and Caddy, held by its own text, with the real program behind.
//   node test/proxy/run.mjs [nginx|Caddy]
import http from "node:http";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { free_port } from "../requests/port.mjs";
import { Program } from "../requests/program.mjs";
import { caddy, host, nginx } from "./documented.mjs";
import { bad_hello, multipart, raw, Reader, shake, whole } from "./reader.mjs";

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let failed = 0;
async function test(name, work) {
  try {
    const more = await work();
    console.log(`ok proxy ${name}${more ? ` (${more})` : ""}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok proxy ${name}\n    ${String(error?.stack ?? error).replaceAll("\n", "\n    ")}`);
  }
}
const holds = (good, what) => { if (!good) throw new Error(typeof what === "string" ? what : JSON.stringify(what)); };
const hsts = (answer) => answer.raw.filter((x, i) => i % 2 === 0 && x.toLowerCase() === "strict-transport-security").length === 1 && answer.headers["strict-transport-security"] === "max-age=31536000; includeSubDomains";
const organisation = "Office behind a proxy";
const json = { "Content-Type": "application/json" };
const page = { Accept: "text/html,application/xhtml+xml" };

// A photograph of that many bytes: most of them comments, which a decoder passes over.
function picture(bytes) {
  const jpeg = readFileSync("src/files/testdata/turned.jpg"), parts = [jpeg.subarray(0, 2)];
  for (let left = bytes - jpeg.length; left > 4; left -= 65_535) {
    const size = Math.min(left, 65_535), comment = Buffer.alloc(size, "a long comment ");
    comment.writeUInt16BE(0xfffe, 0);
    comment.writeUInt16BE(size - 2, 2);
    parts.push(comment);
  }
  return Buffer.concat([...parts, jpeg.subarray(2)]);
}

const old_tls = { minVersion: "TLSv1", ciphers: "ALL:@SECLEVEL=0" };
const weak = ["ECDHE-RSA-AES128-SHA256", "ECDHE-RSA-AES256-SHA", "AES128-GCM-SHA256", "AES256-SHA", "DHE-RSA-AES128-GCM-SHA256"];
const weakly = (proxy, cipher) => shake(proxy, { ...old_tls, maxVersion: "TLSv1.2", ciphers: `${cipher}:@SECLEVEL=0` });

async function secrecy(proxy) {
  const it = proxy.name;
  await test(`${it}: TLS 1.2 and 1.3 alone`, async () => {
    for (const version of ["TLSv1.2", "TLSv1.3"]) {
      const made = await shake(proxy, { minVersion: version, maxVersion: version });
      holds(made.protocol === version, made);
    }
    for (const version of ["TLSv1", "TLSv1.1"]) {
      const made = await shake(proxy, { ...old_tls, maxVersion: version });
      holds(made.refused?.includes("ALERT"), made);
    }
    holds((await shake(proxy, { ca: [] })).refused, "the certificate is one of the authority made for the test");
  });
  await test(`${it}: AEAD with forward secrecy alone`, async () => {
    const strong = ["ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-CHACHA20-POLY1305"];
    for (const cipher of strong) holds((await weakly(proxy, cipher)).cipher === cipher, cipher);
    for (const cipher of weak) holds((await weakly(proxy, cipher)).refused?.includes("ALERT"), cipher);
    if (it === "nginx") holds(!(await weakly(proxy, strong[0])).ticket, "a ticket would bring the secret of each session under one key");
  });
  await test(`${it}: without TLS pages lead to https, and nothing else is answered`, async () => {
    const ask = (line, ...fields) => raw(proxy.plain, proxy.network + ".1.1", `${line} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${fields.join("\r\n")}${fields.length ? "\r\n" : ""}\r\n`);
    const status = (answer) => Number(answer.split(" ")[1]);
    const led = await ask("GET /say?kind=help", `Accept: ${page.Accept}`);
    holds(status(led) === 301 && led.includes(`\r\nLocation: https://${host}/say?kind=help\r\n`), led);
    for (const refused of [
      await ask("GET /api/v1/voices", "Accept: application/json"), await ask("GET /api/v1/voices", `Accept: ${page.Accept}`), await ask("GET /log/checkpoint"), await ask("GET /", "Accept: */*"),
      await ask("POST /say", `Accept: ${page.Accept}`, "Content-Length: 0"), await ask("POST /api/v1/voices", "Accept: application/json", "Content-Length: 0"), await ask("GET /metrics"),
    ]) holds(status(refused) === 403 && !/^location:/im.test(refused), refused);
    if (it === "nginx") {
      holds((await ask("GET /.well-known/acme-challenge/question")).endsWith("\r\n\r\nthe answer"), "who issues certificates finds what it looks for");
      for (const other of ["GET /.well-known/acme-challenge/", "GET /.well-known/acme-challenge/../../../voices.key", "GET /.well-known/acme-challenge/%2e%2e/%2e%2e/%2e%2e/voices.key"]) holds(status(await ask(other)) >= 400, other);
    }
    const mistaken = await raw(proxy.port, proxy.network + ".1.1", `GET /api/v1/voices HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\n\r\n`);
    holds(status(mistaken) === 400 && !/^location:/im.test(mistaken), mistaken);
  });
}

// What is answered to a body before all of it is there. A proxy that has answered closes, and who sends on may not hear.
async function begun({ request, answer }, part) {
  request.write(part);
  const got = await whole(await answer);
  request.destroy();
  return got;
}

async function pages(proxy) {
  const it = proxy.name;
  await test(`${it}: pages come with HSTS, cookies are Secure with the prefix __Host-`, async () => {
    const reader = new Reader(proxy, proxy.network + ".2.1");
    for (const headers of [{}, { "X-Forwarded-Proto": "http" }, { Forwarded: "for=198.51.100.1;proto=http" }]) {
      const answer = await reader.ask({ path: "/say", headers });
      reader.cookies.clear();
      const cookies = answer.headers["set-cookie"] ?? [];
      holds(answer.status === 200 && hsts(answer), answer.headers);
      holds(cookies.length > 0 && cookies.every((c) => /^__Host-[^;]+;.*\bSecure\b/.test(c) && !/domain=/i.test(c)), cookies);
    }
  });
  await test(`${it}: a form is taken, from another origin it is refused`, async () => {
    const reader = new Reader(proxy, proxy.network + ".2.2"), field = await reader.form("/say");
    const words = { csrf: field("csrf"), once: field("once"), kind: "suggestion", text: "A bench under the lime tree.", audience: "open", lang: "en" };
    for (const bad of [{ Origin: "https://elsewhere.example" }, { Origin: `https://${host}:1` }, { Origin: "", Referer: "https://elsewhere.example/x" }, { "Sec-Fetch-Site": "cross-site" }]) {
      const answer = await reader.send("/say", words, bad);
      holds(answer.status === 403, [bad, answer.status]);
    }
    const taken = await reader.send("/say", words);
    holds(taken.status === 303 && /^\/receipts\/\d+$/.test(taken.headers.location), [taken.status, taken.headers]);
    const receipt = await reader.ask({ path: taken.headers.location });
    holds(receipt.status === 200 && hsts(receipt), receipt.status);
  });
  await test(`${it}: three pictures of several MB are taken, six of 12 MB reach the form, far above 80 MB it is 413 at once`, async () => {
    const reader = new Reader(proxy, proxy.network + ".2.3"), field = await reader.form("/say");
    const words = { csrf: field("csrf"), once: field("once"), kind: "suggestion", text: "The lamp is broken; see the pictures.", audience: "open", lang: "en", photo_about: "the lamp" };
    const post = async (pictures, more = {}) => {
      const body = multipart(words, pictures), { request, answer } = reader.multipart("/say", body, more);
      request.end(body);
      return whole(await answer);
    };
    const six = await post(Array(6).fill(picture(12_000_000)));
    holds(six.status === 422 && six.text.includes(words.text), [six.status, six.text.slice(0, 500)]);
    const three = await post(Array(3).fill(picture(4_000_000)));
    holds(three.status === 303 && /^\/receipts\/\d+$/.test(three.headers.location), [three.status, three.text.slice(0, 2000)]);
    const too_large = multipart(words, [picture(40_000_000)]);
    const large = await begun(reader.multipart("/say", too_large), too_large.subarray(0, (24 << 20) + 4000));
    holds(large.status === 413 && large.text.includes(organisation), [large.status, large.text.slice(0, 500)]);
    const elsewhere = await begun(reader.open({ method: "POST", path: "/api/v1/voices", headers: { ...json, "Content-Length": 5_000_000 } }), Buffer.alloc(10_000));
    holds(elsewhere.status === 413 && hsts(elsewhere), [elsewhere.status, elsewhere.text.slice(0, 500)]);
    const above = await begun(reader.multipart("/say", multipart(words, []), { "Content-Length": 160_000_000 }), Buffer.alloc(10_000));
    holds(above.status === 413 && hsts(above), [above.status, above.headers]);
    return `${Math.round(multipart(words, Array(6).fill(picture(12_000_000))).length / 1e6)} MB`;
  });
  await test(`${it}: /metrics is hidden, however it is written`, async () => {
    const reader = new Reader(proxy, proxy.network + ".2.4");
    holds((await (await fetch(`http://127.0.0.1:${proxy.upstream}/metrics`)).text()).includes("huiyin_http_requests_total"), "the program has it");
    const ways = ["/metrics", "/metrics?x=1", "/metrics/", "//metrics", "/./metrics", "/x/../metrics", "/%6detrics", "/%2fmetrics", "/metrics%00", "/METRICS", "/metrics;x", "/metrics#", `https://${host}/metrics`];
    for (const path of ways) {
      const answer = await reader.ask({ path });
      holds(answer.status >= 300 && !answer.text.includes("huiyin_http"), `${path}: ${answer.status}`);
    }
    for (const method of ["HEAD", "POST", "OPTIONS"]) holds((await reader.ask({ method, path: "/metrics" })).status === 404, method);
    holds(hsts(await reader.ask({ path: "/metrics" })), "HSTS");
  });
  await test(`${it}: under another name nothing is served`, async () => {
    const reader = new Reader(proxy, proxy.network + ".2.5");
    for (const name of ["other.example.org", `sub.${host}`, `127.0.0.1:${proxy.port}`]) {
      const { request, answer } = reader.open({ path: "/rules", headers: { Host: name } });
      request.end();
      const got = await whole(await answer);
      holds(!got.text.includes(organisation), `${name}: ${got.status}`);
    }
    holds((await reader.ask({ path: "/rules" })).text.includes(organisation), "its own name");
    holds(!("access-control-allow-origin" in (await reader.ask({ path: "/say", headers: { Origin: "https://other.example.org" } })).headers), "no other origin reads");
  });
}

const most = 30; // acts of one client a minute
// How many of so many acts are let through.
async function flood(reader, times, headers = {}) {
  let through = 0;
  for (let i = 0; i < times; i += 10) {
    const answers = await Promise.all(Array.from({ length: 10 }, () => reader.ask({ method: "POST", path: "/api/v1/voices", headers: { ...json, ...headers } }, "{}")));
    through += answers.filter((a) => a.status !== 429).length;
  }
  return through;
}
const spent = async (reader, headers) => (await flood(reader, 10, headers)) < 10;

async function rates(proxy) {
  const it = proxy.name, reader = (net) => new Reader(proxy, `${proxy.network}.${net}.1`).keep();
  await test(`${it}: each client is rated by itself, and nothing that it claims changes that`, async () => {
    const one = reader(10), other = reader(11), third = reader(12), pretender = reader(13);
    const through = await flood(one, most + 20);
    holds(through >= most && through < most + 20, `${through} of ${most + 20}`);
    holds(!(await spent(other)), "another may");
    const claims = [{ "X-Forwarded-For": "198.51.100.7" }, { Forwarded: "for=198.51.100.7;proto=https" }, { "X-Forwarded-For": "127.0.0.1, 198.51.100.7", "X-Real-IP": "198.51.100.7" }, { "X-Forwarded-For": "198.51.100.7", Forwarded: "for=198.51.100.7;proto=https", "X-Forwarded-Proto": "https" }, { Forwarded: 'for="[2001:db8::1]"' }];
    for (const claim of claims) holds(await spent(one, claim), claim);
    // Nor can it use up what is another's.
    await flood(pretender, most + 20, { "X-Forwarded-For": third.from, Forwarded: `for=${third.from};proto=https` });
    holds(!(await spent(third)), "what another claimed to be");
    for (const each of [one, other, third, pretender]) each.agent.destroy();
  });
}

// What a client sends at once, or in many small pieces, or not at all.
async function slow(proxy, stalled) {
  const it = proxy.name;
  await test(`${it}: many slow uploads tie up nothing`, async () => {
    const sender = new Reader(proxy, proxy.network + ".20.1"), reader = new Reader(proxy, proxy.network + ".21.1"), field = await sender.form("/say");
    const body = multipart({ csrf: field("csrf"), once: field("once"), kind: "suggestion", text: "Slowly, but to the end.", audience: "open", lang: "en" }, [picture(30_000)]);
    const sending = Array.from({ length: 30 }, () => sender.multipart("/say", body));
    let at = 0;
    for (; at < 10; ++at) {
      for (const { request } of sending) request.write(body.subarray(at, at + 1));
      holds((await reader.ask({ path: "/rules" })).status === 200, "a page in between");
    }
    const [first, ...rest] = sending;
    for (const { request } of rest) request.destroy();
    first.request.end(body.subarray(at));
    const answer = await whole(await first.answer);
    holds(answer.status === 303, [answer.status, answer.text.slice(0, 500)]);
  });
  await test(`${it}: a body that stops is ended by the program`, async () => {
    const answer = await whole(await stalled.answer);
    stalled.request.destroy();
    holds(answer.status === 408, answer.status);
  });
}

// Behind it stands, for a moment, a server that says what it sees.
async function in_place_of_the_program(port, work) {
  const seen = { connections: 0, requests: [], pieces: [] };
  const server = http.createServer((request, answer) => {
    seen.requests.push(request);
    request.on("data", (piece) => seen.pieces.push(piece));
    answer.writeHead(200, { "Content-Type": "text/csv" });
    if (request.url === "/slowly") seen.answer = answer.write("the first piece") && answer;
    else if (request.method === "GET") answer.end("all of it");
    else seen.answer = answer;
  });
  server.on("connection", () => (seen.connections += 1));
  await new Promise((resolve, reject) => server.on("error", reject).listen(port, "127.0.0.1", resolve));
  try {
    await work(seen);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
async function until(what, ask) {
  for (let i = 0; !ask(); ++i) holds(i < 3000, what), await wait(20);
}
const as_they_are_made = (proxy) => in_place_of_the_program(proxy.upstream, async (seen) => {
  const it = proxy.name, reader = new Reader(proxy, proxy.network + ".30.1");
  await test(`${it}: connections to the program are kept, and say who asks`, async () => {
    for (let i = 0; i < 10; ++i) await new Reader(proxy, `${proxy.network}.30.${i + 1}`).ask({ path: "/x", headers: { "X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "http", Forwarded: "for=198.51.100.7" } });
    holds(seen.connections === 1 && seen.requests.length === 10, [seen.connections, seen.requests.length]);
    seen.requests.forEach(({ headers, httpVersion }, i) => {
      holds(httpVersion === "1.1" && headers["x-forwarded-for"] === `${proxy.network}.30.${i + 1}` && headers["x-forwarded-proto"] === "https" && !("forwarded" in headers) && headers.host === `${host}:${proxy.port}`, headers);
    });
  });
  await test(`${it}: answers and uploads go on as they come`, async () => {
    const asked = reader.open({ path: "/slowly" });
    asked.request.end();
    const answer = await asked.answer;
    const first = await new Promise((resolve) => answer.once("data", resolve));
    holds(first.toString() === "the first piece" && !seen.answer.writableEnded, String(first));
    seen.answer.end();
    const sent = reader.open({ method: "POST", path: "/up", headers: { "Content-Length": 20 } });
    sent.request.write("the first ");
    await until("the first piece of an upload arrives before the rest is sent", () => Buffer.concat(seen.pieces).toString() === "the first ");
    sent.request.end("and a rest");
    await until("the rest", () => Buffer.concat(seen.pieces).length === 20);
    seen.answer.end();
    holds((await whole(await sent.answer)).status === 200, "answered");
  });
  await test(`${it}: of what is above 80 MB not all goes on to the program`, async () => {
    seen.pieces.length = 0;
    const sent = reader.open({ method: "POST", path: "/up", headers: { "Content-Length": 84_000_000 } });
    const answer = await begun(sent, Buffer.alloc(it === "nginx" ? 10_000 : 80_100_000)), came = seen.pieces.reduce((n, piece) => n + piece.length, 0);
    holds(answer.status === (it === "nginx" ? 413 : 502) && hsts(answer) && came <= 80_000_000, [answer.status, answer.headers, came]);
    return `${came / 1e6} MB did`;
  });
});

// Errors of every kind, from addresses that stand nowhere else.
const strangers = ["127.88.3.41", "127.88.3.42"];
async function errors(proxy) {
  const [known, hostile] = strangers.map((from) => new Reader(proxy, from));
  await raw(proxy.port, hostile.from, await bad_hello());
  await Promise.all([
    raw(proxy.port, hostile.from, `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`), raw(proxy.port, hostile.from, "\x16\x03\x01\x00\x05nonsense"),
    raw(proxy.plain, hostile.from, `GET / HTTP/9.9\r\nHost: ${host}\r\n\r\n`), raw(proxy.plain, hostile.from, `GET /${"a".repeat(40_000)} HTTP/1.1\r\n\r\n`),
    raw(proxy.plain, hostile.from, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`), raw(proxy.plain, hostile.from, "GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"),
  ]);
  const asked = [{ path: "/" }, { path: "/metrics" }, { path: "/nothing" }, { path: "/", headers: { Host: "elsewhere.example" } }, { path: "/say", method: "POST", headers: { "Content-Length": 90_000_000 } }, { path: "/", headers: { "X-Long": "x".repeat(12_000) } }];
  const statuses = [];
  for (const what of asked) {
    const { request, answer } = known.open(what);
    request.end();
    await whole(await answer).then((a) => statuses.push(a.status), () => statuses.push(0)).catch(() => {});
  }
  const cut = known.open({ method: "POST", path: "/say", headers: { "Content-Length": 1000 } });
  cut.request.write("x");
  await wait(100);
  cut.request.destroy();
  await wait(100);
  return statuses;
}
const traces = (proxy) => proxy.written().flatMap(({ path, text }) => text.split("\n").filter((line) => strangers.some((s) => line.includes(s))).map((line) => `${path}: ${line.slice(0, 300)}`));

async function down_and_up(proxies, program) {
  for (const proxy of proxies) await errors(proxy);
  await program.stop();
  for (const proxy of proxies) {
    await errors(proxy);
    await test(`${proxy.name}: without the program it is 502, with HSTS once`, async () => {
      const answer = await new Reader(proxy, proxy.network + ".40.1").ask({ path: "/" });
      holds(answer.status === 502 && hsts(answer), [answer.status, answer.headers]);
    });
    await as_they_are_made(proxy);
  }
  await program.serve();
  for (const proxy of proxies) {
    await test(`${proxy.name}: with the program all is well again by itself`, async () => {
      const answer = await new Reader(proxy, proxy.network + ".40.2").ask({ path: "/rules" });
      holds(answer.status === 200, answer.status);
    });
    await test(`${proxy.name}: a reader's address stands in no file of the proxy`, async () => {
      const found = traces(proxy);
      holds(found.length === 0, found.slice(0, 5).join("\n"));
      return `${proxy.written().length} files`;
    });
  }
}

// The same without the lines that forbid it: what is tried here would be seen.
async function without_those_lines(upstream) {
  const silent = /^.*(ssl_protocols|ssl_ciphers|ssl_session_tickets|access_log|error_log).*\n/gm;
  const bare = { nginx: await nginx(upstream, silent), Caddy: await caddy(upstream, /^ *log \{\n.*\n *\}\n/m) };
  try {
    await test("nginx without those lines allows all that is forbidden, and logs it", async () => {
      for (const version of ["TLSv1", "TLSv1.1"]) holds((await shake(bare.nginx, { ...old_tls, maxVersion: version })).protocol === version, version);
      for (const cipher of weak.filter((c) => !c.startsWith("DHE"))) holds((await weakly(bare.nginx, cipher)).cipher === cipher, cipher);
      holds((await weakly(bare.nginx, weak[0])).ticket, "a ticket");
      await errors(bare.nginx);
      const found = traces(bare.nginx);
      for (const of of [/\/logs\/access/, /\[crit\].*client/, /\[error\].*client/, /\[info\].*client/]) holds(found.some((line) => of.test(line)), `${of} in ${found.join("\n")}`);
    });
    await test("Caddy without those lines logs who asked", async () => {
      await errors(bare.Caddy);
      holds(traces(bare.Caddy).length > 0, "an address was to be found");
    });
  } finally {
    for (const proxy of Object.values(bare)) await proxy.stop(), proxy.remove();
  }
}

const program = new Program({ rate: most }), proxies = [];
try {
  program.init(organisation);
  appendFileSync(join(program.data, "huiyin.toml"), 'trusted_proxies = ["127.0.0.1"]\n');
  program.options.port = await free_port();
  await program.serve();
  for (const start of [nginx, caddy].filter((s) => !process.argv[2] || s.name === process.argv[2].toLowerCase())) proxies.push(await start(program.options.port));
  const stalled = await Promise.all(proxies.map(async (proxy) => {
    const open = new Reader(proxy, proxy.network + ".22.1").open({ method: "POST", path: "/sign-in", headers: { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": 100 } });
    open.request.write("login=");
    return open;
  }));
  for (const proxy of proxies) await secrecy(proxy), await pages(proxy), await rates(proxy);
  for (const [i, proxy] of proxies.entries()) await slow(proxy, stalled[i]);
  await down_and_up(proxies, program);
  await program.stop();
  await without_those_lines(program.options.port);
} catch (error) {
  await test("run", () => { throw new Error(`${error.stack}\n${program.log.slice(-2000)}`); });
} finally {
  await program.stop("SIGKILL");
  for (const proxy of proxies) await proxy.stop(), proxy.remove();
  program.remove();
}
process.exitCode = failed ? 1 : 0;
