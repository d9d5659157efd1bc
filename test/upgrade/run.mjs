// An installation as an earlier program left it: rehearsed, upgraded, taken back, confirmed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { released } from "./released.mjs";
import { Program, programs } from "../requests/program.mjs";
import { make_older_place } from "./older.mjs";

let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} upgrade ${name}`);
  if (!good) failed += 1, console.log(`    ${String(detail).slice(0, 1200)}`);
};

const program = new Program();
const huiyin = (...words) => spawnSync(join(programs, "huiyin"), [...words, "--data", program.data], { encoding: "utf8" });
const make_older = () => make_older_place(program.data);
const kept = join(program.data, "before-upgrade");
try {
  for (const [organisation, login] of [["", "chief"], ["Office", "Chief"], ["Office", "two words"], ["Office", ""], ["Office\u0007", "chief"], ["x".repeat(1000), "chief"]]) {
    const ran = huiyin("init", "--organisation", organisation, "--login", login);
    say(ran.status === 1 && /init was refused/.test(ran.stderr) && !existsSync(program.data), `no installation is founded by ${JSON.stringify(organisation.slice(0, 9))} and ${login}`, ran.stderr);
  }
  // Without a login: one that nobody can guess, and the console tells which there are.
  const unnamed = huiyin("init", "--organisation", "Office", "--json");
  const made_up = JSON.parse(unnamed.stdout || "{}").login ?? "";
  const listed = huiyin("user", "list");
  say(/^admin-[a-z]{8}$/.test(made_up) && listed.stdout.startsWith(`${made_up}\t`) && /\tadministrator\n$/.test(listed.stdout), "the first account has a login that nobody knows", unnamed.stdout + listed.stdout + listed.stderr);
  rmSync(program.data, { recursive: true });
  program.init();
  make_older();
  // A rehearsal that was killed: what it copied goes with the other copies.
  mkdirSync(join(program.data, "rehearsal")), writeFileSync(join(program.data, "rehearsal", "main.db"), "words");
  let ran = huiyin("upgrade", "--rehearse");
  say(ran.status === 0 && /1 migrations ran after/.test(ran.stdout) && /holds what its log says/.test(ran.stdout), "is rehearsed on a copy", ran.stdout + ran.stderr);
  say(!readdirSync(program.data).some((name) => name.startsWith("rehearsal")), "the copies are gone again", readdirSync(program.data));
  say(!existsSync(kept) && huiyin("doctor").status === 1, "and the installation was not touched");
  ran = huiyin("upgrade", "--roll-back");
  say(ran.status === 1 && /no copy/.test(ran.stderr), "what was not upgraded cannot be taken back", ran.stderr);

  await program.serve();
  ran = huiyin("upgrade", "--roll-back");
  say(ran.status === 1, "nothing is taken back beside the running program", ran.stdout + ran.stderr);
  await program.stop();
  say(existsSync(kept) && huiyin("doctor").status === 0, "the upgrade keeps a copy from before");
  ran = huiyin("upgrade", "--roll-back");
  say(ran.status === 0 && !existsSync(kept), "it is put back while nothing was written", ran.stdout + ran.stderr);
  say(huiyin("doctor").status === 1, "the place is as the program before left it");

  say(!/serving_without_tls/.test(program.log), "nobody reaches it without TLS but this machine", program.log);
  program.options.words = ["--address", "0.0.0.0"];
  await program.serve();
  await program.stop();
  program.options.words = [];
  say(program.log.split("\n").filter((line) => /"level":"warn","event":"serving_without_tls"/.test(line)).length === 1, "where others can, the log says so once", program.log);

  program.make_staff();
  ran = huiyin("upgrade", "--roll-back");
  say(ran.status === 1 && /written since/.test(ran.stderr), "not once entries were written", ran.stdout + ran.stderr);
  ran = huiyin("upgrade", "--confirm");
  say(ran.status === 0 && !existsSync(kept) && huiyin("doctor").status === 0, "confirmed, the copy is gone", ran.stderr);
  ran = huiyin("upgrade");
  say(ran.status === 1, "it wants to know what to do", ran.stdout);
  await released(say);
} catch (error) {
  say(false, "runs to its end", error.stack);
} finally {
  await program.stop("SIGKILL");
  program.remove();
}
process.exit(failed ? 1 : 0);
