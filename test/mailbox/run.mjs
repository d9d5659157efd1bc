// Messages by e-mail as they really come: a Maildir that a script fills, a mail server of the test's own for receipts.
//   node test/mailbox/run.mjs [mails kills]
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { in_folder } from "../erasure/disk.mjs";
import { house, until, wait } from "../notice/house.mjs";
import { Sink } from "../notice/sink.mjs";
import { pdf } from "../requests/pdf.mjs";
import { programs } from "../requests/program.mjs";
import { Browser } from "../requests/script.mjs";
import { Maildir, file_part, mail, mbox, with_files } from "./post.mjs";

const [many, kills] = [Number(process.argv[2] ?? 30), Number(process.argv[3] ?? 4)];
let failed = 0;
async function test(name, work) {
  try {
    const more = await work();
    console.log(`ok mailbox ${name}${more ? ` (${more})` : ""}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok mailbox ${name}\n    ${String(error?.stack ?? error).replaceAll("\n", "\n    ")}`);
  }
}
let log_key = "";
const holds = (good, what) => { if (!good) throw new Error(what); };
const same = (a, b) => holds(JSON.stringify(a) === JSON.stringify(b), `${JSON.stringify(a)}, not ${JSON.stringify(b)}`);

const kept = mkdtempSync(join(tmpdir(), "huiyin-mailbox-"));
const maildir = new Maildir(join(kept, "Maildir"));
const sink = await new Sink().listen();
const { program, officer } = await house(sink, `[mail]\naddress = "voices@example.org"\nmaildir = "${maildir.folder}"\n`);
const everybody = () => new Browser(program.base);
const json = async (path) => JSON.parse((await everybody().request("GET", path)).body);
const by_mail = async () => (await json("/api/v1/channels")).channels.filter((c) => c.way === "email").reduce((n, c) => n + c.n, 0);
const taken = () => until("the Maildir to be empty", () => maildir.in("").length === 0, 120);
const code_of = (letter) => letter.text.match(/\d{5}( \d{5}){4}/)[0];
const number_of = (letter) => Number(letter.text.match(/\/voices\/(\d+)/)[1]);
const command = (...words) => spawnSync(join(programs, "huiyin"), [...words, "--data", program.data], { encoding: "utf8" });
const secret = `kumquat.${Math.random().toString(36).slice(2, 10)}@example.org`;
const markers = { address: Buffer.from(secret), name: Buffer.from("Xylophonquartz") };
const where_it_is = () => [...new Set(Object.values(in_folder(markers, program.data)).flatMap((paths) => [...paths]))].map((p) => p.slice(program.data.length + 1));

try {
  let receipt;
  await test("a mail becomes a message, and its author gets a receipt", async () => {
    maildir.deliver(mail({ from: `Xylophonquartz <${secret}>`, id: "one@mail.example.org" }));
    receipt = await until("the receipt", () => sink.to(secret)[0]);
    await taken();
    same(maildir.in(".taken").length, 1);
    holds(!receipt.raw.includes("dark") && !receipt.text.includes("dark"), "what was written goes out again");
    holds(receipt.headers["auto-submitted"] === "auto-replied" && receipt.headers["in-reply-to"] === "<one@mail.example.org>", receipt.raw);
    const seen = await json(`/api/v1/voices/${number_of(receipt)}`);
    same([seen.way, seen.audience, seen.text], ["email", "unit_only", ""]);
    const page = (await everybody().request("GET", "/say", { "Accept-Language": "en" })).body;
    holds(page.includes("voices@example.org"), "the form does not say to whom one can write");
  });

  await test("the code in it opens the author's page", async () => {
    const author = everybody(), path = `/voices/${number_of(receipt)}/open`;
    const opened = await author.form(path, { code: code_of(receipt) }, `/voices/${number_of(receipt)}/author`);
    holds(opened.status === 200 && opened.body.includes("The lamp at the corner is dark."), `${opened.status}`);
  });

  await test("answers to it are further words, each once; what it quotes is cut off", async () => {
    const quoted = `On Monday, Test office <notices@voices.example.org> wrote:\r\n${receipt.text.split("\n").map((l) => `> ${l}`).join("\r\n")}`;
    const first = mail({ from: secret, id: "two@mail.example.org", subject: "Re: x", text: `It is number 7.\r\n\r\n${quoted}`, more: [`In-Reply-To: ${receipt.id}`] });
    maildir.deliver(first);
    maildir.deliver(mail({ from: secret, id: "three@mail.example.org", text: "And number 8.", more: [`References: <x@y.example> ${receipt.id}`] }));
    maildir.deliver(first);
    await taken();
    const words = (await json(`/api/v1/voices/${number_of(receipt)}`)).history.filter((h) => h.what === "word_added");
    same(words.length, 2);
    const author = await everybody().form(`/voices/${number_of(receipt)}/open`, { code: code_of(receipt) }, `/voices/${number_of(receipt)}/author`);
    holds(author.body.includes("It is number 7.") && author.body.includes("And number 8.") && !author.body.includes("wrote:"), "the words are others");
    same(await by_mail(), 1);
    same(sink.to(secret).length, 1);
  });

  await test("one Message-ID with two contents is two, the same twice is one", async () => {
    for (const text of ["First words.", "Other words.", "First words."]) maildir.deliver(mail({ from: "bert@example.org", id: "same@mail.example.org", text }));
    for (const hop of ["a", "b"]) maildir.deliver(mail({ from: "carl@example.org", id: null, text: "No id at all.", more: [`Received: from ${hop}.example.org`] }));
    await taken();
    same(await by_mail(), 4);
  });

  await test("what no person wrote is refused, kept by reason, and never answered", async () => {
    const at = { from: "robot@example.org" };
    maildir.deliver(mail({ ...at, id: "a@r.example", more: ["Auto-Submitted: auto-replied", `In-Reply-To: ${receipt.id}`] }));
    maildir.deliver(mail({ ...at, id: "b@r.example", more: ["Precedence: bulk"] }));
    maildir.deliver(mail({ ...at, id: "c@r.example", type: "multipart/report; boundary=b", text: "--b\r\n\r\nNot delivered.\r\n--b--" }));
    maildir.deliver(mail({ from: "voices@example.org", id: "d@r.example" }));
    maildir.deliver(receipt.raw);
    maildir.deliver(mail({ from: "dora@example.org", id: "e@r.example", subject: "", text: "" }));
    maildir.deliver("\xff".repeat(5000), "1795737600.broken");
    maildir.deliver("", "1795737600.nothing");
    await taken();
    same(maildir.refused, { automatic: 2, bounce: 1, broken: 1, bulk: 1, empty: 2, own: 1 });
    same(await by_mail(), 4);
    await until("the letter to who sent no text", () => sink.to("dora@example.org").length > 0);
    await wait(2500);
    same(["robot@example.org", "voices@example.org", "notices@voices.example.org", "dora@example.org"].map((who) => sink.to(who).length), [0, 0, 0, 1]);
    holds(/no text/.test(sink.to("dora@example.org")[0].text), "who sent no text is not told so");
    const rules = (await everybody().request("GET", "/rules", { "Accept-Language": "en" })).body;
    holds(rules.includes('id="mail"') && rules.includes("Refused: a delivery report"), "the rules do not say what was refused");
  });

  await test("40 MB and broken MIME hold nobody up, and say what was left out", async () => {
    const before = Date.now();
    maildir.deliver(with_files({ from: "film@example.org", id: "film@m.example" }, "See the film.", file_part("video/mp4", "private name.mp4", Buffer.alloc(40 << 20, 120)), file_part("application/pdf", "torn.pdf", Buffer.from("%PDF-1.7 x")), file_part("application/pdf", "plan.pdf", pdf(["Plan of the lane"])), file_part("image/jpeg", "lamp.jpg", readFileSync("src/files/testdata/turned.jpg"))));
    maildir.deliver(mail({ from: "broken@example.org", id: "broken@m.example", type: "multipart/mixed; boundary=b", text: "--b\r\n\r\nNot closed, cut in the mid" }));
    maildir.deliver(mail({ from: "quick@example.org", id: "quick@m.example", text: "I am behind them." }));
    const letters = await Promise.all(["film", "broken", "quick"].map((who) => until(who, () => sink.to(`${who}@example.org`)[0], 90)));
    const spent = Date.now() - before;
    holds(/1 PDF file/.test(letters[0].text) && /1 file that is too large/.test(letters[0].text) && !letters[0].text.includes("private name"), letters[0].text);
    const film = await everybody().form(`/voices/${number_of(letters[0])}/open`, { code: code_of(letters[0]) }, `/voices/${number_of(letters[0])}/author`);
    holds(film.body.includes("See the film.") && film.body.includes("1 PDF file") && !film.body.includes("private name"), "the message does not say it");
    return `${(spent / 1000).toFixed(1)} s for the three`;
  });

  await test("nobody's letter box is filled: five receipts a day, twenty mails", async () => {
    for (let i = 0; i < 23; ++i) maildir.deliver(mail({ from: "eager@example.org", id: `eager${i}@m.example`, text: `Mail ${i}` }));
    await taken();
    await until("six letters", () => sink.to("eager@example.org").length >= 6);
    await wait(3000);
    same([sink.to("eager@example.org").length, sink.to("eager@example.org").filter((l) => /too many/.test(l.text)).length, maildir.refused.too_many], [6, 1, 3]);
  });

  await test("killed again and again, each mail is a message once, with one receipt", async () => {
    const before = await by_mail(), senders = Array.from({ length: many }, (_, i) => `storm${i}@example.org`);
    senders.forEach((from, i) => maildir.deliver(mail({ from, id: `storm${i}@m.example`, text: `Storm ${i}` })));
    let done = 0;
    for (; done < kills && maildir.in("").length > 0; ++done) {
      const here = maildir.in("").length;
      await until("some to be taken", () => maildir.in("").length < here, 60);
      await wait(Math.random() * 150);
      program.process.kill("SIGKILL");
      await program.stop("SIGKILL");
      await program.serve();
    }
    await taken();
    await until("every receipt", () => senders.every((who) => sink.to(who).length > 0), 120);
    await wait(2500);
    same((await by_mail()) - before, many);
    for (const who of senders) same(new Set(sink.to(who).map((l) => `${l.id} ${code_of(l)}`)).size, 1);
    const repeats = senders.reduce((n, who) => n + sink.to(who).length - 1, 0);
    holds(repeats <= done, `${repeats} letters came twice, after ${done} kills`);
    return `${many} mails, ${done} kills, ${repeats} letters twice under one name`;
  });

  await test("the sender's address is on no page, in no log and no figure", async () => {
    const bodies = [program.log];
    const n = number_of(receipt);
    for (const path of [`/voices/${n}`, `/receipts/${n}`, `/entries/${n}`, `/entries/${n + 1}`, "/rules", "/metrics", "/channels", "/voices.csv", `/api/v1/voices/${n}`, `/api/v1/ledger/entries?from=${n}&limit=20`, "/log/payloads/000.p/1"]) bodies.push((await everybody().request("GET", path)).body);
    for (const body of bodies) holds(!body.includes(secret) && !body.includes("Xylophonquartz") && !body.includes("ming@example.org"), body.slice(0, 300));
    // As all words of an installation on SQLite, it lies in main.db until its last day; nowhere else.
    const places = where_it_is();
    holds(places.every((p) => p.startsWith("main.db")), places.join(", "));
    holds((await officer.request("GET", "/admin/jobs")).status !== 500, "the page of jobs");
  });

  log_key = (await (await fetch(`${program.base}/log/key`)).text()).trim();
  await program.stop();
  await test("doctor looks at the Maildir", async () => {
    holds(command("doctor").stdout.includes(`ok    mails are taken from ${maildir.folder}`), command("doctor").stdout);
    const settings = readFileSync(join(program.data, "huiyin.toml"), "utf8");
    writeFileSync(join(program.data, "huiyin.toml"), settings.replace(maildir.folder, "/nowhere"));
    holds(/wrong mails are taken from \/nowhere: there is no folder/.test(command("doctor").stdout), command("doctor").stdout);
    for (const [text, wanted] of [["[mail]\nmaildir = \"x\"\n", "[mail] has no address"], ["[mail]\naddress = \"x\"\n", "[mail] address is no mail address"], ["[mail]\naddress = \"a@b.example\"\nkind = \"rant\"\n", "[mail] kind is none of"], ["[mail]\nbox = \"x\"\n", "[mail] has no box of that kind"]]) {
      writeFileSync(join(program.data, "huiyin.toml"), text);
      const ran = command("serve", "--port", "0");
      holds(ran.status === 1 && ran.stderr.includes(wanted) && ran.stderr.includes("huiyin.toml"), ran.stderr);
    }
    writeFileSync(join(program.data, "huiyin.toml"), settings);
  });

  await test("an import takes a mailbox, goes on after a kill, and takes nothing twice", async () => {
    const box = join(kept, "old.mbox"), mails = Array.from({ length: many }, (_, i) => mail({ from: `old${i}@example.org`, id: `old${i}@m.example`, text: `Old ${i}\r\nFrom here on it is dark.` }));
    mails.push(mail({ from: "x@example.org", id: "auto@m.example", more: ["Auto-Submitted: auto-generated"] }), mail({ from: `Xylophonquartz <${secret}>`, id: "one@mail.example.org" }));
    writeFileSync(box, mbox(mails), "latin1");
    const first = spawn(join(programs, "huiyin"), ["import", "mail", box, "--data", program.data], { stdio: "ignore" });
    const ended = new Promise((resolve) => first.once("exit", resolve));
    await wait(1500);
    first.kill("SIGKILL");
    await ended;
    const ran = command("import", "mail", box);
    const [messages, known] = ran.stdout.match(/(\d+) became messages, 0 further words, (\d+) were taken/).slice(1).map(Number);
    holds(ran.status === 0 && messages + known === many + 1 && ran.stdout.includes("1 of them: Refused: sent by a program"), ran.stdout + ran.stderr);
    const again = command("import", "mail", box);
    holds(again.stdout.includes(`${many + 2} mails: 0 became messages, 0 further words, ${many + 1} were taken before`), again.stdout);
    const of_maildir = command("import", "mail", maildir.folder);
    holds(of_maildir.stdout.startsWith("0 mails"), of_maildir.stdout);
    holds(readdirSync(join(program.data, "spool")).every((f) => !f.startsWith("mail-")), "a piece of a mail was left");
    holds(command("import", "mail", "/nowhere").status === 1, "a mailbox that is not there");
    return `${known - 1} taken before the kill`;
  });

  await test("an audit of the log finds no fault, and it replays to the same state", async () => {
    let ran = command("rebuild", "--into", join(kept, "rebuilt"));
    holds(ran.status === 0, ran.stdout + ran.stderr);
    ran = spawnSync(join(programs, "huiyin"), ["audit", program.data, "--key", log_key], { encoding: "utf8" });
    holds(ran.status === 0, ran.stdout + ran.stderr);
  });

  const library = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"].find(existsSync);
  await test("after its last day the address is in no file of the data folder", async () => {
    holds(library, "libfaketime is missing: bin/setup --test");
    program.options.env = { LD_PRELOAD: library, FAKETIME: "+125d", FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
    await program.serve();
    await until("the address to be gone", () => where_it_is().length === 0, 120);
  });
  const server = process.env.HUIYIN_TEST_POSTGRES;
  await test("on PostgreSQL it is in clear in no file at any time", async () => {
    holds(server, "HUIYIN_TEST_POSTGRES is not set: bin/test starts a server");
    const database = `mailbox_${process.pid}`, place = server.replace("dbname=postgres", `dbname=${database}`);
    const sql = (where, text) => execFileSync("psql", [where, "-AtX", "-c", text], { encoding: "utf8" }).trim();
    sql(server, `create database ${database}`);
    const box = new Maildir(join(kept, "other"));
    const other = (await house(sink, `[mail]\naddress = "voices@example.org"\nmaildir = "${box.folder}"\n`, { postgres: place })).program;
    try {
      const before = sink.to(secret).length;
      box.deliver(mail({ from: `Xylophonquartz <${secret}>`, id: "pg@mail.example.org" }));
      await until("the receipt", () => sink.to(secret).length > before);
      sql(place, "checkpoint");
      const files = join(sql(place, "show data_directory"), "base", sql(place, "select oid from pg_database where datname = current_database()"));
      same([Object.keys(in_folder(markers, files)), Object.keys(in_folder(markers, other.data))], [[], []]);
    } finally {
      await other.stop("SIGKILL");
      other.remove();
      sql(server, `drop database if exists ${database} with (force)`);
    }
  });
} finally {
  await program.stop("SIGKILL");
  if (failed) console.log(program.log.slice(-3000));
  program.remove();
  rmSync(kept, { recursive: true, force: true });
  sink.close();
}
process.exit(failed ? 1 : 0);
