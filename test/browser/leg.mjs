// Starts the real program, fills it as people and staff would, and runs the specs of this folder against it.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Program } from "../requests/program.mjs";
import { Browser } from "../requests/script.mjs";

const program = new Program();

async function say(browser, voice) {
  const answer = await browser.request("POST", "/api/v1/voices", { "Content-Type": "application/json" }, JSON.stringify(voice));
  if (answer.status !== 201) throw new Error(`a message was refused: ${answer.status} ${answer.body}`);
  return JSON.parse(answer.body);
}

async function fill(base) {
  const browser = new Browser(base);
  const said = [];
  for (const voice of [
    { kind: "complaint", lang: "zh-Hans", text: "路口的灯坏了三天,晚上过马路很危险,请尽快修好。" },
    { kind: "suggestion", lang: "zh-Hant", text: "公車站牌可以加上下一班車的時間。" },
    { kind: "question", lang: "en", text: "When does the library open on Sundays?\n\nAnd is the lift repaired?" },
    { kind: "help", lang: "en", text: "<script>alert('x')</script> \" onmouseover=\"alert(1) ' & {{text}}" },
  ]) said.push(await say(browser, voice));
  return { voice: said[0].id, question: said[2].id, hostile: said[3].id, receipt: said[0].receipt.index };
}

let code = 1;
try {
  program.init("Sample office");
  program.make_staff();
  const base = await program.serve();
  const made = await fill(base);
  const done = spawnSync(process.execPath, [fileURLToPath(new URL("run.mjs", import.meta.url)), ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, HUIYIN_URL: base, HUIYIN_MADE: JSON.stringify(made), HUIYIN_STAFF: JSON.stringify(program.staff) },
  });
  code = done.status ?? 1;
} catch (error) {
  console.log(`not ok browser: ${error.message}`);
} finally {
  await program.stop();
  program.remove();
}
process.exitCode = code;
