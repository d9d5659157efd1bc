// Runs every request script: src/*/*.http and test/*.http. Prints "ok …" or "not ok …" for each request.
//   node test/requests/run.mjs [part of a file name…]
import { readdirSync, statSync } from "node:fs";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { execFile } from "node:child_process";
import { Program, programs } from "./program.mjs";
import { Browser, run } from "./script.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const scripts = [];
const folders = readdirSync(join(root, "src")).map((m) => join("src", m)).filter((f) => statSync(join(root, f)).isDirectory());
for (const folder of folders.concat("test"))
  for (const name of readdirSync(join(root, folder))) if (name.endsWith(".http")) scripts.push(join(folder, name));
const asked = process.argv.slice(2);

// After whatever a script did, a second count out of its ledger agrees with all that the program shows; "" or why not.
async function audited(program, base) {
  const key = (await (await fetch(`${base}/log/key`)).text()).trim();
  let said = "";
  for (let tries = 0; tries < 3; tries++) {
    const code = await new Promise((done) => {
      execFile(join(programs, "huiyin"), ["audit", program.data, "--key", key, "--against", base], { maxBuffer: 1 << 26 }, (error, out, err) => {
        said = out.replace(/^(ok|counted|not public|key|log) .*\n/gm, "") + err;
        done(error ? 1 : 0);
      });
    });
    if (code === 0 && !said.includes("not read")) return "";
    if (!said.includes("another length")) break;  // the clock wrote something meanwhile
  }
  return said;
}

let failed = 0;
const made = new Program();
made.init();
made.make_staff();
const door = await made.serve();
for (const account of Object.values(made.staff)) if (account.login) await new Browser(door).act_as(account);
await made.stop();
for (const script of scripts.sort().filter((s) => !asked.length || asked.some((a) => s.includes(a)))) {
  // A program of its own for each script: no script sees another's traces.
  const program = new Program();
  try {
    program.like(made);
    const base = await program.serve();
    for await (const { name, error } of run(join(root, script), base, program.staff)) {
      console.log(`${error ? "not ok" : "ok"} ${script} ${name}`);
      if (error) {
        failed += 1;
        console.log(error.replace(/^/gm, "    "));
      }
    }
    const wrong = await audited(program, base);
    console.log(`${wrong ? "not ok" : "ok"} ${script} agrees with a second count out of its ledger`);
    if (wrong) {
      failed += 1;
      console.log(wrong.replace(/^/gm, "    "));
    }
  } catch (error) {
    failed += 1;
    console.log(`not ok ${script}: ${error.message}`);
  } finally {
    await program.stop();
    program.remove();
  }
}
made.remove();
process.exitCode = failed ? 1 : 0;
