// Cases of an earlier register for the browser tests: answered in time, late, not at all; one for the unit only.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const rows = [
  "id,title,text,said,answer,answered,unit,stars",
  "17,路灯不亮,桥头的路灯三天没亮了。,2024-03-01,已经修好。,2024-03-05,Roads section,5",
  "18,路面有坑,学校门口的路面有坑。,2024-03-02,已列入计划。,2024-06-01,Roads section,2",
  "19,公交太少,晚上没有公交车。,2024-03-03,,,,",
  "20,请回电,请打 13800138000 找我。,2024-03-04,已回电。,2024-03-06,Roads section,",
];

// While the program is stopped. Returns what finds the number of one of them once it serves.
export function take_over(program) {
  const file = join(program.folder, "register.csv");
  writeFileSync(file, rows.join("\r\n") + "\r\n");
  const said = program.command("import", "voices", file, "--source", "原信访台账", "--text", "text", "--title", "title", "--date", "said", "--lang", "zh-Hans", "--reply", "answer", "--reply-date", "answered", "--unit", "unit", "--rating", "stars", "--number", "id", "--term", "15d");
  const round = said.match(/round (\d+)/)[1];
  return async (base) => {
    const { voices } = await fetch(`${base}/api/v1/voices?cycle=${round}`).then((answer) => answer.json());
    return voices.find((one) => one.before === "late").id;
  };
}
