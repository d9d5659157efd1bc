// What officers have at their desk: templates in three languages, one in a second version, one that has ended, notes, and
// answers that wait for a second person, returned and released. Complaints are answered with one since fill_rules().
import { as } from "./world.mjs";

export async function fill_desk(base, staff, people, made) {
  const [officer, head, clerk] = [await as(base, staff.officer), await as(base, staff.head), await as(base, staff.clerk)];
  const roads = staff.saved.roads;
  const template = (person, name, lang, text, more = {}) => person.send("/desk/templates", { name, lang, unit: roads, kind: "any", text, ...more }, "/desk/templates/new");
  made.template = await template(officer, "Lamps <b>&</b> cables", "en", "Your message no. {number} about “{title}” came on {received}.\n\nThe lamp at {place} burns again. {post}");
  await head.send(`/desk/templates/${made.template}`, { name: "Lamps <b>&</b> cables", lang: "en", unit: roads, kind: "any", text: "Your message no. {number} of {received} is done.\n\n{post}" }, `/desk/templates/${made.template}/edit`);
  await template(clerk, "收到", "zh-Hans", "{number} 号意见已收到，{due}前答复。", { unit: "0" });
  await template(officer, "謝謝", "zh-Hant", "謝謝您的來信。", { kind: "praise" });
  const ended = await template(officer, "Winter service", "en", "The path is cleared before seven.");
  await officer.send(`/desk/templates/${ended}/end`, {}, `/desk/templates/${ended}`);
  const note = (person, id, text) => person.send(`/desk/voices/${id}/note`, { note: text }, `/desk/voices/${id}/note`);
  await note(officer, made.question, "Rang the library: <i>both</i> lifts.\n\nThey will write on Monday.");
  await note(clerk, made.question, "请和设备科核对一下日期。");
  const drafted = async (text, answer) => {
    const { id } = await people.post("/api/v1/voices", { kind: "complaint", lang: "zh-Hans", title: "井盖松了", text });
    await clerk.send(`/desk/voices/${id}/assign`, { unit: roads, officer: staff.saved.officer_id });
    await officer.must(303, officer.form(`/desk/voices/${id}/answer`, { answer: "done", text: answer }));
    return { id, draft: Number((await officer.request("GET", `/desk/voices/${id}`)).body.match(/\/desk\/drafts\/(\d+)/)[1]) };
  };
  const waits = await drafted("门口的井盖松了，车一过就响。", "已经换了新的井盖。");
  const returned = await drafted("路边的井盖缺了一角。", "已修。");
  await head.send(`/desk/drafts/${returned.draft}`, { return: "yes", remark: "请写明哪一天修的。" }, `/desk/drafts/${returned.draft}`);
  const released = await drafted("站台边的井盖高出一截。", "井盖已经调平。");
  await head.send(`/desk/drafts/${released.draft}`, { release: "yes", remark: "" }, `/desk/drafts/${released.draft}`);
  const { id: paused } = await people.post("/api/v1/voices", { kind: "help", lang: "en", text: "A cable hangs over the path." });
  await clerk.send(`/desk/voices/${paused}/assign`, { unit: roads, officer: staff.saved.officer_id });
  await officer.send(`/desk/voices/${paused}/pause`, { stop: "hearing", reason: "The company that owns it is heard." });
  Object.assign(made, { paused, draft: waits.draft, draft_case: waits.id, returned_case: returned.id });
}
