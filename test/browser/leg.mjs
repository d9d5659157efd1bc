// Starts the real program, fills it as people and staff would, and runs the specs of this folder against it.
//   node test/browser/leg.mjs [part of a spec's name…]      all but those: -part
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { make_world } from "./world.mjs";

let world, code = 1;
try {
  world = await make_world();
  const { program, base, made } = world;
  // A file, because a specification may need more than fits into a variable of the environment.
  const file = join(program.folder, "world.json");
  writeFileSync(file, JSON.stringify({ base, made, staff: program.staff, data: program.data }));
  const run = fileURLToPath(new URL("run.mjs", import.meta.url));
  const specs = spawn(process.execPath, [run, ...process.argv.slice(2)], { stdio: "inherit", env: { ...process.env, HUIYIN_URL: base, HUIYIN_WORLD: file } });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => specs.kill(signal));
  code = await new Promise((resolve) => specs.once("exit", (status) => resolve(status ?? 1)));
  if (code && process.env.HUIYIN_LOG) console.log(program.log);
} catch (error) {
  console.log(`not ok browser: ${error.message}`);
} finally {
  await world?.program.stop();
  world?.program.remove();
}
process.exitCode = code;
