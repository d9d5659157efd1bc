// Starts the program on an empty folder as bin/run does, and looks at what stands there.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { crawl } from "../browser/crawl.mjs";
import { Person, as } from "../browser/world.mjs";
import { Program, programs } from "../requests/program.mjs";

let failed = 0;
async function test(name, run) {
  try {
    await run();
    console.log(`ok demo ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok demo ${name}\n    ${error.message}`);
  }
}
const holds = (condition, why) => {
  if (!condition) throw new Error(why);
};

// As bin/run starts it: {base, out, process}.
function start(data, more = []) {
  const child = spawn(join(programs, "huiyin"), ["start", "--data", data, "--port", "0", ...more], { stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (piece) => {
      out += piece;
      const found = out.match(/^http:\/\/127\.0\.0\.1:\d+$/m);
      if (found) resolve({ base: found[0], out, child });
    });
    child.once("exit", (code) => reject(new Error(`huiyin start ended with ${code}: ${out}`)));
  });
}
const end = (child) =>
  new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill("SIGTERM");
  });

const program = new Program();
let running, digest;
try {
  running = await start(program.data);
  const ask = async (path) => {
    const answer = await fetch(running.base + path, { headers: { "Accept-Language": "en" } });
    holds(answer.status === 200, `${path}: ${answer.status}`);
    return answer.headers.get("content-type").includes("json") ? answer.json() : answer.text();
  };

  await test("says the accounts once and what to try first", () => {
    holds(/name\s+admin\n\s+password\s+\S{20,}/.test(running.out), running.out);
    holds(/name\s+sample-clerk\n\s+password\s+\S{20,}/.test(running.out), "no account of the office");
    holds(/name\s+sample-inspector\n\s+password\s+\S{20,}\n.*confidential messages: ([a-z]+ ){7}[a-z]+\n/.test(running.out), "no receiver of confidential messages");
    holds(running.out.includes("/say") && running.out.includes("/log"), "nothing to try first");
    holds(!existsSync(join(program.data, "demo.unfinished")), "it was not finished");
  });

  // Counted here out of the files themselves: {statement: [agree, disagree, pass]}.
  const lines_of = (file) => gunzipSync(readFileSync(new URL(`../../demo/${file}.gz`, import.meta.url))).toString("utf8").trim().split("\n").map((line) => line.split(","));
  const count = (counts, statement, vote) => ((counts[statement] ??= [0, 0, 0])[{ 1: 0, "-1": 1, 0: 2 }[vote]] += 1);
  const last_votes = (file) => {
    const [, ...votes] = lines_of(file), last = new Map(), counts = {};
    // As the file stands in the order of time, the later line is the vote that holds.
    for (const [, , statement, voter, vote] of votes.sort((x, y) => x[0] - y[0])) last.set(`${statement} ${voter}`, [statement, vote]);
    for (const [statement, vote] of last.values()) count(counts, statement, vote);
    return counts;
  };
  const matrix = (file) => {
    const [header, ...people] = lines_of(file), counts = {};
    for (const cells of people) for (let i = header.indexOf("0"); i < cells.length; ++i) if (cells[i] !== "") count(counts, header[i], cells[i]);
    return counts;
  };
  const conversations = [
    { of: "vTaiwan", counts: () => last_votes("vtaiwan.uberx/votes.csv"), first: /^2015-06/, last: /^2019-02/,
      figures: { accepted: 99, set_aside: 78, never_moderated: 20, imported_people: 1921, votes_cast: 49997, votes: 49443 } },
    { of: "Bowling Green", counts: () => matrix("american-assembly.bowling-green/participants-votes.csv"),
      figures: { accepted: 607, set_aside: 289, never_moderated: 0, imported_people: 2031, votes_cast: 225524, votes: 225524 } },
  ];
  const all_statements = async (dialogue, state) => {
    const all = [];
    for (let after = ""; after !== null; ) {
      const part = await ask(`/api/v1/dialogues/${dialogue}/statements?state=${state}&after=${after}`);
      all.push(...part.statements), (after = part.next);
    }
    return all;
  };
  for (const c of conversations)
    await test(`the imported conversation has its true numbers: ${c.of}`, async () => {
      const { cycles } = await ask("/api/v1/cycles");
      const round = cycles.find((r) => r.source?.includes(c.of));
      const { dialogues } = await ask(`/api/v1/dialogues?cycle=${round.id}`);
      holds(dialogues.length === 1, `${dialogues.length} dialogues`);
      const { id, figures, first_day, last_day } = dialogues[0];
      for (const [what, number] of Object.entries(c.figures)) holds(figures[what] === number, `${what}: ${figures[what]} instead of ${number}`);
      holds(figures.pending === 0 && figures.people === 0, "people of here are counted in with those of the source");
      if (c.first) holds(c.first.test(first_day) && c.last.test(last_day), `from ${first_day} to ${last_day}`);
      const accepted = await all_statements(id, "accepted"), aside = await all_statements(id, "set_aside");
      holds(accepted.length === figures.accepted && aside.length === figures.set_aside, `${accepted.length} and ${aside.length} statements`);
      const counts = c.counts();
      for (const s of accepted) {
        const [agree, disagree, pass] = counts[s.number] ?? [0, 0, 0];
        holds(s.counts.agree === agree && s.counts.disagree === disagree && s.counts.pass === pass, `statement ${s.number}: ${JSON.stringify(s.counts)} instead of ${counts[s.number]}`);
      }
      holds(aside.every((s) => s.text === null && s.ground === "not_recorded"), "a statement that was set aside is no notice of removal");
      const page = await ask(`/statements/${aside[0].id}`);
      holds(page.includes("reason not recorded in the source"), `/statements/${aside[0].id} does not say why`);
    });

  await test("the home page shows a promise with both verdicts, and three statements to vote on", async () => {
    const home = await ask("/");
    holds(home.includes('class="verdicts'), "no verdicts");
    holds((home.match(/action="\/statements\/\d+\/vote"/g) ?? []).length >= 3, "no statements");
    holds(home.includes("Rehearsal"), "no mark of the rehearsal");
  });

  await test("it holds bad news too", async () => {
    const { measures } = await ask("/api/v1/measures");
    const late = measures.find((m) => m.state === "under_way" && m.late_days > 0);
    holds(late, "a late measure");
    const { history: happened } = await ask(`/api/v1/measures/${late.id}`);
    holds(happened.some((h) => h.what === "late" && h.late_days > 0), "that the clock entered");
    holds(measures.some((m) => m.state === "returned"), "a measure sent back");
    holds(measures.some((m) => m.state === "accepted"), "a measure accepted");
    holds(measures.every((m) => m.sample), "every measure is marked as a sample");
    const { issues } = await ask("/api/v1/issues");
    holds(issues.some((i) => i.state === "refused"), "a refusal");
    holds(issues.some((i) => i.state === "dismissed"), "an issue that is none");
    const carried = issues.find((i) => i.carried.length);
    holds(carried?.state === "confirmed" && carried.cycle === carried.carried[0].to, "an issue that nobody decided on");
    const next = await ask(`/cycles/${carried.cycle}`);
    holds(next.includes(`/issues/${carried.id}"`) && next.includes("2 open measures of"), "the next round shows what it took over");
    holds((await ask(`/api/v1/issues?cycle=${carried.carried[0].from}`)).round.issues.carried_over === 1, "the round before says so");
    const { voices } = await ask("/api/v1/voices?limit=100");
    holds(voices.some((v) => v.reopened > 0), "a reopened case");
    holds(voices.some((v) => v.late_days > 0), "a late answer");
    holds(voices.some((v) => v.answer === "cannot" || v.answered === "cannot"), "an answer that cannot");
    holds(voices.some((v) => v.state === "withdrawn"), "a withdrawal");
    const cases = await Promise.all(voices.map((v) => ask(`/api/v1/voices/${v.id}`)));
    const upheld = cases.find((v) => v.shown === "published" && /hidden.* appealed.* shown_again/.test(v.history.map((h) => h.what).join(" ")));
    holds(upheld?.history.find((h) => h.what === "shown_again").text, "an upheld appeal with its reason");
    const { reviews } = await ask("/api/v1/reviews");
    const details = await Promise.all(reviews.map((r) => ask(`/api/v1/reviews/${r.id}`)));
    const panels = details.flatMap((r) => r.result?.panels ?? r.panels ?? []);
    holds(panels.some((p) => p.shown === false), "a panel too small to be shown");
    holds((await ask("/scorecards")).includes("too few"), "a figure too few to say");
  });

  await test("it shows every way by which a message comes, and what becomes of some", async () => {
    const { channels } = await ask("/api/v1/channels");
    for (const way of ["web", "telephone", "paper", "email"]) holds(channels.some((c) => c.way === way && c.n > 0), `nothing came by ${way}`);
    const { batches } = await ask("/api/v1/paper");
    const batch = await ask(`/api/v1/paper/${batches[0].id}`);
    holds(batch.taken === 2 && batch.unreadable === 1 && batch.waiting === 1, `a batch of letters: ${JSON.stringify(batch)}`);
    const { voices } = await ask("/api/v1/voices?limit=100");
    const whole = voices.find((v) => v.state === "split");
    holds(whole && (await ask(`/voices/${whole.id}`)).includes("answered"), "a message that was split, one part of it answered");
    const { surveys } = await ask("/api/v1/surveys");
    holds(surveys.some((s) => s.state === "open"), "a survey to fill in");
    const counted = surveys.find((s) => s.state === "closed");
    holds((await ask(`/surveys/${counted.id}`)).includes("18 answers"), "a survey with its results");
    holds((await ask("/confidential")).includes("Inspecting officer"), "who receives what is confidential");
  });

  await test("a matter that several raised is joined, taken up and advised on", async () => {
    const { voices } = await ask("/api/v1/voices?limit=100");
    const support = await Promise.all(voices.map((v) => ask(`/api/v1/voices/${v.id}/support`)));
    const joined = support.find((s) => s.people === 3);
    holds(joined, "no message that others joined");
    const { issues } = await ask("/api/v1/issues");
    const taken = issues.find((i) => i.state === "confirmed" && i.voices === 4);
    holds(taken, `no issue of four messages: ${JSON.stringify(issues.map((i) => [i.state, i.voices]))}`);
    const advice = await ask(`/issues/${taken.id}/advice`);
    holds((advice.match(/href="\/voices\/\d+"/g) ?? []).length >= 3, "no advice on it");
    const [, login, password] = running.out.match(/name\s+(sample-clerk)\n\s+password\s+(\S+)/);
    const clerk = await as(running.base, { login, password });
    const { standing_desk: desk } = await ask("/api/v1/cycles");
    for (let tries = 0; ; tries++) {
      const { body } = await clerk.request("GET", `/suggestions?cycle=${desk.id}`);
      if (body.includes(`/issues/${taken.id}"`)) break;
      holds(tries < 240, "what was said since is not suggested for it");
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  });

  const visitor = new Person(running.base);
  let pages;
  await test("no link leads nowhere", async () => {
    const found = await crawl(visitor, ["/"]);
    pages = found.pages;
    holds(!found.dead.length, found.dead.join("\n    "));
    holds(pages.length > 60, `only ${pages.length} pages`);
  });

  await test("every page says that it is a rehearsal, on paper too", async () => {
    const bare = pages.filter((p) => !p.rehearsal).map((p) => p.path);
    holds(!bare.length, `no mark on ${bare.slice(0, 10).join(", ")}`);
    const kinds = new Set(pages.map((p) => p.pattern.replace(/\{[a-z]+\}/g, "N")));
    for (const kind of ["/receipts/N", "/entries/N", "/log", "/rules", "/units/N", "/voices/N", "/issues/N", "/statements/N", "/scorecards", "/say"])
      holds(kinds.has(kind), `no page ${kind} was looked at`);
    const { units } = await ask("/api/v1/units");
    holds(units.every((u) => u.sample), "a unit of the invented office is not marked");
    const slip = (await ask("/receipts/1")).match(/<section class="slip"[^]*?<\/section>/)[0];
    holds(slip.includes("Rehearsal"), "the slip has no mark");
  });

  await test("what counts people says how many are verified", async () => {
    holds((await ask("/")).includes("people took part, 0 of them verified"), "the funnel of the home page");
    const { issues } = await ask("/api/v1/issues");
    holds((await ask(`/issues/${issues[0].id}`)).includes("of all people in this round, 0 verified"), "an issue");
    holds((await ask("/issues")).includes("None of the people counted here is verified."), "the list of issues");
  });

  await test("the rules name the body, and where to turn with a complaint about a person", async () => {
    const rules = await ask("/rules");
    for (const words of ["Sample council", "(invented)", "threat or hate at persons", "Deadlines"])
      holds(rules.includes(words), `the rules lack ${words}`);
  });

  await test("started again it keeps everything and shows no password", async () => {
    const { size } = await ask("/api/v1/ledger");
    await end(running.child);
    running = await start(program.data);
    holds(!running.out.includes("password"), "a password was shown again");
    holds((await ask("/api/v1/ledger")).size >= size, "entries are missing");
  });

  await test("is rebuilt from its ledger to the same state", async () => {
    await end(running.child);
    const said = program.command("rebuild", "--into", join(program.folder, "again"));
    const [, live, rebuilt] = said.match(/live +(\S+)\nrebuilt (\S+)/) ?? [];
    holds(live && live === rebuilt, said);
    digest = live;
  });

  await test("is the same on PostgreSQL, where no word of it stands in clear", () => {
    const server = process.env.HUIYIN_TEST_POSTGRES;
    holds(server, "HUIYIN_TEST_POSTGRES is not set: bin/test starts a server");
    const name = `demo_${process.pid}`, place = server.replace("dbname=postgres", `dbname=${name}`);
    execFileSync("psql", [server, "-qc", `create database ${name} template template0 encoding 'UTF8' locale 'C'`]);
    try {
      const said = program.command("rebuild", "--into", join(program.folder, "elsewhere"), "--into-postgres", place);
      holds(said.includes(`rebuilt ${digest}`), `${digest} became\n${said}`);
      const leaks = spawnSync("python3", [new URL("../sealed/leaks.py", import.meta.url).pathname, join(program.data, "main.db"), place], { encoding: "utf8" });
      console.log(`# ${leaks.stdout.trim()}`);
      holds(leaks.status === 0, leaks.stdout + leaks.stderr);
    } finally {
      execFileSync("psql", [server, "-qc", `drop database ${name} with (force)`]);
    }
  });

  await test("an earlier program's folder is brought up to the same state", () => {
    for (const script of ["earlier.py", "../upgrade/anew.py"]) {
      const made = spawnSync("python3", [new URL(script, import.meta.url).pathname, join(program.data, "main.db")], { encoding: "utf8" });
      holds(made.status === 0, made.stderr);
    }
    const said = program.command("rebuild", "--into", join(program.folder, "upgraded"));
    const [, live, rebuilt] = said.match(/live +(\S+)\nrebuilt (\S+)/) ?? [];
    holds(live === digest && rebuilt === digest, `${digest} became\n${said}`);
  });
} catch (error) {
  failed++;
  console.log(`not ok demo: ${error.message}`);
} finally {
  if (running && running.child.exitCode === null) await end(running.child);
  program.remove();
}
process.exitCode = failed ? 1 : 0;
