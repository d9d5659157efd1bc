// Paper by keyboard alone: typing a sheet and comparing one, with a script and without, in the keys that docs/desk.md says.
import { readFileSync } from "node:fs";
import { base, equal, holds, signed_in, world } from "./browser.mjs";
import { as } from "./world.mjs";

const promised = Object.fromEntries([...readFileSync(new URL("../../docs/desk.md", import.meta.url), "utf8").matchAll(/^- ([a-z ]+): .*?(\d+) keys$/gm)].map(([, act, keys]) => [act, Number(keys)]));

export function tests(test) {
  const { made, staff } = world;
  const sheets_of = `${base}/paper/${made.batch_new}/sheets`;
  let presses = 0;
  const press = async (page, ...keys) => {
    for (const key of keys) {
      presses += 1;
      await page.keyboard.press(key);
    }
  };
  const last = async (page, key, to) => {
    const there = page.waitForURL(to);
    await press(page, key);
    await there;
  };

  test("a sheet is typed without leaving the keyboard, and the next form is there", async (browser) => {
    const page = await signed_in(browser, staff.officer);
    await page.goto(`${sheets_of}#matter`);
    presses = 0;
    await press(page, "Tab", "Tab", "Tab", "Space", "Tab");
    await page.keyboard.type("The bin at the gate is full.");
    await press(page, "Tab", "Tab", "Space");
    await last(page, "Control+Enter", /typed=1#matter$/);
    equal(presses, promised["type a sheet"], "keys");
    equal(await page.inputValue("#n"), "2", "the next number");
    holds(await page.getByText("Sheet 1 is kept").isVisible(), "it says what it kept");
    equal(page.faults.join("; "), "", "faults");
  });

  test("without a script the same form is sent by its button", async (browser) => {
    const page = await signed_in(browser, staff.officer, { script: false });
    await page.goto(`${sheets_of}#matter`);
    await press(page, "Tab", "Tab", "Tab", "Space", "Tab");
    await page.keyboard.type("Thank you for the bench.");
    await press(page, "Tab", "Tab", "Space");
    for (let i = 0; i < 20 && !(await page.evaluate(() => document.activeElement?.getAttribute("name") === "next")); i++) await press(page, "Tab");
    await last(page, "Enter", /typed=2#matter$/);
  });

  test("another compares sheet after sheet; who typed them cannot", async (browser) => {
    const officer = await as(base, staff.officer);
    const { body } = await officer.request("GET", `/paper/${made.batch_new}`);
    const first = body.match(/href="(\/paper\/sheets\/\d+)">Sheet 1</)?.[1] ?? body.match(/href="(\/paper\/sheets\/\d+)"/)[1];
    holds(!/name="next"/.test((await officer.request("GET", first)).body), "no button for who typed it");
    const page = await signed_in(browser, staff.head);
    await page.goto(`${base}${first}#matter`);
    presses = 0;
    await press(page, "Tab");
    await last(page, "Control+Enter", (url) => url.pathname.startsWith("/paper/sheets/") && !url.pathname.endsWith(first));
    equal(presses, promised["say that it is the same"], "keys");
    // The back button shows the sheet as it is now: there is nothing to press a second time.
    await page.goBack();
    await page.waitForURL((url) => url.pathname === first);
    equal(await page.locator('main button[name="next"]').count(), 0, "buttons on what was decided");
    const { body: after } = await officer.request("GET", `/paper/${made.batch_new}`, { "Accept-Language": "en" });
    equal((after.match(/href="\/voices\/\d+"/g) ?? []).length, 1, "one message");
  });
}
