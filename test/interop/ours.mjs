// A log of ours: served, exported, and as its receipts show it.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Program, programs } from "../requests/program.mjs";
import { judge_alone } from "./alone.mjs";
import { run } from "./judges.mjs";
import { note } from "./lines.mjs";
import { judged, say } from "./report.mjs";

const verify = (...args) => run(join(programs, "huiyin-verify"), ["--json", ...args]);

async function send(base, n) {
  const answer = await fetch(`${base}/api/v1/voices`, { method: "POST", headers: { "Content-Type": "application/json", Connection: "close" }, body: JSON.stringify({ kind: "suggestion", text: `灯 <b>&"\\ \u2028 ${n}`, lang: "zh-Hans" }) });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()).receipt;
}

export async function judge_our_log(judges, scratch) {
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
    const twin = run(judges.go, ["log", folder, key]);
    say(twin.status === 0, "our log: Go", twin.stdout + twin.stderr);
    const same = ["entries", "root"].every((name) => JSON.parse(file.stdout)[name] === JSON.parse(twin.stdout || "{}")[name]);
    say(same, "C++ and Go find the same entries and root");
    const url = verify("--key", key, "--since", join(folder, "checkpoint"), `${base}/log`);
    say(url.status === 0, "our log, from its address: C++", url.stdout + url.stderr);
    await our_checkpoint(judges, readFileSync(join(folder, "checkpoint"), "utf8"), key);
    await our_receipts(judges, scratch, { base, folder, key, receipts });
    export_takes_care(program, scratch, folder, key);
    await program.stop();
    const data = verify("--key", key, program.data);
    say(data.status === 0 && JSON.parse(data.stdout).words_not_served === 0, "our log, out of the data folder, with all payloads: C++", data.stdout + data.stderr);
  } finally {
    await program.stop();
    program.remove();
  }
}

async function our_checkpoint(judges, text, key) {
  const grown = text.replace(/\n(\d+)\n/, (_, n) => `\n${Number(n) + 1}\n`);
  const cases = [text, grown].map((content, n) => ({ line: note(key, Buffer.from(content)), good: n === 0 }));
  judged("our checkpoint, and one with another size", cases, await judges.all(cases));
}

// An interrupted export goes on; damage is not covered up; nothing that is no export is written into.
function export_takes_care(program, scratch, folder, key) {
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

async function our_receipts(judges, scratch, { base, folder, key, receipts }) {
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
  const theirs = run(judges.go, ["receipts", key, ...plain.flat()]);
  say(theirs.status === 0, "our receipts: Go", theirs.stdout + theirs.stderr);
  await judge_alone(judges.browser, join(folder, "check.html"), `${files[0]}.tlog-proof`, key);
}
