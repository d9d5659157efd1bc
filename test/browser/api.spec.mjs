// The JSON interface answers as docs/openapi.json says: every operation, its refusals, paging, repeating a request.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import { Person } from "./world.mjs";
import { base, equal, holds, world } from "./browser.mjs";

const description = JSON.parse(readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8"));
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

const referred = (ref) => ref.slice(2).split("/").reduce((at, name) => at[name], description);
// A schema with all it refers to put in, and closed: an answer with a member that is not described is a fault here,
// although readers must expect some.
function closed(schema) {
  if (schema.$ref) return closed(referred(schema.$ref));
  if (schema.allOf) {
    const parts = schema.allOf.map(closed);
    return closed({ type: "object", required: parts.flatMap((p) => p.required ?? []), properties: Object.assign({}, ...parts.map((p) => p.properties)) });
  }
  const out = { ...schema };
  if (out.items) out.items = closed(out.items);
  if (out.additionalProperties?.$ref) out.additionalProperties = closed(out.additionalProperties);
  if (out.oneOf) out.oneOf = out.oneOf.map(closed);
  if (out.properties) Object.assign(out, { properties: Object.fromEntries(Object.entries(out.properties).map(([k, v]) => [k, closed(v)])), additionalProperties: false });
  return out;
}

const checks = new Map();
function fits_schema(pattern, method, status, answer) {
  const operation = description.paths[pattern][method.toLowerCase()];
  holds(operation.responses[status], `${method} ${pattern} is not described to answer ${status}: ${JSON.stringify(answer).slice(0, 200)}`);
  const response = operation.responses[status].$ref ? referred(operation.responses[status].$ref) : operation.responses[status];
  const key = `${method} ${pattern} ${status}`;
  if (!checks.has(key)) checks.set(key, ajv.compile(closed(response.content["application/json"].schema)));
  const check = checks.get(key);
  holds(check(answer), `${key}: ${ajv.errorsText(check.errors)} in ${JSON.stringify(answer).slice(0, 300)}`);
}

const tried = new Set();
// Asks, and holds the answer against what the pattern promises.
async function ask(method, pattern, { id = "", query = "", body, headers = {}, raw } = {}) {
  tried.add(`${method} ${pattern}`);
  const path = pattern.replace(/\{[a-z]+\}/, id) + query;
  const answer = await fetch(base + path, { method, headers: { ...(body || raw ? { "Content-Type": "application/json" } : {}), ...headers }, body: raw ?? (body && JSON.stringify(body)) });
  equal(answer.headers.get("content-type"), "application/json", `type of ${path}`);
  equal(answer.headers.get("access-control-allow-origin"), null, `no other site reads ${path}`);
  const json = await answer.json();
  fits_schema(pattern, method, answer.status, json);
  return { status: answer.status, json, headers: answer.headers };
}

export function tests(test) {
  const made = world?.made;

  test("every list and every matter is as described", async () => {
    for (const [pattern, id] of [
      ["/api/v1/voices"], ["/api/v1/cycles"], ["/api/v1/issues"], ["/api/v1/measures"], ["/api/v1/visits"], ["/api/v1/paper"], ["/api/v1/paper/{id}", made.batch], ["/api/v1/paper/{id}", made.batch_complete], ["/api/v1/units"], ["/api/v1/settings"], ["/api/v1/calendar"], ["/api/v1/presets"], ["/api/v1/rules"],
      ["/api/v1/ledger"], ["/api/v1/openapi.json"], ["/api/v1/cycles/{id}", made.cycle], ["/api/v1/cycles/{id}", world.staff.saved.desk], ["/api/v1/cycles/{id}/voices", made.cycle],
      ["/api/v1/channels"], ["/api/v1/cycles/{id}/channels", made.cycle],
      ["/api/v1/dialogues/{id}", made.dialogue], ["/api/v1/dialogues/{id}/map", made.dialogue], ["/api/v1/dialogues/{id}/statements", made.dialogue], ["/api/v1/issues/{id}", made.issue], ["/api/v1/issues/{id}/advice", made.issue], ["/api/v1/issues/{id}/advice", made.issue_carried],
      ["/api/v1/visits/{id}", made.visit], ["/api/v1/visits/{id}", made.visit_open], ["/api/v1/visits/{id}", made.visit_planned], ["/api/v1/visits/plans"], ["/api/v1/visits/plans/{id}", made.plan], ["/api/v1/visits/plans/{id}", made.plan_off],
      ["/api/v1/spot-checks"], ["/api/v1/spot-checks/{id}", made.spot_check],
      ["/api/v1/receptions"], ["/api/v1/receptions/{id}", made.reception], ["/api/v1/receptions/{id}", made.reception_held],
      ["/api/v1/reviews"], ["/api/v1/reviews/{id}", made.review_closed], ["/api/v1/reviews/{id}", made.review_open], ["/api/v1/reviews/{id}", made.review_drafted],
      ["/api/v1/surveys"], ...["survey_closed", "survey_open", "survey_roll", "survey_drafted"].map((what) => ["/api/v1/surveys/{id}", made[what]]),
      ["/api/v1/measures/{id}", made.measure], ["/api/v1/measures/{id}", made.measure_done], ["/api/v1/units/{id}", world.staff.saved.roads],
      ["/api/v1/contractors"], ["/api/v1/routing"], ["/api/v1/routing/{id}", made.routing], ["/api/v1/claims"], ["/api/v1/claims/{id}", made.claim], ["/api/v1/erasures"], ["/api/v1/erasures/{id}", made.erasure], ["/api/v1/units/{id}/scorecard", world.staff.saved.roads], ["/api/v1/units/{id}/scorecard", world.staff.saved.root_unit], ["/api/v1/units/{id}/scorecard", 0], ["/api/v1/overdue"], ["/api/v1/overdue/units/{id}", world.staff.saved.roads],
      ["/api/v1/bodies"], ["/api/v1/bodies/{id}", made.body], ["/api/v1/sittings"], ["/api/v1/sittings/{id}", made.sitting], ["/api/v1/sittings/{id}", made.sitting_next],
      ...["motion", "motion_secret", "motion_waiting"].map((what) => ["/api/v1/motions/{id}", made[what]]),
      ["/api/v1/ledger/receipts/{index}", made.receipt],
      ...["supported", "joined", "hidden"].map((what) => ["/api/v1/voices/{id}/support", made[what]]),
      ["/api/v1/voices/{id}/handovers", made.handover.leak], ["/api/v1/voices/{id}/handovers", made.unit_only],
      ...["late", "hostile", "answered", "asked", "held", "hidden", "unit_only", "reported", "before"].map((what) => ["/api/v1/voices/{id}", made[what]]),
    ]) equal((await ask("GET", pattern, { id })).status, 200, `${pattern} ${id ?? ""}`);
    equal((await ask("GET", "/api/v1/issues", { query: `?cycle=${made.heir}` })).json.round.issues.inherited, 1, "what a round took over");
    await ask("GET", "/api/v1/dialogues", { query: `?cycle=${made.cycle}` });
    equal((await ask("GET", "/api/v1/motions", { query: `?sitting=${made.sitting}` })).json.motions.length, 2, "motions of the meeting");
  });

  test("search finds what everybody may read, and says at the field what is wrong", async () => {
    const { json: late } = await ask("GET", "/api/v1/voices/{id}", { id: made.late });
    const words = [...(late.title || late.text)].slice(0, 8).join("");
    const search = async (q, more = "") => (await ask("GET", "/api/v1/search", { query: `?q=${encodeURIComponent(q)}${more}` }));
    let found = await search(`"${words}"`);
    for (let i = 0; i < 240 && !found.json.hits.some((h) => h.id === made.late); i++) await new Promise((r) => setTimeout(r, 250)), found = await search(`"${words}"`);
    holds(found.json.hits.some((h) => h.id === made.late && h.kind === "voice" && h.link === `/voices/${made.late}`), `${words} is found`);
    equal((await search(words, "&kind=visit")).json.hits.some((h) => h.kind !== "visit"), false, "hits of the kind that was asked for");
    equal((await search("", "")).status, 422, "nothing asked");
    equal((await search("x".repeat(3_000))).status, 422, "far too much");
    equal((await search("bus", "&before=x")).json.error.key, "page.bad_cursor", "a cursor that is none");
    equal((await search("bus", "&kind=planet")).json.error.field, "kind", "a kind that is none");
  });

  test("what may not be read is not in the answers", async () => {
    for (const what of ["held", "hidden", "unit_only"]) {
      const { json } = await ask("GET", "/api/v1/voices/{id}", { id: made[what] });
      equal(json.text + json.title, "", `words of the ${what} message`);
    }
  });

  test("every entry of the log, in pages", async () => {
    const { json: log } = await ask("GET", "/api/v1/ledger");
    let from = 0;
    for (let page; from < log.size; from = page.json.next) page = await ask("GET", "/api/v1/ledger/entries", { query: `?from=${from}&limit=30` });
    equal((await ask("GET", "/api/v1/ledger/entries", { query: `?from=${from + 1000}` })).json.entries.length, 0, "entries beyond the end");
  });

  test("pages of a list join without gap or repetition", async () => {
    const whole = (await ask("GET", "/api/v1/voices", { query: "?limit=100" })).json.voices.map((v) => v.id);
    const joined = [];
    for (let next = ""; next !== null; ) {
      const { json } = await ask("GET", "/api/v1/voices", { query: `?limit=3${next && `&before=${next}`}` });
      joined.push(...json.voices.map((v) => v.id));
      next = json.next;
    }
    equal(joined.join(), whole.join(), "numbers of all messages");
  });

  test("the lists behind a scorecard hold as many as it says", async () => {
    let looked_at = 0;
    const holds_as_many = async (list, n, what) => {
      const found = new Set();
      for (let next = ""; next !== null; ) {
        const body = await (await fetch(`${base}/api/v1${list}${next && `&before=${next}`}`)).json();
        for (const one of body.voices ?? body.measures) found.add(one.id);
        next = body.next;
      }
      equal(found.size, n, what);
      looked_at += n;
    };
    // Of what is no list of messages or measures the addresses lead to where it is counted from: the checks, with the
    // matters drawn in each, and the measures that answer the issues.
    const elsewhere = ["spot_checks", "issues_seen"];
    const every_figure = async (figures) => {
      for (const figure of figures.filter((f) => !elsewhere.includes(f.key))) {
        await holds_as_many(figure.list, figure.n, `n of ${figure.key}`);
        if (figure.shown) await holds_as_many(figure.part_list, figure.part, `part of ${figure.key}`);
        for (const one of [...figure.inside, ...figure.outside]) await holds_as_many(one.list, one.n, `${one.key} of ${figure.key}`);
      }
    };
    for (const id of [world.staff.saved.roads, world.staff.saved.root_unit]) {
      const { json: card } = await ask("GET", "/api/v1/units/{id}/scorecard", { id });
      await every_figure([...card.figures, ...card.with_below]);
      await holds_as_many(card.typed_list, card.typed, "typed");
      await holds_as_many(card.by_staff_list, card.by_staff, "by staff");
      for (const one of card.hidden_by) await holds_as_many(one.list, one.n, `hidden: ${one.ground}`);
    }
    holds(looked_at > 10, "something was counted");
  });

  test("saying something: recorded once, however often it is sent", async () => {
    const body = { kind: "question", text: "Where is the form for a parking permit?", lang: "en" };
    const headers = { "Idempotency-Key": `parking-${Date.now()}` };
    const first = await ask("POST", "/api/v1/voices", { body, headers });
    equal(first.status, 201, "the first time");
    equal(first.headers.get("location"), `/api/v1/voices/${first.json.id}`, "Location");
    holds(/^\d{25}$/.test(first.json.code), "the code");
    const again = await ask("POST", "/api/v1/voices", { body, headers });
    equal(again.status, 200, "the second time");
    equal(again.json.id, first.json.id, "the same matter");
    equal(again.json.code, "", "the code is not told again");
    holds((await ask("POST", "/api/v1/voices", { body: { ...body, text: "Another question." }, headers })).json.id !== first.json.id, "another body is another matter");
    await ask("POST", "/api/v1/cycles/{id}/voices", { id: made.cycle, body });
  });

  test("a visit kept on a phone: published once, by whoever is signed in with the token of the site's own pages", async () => {
    const officer = new Person(base);
    await officer.sign_in(world.staff.officer);
    const { csrf } = JSON.parse((await officer.must(200, officer.request("GET", "/visits/field/ticket"))).body);
    const Cookie = [...officer.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = { origin: `${Date.now()}`.padStart(32, "0"), day: new Date().toISOString().slice(0, 10), where: "Depot", mode: "talk", posts: "engineer", met: 2, groups: { employees: 2 }, heard: "The gate is locked.", lang: "en" };
    const send = (headers, more = {}) => ask("POST", "/api/v1/visits", { body: { ...body, ...more }, headers });
    equal((await send({})).status, 401, "nobody");
    equal((await send({ Cookie })).status, 401, "a cookie alone");
    const first = await send({ Cookie, "X-CSRF-Token": csrf });
    equal(first.status, 201, "the first time");
    const again = await send({ Cookie, "X-CSRF-Token": csrf }, { heard: "Other words." });
    equal(`${again.status} ${again.json.id} ${again.json.repeated}`, `200 ${first.json.id} true`, "the same origin again");
    equal((await send({ Cookie, "X-CSRF-Token": csrf }, { origin: "f".repeat(32), issue: 99999999 })).status, 404, "no such issue");
    equal((await send({ Cookie, "X-CSRF-Token": csrf }, { origin: "e".repeat(32), mode: "flight" })).status, 422, "no such way");
    await ask("GET", "/api/v1/visits/{id}", { id: first.json.id });
  });

  test("who has said the same", async () => {
    const alike = (body, more = {}) => ask("POST", "/api/v1/alike", { body, ...more });
    const found = (await alike({ title: "", text: "青石小区旁边的搅拌站每天凌晨开工，噪音和粉尘让人睡不着。" })).json.alike;
    equal(found[0].issue.id, made.plant, "the issue it is in");
    holds(found[0].people >= 3, "its people");
    holds((await alike({ text: "青石小區旁邊的攪拌站每天凌晨開工" })).json.alike.length > 0, "in the other script too");
    equal((await alike({ text: "Something that nobody has said before" })).json.alike.length, 0, "nobody");
    equal((await alike({ text: "字".repeat(5001) })).status, 422, "too long");
    equal((await alike(null, { raw: "{" })).status, 400, "no JSON");
    equal((await alike({ text: 7 })).status, 400, "no text");
  });

  test("votes, one and many, and a statement", async () => {
    const id = made.dialogue, [first, second] = made.statements, participant = `contract-test-${Date.now()}`;
    const vote = (body, more = {}) => ask("POST", "/api/v1/dialogues/{id}/votes", { id, body, ...more });
    equal((await vote({ statement: first, vote: "agree" })).json.participant.length >= 16, true, "a new key is told");
    holds((await vote({ statement: first, vote: "agree", participant })).json.participant === undefined, "an own key is not repeated");
    equal((await vote({ votes: [{ statement: first, vote: "pass" }, { statement: second, vote: "disagree" }], participant })).json.votes, 2, "votes");
    equal((await vote({ votes: [], participant })).status, 422, "no vote");
    equal((await vote({ statement: first, vote: "perhaps" })).status, 400, "no such vote");
    equal((await ask("POST", "/api/v1/dialogues/{id}/statements", { id, body: { text: "最後一班車應該有人工客服", lang: "zh-Hant", participant } })).status, 201, "a statement");
    equal((await ask("POST", "/api/v1/dialogues/{id}/statements", { id, body: { text: "字".repeat(141), participant } })).status, 422, "too long");
  });

  test("a ballot, and nothing of it before the close", async () => {
    const id = made.review_open, [code] = made.review_codes[0];
    const vote = (body) => ask("POST", "/api/v1/reviews/{id}/ballots", { id, body });
    equal((await vote({ code, answers: [6, 5] })).status, 422, "no such answer");
    equal((await vote({ code: "12345", answers: [5, 5] })).status, 422, "no code");
    holds(/^[0-9a-f]{32}$/.test((await vote({ code, answers: [5, 0] })).json.mark), "the mark");
    equal((await vote({ code, answers: [1, 1] })).json.error.key, "review.code_spent", "again");
    equal((await ask("GET", "/api/v1/reviews/{id}", { id })).json.result, null, "result");
    equal((await ask("POST", "/api/v1/reviews/{id}/ballots", { id: made.review_closed, body: { code, answers: [5, 5] } })).status, 409, "after the close");
    const { json } = await ask("GET", "/api/v1/reviews/{id}", { id: made.review_closed });
    equal(json.panels[2].counts.length, 0, "figures of a panel too small");
    equal(json.result.percent, 65, "weighted share");
  });

  test("answers to a survey, once, and no figure before the close", async () => {
    const answers = [2, [1], null, [1, 0], [3, 1], 4, "晚上没有车。", "东街", 1];
    const send = (id, body) => ask("POST", "/api/v1/surveys/{id}/answers", { id, body });
    equal((await send(made.survey_open, { answers: [2, [1], 4, null, null, null, null, null, null] })).json.error.field, "q3", "what is not asked");
    equal((await send(made.survey_open, { answers: [2, [1], null, null, null, 21, null, null, null] })).json.error.key, "survey.number_range", "too much");
    const { participant } = (await send(made.survey_open, { answers })).json;
    equal((await send(made.survey_open, { participant, answers })).json.error.key, "survey.answered_already", "again");
    const [code] = made.survey_codes;
    holds(/^[0-9a-f]{32}$/.test((await send(made.survey_roll, { code, answers })).json.mark), "the mark");
    equal((await send(made.survey_roll, { code, answers })).json.error.key, "survey.code_spent", "the code again");
    for (const what of ["survey_open", "survey_roll"]) equal((await ask("GET", "/api/v1/surveys/{id}", { id: made[what] })).json.figures, null, what);
    const { json } = await ask("GET", "/api/v1/surveys/{id}", { id: made.survey_closed });
    equal(json.answers, 24, "answers");
    equal(json.figures[0].cells[0].join(), "16,8,0", "how they come");
  });

  test("refusals are as described, in the reader's language", async () => {
    for (const [pattern, { get, post }] of Object.entries(description.paths)) {
      if (!pattern.includes("{")) continue;
      if (get) equal((await ask("GET", pattern, { id: 99999999 })).status, 404, `GET ${pattern}`);
      if (get) equal((await ask("GET", pattern, { id: "nonsense" })).status, 404, `GET ${pattern}`);
      if (post) equal((await ask("POST", pattern, { id: 99999999, body: { kind: "help", text: "x", statement: made.statements[0], vote: "agree" } })).status, 404, `POST ${pattern}`);
    }
    for (const [pattern, { post }] of Object.entries(description.paths))
      if (post) {
        equal((await ask("POST", pattern, { id: pattern.includes("cycles") ? made.cycle : made.dialogue, raw: "{" })).status, 400, `POST ${pattern}, no JSON`);
        equal((await ask("POST", pattern, { id: pattern.includes("cycles") ? made.cycle : made.dialogue, raw: "x", headers: { "Content-Type": "text/plain" } })).status, 415, `POST ${pattern}, no JSON by its type`);
        equal((await ask("POST", pattern, { id: pattern.includes("cycles") ? made.cycle : made.dialogue, raw: `{"text":"${"x".repeat(400_000)}"}` })).status, 413, `POST ${pattern}, too large`);
      }
    equal((await ask("GET", "/api/v1/dialogues")).status, 422, "dialogues of no round");
    equal((await ask("GET", "/api/v1/motions")).status, 422, "motions of nothing");
    const of = (pattern) => ({ "/api/v1/issues/{id}": made.issue, "/api/v1/issues/{id}/advice": made.issue, "/api/v1/dialogues/{id}/statements": made.dialogue, "/api/v1/cycles/{id}/voices": made.cycle })[pattern] ?? "";
    let turned = 0;
    for (const [pattern, { get }] of Object.entries(description.paths))
      for (const { name, schema } of get?.parameters ?? []) {
        const id = of(pattern);
        if (name === "before" || name === "after")
          for (const wrong of ["x", "-1", "1e3"]) {
            const { status, json } = await ask("GET", pattern, { id, query: `?${name}=${wrong}` });
            equal(`${status} ${json.error?.key}`, "400 page.bad_cursor", `${pattern}?${name}=${wrong}`);
            turned += 1;
          }
        if (name === "limit")
          for (const wrong of [0, schema.maximum + 1, "x"]) {
            const { status, json } = await ask("GET", pattern, { id, query: `?limit=${wrong}` });
            equal(`${status} ${json.error?.key}`, "422 page.limit", `${pattern}?limit=${wrong}`);
            turned += 1;
          }
      }
    holds(turned > 50, "lists that are turned");
    const { json } = await ask("POST", "/api/v1/voices", { body: { kind: "help", text: "" }, headers: { "Accept-Language": "zh-Hant" } });
    equal(json.error.field, "text", "field");
    holds(/[一-龥]/.test(json.error.message), `in Chinese: ${json.error.message}`);
  });

  test("the table of messages has a row for each", async () => {
    tried.add("GET /api/v1/voices.csv");
    const answer = await fetch(`${base}/api/v1/voices.csv?bom=no`), table = await answer.text();
    equal(answer.headers.get("content-type"), "text/csv; charset=utf-8", "its type");
    holds(table.startsWith("number,cycle,kind,"), table.slice(0, 60));
    for (const what of ["late", "hostile", "answered", "held", "unit_only"]) holds(table.includes(`\r\n${made[what]},`), `${what} is in it`);
    equal(await fetch(`${base}/voices.csv`).then((r) => r.arrayBuffer()).then((b) => Buffer.from(b).subarray(0, 3).toString("hex")), "efbbbf", "the mark that spreadsheets need");
  });

  test("every operation of the description was tried", async () => {
    for (const [pattern, operations] of Object.entries(description.paths))
      for (const method of Object.keys(operations)) holds(tried.has(`${method.toUpperCase()} ${pattern}`), `${method} ${pattern} was not`);
  });
}
