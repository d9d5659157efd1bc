// One installation with something in it for every page: what people said in three languages, some of it late, answered,
// rated, held, hidden, reported; a round with its dialogue, an issue, measures. Made as people and staff would make it:
// through the pages and the API. All of it is invented.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pdf, send_files } from "../requests/pdf.mjs";
import { Program } from "../requests/program.mjs";
import { Browser } from "../requests/script.mjs";
import { fill_confidential } from "./confidential_world.mjs";
import { fill_notices, send_to_sink } from "./notices.mjs";
import { fill_georeport } from "./world_georeport.mjs";
import { take_over } from "./world_records.mjs";
import { fill_suggestions } from "./world_suggestions.mjs";
import { fill_surveys } from "./world_surveys.mjs";
import { fill_receptions, fill_visits } from "./world_visits.mjs";
import { answer_long_ago, fill_checks } from "./world_checks.mjs";
import { fill_desk } from "./world_desk.mjs";
import { fill_paper } from "./world_paper.mjs";
import { fill_rules } from "./world_rules.mjs";
import { fill_contractors, fill_routing } from "./world_routing.mjs";
import { fill_contact } from "./world_contact.mjs";
import { fill_support } from "./world_support.mjs";
import { elsewhere, fill_handover } from "./world_handover.mjs";

const days = 24;  // how long ago the first things were said: longer than any term for an answer

// The same program, with the environment of its options for its commands too.
class Earlier extends Program {
  command(...words) {
    const kept = { ...process.env };
    Object.assign(process.env, this.options.env);
    try {
      return super.command(...words);
    } finally {
      process.env = kept;
    }
  }
}

export class Person extends Browser {
  async must(status, asked) {
    const answer = await asked;
    if (answer.status === status) return answer;
    const why = answer.body.match(/class="error-summary"[\s\S]*?<\/div>/)?.[0] ?? answer.body;
    throw new Error(`${answer.status} instead of ${status}: ${why.replace(/<[^>]+>|\s+/g, " ").slice(0, 400)}`);
  }
  // Sends the form that stands on `page`; the number at the end of the address it leads to.
  async send(path, fields, page = path) {
    const { headers } = await this.must(303, this.form(path, fields, page));
    return Number(headers.location.match(/\d+/)?.[0]);
  }
  async post(path, body) {
    return JSON.parse((await this.must(201, this.request("POST", path, { "Content-Type": "application/json" }, JSON.stringify(body)))).body);
  }
}

const signed_in = new Map();
export async function as(base, account) {
  const key = `${base} ${account.login}`;
  if (!signed_in.has(key)) {
    const person = new Person(base);
    await person.sign_in(account);
    signed_in.set(key, person);
  }
  return signed_in.get(key);
}

export const day = (from_now) => new Date(Date.now() + from_now * 86_400_000).toISOString().slice(0, 10);

async function fill_before(base, staff) {
  const people = new Person(base);
  const clerk = await as(base, staff.clerk);
  const late = await people.post("/api/v1/voices", { kind: "complaint", lang: "zh-Hans", title: "路口的灯坏了", place: "解放路与人民街路口", text: "路口的灯坏了三天,晚上过马路很危险。\n\n请尽快修好,并说明为什么等了这么久。" });
  await people.post("/api/v1/voices", { kind: "question", lang: "zh-Hant", text: "活動中心週末可以借用嗎?要向哪個單位申請?" });
  await clerk.send(`/desk/voices/${late.id}/assign`, { unit: staff.saved.roads, officer: staff.saved.officer_id });
  return { late: late.id, ...(await answer_long_ago(people, clerk, await as(base, staff.officer), staff.saved)) };
}

// What a clerk drafts: those concerned in secret, a paper by name, neighbours in secret.
const judgement = (measure, closes, more = {}) => ({
  measure, lang: "en", q1_text: "All in all: are the lamps lit?", q2_text: "Do you feel safer?", accept_percent: "60", k: "5", closes,
  p1_group: "recipients", p1_name: "Residents of the main road <b>&</b> side streets", p1_chosen_by: "Drawn by lot from all households by the library", p1_weight: "60", p1_secrecy: "secret", p1_roll: "12",
  p2_group: "media", p2_name: "Local papers", p2_chosen_by: "One seat for each paper", p2_weight: "20", p2_secrecy: "named", p2_roll: "2",
  p3_group: "peers", p3_name: "Neighbouring sections", p3_chosen_by: "All of them", p3_weight: "20", p3_secrecy: "secret", p3_roll: "6", ...more,
});
export async function done_measure(base, staff, title) {
  const head = await as(base, staff.head), second = await as(base, staff.second);
  const id = await head.send("/measures", {
    cycle: staff.saved.desk, title, lang: "en", text: "Ten lamps a week.", indicator_name: "Lamps that are lit", indicator_unit: "%", indicator_baseline: "81", indicator_target: "98", due: day(40), beneficiaries: "Whoever walks there at night",
  }, `/measures/new?cycle=${staff.saved.desk}`);
  await head.send(`/measures/${id}/done`, { percent: "90", value: "97.5", text: "All but two.", evidence: "Order 22." }, `/measures/${id}/report`);
  await second.send(`/measures/${id}/verify`, { outcome: "yes", words: "Walked there on Tuesday night." });
  return id;
}
// Drafts and opens it; the codes by panel.
export async function opened(base, staff, measure, closes, more) {
  const clerk = await as(base, staff.clerk);
  const review = await clerk.send("/reviews", judgement(measure, closes, more), `/reviews/new?measure=${measure}`);
  const page = (await clerk.must(200, clerk.form(`/reviews/${review}/open`, {}, `/reviews/${review}/open`))).body;
  const codes = [[], [], []];
  for (const [, panel, code] of page.matchAll(/id="slip-(\d)-\d+"><code>([\d ]+)</g)) codes[panel - 1].push(code);
  return { review, codes };
}
// Long enough ago that the clock has ended it: accepted, one panel too small to show.
async function fill_judged(base, staff) {
  const measure = await done_measure(base, staff, "Lamps at the station");
  const { review, codes } = await opened(base, staff, measure, day(3 - days));
  const people = new Person(base);
  const put = (code, answers, more = {}) => people.post(`/api/v1/reviews/${review}/ballots`, { code, answers, ...more });
  for (const [i, code] of codes[0].slice(0, 10).entries()) await put(code, [i < 7 ? 5 - (i % 2) : 2, i % 6]);
  await put(codes[1][0], [4, 3], { name: "The evening paper", reasons: "We walked there twice.\n\nOnly two lamps were dark." });
  await put(codes[1][1], [2, 0], { name: "The weekly <i>paper</i>", reasons: "It took a year & a half." });
  for (const code of codes[2].slice(0, 3)) await put(code, [1, 1]);
  return { judged: measure, review_closed: review };
}
// One that is open, one that is only prepared, one that too few judged.
async function fill_reviews(base, staff, made) {
  const clerk = await as(base, staff.clerk);
  const open = await opened(base, staff, await done_measure(base, staff, "Lamps at the bridge"), day(10));
  made.review_open = open.review;
  made.review_codes = open.codes;
  made.review_drafted = await clerk.send("/reviews", judgement(made.measure, day(12)), `/reviews/new?measure=${made.measure}`);
  await clerk.send("/reviews/not-judged", { measure: made.measure, reason: "It is not done yet." }, `/reviews/not-judged?measure=${made.measure}`);
}

async function fill_voices(base, staff) {
  const people = new Person(base);
  const clerk = await as(base, staff.clerk), officer = await as(base, staff.officer), moderator = await as(base, staff.moderator);
  const say = (voice) => people.post("/api/v1/voices", voice);
  const assigned = async (voice) => {
    const said = await say(voice);
    await clerk.send(`/desk/voices/${said.id}/assign`, { unit: staff.saved.roads, officer: staff.saved.officer_id });
    return said;
  };
  const made = {};
  made.hostile = (await say({ kind: "help", lang: "en", title: "<script>alert('x')</script>", text: "<script>alert('x')</script> \" onmouseover=\"alert(1) ' & {{text}} [[voice.list]] </textarea>\n\nשלום (1) עולם\n" + "nospaces".repeat(60) })).id;
  made.unit_only = (await say({ kind: "help", lang: "zh-Hant", audience: "unit_only", text: "家裡有長輩行動不便,想請人來看看怎麼申請無障礙設施。" })).id;
  const rated = await assigned({ kind: "suggestion", lang: "zh-Hant", title: "公車站牌", text: "公車站牌可以加上下一班車的時間。", place: "火車站前站" });
  await officer.send(`/desk/voices/${rated.id}/answer`, { answer: "dated", by: day(60), text: "站前三個站牌先裝,兩個月內完成;其餘的列入明年的計畫。" });
  const author = new Person(base);
  await author.send(`/voices/${rated.id}/rating`, { code: rated.code, solved: "no", stars: "2", words: "只裝三個站牌,其他人還是要等。" }, `/voices/${rated.id}/author`);
  Object.assign(made, { answered: rated.id, answered_code: rated.code, receipt: rated.receipt.index });
  const answered = await assigned({ kind: "question", lang: "en", text: "When does the library open on Sundays?\n\nAnd is the lift repaired?" });
  await officer.send(`/desk/voices/${answered.id}/answer`, { answer: "done", text: "From ten to six. The lift has been running again since Monday." });
  const asked = await assigned({ kind: "complaint", lang: "en", title: "Heating", text: "The heating in the reading room is off." });
  await officer.send(`/desk/voices/${asked.id}/ask`, { question: "Which of the two rooms is it?" });
  const twin = await assigned({ kind: "complaint", lang: "en", text: "It is cold in the reading room." });
  await clerk.send(`/desk/voices/${twin.id}/join`, { master: asked.id, reason: "The same heating." });
  const agreed = await assigned({ kind: "complaint", lang: "zh-Hans", text: "阅览室的空调外机整夜响。" });
  await officer.send(`/desk/voices/${agreed.id}/answer`, { answer: "agreed", by: day(30), text: "当面说好：月底前加装隔音罩。" });
  const several = await say({ kind: "complaint", lang: "en", text: "The tap in the yard drips. And nobody cleans the stairs." });
  await clerk.send(`/desk/voices/${several.id}/split`, { title_1: "Tap in the yard", passage_1: "The tap in the yard drips.", kind_1: "complaint", unit_1: staff.saved.roads, title_2: "Stairs", passage_2: "nobody cleans the stairs.", kind_2: "complaint", unit_2: "" });
  const taken_apart = await say({ kind: "help", lang: "zh-Hans", text: "楼道灯不亮，晚上看不清台阶。" });
  await clerk.send(`/desk/voices/${taken_apart.id}/split`, { title_1: "楼道灯", passage_1: "楼道灯不亮", kind_1: "help", unit_1: staff.saved.roads, title_2: "台阶", passage_2: "晚上看不清台阶", kind_2: "help", unit_2: "" });
  await people.send(`/voices/${taken_apart.id}/whole`, { code: taken_apart.code, whole_reason: "灯亮了就看得清。" }, `/voices/${taken_apart.id}/author`);
  made.split = several.id;
  const letter = await send_files(people, "/say", { kind: "help", audience: "open", lang: "en", text: "The letter about the lift is attached." }, [{ name: "letter.pdf", type: "application/pdf", bytes: pdf(["The lift stands still.", "Since Monday."]) }]);
  if (letter.status !== 303) throw new Error(`a message with a PDF was answered ${letter.status}`);
  made.with_paper = Number(letter.headers.location.match(/\d+/)[0]);
  Object.assign(made, { question: answered.id, question_code: answered.code, asked: asked.id, joined: twin.id, agreed: agreed.id });
  const held = await say({ kind: "complaint", lang: "zh-Hans", text: "三号窗口的那个人应该被开除,我知道他住在哪里。" });
  await moderator.send(`/desk/voices/${held.id}/hold`, { ground: "threat_or_hate", remark: "针对个人的威胁,待看。" });
  const hidden = await say({ kind: "help", lang: "en", text: "Cheap loans today, call now, everybody gets one!" });
  await moderator.send(`/desk/voices/${hidden.id}/hide`, { ground: "advertising", remark: "Offers loans; it asks for nothing." });
  await people.send(`/voices/${hidden.id}/appeal`, { code: hidden.code, appeal_reason: "It was meant as a warning." }, `/voices/${hidden.id}/author`);
  const praised = await say({ kind: "praise", lang: "zh-Hans", text: "新修的人行道很好走,谢谢。" });
  await people.must(303, people.form(`/voices/${praised.id}/report`, { ground: "empty", remark: "说了等于没说。" }));
  await officer.send("/desk/enter", { way: "telephone", kind: "help", audience: "open", lang: "en", text: "The caller says that the bench at the stop is broken." });
  return Object.assign(made, { held: held.id, hidden: hidden.id, appealed: hidden.id, reported: praised.id });
}

async function fill_round(base, staff) {
  const people = new Person(base), chief = await as(base, staff.chief), officer = await as(base, staff.officer);
  const made = {};
  made.cycle = await chief.send("/cycles", {
    name: "夜间公交怎么办", lang: "zh-Hans", organiser: staff.saved.root_unit, touches: "晚上九点以后上下班的人,约四千人。", promised: "去年答应过延长两条线,只做了一条。",
    means: "每年六十万元。", limits: "司机不足十二人。", criteria: "等车不超过十五分钟\n每个片区有一条线",
  }, "/cycles/new");
  made.dialogue = await chief.send(`/cycles/${made.cycle}/dialogues`, { question: "夜间公交应该怎么开?", about: "九点以后的线路。", lang: "zh-Hans", admission: "moderated" }, `/cycles/${made.cycle}/dialogues/new`);
  for (const text of ["末班车应该延到十二点", "宁可班次少,也要每个片区都有一条线", "夜间票价可以贵一些", "<b>站台</b>要有灯 & 棚"])
    await chief.send(`/dialogues/${made.dialogue}/seeds`, { text, lang: "zh-Hans" }, `/dialogues/${made.dialogue}/manage`);
  await chief.send(`/cycles/${made.cycle}/phase`, { to: "consult", ends: day(21) });
  const list = JSON.parse((await people.must(200, people.request("GET", `/api/v1/dialogues/${made.dialogue}/statements`))).body).statements;
  made.statements = list.map((s) => s.id);
  for (let i = 0; i < 18; i++)
    await people.post(`/api/v1/dialogues/${made.dialogue}/votes`, { votes: list.map((s, n) => ({ statement: s.id, vote: ["agree", "disagree", "pass"][(i * (n + 1)) % 3] })) });
  await people.post(`/api/v1/dialogues/${made.dialogue}/statements`, { text: "学生下晚自习怎么办", lang: "zh-Hans" });
  const moderator = await as(base, staff.moderator), author = new Person(base);
  const own = await author.send(`/dialogues/${made.dialogue}/statements`, { text: "先把站台修好,再谈票价" }, `/dialogues/${made.dialogue}`);
  const set_aside = (id) => moderator.send(`/statements/${id}/set-aside`, { ground: "duplicate", remark: "与第一条相同。" }, `/dialogues/${made.dialogue}/moderation`);
  await set_aside(own);
  await author.send(`/statements/${own}/appeal`, { reason: "说的不是一件事。" });
  made.aside = list[3].id;
  await set_aside(made.aside);
  await people.send(`/statements/${list[2].id}/report`, { ground: "empty", remark: "说了等于没说。" });
  made.round_voices = [];
  for (const voice of [
    { kind: "complaint", lang: "zh-Hans", text: "十点下班没有车,只能走四十分钟回家。", position: "31.2304,121.4737" },
    { kind: "suggestion", lang: "en", text: "A minibus on demand after ten would do." },
  ]) made.round_voices.push((await people.post(`/api/v1/cycles/${made.cycle}/voices`, voice)).id);
  made.issue = await officer.send("/issues", { cycle: made.cycle, title: "夜间没有车", text: "九点以后东片没有一条线。", lang: "zh-Hans" }, "/issues/new");
  await officer.send(`/issues/${made.issue}/gather`, { voices: made.round_voices.join(" "), statements: made.statements.slice(0, 2).join(" ") }, `/issues/${made.issue}/edit`);
  await chief.send(`/issues/${made.issue}/confirm`, { marks: "1", reason: "三个片区的人都提到。" }, `/issues/${made.issue}/edit`);
  for (const [text, audience, lang] of [["东片开一条小巴，打电话就来。", "open", "zh-Hans"], ["Let taxis take the last riders, for the price of a bus.", "open", "en"], ["问问我们厂，下班的人可以拼车。", "unit_only", "zh-Hans"]])
    await new Person(base).send(`/issues/${made.issue}/advice`, { text, audience, lang }, `/issues/${made.issue}/advice`);
  await officer.send("/issues", { cycle: made.cycle, title: "Fares at night", lang: "en" }, "/issues/new");
  await chief.send(`/cycles/${made.cycle}/rest`, { voices: String(made.round_voices[1]), reason: "不在本轮范围内,转常设窗口办理。" });
  const clerk = await as(base, staff.clerk);
  // A round that is over, and the one that took over what nobody decided on.
  const over = await chief.send("/cycles", {
    name: "Parks this year", lang: "en", organiser: staff.saved.root_unit, touches: "Whoever sits there", promised: "Ten benches", means: "What is left of the year", limits: "Old trees stay", criteria: "There is shade",
  }, "/cycles/new");
  const enter = (to) => chief.send(`/cycles/${over}/phase`, { to });
  await enter("consult");
  made.issue_carried = await officer.send("/issues", { cycle: over, title: "Benches in the shade", lang: "en" }, "/issues/new");
  for (const to of ["decide", "act", "report", "review", "closed"]) await enter(to);
  made.heir = await clerk.send("/cycles", { name: "Parks next year", lang: "en", organiser: staff.saved.root_unit, inherits: over }, "/cycles/new");
  return made;
}

// Enough of one unit that its scorecard says something, and too few to say something else.
async function fill_figures(base, staff) {
  const clerk = await as(base, staff.clerk), officer = await as(base, staff.officer);
  for (const [n, stars] of [5, 4, 2, 5, 1].entries()) {
    const author = new Person(base);
    const said = await author.post("/api/v1/voices", { kind: "question", lang: "en", text: `Is the path to the ${n + 1}. stop cleared in winter?` });
    await clerk.send(`/desk/voices/${said.id}/assign`, { unit: staff.saved.roads, officer: staff.saved.officer_id });
    await officer.send(`/desk/voices/${said.id}/answer`, { answer: "done", text: "Yes, before seven in the morning." });
    if (stars > 1) await author.send(`/voices/${said.id}/rating`, { code: said.code, solved: stars > 2 ? "yes" : "no", stars: String(stars), words: "" }, `/voices/${said.id}/author`);
  }
}

// One message erased, one that waits for a second person.
async function fill_erasures(base, staff, made) {
  const people = new Person(base), [clerk, moderator] = [await as(base, staff.clerk), await as(base, staff.moderator)];
  const said = async (text) => (await people.post("/api/v1/voices", { kind: "suggestion", lang: "zh-Hans", text })).id;
  const proposed = async (entry, basis) => clerk.send("/erasures", { targets: String(entry), basis }, "/erasures/new");
  made.erased_voice = await said("这条意见里写了邻居的姓名。");
  made.erasure = await proposed(made.erased_voice, "personal_data");
  await moderator.send(`/erasures/${made.erasure}/approve`, {}, `/erasures/${made.erasure}`);
  made.erasure_waiting = await proposed(await said("这条里写了孩子的学校。"), "child");
}

// Three reports about words of measures: one waits, of one the words stayed, of one they are to go.
async function fill_claims(base, staff, made) {
  const people = new Person(base), moderator = await as(base, staff.moderator);
  const reported = (entry, fields) => people.send(`/entries/${entry}/report`, fields);
  const decided = (claim, fields) => moderator.send(`/desk/claims/${claim}`, fields);
  made.claim = await reported(made.measure, { ground: "threat_or_hate", remark: "<b>“Ten lamps”</b> & nobody asked us\n\nסימן" });
  const stayed = await reported(made.measure, { ground: "advertising", remark: "" });
  await decided(stayed, { outcome: "stays", reason: "They are lamps of the town.\n\nNobody sells anything." });
  const to_go = await reported(made.measure_done, { ground: "personal_data", remark: "验收单上有姓名。" });
  await decided(to_go, { outcome: "removal", basis: "personal_data", reason: "" });
}
async function fill_measures(base, staff, made) {
  const head = await as(base, staff.head), second = await as(base, staff.second);
  const pledge = (title, lang) => head.send("/measures", {
    cycle: staff.saved.desk, title, lang, text: "Ten lamps a week, from the station outwards.", indicator_name: "Lamps that are lit", indicator_unit: "%", indicator_baseline: "81", indicator_target: "98",
    due: day(40), beneficiaries: "Whoever walks there at night",
  }, `/measures/new?cycle=${staff.saved.desk}`);
  made.measure = await pledge("Every lamp on the main road is lit", "en");
  await head.send(`/measures/${made.measure}/report`, { percent: "40", value: "88.5", text: "Half of the lamps were changed.", evidence: "Order 14, with a list of the lamps." });
  made.measure_done = await pledge("主幹道的路燈全部修好", "zh-Hant");
  await head.send(`/measures/${made.measure_done}/done`, { percent: "100", value: "98", text: "全部換好了。", evidence: "第 21 號驗收單。" }, `/measures/${made.measure_done}/report`);
  const waiting = await pledge("Lamps in the park", "en");
  await head.send(`/measures/${waiting}/done`, { percent: "100", value: "97.5", text: "All but two.", evidence: "Order 22." }, `/measures/${waiting}/report`);
  await pledge("Lamps at the school", "en");
  await second.send(`/measures/${made.measure_done}/verify`, { outcome: "yes", words: "週二晚上走過一趟,只有一盞不亮。" });
}

// A body with one meeting over and one to come; of the three motions one is decided by name, one in secret, one waits.
async function fill_decisions(base, staff, made) {
  const [admin, clerk, chief, officer, member1, member2] = await Promise.all(["administrator", "clerk", "chief", "officer", "member1", "member2"].map((who) => as(base, staff[who])));
  const id = (who) => staff.saved[`${who}_id`];
  const own = { preset: "own", quorum: "1/2", quorum_strict: "yes", quorum_base: "filled", majority: "1/2", majority_strict: "yes", majority_base: "present", tie: "fails", notice_days: "0" };
  made.body = await admin.send("/bodies", { name: "公交议事会", unit: staff.saved.root_unit, seats: "5", ...own }, "/bodies/new");
  const at = `/bodies/${made.body}`;
  await admin.send(`${at}/seat`, { member: id("member1"), name: "First member", chair: "yes" }, at);
  await admin.send(`${at}/seat`, { member: id("member2"), name: "Second member" }, at);
  await admin.send("/bodies", { name: "Works council", unit: staff.saved.root_unit, seats: "7", preset: "de.works_council" }, "/bodies/new");
  const issue_at_desk = async (said, title, lang) => {
    const voice = (await new Person(base).post("/api/v1/voices", { kind: "suggestion", lang, text: said })).id;
    const issue = await officer.send("/issues", { cycle: staff.saved.desk, title, lang }, "/issues/new");
    await officer.send(`/issues/${issue}/gather`, { voices: String(voice) }, `/issues/${issue}/edit`);
    await chief.send(`/issues/${issue}/confirm`, { marks: "0", reason: "" }, `/issues/${issue}/edit`);
    return issue;
  };
  const lamps = await issue_at_desk("站台晚上没有灯,等车的人看不清台阶。", "站台没有灯", "zh-Hans");
  const benches = await issue_at_desk("A bench at the stop in front of the library, please.", "Benches at the stops", "en");
  const criterion = JSON.parse((await chief.must(200, chief.request("GET", `/api/v1/cycles/${made.cycle}`))).body).criteria[0].id;
  const promise = (n, title, more) => Object.fromEntries(Object.entries({ kind: "fix", owner: id("officer"), title, text: "先装一半,看看够不够亮。", lang: "zh-Hans", indicator_name: "有灯的站台", indicator_unit: "个", indicator_baseline: "4", indicator_target: "21", due: day(90), beneficiaries: "夜里等车的人", ...more }).map(([k, v]) => [`m${n}_${k}`, v]));
  made.sitting = await clerk.send(`${at}/call`, { cycle: staff.saved.desk, day: staff.saved.today, where: "三楼会议室" }, at);
  const sitting = `/sittings/${made.sitting}`;
  const table = (fields) => clerk.send(`${sitting}/table`, { shown: "2", lang: "zh-Hans", reason: "", secret: "no", ...fields }, `${sitting}/table`);
  made.motion = await table({ issue: lamps, title: "站台装灯", kind: "adopt_measures", ...promise(1, "东片站台装灯"), ...promise(2, "西片站台装灯") });
  made.motion_secret = await table({ issue: benches, title: "不装长椅", kind: "refuse", reason: "人行道太窄,放不下。", secret: "yes" });
  await clerk.send(`${sitting}/agenda`, {}, sitting);
  for (const who of ["member1", "member2"]) await clerk.send(`${sitting}/attend`, { member: id(who) }, sitting);
  await clerk.send(`${sitting}/open`, {}, sitting);
  const vote = (person, motion, choice, remark) => person.send(`/motions/${motion}/vote`, { vote: choice, ...(remark && { remark }) }, `/motions/${motion}`);
  for (const motion of [made.motion, made.motion_secret]) {
    await clerk.send(`/motions/${motion}/put`, {}, `/motions/${motion}`);
    await vote(member1, motion, "yes", motion === made.motion && "去年就该做了。");
    await vote(member2, motion, motion === made.motion ? "yes" : "abstain");
    await clerk.send(`/motions/${motion}/count`, {}, `/motions/${motion}`);
  }
  await clerk.send(`${sitting}/minutes`, { text: "两项都经过讨论。\n\n不装长椅的一项没有通过。" }, sitting);
  made.sitting_next = await clerk.send(`${at}/call`, { cycle: made.cycle, day: day(10), where: "三楼会议室" }, at);
  const waiting = `/sittings/${made.sitting_next}/table`;
  made.motion_waiting = await clerk.send(waiting, { shown: "1", issue: made.issue, title: "东片开一条夜班线", kind: "adopt_measures", reason: "", lang: "zh-Hans", secret: "no", ...promise(1, "东片夜班线", { criterion, text: "开到十二点。", indicator_name: "等车时间", indicator_unit: "分钟", indicator_baseline: "40", indicator_target: "15" }) }, waiting);
}
const is_closed = async (base, review) =>
  JSON.parse((await new Person(base).request("GET", `/api/v1/reviews/${review}`)).body).state === "closed";

// {program, base, made}: the program serves at `base`; `made` says the numbers of what stands in it.
export async function make_world() {
  const program = new Earlier({ env: {} });
  const shim = join(program.folder, "earlier.so");
  execFileSync("cc", ["-shared", "-fPIC", "-O1", `-DEARLIER=${days * 86_400}L`, "-o", shim, fileURLToPath(new URL("earlier.c", import.meta.url))]);
  program.options.env = { LD_PRELOAD: shim };
  try {
    program.init("Sample office · 示例机构");
    program.make_staff();
    const before = await program.serve();
    const made = { ...(await fill_before(before, program.staff)), ...(await fill_judged(before, program.staff)), ...(await fill_confidential(before, program.staff)) };
    await program.stop();
    program.options.env = {};
    program.new_passwords();
    const sink = await send_to_sink(program);
    const water = await elsewhere(program);
    const register = take_over(program);
    const base = await program.serve();
    made.before = await register(base);
    Object.assign(made, await fill_voices(base, program.staff), await fill_round(base, program.staff));
    await fill_figures(base, program.staff);
    made.contact = await fill_contact({ clerk: await as(base, program.staff.clerk), officer: await as(base, program.staff.officer), second: await as(base, program.staff.second), staff: program.staff });
    made.supported = await fill_support(() => new Person(base), made);
    await fill_visits(await as(base, program.staff.officer), await as(base, program.staff.head), made, day, program.staff.saved.today);
    await fill_receptions(await as(base, program.staff.officer), await as(base, program.staff.head), new Person(base), made, day, program.staff.saved.today);
    await fill_erasures(base, program.staff, made);
    await fill_measures(base, program.staff, made);
    await fill_claims(base, program.staff, made);
    await fill_contractors(await as(base, program.staff.administrator), program.staff.saved);
    made.routing = await fill_routing(await as(base, program.staff.administrator), program.staff.saved);
    made.georeport = await fill_georeport(await as(base, program.staff.administrator), new Person(base));
    made.handover = await fill_handover(water, { administrator: await as(base, program.staff.administrator), clerk: await as(base, program.staff.clerk), officer: await as(base, program.staff.officer), author: new Person(base), staff: program.staff });
    await fill_decisions(base, program.staff, made);
    await fill_reviews(base, program.staff, made);
    await fill_notices(program, sink, made);
    await fill_surveys(new Person(base), await as(base, program.staff.clerk), made);
    await fill_rules(base, program.staff, made);
    await fill_desk(base, program.staff, new Person(base), made);
    await fill_paper(base, program.staff, made);
    await fill_suggestions(base, program.staff, made);
    // The clock ends what is past its day within a minute of the start.
    for (let tries = 0; !(await is_closed(base, made.review_closed)); tries++) {
      if (tries > 90) throw new Error("the clock did not end the judgement");
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    await fill_checks(new Person(base), await as(base, program.staff.inspector), await as(base, program.staff.second), made, program.staff.saved);
    return { program, base, made };
  } catch (error) {
    await program.stop();
    program.remove();
    throw new Error(`${error.stack}\n${program.log?.slice(-1500) ?? ""}`);
  }
}
