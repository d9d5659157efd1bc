// Surveys for the browser tests: one of each state, with every type of question; one on a roll.
import { day } from "./world.mjs";

const first = {
  q1_text: "您怎么来?", q1_type: "single", q1_options: "坐公交\n走路\n开车", q1_page: "1", q1_needed: "yes",
  q2_text: "什么时候来?", q2_type: "multiple", q2_options: "早上\n中午\n晚上", q2_page: "1", q2_max: "2",
  q3_text: "公交怎么样?", q3_type: "scale", q3_options: "很差\n很好", q3_min: "1", q3_max: "5", q3_page: "2", q3_if: "1", q3_any: "1",
  q4_text: "车站的这几样怎么样?", q4_type: "matrix", q4_options: "差\n一般\n好", q4_rows: "座椅\n路灯", q4_page: "2",
  q5_text: "先办哪一件?", q5_type: "ranking", q5_options: "路灯\n座椅\n夜班车", q5_page: "2",
  q6_text: "一周来几次?", q6_type: "number", q6_min: "0", q6_max: "20", q6_page: "3",
  q7_text: "还想说什么?", q7_type: "text", q7_page: "3",
  q8_text: "您住在哪一片?", q8_type: "place", q8_page: "3",
  q9_text: "哪个片区?", q9_type: "place", q9_options: "东片\n西片", q9_page: "3",
};
const asked = (cycle, title, more = {}) => ({ cycle, title, intro: "由公交科发问,结果用在今年的班次安排里。", lang: "zh-Hans", mode: "anonymous", roll: "", k: "5", closes: day(14), ...first, ...more });
const said = (n) => [n % 3 ? 1 : 2, n % 2 ? [1, 3] : [2], n % 3 ? 3 + (n % 3) : null, [1 + (n % 3), 3], [1 + (n % 3), 1 + ((n + 1) % 3)], n % 9, n % 4 ? null : "晚上没有车。", null, 1 + (n % 2)];

export async function fill_surveys(people, clerk, made) {
  const form = `/surveys/new?cycle=${made.cycle}`;
  const prepare = (title, more) => clerk.send("/surveys", asked(made.cycle, title, more), form);
  made.survey_closed = await prepare("公交怎么样");
  await clerk.send(`/surveys/${made.survey_closed}/open`, {}, `/surveys/${made.survey_closed}/open`);
  for (let n = 0; n < 24; n++) await people.post(`/api/v1/surveys/${made.survey_closed}/answers`, { answers: said(n) });
  await clerk.send(`/surveys/${made.survey_closed}/close`, { reason: "已经收到足够多的答卷。" }, `/surveys/${made.survey_closed}/close`);
  made.survey_open = await prepare("车站怎么样");
  await clerk.send(`/surveys/${made.survey_open}/open`, {}, `/surveys/${made.survey_open}/open`);
  made.survey_roll = await prepare("司机们怎么看", { mode: "roll", roll: "6" });
  const codes = (await clerk.must(200, clerk.form(`/surveys/${made.survey_roll}/open`, {}, `/surveys/${made.survey_roll}/open`))).body;
  made.survey_codes = [...codes.matchAll(/<code>([\d ]+)<\/code>/g)].map((found) => found[1]);
  made.survey_drafted = await prepare("夜班车");
}
