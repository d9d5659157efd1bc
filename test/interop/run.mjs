// Four verifiers that share no code say the same: ours (C++), Go's x/mod, the browser's WebCrypto, OpenSSL's command line.
//   node test/interop/run.mjs [number of random proofs]
import { execFileSync, spawnSync } from "node:child_process";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Program, programs } from "../requests/program.mjs";
import { launch } from "../browser/browser.mjs";
import { build_go } from "./go.mjs";
import { sunlight_mirror, tessera_checkpoints, tessera_key, vectors } from "./lines.mjs";

const here = dirname(fileURLToPath(import.meta.url)), root = join(here, "../..");
const count = Number(process.argv[2] ?? 2000), seed = Number(process.env.SEED ?? 20261128);
const foreign = join(root, "src/merkle/testdata");
const scratch = mkdtempSync(join(tmpdir(), "huiyin-interop-"));
let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} interop ${name}`);
  if (!good) failed += 1, console.log(`    ${detail}`.slice(0, 2000));
};
const run = (program, args, input) => spawnSync(program, args, { input, encoding: "utf8", maxBuffer: 1 << 28 });
const attempt = async (name, body) => {
  try {
    await body();
  } catch (error) {
    say(false, name, error.stack);
  }
};

const go = build_go(scratch);
const verify = (...args) => run(join(programs, "huiyin-verify"), ["--json", ...args]);
const bits = (text) => text.replaceAll("\n", "");

// A page of the browser with the judge in it.
execFileSync(join(root, "node_modules/.bin/esbuild"), [join(here, "judge.ts"), "--bundle", "--format=iife", "--global-name=interop", "--target=es2020", "--log-level=warning", `--outfile=${scratch}/judge.js`]);
const browser = await launch();
async function judge_page(file) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`file://${file}`);
  await page.addScriptTag({ path: join(scratch, "judge.js") });
  return page;
}

async function proofs_agree(page) {
  const known = vectors(join(foreign, "transparency-dev"));
  const random = run(go, ["make-proofs", String(count), String(seed)]).stdout.trimEnd().split("\n");
  const lines = [...known.map((v) => v.line), ...random];
  const input = lines.join("\n") + "\n";
  const ours = bits(run(join(programs, "huiyin-proofs"), [], input).stdout);
  const theirs = bits(run(go, ["proofs"], input).stdout);
  const browsers = await page.evaluate((all) => globalThis.interop.judge(all), lines);
  const wrong = known.findIndex((v, i) => [ours, theirs, browsers].some((all) => all[i] !== (v.good ? "1" : "0")));
  say(wrong < 0, `${known.length} foreign vectors: three judges give the wanted verdict`, known[wrong]?.line);
  const differ = lines.findIndex((_, i) => ours[i] !== theirs[i] || ours[i] !== browsers[i]);
  const good = [...ours.slice(known.length)].filter((bit) => bit === "1").length;
  say(ours.length === lines.length && theirs.length === lines.length && browsers.length === lines.length && differ < 0,
    `${count} random proofs (seed ${seed}, ${good} of them right): three judges agree`, lines[differ]);
  say(good > count / 4 && good < (count * 3) / 4, "about half of the random proofs are right", String(good));
}

function foreign_logs() {
  for (const checkpoint of tessera_checkpoints(join(foreign, "tessera"))) {
    const out = run(go, ["foreign", join(foreign, "tessera"), checkpoint, tessera_key]);
    if (out.status !== 0) return say(false, "Tessera's log, all its checkpoints: Go", out.stdout + out.stderr);
  }
  say(true, "Tessera's log, all its checkpoints: Go");
  const mirror = run(go, ["foreign", join(foreign, "sunlight"), join(foreign, "sunlight/mirror_checkpoint"), sunlight_mirror]);
  say(mirror.status === 0, "Sunlight's mirror and its cosignature: Go", mirror.stdout + mirror.stderr);
}

// The bytes that were signed, the signature and the key, for OpenSSL's command line.
function openssl_verifies(note, key) {
  const body = note.slice(0, note.indexOf("\n\n") + 1);
  const signature = Buffer.from(note.trimEnd().split(" ").at(-1), "base64").subarray(4);
  const raw = Buffer.from(key.split("+").slice(2).join("+"), "base64").subarray(1);
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]);
  writeFileSync(join(scratch, "body"), body);
  writeFileSync(join(scratch, "signature"), signature);
  writeFileSync(join(scratch, "key.pem"), `-----BEGIN PUBLIC KEY-----\n${der.toString("base64")}\n-----END PUBLIC KEY-----\n`);
  return run("openssl", ["pkeyutl", "-verify", "-pubin", "-inkey", join(scratch, "key.pem"), "-rawin", "-in", join(scratch, "body"), "-sigfile", join(scratch, "signature")]).status === 0;
}

async function send(base, n) {
  const answer = await fetch(`${base}/api/v1/voices`, { method: "POST", headers: { "Content-Type": "application/json", Connection: "close" }, body: JSON.stringify({ kind: "suggestion", text: `灯 <b>&"\\ \u2028 ${n}`, lang: "zh-Hans" }) });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()).receipt;
}

async function our_log() {
  const program = new Program();
  try {
    program.init();
    const base = await program.serve();
    const receipts = [];
    for (let n = 0; n < 20; ++n) receipts.push(await send(base, n));
    const folder = join(scratch, "export");
    program.command("export", "log", "--to", folder);
    const old = readFileSync(join(folder, "checkpoint"), "utf8");
    writeFileSync(join(scratch, "old"), old);
    while (receipts.length < 280) receipts.push(...(await Promise.all(Array.from({ length: 20 }, (_, n) => send(base, receipts.length + n)))));
    program.command("export", "log", "--to", folder);
    const key = readFileSync(join(folder, "key"), "utf8").trim();

    const file = verify("--key", key, "--since", join(scratch, "old"), folder);
    say(file.status === 0 && JSON.parse(file.stdout).older_checkpoints === 1, "our log, exported again while it is served: C++", file.stdout + file.stderr);
    const twin = run(go, ["log", folder, key]);
    say(twin.status === 0, "our log: Go", twin.stdout + twin.stderr);
    const same = ["entries", "root"].every((name) => JSON.parse(file.stdout)[name] === JSON.parse(twin.stdout || "{}")[name]);
    say(same, "C++ and Go find the same entries and root");
    const url = verify("--key", key, "--since", join(folder, "checkpoint"), `${base}/log`);
    say(url.status === 0, "our log, from its address: C++", url.stdout + url.stderr);
    say(openssl_verifies(readFileSync(join(folder, "checkpoint"), "utf8"), key), "our checkpoint: OpenSSL");
    say(!openssl_verifies(readFileSync(join(folder, "checkpoint"), "utf8").replace(/\n(\d+)\n/, (_, n) => `\n${Number(n) + 1}\n`), key), "a changed checkpoint: OpenSSL refuses it");
    await our_receipts(base, folder, key, receipts);
    export_takes_care(program, folder, key);
    await program.stop();
    const data = verify("--key", key, program.data);
    say(data.status === 0 && JSON.parse(data.stdout).words_not_served === 0, "our log, out of the data folder, with all payloads: C++", data.stdout + data.stderr);
  } finally {
    await program.stop();
    program.remove();
  }
}

// An interrupted export goes on; damage is not covered up; nothing that is no export is written into.
function export_takes_care(program, folder, key) {
  const again = join(scratch, "again");
  cpSync(folder, again, { recursive: true });
  rmSync(join(again, "checkpoint"));
  rmSync(join(again, "payloads/000"));
  writeFileSync(join(again, "tile/0/000.new"), "half a til");
  program.command("export", "log", "--to", again);
  say(verify("--key", key, again).status === 0, "an export that was interrupted goes on");
  const refused = (why) => {
    try {
      program.command("export", "log", "--to", again);
    } catch (error) {
      return say(/holds/.test(error.stderr), why, error.stderr);
    }
    say(false, why, "it was written");
  };
  writeFileSync(join(again, "diary.txt"), "mine");
  refused("a folder that holds anything else is refused");
  rmSync(join(again, "diary.txt"));
  const note = readFileSync(join(again, "checkpoint"), "utf8");
  writeFileSync(join(again, "checkpoint"), note.replace(/^.*\n/, "other.example/log\n"));
  refused("an export of another log is refused");
  writeFileSync(join(again, "checkpoint"), note.replace(/\n(\d+)\n/, (_, n) => `\n${Number(n) - 1}\n`));
  refused("an export of another history is refused");
}

async function our_receipts(base, folder, key, receipts) {
  const files = [];
  for (const receipt of receipts.slice(0, 5)) {
    const at = join(scratch, `receipt-${receipt.index}`);
    writeFileSync(`${at}.tlog-proof`, await (await fetch(`${base}/receipts/${receipt.index}/proof`)).text());
    writeFileSync(`${at}.leaf`, receipt.leaf);
    files.push(at);
  }
  const ours = verify("--key", key, folder, "--receipt", ...files.map((f) => `${f}.tlog-proof`));
  say(ours.status === 0 && JSON.parse(ours.stdout).receipts === files.length, "our receipts: C++", ours.stdout + ours.stderr);
  const plain = files.map((f) => {  // Go's reader knows no extra data
    writeFileSync(`${f}.plain`, readFileSync(`${f}.tlog-proof`, "utf8").replace(/^extra .*\n/m, ""));
    return [`${f}.plain`, `${f}.leaf`];
  });
  const theirs = run(go, ["receipts", key, ...plain.flat()]);
  say(theirs.status === 0, "our receipts: Go", theirs.stdout + theirs.stderr);
  await alone(join(folder, "check.html"), `${files[0]}.tlog-proof`, key);
}

// A witness of twelve lines (C2SP tlog-cosignature): its key's text, and a note with its line under it.
function own_witness(name) {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const key = Buffer.concat([Buffer.from([4]), publicKey.export({ format: "der", type: "spki" }).subarray(-32)]);
  const id = createHash("sha256").update(`${name}\n`).update(key).digest().subarray(0, 4);
  const cosigned = (text) => {
    const at = text.indexOf("\n\n", text.indexOf("\n\n") + 2) + 1, seconds = Math.floor(Date.now() / 1000), time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(seconds));
    const body = text.slice(text.indexOf("\n\n") + 2, at);
    const line = Buffer.concat([id, time, sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`), privateKey)]);
    return `${text.trimEnd()}\n\u2014 ${name} ${line.toString("base64")}\n`;
  };
  return { vkey: `${name}+${id.toString("hex")}+${key.toString("base64")}`, cosigned };
}

// The page that lies in the export, opened from disk.
async function alone(html, file, key) {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`file://${html}`);
  const outcome = async (proof, by, policy = "") => {
    await page.fill("#proof", proof);
    await page.fill("#key", by);
    await page.fill("#policy", policy);
    await page.click("#check");
    await page.waitForFunction(() => document.getElementById("result").childNodes.length > 0);
    const tone = (await page.getAttribute("#result", "class")) + (await page.textContent("#result")).replace(/.*(Enough|Not enough) independent witnesses.*/s, (_, how) => `, ${how.toLowerCase()}`).replace(/^(?!, ).*/s, "");
    await page.evaluate(() => document.getElementById("result").replaceChildren());
    return tone;
  };
  const text = readFileSync(file, "utf8");
  say(await page.inputValue("#key") === key, "the page from disk holds the log's key");
  say((await page.inputValue("#policy")).includes("quorum none"), "the page from disk holds the log's policy");
  say((await outcome(text, key)) === "good", "a receipt on the page from disk: WebCrypto");
  say((await outcome(text, key, `log ${key}\nquorum none\n`)) === "good", "where no witness is asked for, none is missed");
  const witness = own_witness("one.example/w"), asked_for = `log ${key}\nwitness one ${witness.vkey}\nquorum one\n`;
  say((await outcome(text, key, asked_for)) === "good, not enough", "a receipt that the policy's witness has not signed, on the page from disk");
  const more = witness.cosigned(text);
  say((await outcome(more, key, asked_for)) === "good, enough", "a receipt that it has signed, on the page from disk");
  const last = more.trimEnd().at(-4) === "A" ? "B" : "A";
  say((await outcome(`${more.trimEnd().slice(0, -4)}${last}${more.trimEnd().slice(-3)}\n`, key, asked_for)) === "bad", "a witness's line that is wrong, on the page from disk");
  say((await outcome(text, key, `log ${key}\nquorum two\n`)) === "bad", "a policy that is none, on the page from disk");
  const lines = text.split("\n");
  const changed = lines.map((line, n) => (n === 3 ? (line[5] === "A" ? line.slice(0, 5) + "B" + line.slice(6) : line.slice(0, 5) + "A" + line.slice(6)) : line)).join("\n");
  say((await outcome(changed, key)) === "bad", "a receipt with a changed hash on the page from disk");
  say((await outcome(text, tessera_key)) === "bad", "a receipt under another key on the page from disk");
  await page.setInputFiles("#file", file);
  await page.waitForFunction((wanted) => document.getElementById("proof").value === wanted, text);
  for (const lang of ["zh-Hans", "zh-Hant", "en"]) {
    await page.click(`#lang-${lang}`);
    say((await page.getAttribute("html", "lang")) === lang && !(await page.textContent("body")).includes("proof.alone"), `the page from disk in ${lang}`);
  }
  say(asked.every((url) => url.startsWith("file:")), "the page from disk asks nobody", asked.join(" "));
  await context.close();
}

try {
  writeFileSync(join(scratch, "empty.html"), "<!doctype html><title>judge</title>");
  await attempt("proofs", async () => proofs_agree(await judge_page(join(scratch, "empty.html"))));
  await attempt("foreign logs", foreign_logs);
  await attempt("our log", our_log);
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
