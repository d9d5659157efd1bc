// What the leg says: a line for each thing that was tried, and one table of what each judge said.
let failed = 0;
const rows = [];
const judges = ["C++", "Go", "WebCrypto", "OpenSSL"];

export const failures = () => failed;

export function say(good, name, detail = "") {
  console.log(`${good ? "ok" : "not ok"} interop ${name}`);
  if (!good) failed += 1, console.log(`    ${detail}`.slice(0, 2000));
}

export async function attempt(name, body) {
  try {
    await body();
  } catch (error) {
    say(false, name, error.stack);
  }
}

// `cases`: {line, good, what?, but?}, where `but` names judges of whom another verdict is wanted, and README.md says why.
// `verdicts`: for each judge a text of "1" and "0", a sign for each case; "-" where it was not asked.
export function judged(name, cases, verdicts) {
  const wrong = [], row = { name, cases: cases.length, right: cases.filter((c) => c.good).length };
  if (cases.length === 0) wrong.push("there is nothing to judge");
  for (const [judge, bits] of Object.entries(verdicts)) {
    if (bits.length !== cases.length) wrong.push(`${judge} gives ${bits.length} verdicts`);
    let asked = 0, agreed = 0;
    cases.forEach((c, i) => {
      if (bits[i] === "-") return;
      const wanted = c.but?.[judge] ?? c.good;
      asked += 1;
      if (bits[i] === (wanted ? "1" : "0")) agreed += 1;
      else wrong.push(`${judge} says ${bits[i]} of ${c.what ?? ""} ${c.line}`);
    });
    if (asked === 0) wrong.push(`${judge} was asked nothing`);
    row[judge] = `${agreed}/${asked}`;
  }
  rows.push(row);
  const counts = judges.filter((j) => j in row).map((j) => `${j} ${row[j]}`).join(", ");
  say(wrong.length === 0, `${name}, ${row.cases} of them, ${row.right} to accept: as wanted ${counts}`, wrong.slice(0, 5).join("\n    "));
}

export function table() {
  const wide = Math.max(...rows.map((r) => r.name.length));
  const line = (name, ...cells) => console.log(`    ${name.padEnd(wide)} ${cells.map((c) => String(c).padStart(9)).join(" ")}`);
  line("judged as wanted", "cases", "to accept", ...judges);
  for (const row of rows) line(row.name, row.cases, row.right, ...judges.map((j) => row[j] ?? "–"));
}
