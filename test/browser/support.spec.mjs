// Saying so too: on a message's page without JavaScript, and in the form while somebody writes.
import { axe, base, equal, filled, fits, holds, langs, open, press, signed_in, world } from "./browser.mjs";
import { Person } from "./world.mjs";

const main = (page) => page.locator("main").innerText();
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const say = async (text, lang = "en") => (await new Person(base).post("/api/v1/voices", { kind: "help", lang, text })).id;
// The same, once it is among what is looked through for what is alike: that follows the log at some seconds' distance.
async function say_to_be_found(text) {
  const voice = await say(text), headers = { "Content-Type": "application/json" };
  for (let tries = 0; tries < 240; tries++, await wait(250)) {
    const { alike } = await (await fetch(`${base}/api/v1/alike`, { method: "POST", headers, body: JSON.stringify({ title: "", text }) })).json();
    if (alike.some((one) => one.voice === voice)) return voice;
  }
  throw new Error(`message ${voice} is not found`);
}
const people = async (voice) => (await (await fetch(`${base}/api/v1/voices/${voice}/support`)).json()).people;
const bridge = "The lamp at the mill bridge has been dark for two weeks, and nobody comes to see to it.";

// Until so much was asked; how long a pause lasts is the machine's affair.
const come = async (asked, n) => {
  for (let tries = 0; asked.length < n && tries < 300; tries++) await wait(100);
};

// The form at /say, where what was said already is answered by `hits`; what was asked, and in the page's `asked_at` when:
// how long a request takes from there to here is no matter of the form's.
async function writing(browser, hits, { status = 200, lang = "en" } = {}) {
  const page = await open(browser, { lang, width: 390 });
  const asked = [];
  await page.addInitScript(() => {
    const send = globalThis.fetch;
    globalThis.asked_at = [];
    globalThis.fetch = (...request) => (String(request[0]).endsWith("/alike") && globalThis.asked_at.push(performance.now()), send(...request));
  });
  await page.route("**/api/v1/alike", async (route) => {
    asked.push({ url: route.request().url(), method: route.request().method(), body: route.request().postDataJSON() });
    await route.fulfill({ status, json: { alike: hits } });
  });
  await page.goto(`${base}/say`);
  return { page, asked };
}
const hit = (voice, more = {}) => ({ voice, link: `/voices/${voice}`, title: "Lamp at the bridge", lang: "en", people: 53, issue: null, ...more });
const button = (page, name) => page.locator("#alike").getByRole("button", { name });
const hint = (page) => page.locator("#alike .notice");

export function tests(test) {
  test("one joins a message, sees it, and takes it back, without JavaScript", async (browser) => {
    const voice = await say(bridge);
    const page = await open(browser, { script: false, width: 390 });
    await page.goto(`${base}/voices/${voice}`);
    const join = page.locator(`main form[action="/voices/${voice}/support"] button`);
    await press(join);
    // Where the browser does not say that the form stood here, it is pressed once more.
    if (await join.count()) await press(join);
    holds((await main(page)).includes("You say so too."), await main(page));
    holds((await main(page)).includes("1 person says so too"), "the number");
    equal(await people(voice), 1, "people");
    await fits(page);
    equal(await filled(page), 1, "filled buttons");
    const again = await open(browser, { script: false });
    await again.goto(`${base}/voices/${voice}/support`);
    holds(!(await main(again)).includes("You say so too."), "another browser is not told who");
    await page.locator(`main a[href="/voices/${voice}"].button`).click();
    await page.locator(`main a[href="/voices/${voice}/support"]`).click();
    await press(page.locator(`main form[action="/voices/${voice}/support/back"] button`));
    holds((await main(page)).includes("Taken back"), "taken back");
    equal(await people(voice), 0, "people");
    holds(!page.faults.length, page.faults.join("; "));
  });

  test("the own page of who joined, in three languages, light and dark", async (browser) => {
    const voice = await say(bridge);
    for (const [n, lang] of langs.entries()) {
      const page = await open(browser, { lang, width: 320, scheme: n % 2 ? "dark" : "light" });
      await page.goto(`${base}/voices/${voice}`);
      await axe(page);
      await page.locator(`main a[href="/voices/${voice}/support"]`).click();
      await press(page.locator(`main form[action="/voices/${voice}/support"] button`));
      equal(await page.locator(".notice.done").count(), 1, "that one is among them");
      await fits(page);
      await axe(page);
      equal(await filled(page), 1, "filled buttons");
      holds(!page.faults.length, page.faults.join("; "));
    }
    equal(await people(voice), langs.length, "people");
  });

  test("while somebody writes, it is asked after a pause, not too often, and never in an address", async (browser) => {
    const { page, asked } = await writing(browser, [hit(1)]);
    await page.fill("#text", "The lamp is dark.");
    await wait(1500);
    equal(asked.length, 0, "asked for a few words");
    // Typed within the page: between two calls from here a slow machine may pause as long as a writer does.
    await page.evaluate(async (parts) => {
      const field = document.querySelector("#text");
      for (const part of parts) {
        field.value = part;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((done) => setTimeout(done, 100));
      }
    }, [bridge.slice(0, 30), bridge.slice(0, 50), bridge]);
    await hint(page).waitFor();
    equal(asked.length, 1, "asked while typing");
    equal(JSON.stringify(asked[0].body.text), JSON.stringify(bridge), "what was asked");
    holds(Number.isInteger(asked[0].body.cycle), "the round");
    equal(`${asked[0].method} ${asked[0].url}`, `POST ${base}/api/v1/alike`, "the address");
    await page.fill("#title", "Lamp");
    await come(asked, 2);
    await wait(2500);
    equal(asked.length, 2, "asked again");
    equal(asked[1].body.title, "Lamp", "the title");
    const [first, second] = await page.evaluate(() => globalThis.asked_at);
    holds(second - first >= 1950, `${second - first} ms apart`);
    equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0, "what is kept in the browser");
    equal(page.url(), `${base}/say`, "the address of the page");
    const han = await writing(browser, [], { lang: "zh-Hans" });
    await han.page.fill("#text", "路口的灯坏了三天");
    await come(han.asked, 1);
    await wait(700);
    equal(han.asked.length, 1, "eight characters");
    equal(await hint(han.page).count(), 0, "hints where nothing is alike");
  });

  test("the hint says by how many, where, and goes away for what is different", async (browser) => {
    const hits = [hit(1, { issue: { id: 9, title: "<b>Lamps</b>", link: "/issues/9" } }), hit(2, { title: "路口的灯坏了", lang: "zh-Hans", people: 1 }), hit(3, { people: 1234 })];
    const { page, asked } = await writing(browser, hits);
    await page.fill("#text", bridge);
    await hint(page).waitFor();
    const said = await hint(page).innerText();
    for (const part of ["Already said by 53 people:", "Already said by 1 person:", "Already said by 1,234 people:", "Part of the issue", "<b>Lamps</b>"]) holds(said.includes(part), `${part}: ${said}`);
    equal(await page.locator('#alike a[href="/voices/2"] [lang="zh-Hans"]').count(), 1, "the language of what was said");
    equal(await page.locator("#alike").getAttribute("aria-live"), "polite", "aria-live");
    await fits(page);
    await axe(page);
    equal(await filled(page), 1, "filled buttons");
    await button(page, "Add what is different").click();
    equal(await hint(page).count(), 0, "hints");
    equal(await page.evaluate(() => document.activeElement.id), "text", "focus");
    await page.fill("#text", `${bridge} And the railing is loose.`);
    await come(asked, 2);
    await wait(1000);
    equal(asked.length, 2, "asked");
    equal(await hint(page).count(), 0, "hints about what one goes on from");
    holds(!page.faults.length, page.faults.join("; "));
  });

  test("where nobody answers nothing is shown, and it is not asked again", async (browser) => {
    const { page, asked } = await writing(browser, [hit(1)], { status: 404 });
    await page.fill("#text", bridge);
    await come(asked, 1);
    await wait(700);
    await page.fill("#text", `${bridge} Still.`);
    await wait(3000);
    equal(asked.length, 1, "asked");
    equal(await hint(page).count(), 0, "hints");
    const broken = await writing(browser, "none", { status: 200 });
    await broken.page.fill("#text", bridge);
    await come(broken.asked, 1);
    await wait(700);
    equal(await hint(broken.page).count(), 0, "hints of an answer that is none");
    holds(!broken.page.faults.length, broken.page.faults.join("; "));
  });

  test("joining from the form keeps what was typed", async (browser) => {
    const voice = await say(bridge);
    const { page } = await writing(browser, [hit(voice)]);
    await page.check('input[name="kind"][value="help"]');
    await page.fill("#text", `${bridge} Please hurry.`);
    await button(page, "I say so too").click();
    await page.locator("#alike .notice.done").waitFor();
    holds((await hint(page).innerText()).includes("What you typed is still here"), "what became of it");
    equal(await people(voice), 1, "people");
    equal(page.url(), `${base}/say`, "still in the form");
    equal(await page.inputValue("#text"), `${bridge} Please hurry.`, "what was typed");
    await axe(page);
    const [own] = await Promise.all([page.context().waitForEvent("page"), page.locator("#alike a").click()]);
    await own.waitForLoadState();
    holds((await main(own)).includes("You say so too."), "the own page, in a tab beside it");
    await page.check('input[name="audience"][value="open"]');
    await page.locator("main form", { has: page.locator("#text") }).locator("button:not([type])").click();
    holds(/\/receipts\/\d+$/.test(page.url()), `sent all the same, to ${page.url()}`);
  });

  test("where joining asks for more than a script may do, a tab of its own sees to it", async (browser) => {
    const voice = await say(bridge);
    const { page } = await writing(browser, [hit(voice)]);
    await page.route(`**/voices/${voice}/support`, (route) => route.fulfill({ status: 429, body: "" }));
    await page.fill("#text", bridge);
    const [beside] = await Promise.all([page.context().waitForEvent("page"), button(page, "I say so too").click()]);
    await beside.waitForURL(new RegExp(`/voices/${voice}/support`));
    await beside.waitForLoadState();
    holds((await main(beside)).includes("You say so too."), await main(beside));
    equal(await people(voice), 1, "people");
    equal(await page.inputValue("#text"), bridge, "what was typed");
  });

  test("at the real address: what was said already is found while writing, and joined", async (browser) => {
    const voice = await say_to_be_found("Since Sunday the drinking fountain beside the town library gives no water, not a drop.");
    const page = await open(browser, { width: 390 });
    await page.goto(`${base}/say`);
    const typed = "The drinking fountain beside the town library gives no water since Sunday, not a drop.";
    await page.fill("#text", typed);
    await page.locator(`#alike a[href="/voices/${voice}"]`).waitFor({ timeout: 20_000 });
    await page.locator(`#alike button[value="${voice}"]`).click();
    await page.locator("#alike .notice.done").waitFor();
    equal(await people(voice), 1, "people");
    equal(await page.inputValue("#text"), typed, "what was typed");
    holds(!page.faults.length, page.faults.join("; "));
  });

  test("staff who type for a caller are told who said so, and join the cases instead of themselves", async (browser) => {
    const voice = await say_to_be_found("The ferry to the island has not sailed on Sundays since the autumn, and there is no word about it.");
    const call = "A caller: since the autumn the ferry to the island has not sailed on Sundays, and there is no word about it.";
    const enter = async (options) => {
      const page = await signed_in(browser, world.staff.clerk, options);
      await page.goto(`${base}/desk/enter`);
      for (const [name, value] of [["way", "telephone"], ["kind", "help"], ["audience", "open"]]) await page.check(`input[name="${name}"][value="${value}"]`);
      await page.fill("#text", call);
      return page;
    };
    const page = await enter({ width: 390 });
    await page.locator(`#alike a[href="/voices/${voice}"]`).waitFor({ timeout: 20_000 });
    holds((await hint(page).innerText()).includes("Tell whoever is calling"), await hint(page).innerText());
    equal(await page.locator('#alike button[form="alike-join"]').count(), 0, "buttons that join");
    await fits(page);
    await axe(page);
    await button(page, "Go on typing").click();
    equal(await hint(page).count(), 0, "hints");
    equal(await page.inputValue("#text"), call, "what was typed");
    holds(!page.faults.length, page.faults.join("; "));

    const plain = await enter({ script: false });
    await plain.locator("main form", { has: plain.locator("#text") }).locator("button:not([type])").click();
    await plain.waitForURL(/\/receipts\/\d+$/);
    holds((await main(plain)).includes("one answer reaches both"), await main(plain));
    await plain.locator(`main a[href$="/join?master=${voice}"]`).click();
    equal(await plain.inputValue("#master"), String(voice), "the other message");
    equal(await people(voice), 0, "people who joined");
  });
}
