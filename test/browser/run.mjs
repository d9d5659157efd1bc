// Runs every *.spec.mjs of this folder, or those named, or all but -those, against the server at HUIYIN_URL. A spec exports
// `tests(test, browser)` and calls test(name, async (browser) => …); a test fails by throwing. Contexts that a test opens
// are closed after it.
// One line for each test with its time, then "N passed, N failed"; exits with 1 when one failed.
import { readdirSync } from "node:fs";
import { launch } from "./browser.mjs";

const folder = new URL(".", import.meta.url);
const asked = process.argv.slice(2);
const named = (name) => (asked.every((part) => part.startsWith("-")) || asked.some((part) => name.includes(part))) && !asked.some((part) => part.startsWith("-") && name.includes(part.slice(1)));
const specs = readdirSync(folder)
  .filter((name) => name.endsWith(".spec.mjs") && named(name))
  .sort();

let passed = 0;
let failed = 0;
const browser = await launch();
for (const spec of specs) {
  const planned = [];
  const { tests } = await import(new URL(spec, folder));
  try {
    await tests((name, run) => planned.push({ name, run }), browser);
  } catch (error) {
    planned.push({ name: "starts", run: () => Promise.reject(error) });
  }
  for (const { name, run } of planned) {
    const label = `browser ${spec.replace(".spec.mjs", "")}: ${name}`;
    const open = new Set(browser.contexts());
    const began = Date.now(), took = () => `(${Date.now() - began} ms)`;
    try {
      await run(browser);
      passed += 1;
      console.log(`ok ${label} ${took()}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${label} ${took()}\n    ${String(error.message).split("\n").slice(0, 20).join("\n    ")}`);
    }
    for (const context of browser.contexts()) if (!open.has(context)) await context.close();
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
