// What the program suggests: a matter of its own with copies, what may belong to a confirmed issue, and what is like a
// dismissed one; an issue that was split, one that was merged.
import { Person, as } from "./world.mjs";

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function fill_suggestions(base, staff, made) {
  const officer = await as(base, staff.officer), chief = await as(base, staff.chief);
  const desk = staff.saved.desk;
  const said = async (lang, ...texts) => {
    const all = [];
    for (const [title, text, more] of texts) all.push((await new Person(base).post("/api/v1/voices", { kind: "complaint", lang, title, text, ...more })).id);
    return all;
  };
  const issue = async (title, lang, voices) => {
    const id = await officer.send("/issues", { cycle: desk, title, lang }, "/issues/new");
    await officer.send(`/issues/${id}/gather`, { voices: voices.join(" ") }, `/issues/${id}/edit`);
    return id;
  };
  const plants = await said("zh-Hans",
    ["青石小区旁的搅拌站太吵", "青石小区旁边的搅拌站每天凌晨开工，噪音和粉尘让人睡不着。"],
    ["青石小区搅拌站粉尘", "青石小区南门外的搅拌站粉尘很大，窗户都不敢开。"],
    ["搅拌站什么时候搬走", "青石小区旁的搅拌站说好年底搬走，到现在还在施工。"]);
  made.plant = await issue("青石小区旁的搅拌站", "zh-Hans", plants);
  await chief.send(`/issues/${made.plant}/confirm`, { marks: "1", reason: "三个月里反复有人提到。" }, `/issues/${made.plant}/edit`);
  const parking = await said("en",
    ["Parking at the harbour baths", "Nobody finds a parking place at the harbour baths on a sunny Saturday."],
    ["Parking places, harbour baths", "There are too few parking places at the harbour baths when the sun shines."]);
  made.parking = await issue("Parking at the harbour baths", "en", parking);
  await chief.send(`/issues/${made.parking}/dismiss`, { reason: "The baths belong to the neighbouring town, which was told." }, `/issues/${made.parking}/edit`);
  const benches = await said("en", ["", "The bench at the mill pond is broken in two."], ["", "The other bench at the mill pond wobbles."], ["", "At the mill pond the path is under water."], ["", "The bins at the mill pond are full on Mondays."]);
  made.pond = await issue("The mill pond", "en", benches);
  const arrange = `/issues/${made.pond}/arrange`;
  made.pond_part = await officer.send(`${arrange}/split`, { voices: String(benches[2]), title: "Path at the mill pond", lang: "en" }, arrange);
  const bins = await issue("Bins at the mill pond", "en", [benches[3]]);
  await chief.send(`/issues/${bins}/arrange/merge`, { other: String(made.pond), reason: "One visit sees to all of it." }, `/issues/${bins}/arrange`);
  made.merged_issue = bins;

  await said("zh-Hans",
    ["搅拌站夜里还在开工", "青石小区旁边的搅拌站昨天夜里两点还在开工，噪音很大。"],
    ["青石小区搅拌站扰民", "青石小区的搅拌站粉尘和噪音，请尽快处理。"]);
  await said("en",
    ["Harbour baths: no parking", "We drove round the harbour baths for half an hour and found no parking place."],
    ["Harbour baths", "Parking places at the harbour baths are all taken by eight on a sunny day."]);
  const letter = "活動中心三樓的空調從上週起就壞了，下午的長者課程熱得沒辦法上，請儘快派人來修，也請說明要等多久才會修好。";
  await said("zh-Hant",
    ["活動中心三樓空調壞了", letter], ["活動中心空調", letter], ["三樓空調不冷", `${letter}我們一共有二十幾位長者。`],
    ["活動中心三樓很熱", "活動中心三樓的空調壞了一個多星期，長者課程都取消了。", { audience: "unit_only" }]);
  // Grouped within some seconds of the last of them, and rested between.
  for (let tries = 0; ; tries++) {
    const { body } = await officer.request("GET", "/suggestions?lang=zh-Hant");
    const found = body.match(/href="(\/suggestions\/\d+)"[^>]*>[^<]*空調/);
    if (found && body.includes(`/issues/${made.plant}"`) && body.includes(`/issues/${made.parking}"`)) {
      made.suggestion = Number(found[1].match(/\d+/)[0]);
      return;
    }
    if (tries > 120) throw new Error(`the program suggested nothing: ${body.replace(/<[^>]+>|\s+/g, " ").slice(0, 600)}`);
    await wait(1000);
  }
}
