// What came on paper: a batch in which sheets are in every state, one that is complete, whose codes were printed, and one
// that was opened a moment ago. What waits is compared by somebody else than who typed it.
import { as } from "./world.mjs";

export async function fill_paper(base, staff, made) {
  const [officer, head, clerk] = [await as(base, staff.officer), await as(base, staff.head), await as(base, staff.clerk)];
  const day = staff.saved.today;
  const opened = (place, sheets) => officer.send("/paper", { cycle: staff.saved.desk, place, day, sheets: String(sheets) }, "/paper/new");
  const message = (text, more = {}) => ({ what: "message", kind: "help", audience: "open", lang: "zh-Hans", text, ...more });
  // Typing leads on to the next form: the sheet is the newest entry that the batch's page links to.
  const typed = async (batch, n, fields) => {
    await officer.must(303, officer.form(`/paper/${batch}/sheets`, { n: String(n), ...fields }));
    const { body } = await officer.request("GET", `/paper/${batch}`);
    return Number([...body.matchAll(/\/paper\/sheets\/(\d+)/g)].map(([, id]) => id).sort((a, b) => b - a)[0]);
  };
  const compared = (sheet, fields) => head.must(303, head.form(`/paper/sheets/${sheet}`, { seen: String(sheet), ...fields }));
  made.batch = await opened("镇政府一楼 <意见箱> & letters", 6);
  const lamp = message("路灯不亮,晚上看不清台阶。\n\n<b>已经三天了</b>。", { title: "路灯", said_on: day });
  await compared(await typed(made.batch, 1, lamp), { next: "same", ...lamp });
  const bench = message("The bensh at the stop is broken.", { lang: "en" });
  await compared(await typed(made.batch, 2, bench), { correct: "yes", ...bench, text: "The bench at the stop is broken." });
  await compared(await typed(made.batch, 3, { what: "unreadable", remark: "被水浸湿,只剩落款。" }), { next: "same" });
  made.sheet = await typed(made.batch, 4, message("候車亭的椅子斷了一張。", { lang: "zh-Hant" }));
  made.sheet_returned = await typed(made.batch, 5, message("字看不清"));
  await compared(made.sheet_returned, { back: "yes", remark: "第二行漏了 <i>两个字</i>。" });
  await head.must(303, head.form(`/paper/${made.batch}/recount`, { sheets: "7", reason: "Two were stuck together." }));
  made.batch_complete = await opened("Post of the morning", 1);
  const thanks = message("謝謝,電梯修好了。", { kind: "praise", lang: "zh-Hant" });
  await compared(await typed(made.batch_complete, 1, thanks), { next: "same", ...thanks });
  await clerk.must(200, clerk.form(`/paper/${made.batch_complete}/slips`, {}));
  made.batch_new = await opened("Box at the library", 12);
}
