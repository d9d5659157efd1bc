// The desk by keyboard: each of the commonest acts is performed in the browser, and costs as many keys as docs/desk.md says.
import { readFileSync } from "node:fs";
import { base, equal, holds, press, signed_in, world } from "./browser.mjs";
import { Person, as } from "./world.mjs";

const staff = world?.staff;

// What the document promises: {act: presses}.
const promised = new Map([...readFileSync(new URL("../../docs/desk.md", import.meta.url), "utf8").matchAll(/^\| ([a-z][^|]*?) \| .*`.* \| (\d+) \|$/gm)].map(([, act, keys]) => [act, Number(keys)]));

// A message of nobody's; or one that the officer has. Questions: an answer to a complaint needs a second person.
async function said(text) {
  return (await new Person(base).post("/api/v1/voices", { kind: "question", lang: "en", text })).id;
}
async function given(text, officer = staff.saved.officer_id) {
  const id = await said(text);
  await (await as(base, staff.clerk)).send(`/desk/voices/${id}/assign`, { unit: staff.saved.roads, officer });
  return id;
}

// A pair of hands: presses are counted, what is typed is not.
class Hands {
  constructor(page) {
    this.page = page;
    this.presses = 0;
  }
  async press(...keys) {
    for (const key of keys) {
      this.presses += 1;
      await this.page.keyboard.press(key);
    }
  }
  // The last key, which leads to another page.
  async go(key, to) {
    const there = this.page.waitForURL(to);
    await this.press(key);
    await there;
    await this.page.waitForLoadState();
  }
  type(text) {
    return this.page.keyboard.type(text);
  }
}

// At the list, with the focus on the case's row: how it got there is not counted, the list may be long.
async function at_row(page, id, list = "/desk") {
  await page.goto(base + list);
  for (let pages = 0; !(await page.locator(`#desk a[href="/desk/voices/${id}"]`).count()); pages++) {
    holds(pages < 20, `no row of ${id}`);
    await press(page.locator('main a[href*="after="]'));
  }
  await page.locator(`#desk a[href="/desk/voices/${id}"]`).focus();
  return new Hands(page);
}
const form_of = (id, act) => `${base}/desk/voices/${id}/${act}#matter`;
// Anywhere but at the form that was sent: at the next case, or at the list when there is none.
const onwards = (id) => (url) => url.pathname.startsWith("/desk") && !url.pathname.startsWith(`/desk/voices/${id}/`);
const text_of = async (path) => (await (await as(base, staff.officer)).request("GET", path)).body;

const acts = {
  "open the next case": async (browser) => {
    const page = await signed_in(browser, staff.officer);
    const ids = [await given("One"), await given("Two")];
    const hands = await at_row(page, ids[0]);
    await hands.press("j");
    await hands.go("Enter", /\/desk\/voices\/\d+$/);
    holds(!page.url().endsWith(`/${ids[0]}`), "the next row is another case");
    return hands;
  },
  "answer in own words": async (browser) => {
    const page = await signed_in(browser, staff.officer);
    const ids = [await given("When is it open?"), await given("And on Sundays?")];
    const hands = await at_row(page, ids[0]);
    await hands.go("a", form_of(ids[0], "answer"));
    await hands.press("Tab", "Space", "Tab");
    await hands.type("From ten to six.");
    await hands.go("Control+Enter", onwards(ids[0]));
    holds(/\/desk\/voices\/\d+\/answer#matter$/.test(page.url()), `the next case's form, not ${page.url()}`);
    // There the a is saved: four keys from one answer to the next.
    const next = page.url().match(/(\d+)\/answer/)[1], before = hands.presses;
    await hands.press("Tab", "Space", "Tab");
    await hands.type("Closed on Sundays.");
    await hands.go("Control+Enter", onwards(next));
    equal(hands.presses - before, 4, "keys of an answer in a row");
    hands.presses = before;
    holds((await text_of(`/voices/${ids[0]}`)).includes("From ten to six."), "the answer is public");
    holds((await text_of(`/voices/${next}`)).includes("Closed on Sundays."), "so is the next one");
    return hands;
  },
  "answer by a template": async (browser) => {
    const page = await signed_in(browser, staff.officer);
    const id = await given("Is the lamp repaired?");
    const hands = await at_row(page, id);
    await hands.go("t", `${base}/desk/voices/${id}/answer#template`);
    await hands.press("l", "Tab");
    await hands.go("Enter", /\?template=\d+#form$/);
    holds((await page.inputValue("#text")).startsWith(`Your message no. ${id} of `), "the template is filled in");
    await hands.press("Tab", "Space");
    await hands.go("Control+Enter", onwards(id));
    holds((await text_of(`/voices/${id}`)).includes(`Your message no. ${id} of `), "it is the answer");
    return hands;
  },
  "promise a day": async (browser) => {
    const page = await signed_in(browser, staff.officer);
    const id = await given("When is it repaired?");
    const hands = await at_row(page, id);
    await hands.go("a", form_of(id, "answer"));
    await hands.press("Tab", "Space", "ArrowDown", "Tab");
    await hands.type("Next year.");
    await hands.press("Tab");
    await hands.type("12242027");
    await hands.go("Control+Enter", onwards(id));
    holds((await text_of(`/voices/${id}`)).includes("2027年12月24日"), "the day is public");
    return hands;
  },
  "take a case": async (browser) => {
    const page = await signed_in(browser, staff.officer);
    const id = await given("Whose is it?", "");
    const hands = await at_row(page, id);
    await hands.go("g", form_of(id, "assign"));
    await hands.press("Tab");
    await hands.go("Control+Enter", onwards(id));
    await at_row(page, id, "/desk?mine=yes");
    return hands;
  },
  "give a case to a unit": async (browser) => {
    const page = await signed_in(browser, staff.clerk);
    const ids = [await said("Whose is this?"), await said("And this?")];
    const hands = await at_row(page, ids[0], "/desk?waiting=unit");
    await hands.go("g", form_of(ids[0], "assign"));
    await hands.press("Tab", "R");
    await hands.go("Control+Enter", onwards(ids[0]));
    holds(/\/assign#matter$/.test(page.url()), "the next that no unit has");
    holds((await text_of(`/voices/${ids[0]}`)).includes("Roads section"), "the unit has it");
    return hands;
  },
  "ask the author back": async (browser) => {
    const page = await signed_in(browser, staff.officer);
    const id = await given("It is broken.");
    const hands = await at_row(page, id);
    await hands.go("q", form_of(id, "ask"));
    await hands.press("Tab");
    await hands.type("What is broken?");
    await hands.go("Control+Enter", onwards(id));
    holds((await text_of(`/voices/${id}`)).includes("What is broken?"), "the question is asked");
    return hands;
  },
  "hand a case back": async (browser) => {
    const page = await signed_in(browser, staff.officer);
    const id = await given("The bridge creaks.");
    const hands = await at_row(page, id);
    await hands.go("b", form_of(id, "bounce"));
    await hands.press("Tab");
    await hands.type("Bridges are not ours.");
    await hands.go("Control+Enter", onwards(id));
    holds((await text_of(`/voices/${id}`)).includes("Bridges are not ours."), "the reason is public");
    return hands;
  },
  "write an internal note": async (browser) => {
    const page = await signed_in(browser, staff.officer);
    const id = await given("The gate squeaks.");
    const hands = await at_row(page, id);
    await hands.go("n", `${base}/desk/voices/${id}#note`);
    await hands.type("Ask the caretaker.");
    await hands.press("Tab");
    await hands.go("Enter", `${base}/desk/voices/${id}`);
    holds((await page.locator("main").innerText()).includes("Ask the caretaker."), "the note stands there");
    holds(!(await text_of(`/voices/${id}`)).includes("Ask the caretaker."), "and nowhere else");
    return hands;
  },
  "join it to another": async (browser) => {
    const page = await signed_in(browser, staff.officer);
    const master = await given("The lift is stuck."), id = await given("The lift does not move.");
    const hands = await at_row(page, id);
    await hands.go("m", form_of(id, "join"));
    await hands.press("Tab");
    await hands.type(String(master));
    await hands.press("Tab");
    await hands.type("The same lift.");
    await hands.go("Control+Enter", onwards(id));
    holds((await text_of(`/voices/${id}`)).includes(`/voices/${master}`), "it is joined");
    return hands;
  },
  "split it in two": async (browser) => {
    const page = await signed_in(browser, staff.clerk);
    const id = await said("The swing is broken. And the fountain is dry.");
    const hands = await at_row(page, id, "/desk?waiting=unit");
    await hands.go("s", form_of(id, "split"));
    await hands.press("Tab");
    await hands.type("Swing");
    await hands.press("Tab");
    await hands.type("The swing is broken.");
    await hands.press("Tab", "Tab", "Tab", "Tab", "R", "Tab");
    await hands.type("Fountain");
    await hands.press("Tab");
    await hands.type("the fountain is dry.");
    await hands.go("Control+Enter", onwards(id));
    const whole = await text_of(`/voices/${id}`);
    holds(whole.includes("Swing") && whole.includes("Fountain"), "its parts stand on its page");
    return hands;
  },
};

export function tests(test) {
  test("docs/desk.md counts the acts that are performed here, eleven of them", () => {
    equal([...promised.keys()].sort().join("; "), Object.keys(acts).sort().join("; "), "acts");
    equal(promised.size, 11, "acts");
  });

  for (const [act, perform] of Object.entries(acts))
    test(`${act}, as the document counts it`, async (browser) => {
      const { presses, page } = await perform(browser);
      equal(presses, promised.get(act), "keys pressed");
      holds(!page.faults.length, page.faults.join("; "));
    });

  test("the letters act in the list alone, and not with Ctrl", async (browser) => {
    const page = await signed_in(browser, staff.officer);
    const id = await given("Is this heard?");
    await at_row(page, id);
    const here = page.url();
    await page.keyboard.press("Control+q");
    await page.keyboard.press("x");
    await page.locator("main .contents a").first().focus();
    for (const key of "agqbemsntj") await page.keyboard.press(key);
    await page.waitForTimeout(200);
    equal(page.url(), here, "address");
    holds((await page.locator("main").innerText()).includes("Keys, while the list has the focus"), "the line that says the letters");
  });

  test("without JavaScript an answer is sent and the next case stands there", async (browser) => {
    const page = await signed_in(browser, staff.officer, { script: false, width: 390 });
    const id = await given("Does it work without?");
    await page.goto(`${base}/desk/voices/${id}/answer`);
    await page.locator("#template").selectOption({ index: 0 });
    await page.locator('main form[method="get"] button').click();
    await page.check('input[name="answer"][value="done"]');
    await page.locator('button[name="next"]').click();
    holds(onwards(id)(new URL(page.url())), `onwards, not ${page.url()}`);
    holds((await text_of(`/voices/${id}`)).includes("Your message no."), "the answer is public");
  });

  test("a second person releases, by keyboard", async (browser) => {
    const { id } = await new Person(base).post("/api/v1/voices", { kind: "complaint", lang: "en", text: "The cover is loose." });
    const [clerk, officer] = [await as(base, staff.clerk), await as(base, staff.officer)];
    await clerk.send(`/desk/voices/${id}/assign`, { unit: staff.saved.roads, officer: staff.saved.officer_id });
    await officer.must(303, officer.form(`/desk/voices/${id}/answer`, { answer: "done", text: "It has a new cover." }));
    const page = await signed_in(browser, staff.head);
    await page.goto(`${base}/desk/voices/${id}`);
    await page.locator('main a[href^="/desk/drafts/"]').first().click();
    holds(!(await text_of(`/voices/${id}`)).includes("It has a new cover."), "not before it is released");
    await page.locator('button[name="release"]').focus();
    await Promise.all([page.waitForEvent("framenavigated"), page.keyboard.press("Enter")]);
    holds((await text_of(`/voices/${id}`)).includes("It has a new cover."), "then it is public");
  });
}
