// The installations of earlier programs, as they were kept when those were released: this program takes each over, and
// its database is then what a rebuild from its log gives.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Program, programs } from "../requests/program.mjs";

const folder = new URL("released/", import.meta.url).pathname;

function unpack(version, data) {
  const from = join(folder, version);
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(join(data, "main.db"), gunzipSync(readFileSync(join(from, "main.db.gz"))));
  for (const name of ["log.key", "server.key"]) copyFileSync(join(from, name), join(data, name)), chmodSync(join(data, name), 0o600);
  return readFileSync(join(from, "key.txt"), "utf8").trim();
}

async function take_over(version, say) {
  const program = new Program();
  const run = (name, ...words) => spawnSync(join(programs, name), words, { encoding: "utf8" });
  try {
    const key = unpack(version, program.data);
    let ran = run("huiyin", "upgrade", "--rehearse", "--data", program.data);
    say(ran.status === 0 && /holds what its log says/.test(ran.stdout), `${version} is rehearsed: its database and the migrations are what its log gives`, ran.stdout + ran.stderr);
    const before = run("huiyin-verify", "--json", "--key", key, program.data);
    const base = await program.serve();
    const pages = await Promise.all(["/", "/voices", "/measures", "/issues", "/scorecards", "/log"].map(async (path) => [path, (await fetch(base + path)).status]));
    say(pages.every(([, status]) => status === 200), `${version} is served`, JSON.stringify(pages));
    // 2 where the clock wrote meanwhile what has become due since that release.
    for (let tries = 0; tries < 5 && (tries === 0 || ran.status === 2); ++tries) ran = run("huiyin", "audit", "--key", key, "--against", base, program.data);
    say(ran.status === 0, `${version} is counted again: its log and its API give the same figures`, ran.stdout + ran.stderr);
    const log = await (await fetch(`${base}/api/v1/ledger`)).json(), trial = (await (await fetch(`${base}/?lang=en`)).text()).includes("begun as a trial");
    const format = version.startsWith("trial") ? 0 : 1;
    say(log.format === format && log.trial === (format === 0) && trial === log.trial, `${version} keeps the format that it was begun in`, JSON.stringify(log));
    await program.stop();
    ran = run("huiyin", "unit", "add", "--data", program.data, "--parent", "1", "--name", "Roads");
    say(ran.status === 0, `${version} goes on`, ran.stdout + ran.stderr);
    const after = run("huiyin-verify", "--json", "--key", key, program.data);
    say(before.status === 0 && after.status === 0 && JSON.parse(after.stdout).entries > JSON.parse(before.stdout).entries && JSON.parse(after.stdout).format === format, `${version} verifies before and after`, before.stdout + after.stdout);
    ran = run("huiyin", "rebuild", "--data", program.data, "--into", join(program.folder, "again"));
    say(ran.status === 0, `${version} is rebuilt into an empty place with equal digests`, ran.stdout + ran.stderr);
  } finally {
    await program.stop("SIGKILL");
    program.remove();
  }
}

export async function released(say) {
  for (const version of readdirSync(folder)) await take_over(version, say);
}
