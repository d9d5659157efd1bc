// Words and pictures that were said, erased by two people, and sought in every byte: of each file while the program
// runs, of the whole file system where one could be mounted, of backups made before, of what is restored from them.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { pdf, send_files } from "../requests/pdf.mjs";
import { Program, programs } from "../requests/program.mjs";
import { Browser } from "../requests/script.mjs";
import { Disk, first_file, in_folder, in_image } from "./disk.mjs";

let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} erasure ${name}`);
  if (!good) failed += 1, console.log(`    ${String(detail).slice(0, 1500)}`);
};
const names = (where) => Object.entries(where).map(([m, paths]) => `${m} in ${[...paths].join(", ")}`).join("; ");

const said = {
  chinese: "石榴街灯柱七号夜里全黑",
  latin: "Xylophonquartz Windermere",
  quoted: 'the "Kumquatgasse\\12" corner\tsign',
};
const text = `${said.chinese}。\n\n${said.latin}, at ${said.quoted}.`;
const escaped = (s) => JSON.stringify(s).slice(1, -1);

// A picture of noise: what is kept of it has bytes that nothing else has.
function png() {
  const side = 96;
  const rows = Buffer.alloc(side * (side * 3 + 1));
  for (let i = 0; i < rows.length; i++) rows[i] = i % (side * 3 + 1) === 0 ? 0 : (Math.imul(i, 2654435761) >>> 13) & 255;
  const table = Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n >>> 0; });
  const crc = (b) => { let c = 0xffffffff; for (const x of b) c = table[(c ^ x) & 255] ^ (c >>> 8); return (c ^ 0xffffffff) >>> 0; };
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]), out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length), body.copy(out, 4), out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0), head.writeUInt32BE(side, 4), head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

// A picture and a PDF of two pages. First with a file that is neither: what is right of it comes back with the form.
async function send_with_files(author, fields, picture) {
  const files = [{ name: "a.png", type: "image/png", bytes: picture }, { name: "letter.pdf", type: "application/pdf", bytes: pdf([said.latin, "The second page"]) }];
  const wrong = await send_files(author, "/say", fields, [...files, { name: "note.txt", type: "text/plain", bytes: Buffer.from("a note") }]);
  say(wrong.status === 422 && wrong.body.includes("neither a photograph"), "a file that is neither a photograph nor a PDF is refused at its field", `${wrong.status}`);
  const kept = Object.fromEntries([...wrong.body.matchAll(/name="(kept|kept_paper)" value="([^"]*)"/g)].map(([, name, token]) => [name, token]));
  say(kept.kept && kept.kept_paper, "the photograph and the PDF are kept", JSON.stringify(kept));
  const answer = await send_files(author, "/say", { ...fields, ...kept }, []);
  if (answer.status !== 303) throw new Error(`a message was answered ${answer.status} ${answer.body.slice(0, 2000)}`);
  return Number(answer.headers.location.match(/\d+/)[0]);
}

async function must(browser, path, fields, page = path) {
  const answer = await browser.form(path, fields, page);
  if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${answer.body.replace(/<[^>]+>|\s+/g, " ").slice(0, 800)}`);
  return Number(answer.headers.location.match(/\d+/)?.[0]);
}

const disk = new Disk();
const elsewhere = mkdtempSync(join(tmpdir(), "huiyin-kept-"));
process.env.TMPDIR = disk.place;
const program = new Program();
const huiyin = (...words) => spawnSync(join(programs, "huiyin"), words, { encoding: "utf8" });
const backup = join(elsewhere, "backup"), older = join(elsewhere, "older");
try {
  program.init();
  program.make_staff();
  const base = await program.serve();
  const as = async (who) => {
    const browser = new Browser(base);
    await browser.sign_in(program.staff[who]);
    return browser;
  };
  const others = async (n) => {
    for (let i = 0; i < n; i++) await fetch(`${base}/api/v1/voices`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ kind: "suggestion", text: `Another matter, number ${i}. ${"More of it. ".repeat(i % 40)}`, lang: "en" }) });
  };
  await others(40);
  const author = new Browser(base), picture = png();
  const voice = await send_with_files(author, { kind: "complaint", lang: "zh-Hans", title: said.latin, text, place: "", audience: "open" }, picture);
  const stored = first_file(join(program.data, "files"));
  const blobs = readdirSync(join(program.data, "files"), { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => readFileSync(join(f.path, f.name)));
  const shown = await author.request("GET", `/voices/${voice}/papers/1`, { "Accept-Language": "en" });
  say(shown.body.includes("Page 2 of 2") && shown.body.includes(said.latin), "the PDF is shown by its pages, with their text", shown.body.slice(0, 600));
  const second = await author.request("GET", `/voices/${voice}/papers/1/pages/2?size=small`);
  say(second.status === 200 && second.headers["content-type"] === "image/webp", "each page is a picture", `${second.status} ${second.headers["content-type"]}`);
  say((await author.request("GET", `/voices/${voice}/papers/1/pages/3`)).status === 404, "there is no third page");
  const [officer, clerk, moderator] = [await as("officer"), await as("clerk"), await as("moderator")];
  await must(clerk, `/desk/voices/${voice}/assign`, { unit: program.staff.saved.roads, officer: program.staff.saved.officer_id }, `/desk/voices/${voice}`);
  const issue = await must(officer, "/issues", { cycle: program.staff.saved.desk, title: `About ${said.latin}`, text: said.chinese, lang: "en" }, "/issues/new");
  await others(40);
  await fetch(`${base}/voices/${voice}`).then((r) => r.text());
  const entry = JSON.parse((await author.request("GET", `/api/v1/ledger/entries?from=${voice}&limit=1`)).body).entries[0];
  const salt = Buffer.from(entry.words_salt, "base64");
  const markers = Object.fromEntries([
    ...Object.entries(said).flatMap(([name, s]) => [[name, Buffer.from(s)], [`${name} escaped`, Buffer.from(escaped(s))], [`${name} escaped twice`, Buffer.from(escaped(escaped(s)))]]),
    ["salt", salt], ["salt in base64", Buffer.from(entry.words_salt)],
    ["picture", stored.bytes.subarray(stored.bytes.length >> 1, (stored.bytes.length >> 1) + 32)],
    // Of a page that is nearly white some bytes stand in other files too.
    ...blobs.map((bytes, i) => [`file ${i}`, bytes.subarray(bytes.length >> 1, (bytes.length >> 1) + 32)]).filter(([, bytes]) => new Set(bytes).size > 20),
    ["picture as sent", picture.subarray(picture.length >> 1, (picture.length >> 1) + 32)],
  ]);
  const search = async (words) => JSON.parse((await author.request("GET", `/api/v1/search?q=${encodeURIComponent(words)}`)).body).hits.length;
  for (let i = 0; i < 240 && (await search(said.latin)) < 2; i++) await new Promise((r) => setTimeout(r, 250));
  const finds = await Promise.all(Object.values(said).map(search));
  say(finds.every((n) => n > 0), "search finds the words while they are there", finds.join());
  const before = in_folder(markers, program.data);
  say(["chinese", "latin", "quoted escaped", "salt", "picture"].every((m) => before[m]), "the markers are found while they are there", names(before));

  // A backup made before.
  let ran = huiyin("backup", "--data", program.data, "--to", backup);
  say(ran.status === 0, "a backup beside the running program", ran.stderr);
  cpSync(backup, older, { recursive: true });
  say(names(in_folder(markers, backup)) === "", "no words and no picture lie open in a backup", names(in_folder(markers, backup)));
  await others(5);
  const files_before = readdirSync(join(backup, "log")).length;
  ran = huiyin("backup", "--data", program.data, "--to", backup);
  say(ran.status === 0 && / 0 pictures/.test(ran.stdout) && readdirSync(join(backup, "log")).length === files_before, "a second run copies no picture again", ran.stdout + ran.stderr);

  // An export made before; its files under second names show what becomes of their bytes.
  const exported = join(elsewhere, "export"), bytes_of = join(elsewhere, "bytes");
  ran = huiyin("export", "log", "--data", program.data, "--to", exported);
  say(ran.status === 0 && names(in_folder(markers, exported)) !== "", "an export before the erasure holds the words", ran.stderr);
  mkdirSync(bytes_of);
  for (const [i, file] of readdirSync(join(exported, "payloads"), { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).entries())
    linkSync(join(file.path, file.name), join(bytes_of, String(i)));

  // The author asks for the message; the clerk proposes the issue; the moderator decides on both.
  await author.request("GET", `/voices/${voice}/author`);
  const asked = await author.request("POST", `/voices/${voice}/erasure`, { "Content-Type": "application/x-www-form-urlencoded" }, new URLSearchParams({ csrf: author.saved.csrf }).toString());
  say(asked.status === 303, "the author asks for it", `${asked.status} ${asked.body.slice(0, 300)}`);
  const own = Number(asked.headers.location.match(/\d+/)[0]);
  const proposal = await must(clerk, "/erasures", { targets: String(issue), basis: "personal_data" }, "/erasures/new");
  say((await clerk.form(`/erasures/${proposal}/approve`, {}, `/erasures/${proposal}`)).status === 403, "who proposed it does not decide");
  const since = Date.now();
  await must(moderator, `/erasures/${own}/approve`, {}, `/erasures/${own}`);
  await must(moderator, `/erasures/${proposal}/approve`, {}, `/erasures/${proposal}`);
  const gone = async (id) => (await moderator.request("GET", `/erasures/${id}`, { "Accept-Language": "en" })).body.includes("have been gone from every file");
  while (!((await gone(own)) && (await gone(proposal))) && Date.now() - since < 90_000) await new Promise((r) => setTimeout(r, 250));
  const seconds = (Date.now() - since) / 1000;
  say(seconds < 60, `the page says that they are gone, after ${seconds.toFixed(1)} s`, program.log.slice(-600));
  say(names(in_folder(markers, program.data)) === "", "no marker is in any file", names(in_folder(markers, program.data)));
  const still = await Promise.all(Object.values(said).map(search));
  say(still.every((n) => n === 0), "search finds none of the words", still.join());
  if (disk.image) say(names(in_image(markers, disk.image)) === "", "nor in any byte of the file system's image", names(in_image(markers, disk.image)));
  else console.log("# no file system could be mounted here: freed blocks were not searched");

  ran = huiyin("export", "log", "--data", program.data, "--to", exported);
  say(ran.status === 0 && names(in_folder(markers, exported)) === "", "an export of before is brought up to date: without the words", ran.stderr + names(in_folder(markers, exported)));
  say(names(in_folder(markers, bytes_of)) === "", "nor do the bytes of its old files hold them", names(in_folder(markers, bytes_of)));

  // The notice stands.
  const page = async (path) => (await new Browser(base).request("GET", path, { "Accept-Language": "en" })).body;
  say((await page(`/voices/${voice}`)).includes("The author asked for it."), "a notice stands on the message's page");
  say((await page(`/issues/${issue}`)).includes("Notice of removal"), "and on the issue's");
  say((await page("/erasures")).includes(`/erasures/${own}"`), "and in the public list");
  say((await page(`/entries/${voice}`)).includes("Notice of removal"), "and on the entry's page");
  const now = await new Browser(base).request("GET", "/log/checkpoint");
  writeFileSync(join(elsewhere, "checkpoint"), now.body);

  // The backup from before: its keys are gone. Two messages, and what its author left beside one to be reached (nothing).
  const restored = join(elsewhere, "restored");
  ran = huiyin("restore", "--from", older, "--keys", `${backup}.keys`, "--data", join(elsewhere, "from-older"));
  say(ran.status === 0 && /words of 3 were erased/.test(ran.stdout) && names(in_folder(markers, join(elsewhere, "from-older"))) === "", "a copy of a backup from before does not give them back", ran.stdout + ran.stderr);
  ran = huiyin("restore", "--from", backup, "--data", restored, "--at-least", join(elsewhere, "checkpoint"));
  say(ran.status !== 0 && /older than the checkpoint/.test(ran.stderr), "a backup older than a known checkpoint is refused", ran.stdout + ran.stderr);
  rmSync(restored, { recursive: true, force: true });
  ran = huiyin("restore", "--from", backup, "--data", restored);
  say(ran.status === 0 && /words of 3 were erased/.test(ran.stdout), "a backup from before restores, with the erasures entered anew", ran.stdout + ran.stderr);
  say(names(in_folder(markers, restored)) === "", "without the words", names(in_folder(markers, restored)));
  ran = huiyin("doctor", "--data", restored);
  say(/ok    the head's root is the tree's/.test(ran.stdout), "its log verifies", ran.stdout + ran.stderr);
  ran = huiyin("rebuild", "--data", restored, "--into", join(elsewhere, "restored-again"));
  say(ran.status === 0, "and gives the same state when it is replayed", ran.stdout + ran.stderr);

  // The newest backup.
  ran = huiyin("backup", "--data", program.data, "--to", backup);
  say(ran.status === 0, "a backup after the erasure", ran.stderr);
  const full = join(elsewhere, "full");
  ran = huiyin("restore", "--from", backup, "--data", full, "--at-least", join(elsewhere, "checkpoint"));
  say(ran.status === 0 && !/erased since/.test(ran.stdout), "restores what the log has", ran.stdout + ran.stderr);
  ran = huiyin("restore", "--from", backup, "--data", full);
  say(ran.status !== 0 && /not empty/.test(ran.stderr), "never into a folder that holds something", ran.stderr);
  for (const [name, harm] of Object.entries({
    "a flipped bit": (folder) => { const { path, bytes } = first_file(join(folder, "words")); bytes[bytes.length >> 1] ^= 4; writeFileSync(path, bytes); },
    "a flipped bit in the log": (folder) => { const { path, bytes } = first_file(join(folder, "log")); bytes[bytes.length >> 1] ^= 1; writeFileSync(path, bytes); },
    "a flipped bit in the manifest": (folder) => { const path = join(folder, "manifest"), bytes = readFileSync(path); bytes[bytes.length >> 1] ^= 1; writeFileSync(path, bytes); },
    "a missing part": (folder) => rmSync(first_file(join(folder, "log")).path),
    "a missing manifest": (folder) => rmSync(join(folder, "manifest")),
  })) {
    const harmed = join(elsewhere, "harmed");
    cpSync(backup, harmed, { recursive: true });
    harm(harmed);
    ran = huiyin("restore", "--from", harmed, "--keys", `${backup}.keys`, "--data", join(elsewhere, "nothing"));
    say(ran.status === 1 && !existsSync(join(elsewhere, "nothing", "log.key")), `${name} is refused`, ran.stdout + ran.stderr);
    say(/damaged|missing|manifest/.test(ran.stderr), `${name} is named`, ran.stderr);
    rmSync(harmed, { recursive: true, force: true });
    rmSync(join(elsewhere, "nothing"), { recursive: true, force: true });
  }
  // A medium that is too small: nothing that looks complete, and the backup of before stays.
  const small = join(elsewhere, "small");
  mkdirSync(small);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=48k", "tmpfs", small]).status === 0;
  if (mounted) {
    ran = huiyin("backup", "--data", program.data, "--to", join(small, "backup"), "--keys", join(elsewhere, "small.keys"));
    say(ran.status === 1 && !existsSync(join(small, "backup", "manifest")), "a full medium is said, and leaves nothing complete", ran.stdout + ran.stderr);
    spawnSync("umount", ["-l", small]);
  }
  await program.stop();
  ran = huiyin("rebuild", "--data", program.data, "--into", join(elsewhere, "again"));
  say(ran.status === 0, "the log replays to the live state after the erasure", ran.stdout + ran.stderr);
  if (disk.image) say(names(in_image(markers, disk.image)) === "", "nothing came back when the program ended", names(in_image(markers, disk.image)));
} catch (error) {
  say(false, "runs to its end", `${error.stack}\n${program.log.slice(-800)}`);
} finally {
  await program.stop("SIGKILL");
  program.remove();
  disk.remove();
  rmSync(elsewhere, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
