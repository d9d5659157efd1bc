// Confidential messages in the real program: killed between promise and hour nothing is lost; what enters the log then is
// what was promised; and what was said is sought, in vain, in databases, write-ahead logs, lines of the log, figures, the
// backup and every public page.
//   node test/confidential/run.mjs
import { createHash } from "node:crypto";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { in_folder } from "../erasure/disk.mjs";
import { Program, programs } from "../requests/program.mjs";
import { look, make_receivers, open_desk, send } from "./way.mjs";

let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} confidential ${name}`);
  if (!good) failed += 1, console.log(`    ${String(detail).slice(0, 4000)}`);
};
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const library = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"].find(existsSync);
if (!library) throw new Error("libfaketime is missing: bin/setup --test");

const random = () => Math.random().toString(36).slice(2, 10);
const said = { first: `Quillwort ${random()}`, word: `石榴街${random()}灯`, place: `Shed ${random()}`, reply: `Bergamot ${random()}`, phrase: "some long words for a key" };
const markers = Object.fromEntries(Object.entries(said).map(([k, text]) => [k, Buffer.from(text)]));
const names = (where) => Object.entries(where).map(([m, paths]) => `${m} in ${[...paths].join(", ")}`).join("; ");

const program = new Program();
try {
  program.init();
  program.make_staff(["second", "inspector", "officer"]);
  let base = await program.serve();
  const { saved } = program.staff;
  const { receivers } = await make_receivers(base, program.staff, ["second", "inspector", "officer"]);

  // To those outside the unit concerned alone.
  const sent = await send(base, saved.roads, said.first, { place: said.place });
  say(sent.write.body.includes("post of second") && !sent.write.body.includes("post of officer"), "a receiver of the unit concerned is not offered");
  const cookies = [sent.page.headers["set-cookie"] ?? []].flat().join("\n");
  say(/visitor=;[^\n]*max-age=0/i.test(cookies) && !/code=/.test(cookies) && /no-store/.test(sent.page.headers["cache-control"]) && !sent.author.cookies.size, "nothing is left in the browser", `${cookies}\n${sent.page.headers["cache-control"]}`);
  const others = [await send(base, saved.roads, "x"), await send(base, saved.roads, "y".repeat(2000))];
  const second = await look(base, sent.code);
  await second.author.must(200, second.author.post("/confidential/thread/word", [["code", sent.code], ["text", said.word]]));
  const figures = await (await fetch(`${base}/metrics`)).text();
  say(Object.values(said).every((text) => !figures.includes(text)) && !figures.includes(sent.code.slice(0, 5)), "no figure says what was said");
  const before = await (await fetch(`${base}/api/v1/ledger/entries?from=0&limit=200`)).json();
  say(!before.entries.some((e) => JSON.parse(e.leaf).kind === "confidential.entered"), "before the hour nothing is in the log");

  await program.stop("SIGKILL");
  say(!Object.keys(in_folder(markers, program.folder)).length, "killed before the hour: the words stand in no file", names(in_folder(markers, program.folder)));

  // An hour later.
  program.options.env = { LD_PRELOAD: library, FAKETIME: "+61m", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
  base = await program.serve();
  let page = "";
  for (let i = 0; i < 100 && !/Entry \d+ of the log/.test(page); ++i) {
    page = (await look(base, sent.code)).page.body;
    if (!/Entry \d+ of the log/.test(page)) await sleep(500);
  }
  const entries = [...page.matchAll(/Entry (\d+) of the log/g)].map((m) => Number(m[1]));
  say(entries.length === 2 && page.includes(said.first) && page.includes(said.word), "killed between promise and hour nothing is lost", page.replace(/<[^>]+>|\s+/g, " "));
  const log = await (await fetch(`${base}/api/v1/ledger/entries?from=0&limit=200`)).json();
  const sealed = log.entries.map((e) => e.leaf).filter((leaf) => JSON.parse(leaf).kind === "confidential.entered");
  say(sealed.length === 4 && new Set(sealed.map((l) => l.length)).size === 1 && new Set(sealed.map((l) => JSON.parse(l).time)).size === 1, "four acts of an hour: one kind, one size, one minute", sealed.join("\n"));
  const served = log.entries.filter((e) => JSON.parse(e.leaf).kind === "confidential.entered");
  say(served.every((e) => !e.facts && !e.words), "none of it is served");

  // What was promised is what is there.
  const { author } = await look(base, sent.code);
  const proof = await author.must(200, author.post("/confidential/thread/proof", [["code", sent.code], ["n", "1"]]));
  const words = proof.body.match(/\nwords\n(.*)\nsalt (.*)\nsha256 (.*)\n/), leaf = JSON.parse(proof.body.match(/\nleaf\n(.*)\n/)[1]);
  const hash = createHash("sha256").update(words[1]).digest("hex");
  say(sent.promise.includes(`words sha256 ${hash}`), "the promise names the words that are in the log", `${sent.promise}\n${hash}`);
  const commitment = execFileSync("openssl", ["dgst", "-sha256", "-mac", "HMAC", "-macopt", `hexkey:${Buffer.from(words[2], "base64").toString("hex")}`, "-binary"], { input: words[1] }).toString("base64");
  say(leaf.words === commitment, "and the leaf commits to them, as OpenSSL says");

  // There and back.
  const [receiver] = receivers;
  receiver.base = new URL(base);
  await receiver.sign_in(program.staff.second);
  const desk = await open_desk(receiver);
  const matter = desk.body.match(new RegExp(`href="(/desk/confidential/${entries[0]})"`))?.[1];
  await receiver.must(200, receiver.request("GET", matter));
  await receiver.must(303, receiver.post(`${matter}/reply`, [["text", said.reply]]));
  say((await look(base, sent.code)).page.body.includes(said.reply), "the author reads the answer with the code");
  say((await look(base, others[0].code)).page.body.includes("waits for an answer"), "another matter waits on");
  const outsider = receivers[2];
  outsider.base = new URL(base);
  await outsider.sign_in(program.staff.officer);
  const theirs = await open_desk(outsider);
  say(theirs.body.includes("No confidential message is addressed to you"), "the receiver of the unit concerned has none");
  say((await outsider.request("GET", matter)).status === 404, "nor by its address");

  // Nowhere else.
  const shown = [];
  for (const path of ["/", "/voices", "/log", `/entries/${entries[0]}`, `/receipts/${entries[0]}`, "/api/v1/ledger/entries?from=0&limit=200", `/units/${saved.roads}`, `/search?q=${encodeURIComponent(said.first)}`, "/metrics"]) {
    const text = await (await fetch(`${base}${path}`)).text();
    // A page of search says again what was looked for.
    if (Object.values(said).some((s) => text.includes(s) && !path.includes(encodeURIComponent(s))) || text.includes(`/confidential/${entries[0]}`)) shown.push(path);
  }
  say(!shown.length, "no public page, list or document shows it", shown.join(", "));
  const backup = join(program.folder, "backup");
  program.command("backup", "--to", backup);
  const found = in_folder(markers, program.folder);
  say(!Object.keys(found).length, "the words stand in no database, write-ahead log, line of the log or backup", names(found));
  say(!program.log.includes("/confidential"), "no line says that somebody came", program.log.split("\n").filter((l) => l.includes("/confidential")).join("\n"));
  await program.stop();
  const rebuilt = spawnSync(join(programs, "huiyin"), ["rebuild", "--data", program.data, "--into", join(program.folder, "rebuilt")], { encoding: "utf8" });
  say(rebuilt.status === 0, "a rebuild arrives at the same", rebuilt.stdout + rebuilt.stderr);
} catch (error) {
  say(false, "ran to its end", `${error.stack}\n${program.log.slice(-1500)}`);
} finally {
  await program.stop("SIGKILL");
  program.remove();
}
process.exitCode = failed ? 1 : 0;
