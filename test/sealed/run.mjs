// The program on PostgreSQL, under a role with no more rights than docs/operating.md gives it: words sought in every byte of the server's folder, before and after they are erased; and a
// copy of the database from before, opened with the data folder of now.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { in_folder } from "../erasure/disk.mjs";
import { Program, programs } from "../requests/program.mjs";
import { Browser } from "../requests/script.mjs";

let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} sealed ${name}`);
  if (!good) failed += 1, console.log(`    ${String(detail).slice(0, 1500)}`);
};
const server = process.env.HUIYIN_TEST_POSTGRES;
if (!server) throw new Error("HUIYIN_TEST_POSTGRES is not set: bin/test starts a server");
const sql = (database, text) => execFileSync("psql", [server.replace("dbname=postgres", `dbname=${database}`), "-AtX", "-c", text], { encoding: "utf8" }).trim();
const name = `sealed_${process.pid}`, copy = `${name}_copy`;
const place = (database) => `${server} dbname=${database} user=${name}`;
// As the page says it, role and database under names of this run's own.
const told = readFileSync(new URL("../../docs/operating.md", import.meta.url), "utf8").match(/## PostgreSQL\n[^#]*?\n((?: {4}create [^\n]+;\n)+)/)[1];
const make = told.trim().split("\n").map((line) => line.trim().replace(/\bhuiyin\b/g, name));
const copy_too = make.at(-1).replace(`database ${name}`, `database ${copy}`);
const huiyin = (...words) => spawnSync(join(programs, "huiyin"), words, { encoding: "utf8" });
const names = (where) => Object.entries(where).map(([m, paths]) => `${m} in ${[...paths].join(", ")}`).join("; ");
const random = () => Math.random().toString(36).slice(2, 10);

// Nobody else's server has these bytes.
const said = { title: `Xylophonquartz ${random()}`, text: `石榴街灯柱${random()}全黑`, login: `kumquat-${random()}`, remark: `Windermere ${random()}` };
const markers = Object.fromEntries(Object.entries(said).map(([key, text]) => [key, Buffer.from(text)]));
const kept = mkdtempSync(join(tmpdir(), "huiyin-sealed-"));
for (const line of make) sql("postgres", line);
const rights = sql("postgres", `select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls from pg_roles where rolname = '${name}'`);
say(make.length === 2 && rights === "f", "the role that operating.md gives is no superuser and makes no database", `${make.join("\n")}\n${rights}`);
const program = new Program({ postgres: place(name) });
let second;
try {
  program.init();
  program.make_staff();
  const folder = sql(name, "show data_directory");
  const oid = sql(name, "select oid from pg_database where datname = current_database()");
  // The tables of this database, and the log that all of the server's share.
  const on_server = () => {
    sql(name, "checkpoint");
    return names({ ...in_folder(markers, join(folder, "base", oid)), ...in_folder(markers, join(folder, "pg_wal")) });
  };
  const other_user = JSON.parse(program.command("user", "add", "--unit", program.staff.saved.roads, "--login", said.login, "--post", "a post", "--roles", "officer", "--json"));
  say(other_user.officer > 0, "an account is made");
  const base = await program.serve();
  const as = async (who) => {
    const browser = new Browser(base);
    await browser.sign_in(program.staff[who]);
    return browser;
  };
  const must = async (browser, path, fields, page = path) => {
    const answer = await browser.form(path, fields, page);
    if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${answer.body.replace(/<[^>]+>|\s+/g, " ").slice(0, 800)}`);
    return Number(answer.headers.location.match(/\d+/)?.[0]);
  };
  const sent = await fetch(`${base}/api/v1/voices`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ kind: "complaint", title: said.title, text: said.text, lang: "zh-Hans" }) });
  const voice = (await sent.json()).id ?? Number((sent.headers.get("location") ?? "").match(/\d+/)?.[0]);
  const clerk = await as("clerk"), moderator = await as("moderator");
  await must(clerk, `/desk/voices/${voice}/assign`, { unit: program.staff.saved.roads, officer: program.staff.saved.officer_id }, `/desk/voices/${voice}`);
  const page = async (address, path) => (await new Browser(address).request("GET", path, { "Accept-Language": "en" })).body;
  say((await page(base, `/voices/${voice}`)).includes(said.text), "words are taken and shown under that role", `${sent.status} ${voice}`);
  say(on_server() === "", "but in no byte of the server's tables or its log", on_server());
  const plain = sql(name, "create table plain as select '" + said.text + "'::text as t; checkpoint; select 1");
  say(plain.includes("1") && on_server() !== "", "where the search finds what is in clear", on_server());
  sql(name, "drop table plain");

  // Somebody keeps the database as it is now.
  const dump = join(kept, "dump");
  execFileSync("pg_dump", ["-Fc", "-f", dump, place(name)]);
  const proposal = await must(clerk, "/erasures", { targets: String(voice), basis: "personal_data" }, "/erasures/new");
  const since = Date.now();
  await must(moderator, `/erasures/${proposal}/approve`, {}, `/erasures/${proposal}`);
  const gone = async () => /key of the words was destroyed/.test((await moderator.request("GET", `/erasures/${proposal}`, { "Accept-Language": "en" })).body);
  while (!(await gone()) && Date.now() - since < 90_000) await new Promise((r) => setTimeout(r, 250));
  say(Date.now() - since < 60_000, `the key is destroyed, after ${((Date.now() - since) / 1000).toFixed(1)} s`, program.log.slice(-600));
  const in_data = names(in_folder({ title: markers.title, text: markers.text }, program.data));
  say(in_data === "", "and no marker is in the data folder", in_data);
  say((await page(base, `/voices/${voice}`)).includes("Notice of removal") || !(await page(base, `/voices/${voice}`)).includes(said.text), "the page shows the words no more");
  await program.stop();

  // The same state as a place that never held the words, and as one of the other engine.
  const rebuilt = program.command("rebuild", "--into", join(kept, "sqlite"));
  const [, live, again] = rebuilt.match(/live +(\S+)\nrebuilt (\S+)/) ?? [];
  say(live && live === again, "SQLite makes the same state of the same log", rebuilt);

  sql("postgres", copy_too);
  execFileSync("pg_restore", ["-d", place(copy), dump]);
  say(!execFileSync("pg_dump", [place(copy)], { encoding: "utf8", maxBuffer: 1 << 28 }).includes(said.text), "the copy is ciphertext too");
  const old_folder = join(kept, "data");
  cpSync(program.data, old_folder, { recursive: true });
  second = new Program({ postgres: place(copy) });
  rmSync(second.folder, { recursive: true, force: true });
  second.folder = kept, second.data = old_folder;
  const shorter = huiyin("serve", "--data", old_folder, "--port", "0", "--postgres", place(copy));
  say(shorter.status !== 0 && /entries were answered for, and those from \d+ on are gone/.test(shorter.stderr), "an older database is not gone on with unseen", shorter.stdout + shorter.stderr);
  rmSync(join(old_folder, "acknowledged"));
  const old_base = await second.serve();
  const bodies = [];
  for (const path of [`/voices/${voice}`, "/voices", `/api/v1/voices/${voice}`, `/entries/${voice}`, `/api/v1/ledger/entries?from=${voice}&limit=1`]) bodies.push(await page(old_base, path));
  say(!bodies.some((body) => body.includes(said.text) || body.includes(said.title)), "and the keys of now do not open it", bodies.find((body) => body.includes(said.text)));
  await second.stop();

  // Without the keys nothing starts, and nothing is made up.
  const key = join(program.data, "words.key");
  renameSync(key, `${key}.aside`);
  let ran = huiyin("serve", "--data", program.data, "--port", "0", "--postgres", place(name));
  say(ran.status !== 0 && /words\.key is missing/.test(ran.stderr) && !existsSync(key), "a lost key file is said at the start", ran.stdout + ran.stderr);
  renameSync(`${key}.aside`, key);

  // Backups carry the keys to a new place.
  const backup = join(kept, "backup");
  ran = huiyin("backup", "--data", program.data, "--to", backup, "--postgres", place(name));
  say(ran.status === 0, "a backup is made", ran.stderr);
  sql("postgres", `drop database ${copy} with (force)`);
  sql("postgres", copy_too);
  ran = huiyin("restore", "--from", backup, "--data", join(kept, "restored"), "--postgres", place(copy));
  say(ran.status === 0, "and restored into another database", ran.stdout + ran.stderr);
  ran = huiyin("rebuild", "--data", join(kept, "restored"), "--postgres", place(copy), "--into", join(kept, "sqlite2"));
  say(ran.status === 0 && ran.stdout.includes(live), "with the same state", ran.stdout + ran.stderr);
} catch (error) {
  say(false, "runs to its end", `${error.stack}\n${program.log.slice(-800)}`);
} finally {
  await program.stop("SIGKILL");
  await second?.stop("SIGKILL");
  program.remove();
  rmSync(kept, { recursive: true, force: true });
  for (const database of [name, copy]) spawnSync("psql", [server, "-qc", `drop database if exists ${database} with (force)`]);
  spawnSync("psql", [server, "-qc", `drop role if exists ${name}`]);
}
process.exit(failed ? 1 : 0);
