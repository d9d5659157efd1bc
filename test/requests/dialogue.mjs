// A round that asks, with a dialogue of `count` accepted statements: made through the program's own pages.
import { Browser } from "./script.mjs";

export async function dialogue_of(program, count) {
  const browser = new Browser(program.base);
  await browser.sign_in(program.staff.chief);
  const made = await browser.form(`/cycles/${program.staff.saved.desk}/dialogues`, { question: "What should change?", about: "", lang: "en", admission: "moderated" }, `/cycles/${program.staff.saved.desk}/dialogues/new`);
  const dialogue = Number(String(made.headers.location ?? "").match(/dialogues\/(\d+)/)?.[1]);
  if (!dialogue) throw new Error(`no dialogue: ${made.status} ${made.body.slice(0, 600)}`);
  const statements = [];
  for (let i = 0; i < count; ++i) {
    const answer = await browser.form(`/dialogues/${dialogue}/seeds`, { text: `Statement number ${i}`, lang: "en" }, `/dialogues/${dialogue}/manage`);
    if (answer.status !== 303) throw new Error(`no statement: ${answer.status} ${answer.body.slice(0, 600)}`);
  }
  for (let after = ""; ; ) {
    const page = JSON.parse((await browser.request("GET", `/api/v1/dialogues/${dialogue}/statements?after=${after}`)).body);
    statements.push(...page.statements.map((s) => s.id));
    if (!page.next) break;
    after = page.next;
  }
  return { dialogue, statements };
}
