// Suggestions by keyboard, as docs/desk.md counts them, and each step without a script.
import { readFileSync } from "node:fs";
import { base, equal, holds, press, signed_in, world } from "./browser.mjs";
import { Person, as } from "./world.mjs";

const staff = world?.staff, made = world?.made;
const promised = new Map([...readFileSync(new URL("../../docs/desk.md", import.meta.url), "utf8").matchAll(/^- (take up a suggestion|take it back|put it into its issue|leave one message out)[^\n]*: (\d+) keys$/gm)].map(([, act, keys]) => [act, Number(keys)]));

// At the list, with the focus on the first suggestion, which it has when the page opens.
async function hands(page) {
  let n = 0;
  return {
    presses: () => n,
    press: async (...keys) => { for (const key of keys) { n += 1; await page.keyboard.press(key); } },
    go: async (key, to) => { const there = page.waitForURL(to); n += 1; await page.keyboard.press(key); await there; await page.waitForLoadState(); },
  };
}
const matters = {
  "The clock on the town hall": ["The clock on the town hall shows half past four since Easter.", "Half past four: the clock on the town hall has stood still since Easter.", "When does the clock on the town hall go again? It has stood still for weeks."],
  "Dogs on the playground": ["Dogs run without a lead on the playground in Linden Street, and the children are afraid.", "On the playground in Linden Street dogs run free every evening; children are afraid to go there.", "Please see to it that dogs are kept on a lead on the playground in Linden Street."],
  "The stairs to the castle": ["The stairs to the castle are icy in winter, and there is no handrail on the upper half.", "No handrail on the upper half of the stairs to the castle: my mother slipped on the ice.", "The stairs to the castle need a handrail on the upper half before the winter's ice."],
};
const [clock, dogs, stairs] = Object.keys(matters);
// Three people each, who say it in their own words.
async function say_all() {
  for (const [about, ways] of Object.entries(matters))
    for (const text of ways) await new Person(base).post("/api/v1/voices", { kind: "complaint", lang: "en", title: about, text });
}
let said;
// Waits until the program has put them together.
async function suggested(about) {
  await (said ??= say_all());
  const chief = await as(base, staff.chief);
  for (let tries = 0; tries < 120; tries++) {
    const { body } = await chief.request("GET", "/suggestions");
    const found = body.match(new RegExp(`href="(/suggestions/\\d+)"[^>]*>${about}`));
    if (found) return found[1];
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`${about} was not suggested`);
}
async function at_link(page, path) {
  await page.goto(`${base}/suggestions`);
  await page.locator(`#register a[href="${path}"]`).focus();
}
const fits = (act, presses) => equal(presses, promised.get(act), `keys to ${act}`);

export function tests(test) {
  test("a suggestion is taken up, and taken back, by keyboard", async (browser) => {
    const path = await suggested(clock);
    const page = await signed_in(browser, staff.chief);
    await page.goto(`${base}/suggestions`);
    equal(await page.evaluate(() => document.activeElement.closest("tbody th") !== null), true, "the focus is in the list");
    await at_link(page, path);
    const by = await hands(page);
    await by.go("Enter", `**${path}`);
    await by.go("Control+Enter", /\/suggestions\?done=/);
    fits("take up a suggestion", by.presses());
    equal(await page.locator(`#register a[href="${path}"]`).count(), 0, "it is not suggested any more");
    const issue = await page.locator("#done a").getAttribute("href");
    const list = new URL(page.url());
    await page.locator("#register tbody th > a").first().focus();
    const back = await hands(page);
    await back.press("u");
    await back.go("Enter", /\/suggestions\?undone=/);
    fits("take it back", back.presses());
    equal(new URL(page.url()).searchParams.get("after"), list.searchParams.get("after"), "the list goes on where it stood");
    equal(await page.locator("#undone a").getAttribute("href"), `${issue}#history`, "what was taken back");
    equal((await (await as(base, staff.chief)).request("GET", `/api/v1${issue}`)).body.includes('"voices":0'), true, "nothing is in it any more");
    await page.context().close();
  });

  test("one message is left out by keyboard", async (browser) => {
    const path = await suggested(dogs);
    const page = await signed_in(browser, staff.chief);
    await at_link(page, path);
    const by = await hands(page);
    await by.go("Enter", `**${path}`);
    await by.press("j", "x");
    await by.go("Control+Enter", /\/suggestions\?done=/);
    fits("leave one message out", by.presses());
    const issue = await page.locator("#done a").getAttribute("href");
    equal(JSON.parse((await (await as(base, staff.chief)).request("GET", `/api/v1${issue}`)).body).voices, 2, "two of three are in it");
    await page.context().close();
  });

  test("what belongs to an issue is put into it by keyboard", async (browser) => {
    const page = await signed_in(browser, staff.chief);
    await page.goto(`${base}/suggestions`);
    const row = page.locator("#register tr", { has: page.locator(`a[href="/issues/${made.plant}"]`) }).first();
    await row.locator("th > a").first().focus();
    const by = await hands(page);
    await by.go("Enter", /\/suggestions\/\d+$/);
    await by.go("Control+Enter", /\/suggestions\?done=/);
    fits("put it into its issue", by.presses());
    equal(await page.locator("#done a").getAttribute("href"), `/issues/${made.plant}`, "the issue it went into");
    await page.context().close();
  });

  test("without a script a suggestion is dismissed, with a reason", async (browser) => {
    const path = await suggested(stairs);
    const page = await signed_in(browser, staff.chief, { script: false });
    await page.goto(base + path);
    await press(page.locator('button[formaction$="/dismiss"]'));
    holds(await page.locator("#reason-error").count(), "a reason is asked for");
    await page.fill("#reason", "The stairs belong to the castle's owner.");
    await page.locator('button[formaction$="/dismiss"]').click();
    await page.waitForURL(/\/suggestions\?done=/);
    holds((await page.locator("#done").innerText()).includes("dismissed"), "it says what became of it");
    await page.context().close();
  });
}
