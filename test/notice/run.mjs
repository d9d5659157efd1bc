// Notices as they really go out: the program, a mail server of the test's own, a webhook, feeds and calendars.
//   node test/notice/run.mjs [entries kills]
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Program } from "../requests/program.mjs";
import { Browser } from "../requests/script.mjs";
import { follow, happen, house, promise, settings, until, wait } from "./house.mjs";
import { killed_again_and_again } from "./kill.mjs";
import { Sink } from "./sink.mjs";
import { gateway } from "./sms_gateway.mjs";

const [entries, kills] = [Number(process.argv[2] ?? 24), Number(process.argv[3] ?? 3)];
const here = dirname(fileURLToPath(import.meta.url));
let failed = 0;
async function test(name, work) {
  try {
    const more = await work();
    console.log(`ok notice ${name}${more ? ` (${more})` : ""}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok notice ${name}\n    ${String(error?.stack ?? error).replaceAll("\n", "\n    ")}`);
  }
}
const holds = (good, what) => { if (!good) throw new Error(what); };

// Keeps what it would send; the first time of each entry the line is busy.
class Messages {
  sent = [];
  tries = 0;
  async listen(secret) {
    const busy = new Set();
    this.server = gateway(secret, ["+49 30 1", "+49 30 2"], (number, text) => {
      this.tries += 1;
      if (!busy.has(text)) throw busy.add(text);
      this.sent.push(`${number}: ${text}`);
    });
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}/x`;
    return this;
  }
}

const sink = await new Sink().listen();
const secret = Buffer.alloc(32, 7);
const messages = await new Messages().listen(secret);
const hook = `[[webhook]]\nurl = "${messages.url}"\nsecret_file = "webhook.secret"\nkinds = ["issue."]\n`;
const made = await house(sink, "", {});
const { program, officer, port, desk } = made;
const elsewhere = new Program();
const anna = "anna@example.org", bert = "bert@example.org";
const title = "The lamp at Mill Lane <marker>";

try {
  let own;
  await test("whoever asks gets a letter, presses its button, and is told", async () => {
    own = await follow(program, sink, anna, "cycle", desk);
    const asking = sink.to(anna)[0];
    holds(asking.headers["list-unsubscribe-post"] === "List-Unsubscribe=One-Click", "no one-click header");
    holds(asking.headers["auto-submitted"] === "auto-generated", "it does not say that a program wrote it");
    const issue = await happen(officer, desk, title);
    await until("the letter", () => sink.to(anna).length === 2);
    const told = sink.to(anna)[1];
    holds(told.headers.subject.includes(String(issue)) || told.text.includes(`/issues/${issue}`), told.raw);
    holds(told.text.includes(`http://127.0.0.1:${port}/issues/${issue}`), "no address to read it at");
  });

  await test("nothing of the words of a matter goes out", () => {
    for (const letter of sink.letters) for (const words of ["Mill Lane", "marker", "Words of a matter"]) holds(!letter.raw.includes(words) && !letter.text.includes(words), letter.raw);
  });

  for (const step of ["greet", "MAIL", "RCPT", "DATA", "end", "after"])
    await test(`a connection that breaks at ${step} loses nothing`, async () => {
      let cuts = 0;
      sink.hook = (now) => (now === step && cuts < 1 ? ((cuts += 1), "cut") : undefined);
      // A connection that stands is not greeted again.
      if (step === "greet") for (const socket of sink.connections) socket.destroy();
      const before = sink.to(anna).length, issue = await happen(officer, desk, title);
      const arrived = () => sink.to(anna).slice(before).filter((l) => l.id.startsWith(`<${issue}.`));
      await until("the letter", () => arrived().length >= (step === "after" ? 2 : 1));
      sink.hook = () => undefined;
      holds(cuts === 1, `cut ${cuts} times`);
      holds(new Set(arrived().map((l) => l.id)).size === 1, "two names for one letter");
      if (step !== "after") holds(arrived().length === 1, "it came twice");
    });

  await test("feeds are as RFC 4287 says, and hold no words", async () => {
    const feed = await until("the feed", async () => {
      const text = await (await fetch(`${program.base}/feeds/cycle/${desk}.atom?lang=en`)).text();
      return (text.match(/<entry>/g) ?? []).length >= 7 && text;
    });
    const file = join(program.folder, "feed.atom");
    writeFileSync(file, feed);
    const ran = spawnSync("xmllint", ["--noout", "--relaxng", join(here, "atom.rng"), file], { encoding: "utf8" });
    holds(ran.status === 0, ran.stderr);
    writeFileSync(file, feed.replace("<updated>", "<updated>yesterday "));
    holds(spawnSync("xmllint", ["--noout", "--relaxng", join(here, "atom.rng"), file]).status !== 0, "the schema takes anything");
    holds(!feed.includes("Mill Lane"), "words in a feed");
  });

  await test("calendars are read by another's reader", async () => {
    const due = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10), measure = await promise(program, desk, due);
    for (const [of, lang] of [[`cycles/${desk}`, "zh-Hans"], [`units/${program.staff.saved.roads}`, "en"]]) {
      const answer = await fetch(`${program.base}/${of}/calendar.ics?lang=${lang}`);
      holds(answer.headers.get("content-type") === "text/calendar; charset=utf-8", answer.headers.get("content-type"));
      const out = execFileSync("/usr/bin/python3", [join(here, "read_calendar.py")], { input: await answer.text(), encoding: "utf8" });
      holds(out.includes("ok 1 events") && out.includes(`${measure}-due@`) && out.includes(due), out);
    }
  });

  await test("one click stops, without cookie or page; the address is gone", async () => {
    const answer = await fetch(`${program.base}${own}/stop`, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "List-Unsubscribe=One-Click" });
    holds(answer.status === 200, `answered ${answer.status}`);
    const alone = await happen(officer, desk, title);
    await follow(program, sink, bert, "cycle", desk);
    const issue = await happen(officer, desk, title);
    await until("the other's letter", () => sink.to(bert).length > 1);
    holds(sink.to(bert)[1].text.includes(`/issues/${issue}`), sink.to(bert)[1].raw);
    // One about what was before may have been under way.
    holds(!sink.to(anna).some((letter) => [alone, issue].some((one) => letter.text.includes(`/issues/${one}`))), "a letter to somebody who stopped");
    holds((await fetch(`${program.base}${own}`)).status === 404, "the link still shows something");
  });

  await test("a header cannot be smuggled in", async () => {
    const reader = new Browser(program.base), before = sink.letters.length;
    for (const email of ["x@y.example\r\nBcc: z@y.example", "x@y.example\nSubject: x", "x@y.example>\r\nRCPT TO:<z@y.example", "\"x\r\n\"@y.example"]) {
      const answer = await reader.form("/follow", { what: "cycle", id: desk, email, pace: "once" }, `/follow?what=cycle&id=${desk}`);
      holds(answer.status === 422, `${answer.status} for ${JSON.stringify(email)}`);
    }
    await wait(2500);
    holds(sink.letters.length === before, "something was sent");
  });

  await test("webhooks are signed and tried again; a gateway of short messages sends each once", async () => {
    await program.stop();
    writeFileSync(join(program.data, "webhook.secret"), `whsec_${secret.toString("base64")}\n`);
    chmodSync(join(program.data, "webhook.secret"), 0o600);
    writeFileSync(join(program.data, "huiyin.toml"), settings(port, sink, hook));
    await program.serve();
    const issue = await happen(officer, desk, title);
    await until("both messages", () => messages.sent.length === 2);
    await wait(2500);
    holds(messages.sent.join() === `+49 30 1: issue.suggested /issues/${issue},+49 30 2: issue.suggested /issues/${issue}`, messages.sent.join("\n"));
    holds(messages.tries === 3, `tried ${messages.tries} times`);
    const forged = { method: "POST", headers: { "webhook-id": "entry_1", "webhook-timestamp": String(Math.floor(Date.now() / 1000)), "webhook-signature": "v1,AAAA" }, body: "{}" };
    holds((await fetch(messages.url, forged)).status === 401, "the example takes what nobody signed");
  });

  await test("a restored place tells nobody of what was, and goes on from there", async () => {
    const backup = join(program.folder, "backup");
    sink.hook = (step) => (step === "MAIL" ? "451 not now" : undefined);
    await happen(officer, desk, title);  // waits while the backup is made
    await wait(4500);
    program.command("backup", "--to", backup);
    await program.stop("SIGKILL");
    sink.hook = () => undefined;
    const before = sink.letters.length;
    elsewhere.command("restore", "--from", backup);
    writeFileSync(join(elsewhere.data, "huiyin.toml"), settings(port, sink));
    elsewhere.options.port = port;
    await elsewhere.serve();
    await wait(5000);
    holds(sink.letters.length === before, "letters of what was");
    const back = new Browser(elsewhere.base);
    await back.sign_in(program.staff.officer);
    await happen(back, desk, title);
    await until("what is new", () => sink.letters.length === before + 1);
  });

  await test("no address stands in the log, and none in the database in the clear", () => {
    holds(!/@example\.org/.test(program.log), "an address in the log");
    for (const file of ["local.db", "local.db-wal", "main.db"])
      try {
        holds(!readFileSync(join(program.data, file)).includes("anna@example"), `an address in ${file}`);
      } catch (error) {
        if (error.code !== "ENOENT") throw error;
      }
  });
} finally {
  for (const each of [program, elsewhere]) await each.stop("SIGKILL"), each.remove();
  messages.server.close();
  sink.close();
}

await test("an installation without a mail server says so and offers what needs none", async () => {
  const quiet = new Program();
  try {
    quiet.init();
    const base = await quiet.serve();
    const page = await (await fetch(`${base}/follow?what=cycle&id=${quiet.staff.saved.desk}&lang=en`)).text();
    holds(page.includes("This installation sends no e-mail") && page.includes(".atom") && !page.includes('name="email"'), page);
    await quiet.stop();
    writeFileSync(join(quiet.data, "huiyin.toml"), '[smtp]\nurl = "smtp://127.0.0.1:1"\nfrom = "a@b.example"\n');
    const ran = await quiet.serve().then(() => "it started", (error) => String(error));
    holds(ran.includes("needs public_address"), ran);
  } finally {
    await quiet.stop("SIGKILL");
    quiet.remove();
  }
});

await test(`killed ${kills} times while ${entries} entries go to three followers`, async () => {
  const r = await killed_again_and_again(entries, kills);
  const said = `${r.entries} entries, ${r.letters} letters, ${r.distinct} names, ${r.repeats} repeats, ${r.kills} kills`;
  holds(r.missing.length === 0, `missing: ${r.missing.slice(0, 5).join(", ")}; ${said}`);
  holds(r.distinct === r.expected, `names: ${said}`);
  holds(r.repeats <= r.kills && r.kills === kills, `repeats: ${said}`);
  return said;
});

process.exit(failed ? 1 : 0);
