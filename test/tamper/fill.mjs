// A small installation with something in its log, an early export, a late one, and receipts of the time between.
//   node test/tamper/fill.mjs DATA EARLY LATE RECEIPTS
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Program } from "../requests/program.mjs";

const [data, early, late, receipts] = process.argv.slice(2);
const program = new Program();
try {
  program.init();
  const base = await program.serve();
  const send = async (n) => {
    const answer = await fetch(`${base}/api/v1/voices`, {
      method: "POST", headers: { "Content-Type": "application/json", Connection: "close" },
      body: JSON.stringify({ kind: "suggestion", text: `路灯坏了 ${n}, said with some more words so that there is something to change`, lang: "zh-Hans" }),
    });
    if (answer.status !== 201) throw new Error(await answer.text());
    return (await answer.json()).receipt;
  };
  for (let n = 0; n < 20; ++n) await send(n);
  program.command("export", "log", "--to", early);
  mkdirSync(receipts);
  let last;
  for (let n = 20; n < 300; n += 20) [last] = await Promise.all(Array.from({ length: 20 }, (_, i) => send(n + i)));
  writeFileSync(join(receipts, "last.tlog-proof"), await (await fetch(`${base}/receipts/${last.index}/proof`)).text());
  program.command("export", "log", "--to", late);
  program.command("backup", "--to", join(program.folder, "backup"));  // makes words.key
  await program.stop();
  cpSync(program.data, data, { recursive: true });
} finally {
  await program.stop();
  program.remove();
}
