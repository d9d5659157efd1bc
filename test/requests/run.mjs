// Runs every request script: src/*/*.http and test/*.http. Prints "ok …" or "not ok …" for each request.
//   node test/requests/run.mjs [part of a file name…]
import { readdirSync, statSync } from "node:fs";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Program } from "./program.mjs";
import { run } from "./script.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const scripts = [];
const folders = readdirSync(join(root, "src")).map((m) => join("src", m)).filter((f) => statSync(join(root, f)).isDirectory());
for (const folder of folders.concat("test"))
  for (const name of readdirSync(join(root, folder))) if (name.endsWith(".http")) scripts.push(join(folder, name));
const asked = process.argv.slice(2);

let failed = 0;
const made = new Program();
made.init();
made.make_staff();
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
