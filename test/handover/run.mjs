// Two Huiyin programs: one hands a case to the other through its real Open311 server and follows it until it is closed
// there; killed while a report is on its way. Then servers that are broken or hostile: nothing is sent twice, nothing is
// followed elsewhere, and what is wrong stands where staff see it.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { free_port } from "../requests/port.mjs";
import { Program, programs } from "../requests/program.mjs";
import { Browser } from "../requests/script.mjs";
import { Between, Broken } from "./elsewhere.mjs";

let failed = 0;
const say = (good, name, detail = "") => {
  console.log(`${good ? "ok" : "not ok"} handover ${name}`);
  if (!good) failed += 1, console.log(`    ${String(detail).replace(/<[^>]+>|\s+/g, " ").slice(0, 1500)}`);
};
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const library = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"].find(existsSync);
const later = (days) => ({ LD_PRELOAD: library, FAKETIME: `+${days}d`, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" });
async function until(ask, seconds = 60) {
  for (let tries = 0; ; tries++) {
    const found = await ask();
    if (found || tries >= seconds * 4) return found;
    await sleep(250);
  }
}
async function must(browser, path, fields, page = path) {
  const answer = await browser.form(path, fields, page);
  if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${answer.body.replace(/<[^>]+>|\s+/g, " ").slice(0, 1200)}`);
  return Number(answer.headers.location.match(/\d+/)?.[0]);
}
const read = async (browser, path) => (await browser.request("GET", path, { "Accept-Language": "en" })).body;
const as = async (program, base, who) => {
  const browser = new Browser(base);
  await browser.sign_in(program.staff[who]);
  return browser;
};
const api = async (base, path) => JSON.parse((await new Browser(base).request("GET", path)).body);

const there = new Program(), here = new Program(), broken = new Broken();
let between;
try {
  there.init("Water office");
  there.make_staff(["clerk", "officer"]);
  there.options.port = await free_port();  // it serves there again after each stop
  let far = await there.serve();
  const admin_there = await as(there, far, "administrator");
  const key = (await admin_there.form("/admin/open311", { name: "City desk", per_minute: "600" })).body.match(/data-copy>([a-z2-7]{32})</)[1];
  between = new Between(far);
  const water = await between.start(), fake = await broken.start();

  here.init("City desk");
  here.make_staff(["clerk", "officer"]);
  writeFileSync(join(here.data, "open311.secret"), `${key}\n`, { mode: 0o600 });
  const table = (url) => `[[authority]]\nurl = "${url}"\nkey_file = "open311.secret"\n`;
  writeFileSync(join(here.data, "huiyin.toml"), [water, ...Broken.names.map((one) => `${fake}/${one}`)].map(table).join(""));
  let base = await here.serve();
  let admin = await as(here, base, "administrator"), clerk = await as(here, base, "clerk"), officer = await as(here, base, "officer");

  const id_water = await must(admin, "/admin/authorities", { name: "Water office <b>&</b>", url: `${water}/` });
  const shown = await until(async () => (await read(admin, `/admin/authorities/${id_water}`)).includes("<code>HELP</code>"));
  say(shown, "what the other authority takes is asked and shown");
  say((await read(admin, `/admin/authorities/${id_water}`)).includes("knows a report that comes twice"), "and that it knows a report that comes again");
  const rules = await read(new Browser(base), "/rules");
  say(rules.includes("Water office &lt;b&gt;") && !rules.includes(key), "everybody reads it on /rules, and no key");

  const said = async (text, more = {}) => {
    const id = await must(new Browser(base), "/say", { kind: "help", audience: "open", lang: "en", text, contact_telephone: "+86 21 7364 5501", ...more });
    await must(clerk, `/desk/voices/${id}/assign`, { unit: here.staff.saved.roads, officer: here.staff.saved.officer_id });
    return id;
  };
  const hand = (id, authority, service, more = {}) => must(officer, `/desk/voices/${id}/handover`, { authority, service, text: "A pipe leaks at Elm Street 5.", address: "Elm Street 5", reason: "The pipe is theirs.", ...more }, `/desk/voices/${id}/handover?authority=${authority}`);
  const leak = await said("Water comes out of the ground in Elm Street.");
  const form = await read(officer, `/desk/voices/${leak}/handover?authority=${id_water}`);
  say(form.includes("Water comes out of the ground in Elm Street.") && form.includes("Handed on by City desk"), "the form is filled in from what everybody may read", form);
  const handed = await hand(leak, id_water, "HELP");
  const number = await until(async () => (await api(base, `/api/v1/voices/${leak}/handovers`)).handovers[0]?.number);
  const arrived = number && (await api(far, `/api/v1/voices/${number}`));
  say(arrived && JSON.stringify(arrived).includes("A pipe leaks at Elm Street 5.") && arrived.way === "open311", "it is a message there", JSON.stringify(arrived));
  say(between.reports.length === 1 && !between.reports[0].body.includes("7364"), "sent once, without how to reach the author", JSON.stringify(between.reports));

  // Killed while the answer is on its way: their server has it, ours does not know.
  between.holds = true;
  const twice = await said("The well in Oak Street is dry.");
  const killed = await hand(twice, id_water, "HELP", { text: "A well is dry.", address: "Oak Street" });
  await until(() => between.reports.length === 2);
  await here.stop("SIGKILL");
  between.holds = false;
  base = await here.serve();
  [admin, clerk, officer] = [await as(here, base, "administrator"), await as(here, base, "clerk"), await as(here, base, "officer")];
  const found = await until(async () => (await api(base, `/api/v1/voices/${twice}/handovers`)).handovers[0]?.number);
  const list = (await api(far, "/api/v1/voices")).voices;
  say(found && list.length === 2 && between.reports.length === 3, "killed on the way, it is sent again and is one message there", JSON.stringify([found, list.length, between.reports.length]));
  say(between.reports[1].body === between.reports[2].body && between.reports[1].headers["idempotency-key"] === between.reports[2].headers["idempotency-key"], "byte for byte, under one Idempotency-Key");
  say((await read(officer, `/desk/handovers/${killed}`)).includes(found), "and staff read their number");

  // They answer; nobody rates; sixty days later it is closed there, and still not here.
  const clerk_there = await as(there, far, "clerk"), officer_there = await as(there, far, "officer");
  await must(clerk_there, `/desk/voices/${number}/assign`, { unit: there.staff.saved.roads, officer: there.staff.saved.officer_id });
  await must(officer_there, `/desk/voices/${number}/answer`, { answer: "done", text: "The pipe is new <i>now</i>." });
  for (const days of [1, 60]) {
    await Promise.all([there.stop(), here.stop()]);
    there.options = { ...there.options, env: later(days) };
    here.options = { ...here.options, env: later(days) };
    far = await there.serve();
    base = await here.serve();
    if (days === 1) {
      const notes = await until(async () => (await api(base, `/api/v1/voices/${leak}/handovers`)).handovers[0].notes);
      say(notes?.includes("The pipe is new <i>now</i>."), "what they answered is followed", notes);
    }
  }
  const closed = await until(async () => (await api(base, `/api/v1/voices/${leak}/handovers`)).handovers[0].state === "closed", 120);
  say(closed, "closed there is followed", JSON.stringify(await api(base, `/api/v1/voices/${leak}/handovers`)));
  const ours = await api(base, `/api/v1/voices/${leak}`);
  say(ours.state === "assigned", "and our own answer is still owed", ours.state);
  const page = await read(new Browser(base), `/voices/${leak}`);
  say(page.includes("closed there") && page.includes(`<dd>${number}</dd>`) && page.includes("The pipe is new &lt;i&gt;now&lt;/i&gt;."), "everybody reads it on the message's page", page);
  const secrets = readdirSync(here.data, { recursive: true }).map((name) => join(here.data, name)).filter((path) => statSync(path).isFile() && !path.endsWith("open311.secret"));
  say(![...secrets, here.log_file].some((path) => readFileSync(path).includes(key)), "the key stands in its file alone");

  // Broken and hostile ones.
  await here.stop();
  here.options = { ...here.options, env: {} };
  const fresh = new Program();
  try {
    fresh.init("City desk");
    fresh.make_staff(["clerk", "officer"]);
    for (const name of ["open311.secret", "huiyin.toml"]) writeFileSync(join(fresh.data, name), readFileSync(join(here.data, name)), { mode: 0o600 });
    base = await fresh.serve();
    [admin, clerk, officer] = [await as(fresh, base, "administrator"), await as(fresh, base, "clerk"), await as(fresh, base, "officer")];
    const ids = {};
    for (const one of Broken.names) ids[one] = await must(admin, "/admin/authorities", { name: one, url: `${fake}/${one}` });
    const expected = { huge: "too long to be read", slow: "cannot be reached", dripping: "cannot be reached", away: "sends us elsewhere", xml: "gives no JSON", bytes: "cannot be read", deep: "cannot be read", cut: "cannot be reached" };
    for (const [one, words] of Object.entries(expected))
      say(await until(async () => (await read(admin, `/admin/authorities/${ids[one]}`)).includes(words), 90), `services, ${one}: ${words}`, await read(admin, `/admin/authorities/${ids[one]}`));
    say((await admin.request("GET", "/admin/authorities")).status === 200, "the program still answers");
    const outcome = { "report-cut": "not known whether", "report-broken": "not known whether", "report-odd": "not known whether", "report-up": "not known whether", "report-refused": "No such &lt;i&gt;place&lt;/i&gt;.", "report-key": "refuse our key", "report-busy": "fault of its own", "report-away": "sends us elsewhere", "report-hangs": "not known whether" };
    const pages = {};
    here.staff = fresh.staff;  // for those who say something below
    for (const one of Object.keys(outcome)) {
      await until(async () => (await read(admin, `/admin/authorities/${ids[one]}`)).includes("Pipes &lt;b&gt;"), 90);
      pages[one] = await hand(await said(`The pipe of ${one} leaks.`), ids[one], "001");
    }
    for (const [one, words] of Object.entries(outcome))
      say(await until(async () => (await read(officer, `/desk/handovers/${pages[one]}`)).includes(words), 90), `a report, ${one}: ${words}`, await read(officer, `/desk/handovers/${pages[one]}`));
    await fresh.stop("SIGKILL");
    base = await fresh.serve();
    await sleep(6000);
    for (const one of Object.keys(outcome)) say(broken.reports(one).length === 1, `${one} is sent once, also after the program was killed`, broken.reports(one).length);
    officer = await as(fresh, base, "officer");
    const uncertain = `/desk/handovers/${pages["report-broken"]}`;
    const wrong = await officer.form(`${uncertain}/taken`, { their_number: "" }, uncertain);
    say(wrong.status === 422 && wrong.body.includes('href="#their_number"'), "a number that is missing is said at its field");
    await must(officer, `${uncertain}/taken`, { their_number: "A/../7 ?#" }, uncertain);
    say(await until(() => broken.asked.some((one) => one.url === "/report-broken/requests/A%2f..%2f7%20%3f%23.json")), "an odd number stays in its segment", JSON.stringify(broken.asked.slice(-3)));
    const again = `/desk/handovers/${pages["report-cut"]}`;
    await must(officer, `${again}/again`, {}, again);
    say(await until(() => broken.reports("report-cut").length > 1) && (await sleep(3000), broken.reports("report-cut").length) === 2, "staff who asked them may send it again, once", broken.reports("report-cut").length);
    const log_key = (await (await fetch(`${base}/log/key`)).text()).trim();
    const audit = () => spawnSync(join(programs, "huiyin"), ["audit", fresh.data, "--key", log_key, "--against", base], { encoding: "utf8", maxBuffer: 1 << 26 });
    let audited = audit();
    for (let tries = 0; audited.status === 2 && tries < 4; tries++) audited = audit();  // something was written meanwhile
    say(audited.status === 0, "a second count out of the log agrees", audited.stdout + audited.stderr);
  } finally {
    await fresh.stop();
    fresh.remove();
  }
} catch (error) {
  say(false, "went through", error.stack);
} finally {
  between?.stop();
  broken.stop();
  for (const program of [here, there]) {
    await program.stop();
    program.remove();
  }
}
process.exitCode = failed ? 1 : 0;
