// Starts the program on an empty folder as bin/run does, and looks at what stands there.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { crawl } from "../browser/crawl.mjs";
import { Person } from "../browser/world.mjs";
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
    holds(running.out.includes("/say") && running.out.includes("/log"), "nothing to try first");
    holds(!existsSync(join(program.data, "demo.unfinished")), "it was not finished");
  });

  await test("the imported conversations have their true numbers", async () => {
    const { cycles } = await ask("/api/v1/cycles");
    holds(cycles.filter((c) => c.source).length === 2, "two rounds with a source");
    const home = await ask("/");
    for (const number of ["1,921", ">99<", ">78<"]) holds(home.includes(number), `the home page lacks ${number}`);
  });

  await test("the home page shows a promise with both verdicts, and three statements to vote on", async () => {
    const home = await ask("/");
    holds(home.includes('class="verdicts'), "no verdicts");
    holds((home.match(/action="\/statements\/\d+\/vote"/g) ?? []).length >= 3, "no statements");
    holds(home.includes("Rehearsal"), "no mark of the rehearsal");
  });

  await test("it holds bad news too", async () => {
    const { measures } = await ask("/api/v1/measures");
    holds(measures.some((m) => m.state === "adopted" || (m.state === "under_way" && m.late_days > 0)), "a late measure");
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
    const { voices } = await ask("/api/v1/voices");
    holds(voices.some((v) => v.reopened > 0), "a reopened case");
    holds(voices.some((v) => v.late_days > 0), "a late answer");
    holds(voices.some((v) => v.answer === "cannot" || v.answered === "cannot"), "an answer that cannot");
    holds(voices.some((v) => v.state === "withdrawn"), "a withdrawal");
    const { reviews } = await ask("/api/v1/reviews");
    const details = await Promise.all(reviews.map((r) => ask(`/api/v1/reviews/${r.id}`)));
    const panels = details.flatMap((r) => r.result?.panels ?? r.panels ?? []);
    holds(panels.some((p) => p.shown === false), "a panel too small to be shown");
    holds((await ask("/scorecards")).includes("too few"), "a figure too few to say");
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
    for (const words of ["Sample council", "(invented)", "threat or hate at persons", "Working days to answer a complaint"])
      holds(rules.includes(words), `the rules lack ${words}`);
  });

  await test("started again it keeps everything, shows no password, and is there within a second", async () => {
    const { size } = await ask("/api/v1/ledger");
    await end(running.child);
    const began = performance.now();
    running = await start(program.data);
    const took = performance.now() - began;
    holds(!running.out.includes("password"), "a password was shown again");
    holds((await ask("/api/v1/ledger")).size >= size, "entries are missing");
    console.log(`# started again in ${Math.round(took)} ms`);
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
    const made = spawnSync("python3", [new URL("earlier.py", import.meta.url).pathname, join(program.data, "main.db")], { encoding: "utf8" });
    holds(made.status === 0, made.stderr);
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
