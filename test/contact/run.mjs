// A telephone number is left, opened, kept in a backup; its last day passes while the program is not running. Then what
// was left, and what it was sealed as, is sought in every byte: of the data folder, of the database's server, of what the older backup gives back.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { in_folder } from "../erasure/disk.mjs";
import { Program, programs } from "../requests/program.mjs";
import { Browser } from "../requests/script.mjs";

let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} contact ${name}`);
  if (!good) failed += 1, console.log(`    ${String(detail).slice(0, 1500)}`);
};
const names = (where) => Object.entries(where).map(([m, paths]) => `${m} in ${[...paths].join(", ")}`).join("; ");
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const library = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"].find(existsSync);
const later = { LD_PRELOAD: library, FAKETIME: "+125d", FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
const server = process.env.HUIYIN_TEST_POSTGRES;
const huiyin = (...words) => spawnSync(join(programs, "huiyin"), words, { encoding: "utf8" });

async function must(browser, path, fields, page = path) {
  const answer = await browser.form(path, fields, page);
  if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${answer.body.replace(/<[^>]+>|\s+/g, " ").slice(0, 800)}`);
  return Number(answer.headers.location.match(/\d+/)?.[0]);
}

async function all_of_it(engine) {
  const on = (name) => `on ${engine}: ${name}`;
  const random = () => Math.random().toString(36).slice(2, 10);
  const left = { name: `Xylophonquartz ${random()}`, telephone: "+86 21 5551 7306", email: `kumquat.${random()}@example.org`, wish: `上午在石榴街${random()}` };
  const markers = Object.fromEntries(["name", "email", "wish"].map((key) => [key, Buffer.from(left[key])]));
  const database = `contact_${process.pid}`, copy = `${database}_copy`;
  const place = (one) => server.replace("dbname=postgres", `dbname=${one}`);
  const sql = (one, text) => execFileSync("psql", [place(one), "-AtX", "-c", text], { encoding: "utf8" }).trim();
  const kept = mkdtempSync(join(tmpdir(), "huiyin-contact-"));
  if (engine === "postgres") for (const one of [database, copy]) sql("postgres", `create database ${one}`);
  const more = (one) => (engine === "postgres" ? ["--postgres", place(one)] : []);
  const program = new Program(engine === "postgres" ? { postgres: place(database) } : {});
  try {
    program.init();
    program.make_staff(["clerk", "officer", "second"]);
    const base = await program.serve();
    const as = async (who) => {
      const browser = new Browser(base);
      await browser.sign_in(program.staff[who]);
      return browser;
    };
    const [clerk, officer] = [await as("clerk"), await as("officer")];
    const fields = { way: "telephone", kind: "help", audience: "open", lang: "en", text: "The lamp is dark." };
    const with_it = await must(clerk, "/desk/enter", { ...fields, contact_name: left.name, contact_telephone: left.telephone, contact_email: left.email, contact_wish: left.wish });
    await must(clerk, "/desk/enter", fields);
    await must(clerk, `/desk/voices/${with_it}/assign`, { unit: program.staff.saved.roads, officer: program.staff.saved.officer_id }, `/desk/voices/${with_it}/assign`);
    await must(officer, `/desk/voices/${with_it}/contact`, { reason: "ask_author" });
    say((await officer.request("GET", `/desk/voices/${with_it}/contact`)).body.includes(left.email), on("the officer who handles it reads it"));
    const everybody = new Browser(base), read = [];
    for (const path of [`/voices/${with_it}`, "/voices", `/entries/${with_it + 1}`, `/receipts/${with_it}`, `/api/v1/voices/${with_it}`, `/api/v1/ledger/entries?from=${with_it}&limit=10`, "/log/payloads/000.p/1"]) read.push((await everybody.request("GET", path)).body);
    say(!read.some((body) => Object.values(left).some((one) => body.includes(one))), on("and nobody else, on any page or in the log"));
    const entries = JSON.parse(read[5]).entries, leaf = (n) => JSON.parse(entries[n].leaf);
    const given = entries.filter((one) => JSON.parse(one.leaf).kind === "contact.given");
    say(given.length === 2 && new Set(given.map((one) => one.leaf.length)).size === 1 && given.every((one) => !one.facts && !one.words), on("one entry beside each message, the same whether or not something was left"), JSON.stringify(entries.map((_, n) => leaf(n).kind)));

    // Kept as it is now: a backup, and of PostgreSQL a dump.
    const backup = join(kept, "backup"), dump = join(kept, "dump");
    let ran = huiyin("backup", "--data", program.data, "--to", backup, ...more(database));
    say(ran.status === 0 && names(in_folder(markers, backup)) === "", on("a backup holds it under a key alone"), ran.stderr + names(in_folder(markers, backup)));
    const older = join(kept, "older");
    cpSync(backup, older, { recursive: true });
    const files = () => (engine === "postgres" ? (sql(database, "checkpoint"), join(sql(database, "show data_directory"), "base", sql(database, "select oid from pg_database where datname = current_database()"))) : program.data);
    say(names(in_folder(markers, files())) === "", on("in the database it stands sealed"), names(in_folder(markers, files())));
    if (engine === "sqlite") {
      const words = execFileSync("python3", ["-c", "import sqlite3,sys; print((sqlite3.connect(sys.argv[1]).execute('select words from entry_words where idx = ?', (int(sys.argv[2]),)).fetchone()[0]))", join(program.data, "main.db"), String(with_it + 1)], { encoding: "utf8" });
      markers.sealed = Buffer.from(JSON.parse(words).sealed);
      say(markers.sealed.length > 100 && "sealed" in in_folder(markers, files()), on("and is found while it is there"));
    } else execFileSync("pg_dump", ["-Fc", "-f", dump, place(database)]);
    await program.stop();
    const then = join(kept, "then");
    cpSync(program.data, then, { recursive: true });

    // Its last day passes while nothing runs.
    program.options.env = later;
    const since = Date.now(), again = await program.serve();
    const by_clock = async () => JSON.parse((await new Browser(again).request("GET", "/api/v1/erasures")).body).erasures.filter((one) => one.rule === "retention.contact_days");
    while ((await by_clock()).length === 0 && Date.now() - since < 60_000) await sleep(250);
    const [erased] = await by_clock();
    say(erased?.basis === "term_over" && erased.by_author === false && erased.targets.join() === `${with_it + 1},${with_it + 3}`, on("the clock erases both, the empty one too"), JSON.stringify(erased));
    const gone_from_log = JSON.parse((await new Browser(again).request("GET", `/api/v1/ledger/entries?from=${with_it}&limit=2`)).body).entries;
    say(gone_from_log[1].words_erased === true && gone_from_log[0].words?.includes("The lamp is dark."), on("and the message stays"));
    say((await new Browser(again).request("GET", "/erasures?by=clock", { "Accept-Language": "en" })).body.includes(`/erasures/${erased?.id}"`), on("it stands in the public list"));
    while (program.log.split("erased_words_gone").length < 2 && Date.now() - since < 60_000) await sleep(250);
    say(names(in_folder(markers, files())) === "" && names(in_folder(markers, program.data)) === "", on("no marker is in any file"), names(in_folder(markers, program.data)));
    await program.stop();
    say(names(in_folder(markers, files())) === "", on("nothing came back when the program ended"), names(in_folder(markers, files())));

    ran = huiyin("restore", "--from", older, "--keys", `${backup}.keys`, "--data", join(kept, "restored"));
    say(ran.status === 0 && /words of 2 were erased/.test(ran.stdout) && names(in_folder(markers, join(kept, "restored"))) === "", on("the backup from before does not give it back"), ran.stdout + ran.stderr);
    ran = huiyin("rebuild", "--data", program.data, "--into", join(kept, "rebuilt"), ...more(database));
    say(ran.status === 0, on("the log replays to the live state"), ran.stdout + ran.stderr);
    if (engine === "postgres") {
      execFileSync("pg_restore", ["--clean", "--if-exists", "--no-owner", "-d", place(copy), dump]);
      ran = huiyin("rebuild", "--data", program.data, "--into", join(kept, "from_dump"), ...more(copy));
      const keys_of_then = huiyin("rebuild", "--data", then, "--into", join(kept, "with_then"), ...more(copy));
      say(keys_of_then.status === 0 && names(in_folder(markers, join(kept, "with_then"))) === "", on("a copy of the database opens with the keys of its time, and stays sealed"), keys_of_then.stdout + keys_of_then.stderr);
      const out = existsSync(join(kept, "from_dump")) ? names(in_folder(markers, join(kept, "from_dump"))) : "";
      say(out === "" && !Object.values(left).some((one) => (ran.stdout + ran.stderr).includes(one)), on("and not with the keys of now"), out);
    }
  } catch (error) {
    say(false, on("runs to its end"), `${error.stack}\n${program.log.slice(-800)}`);
  } finally {
    await program.stop("SIGKILL");
    program.remove();
    rmSync(kept, { recursive: true, force: true });
    if (engine === "postgres") for (const one of [database, copy]) spawnSync("psql", [server, "-qc", `drop database if exists ${one} with (force)`]);
  }
}

if (!library) throw new Error("libfaketime is missing: bin/setup --test");
await all_of_it("sqlite");
if (server) await all_of_it("postgres");
else say(false, "PostgreSQL", "HUIYIN_TEST_POSTGRES is not set: bin/test starts a server");
process.exit(failed ? 1 : 0);
