// The keyboard alone: every stop is seen, nothing is a trap, a whole message is written and sent.
import { base, equal, holds, open, world } from "./browser.mjs";

const at = (page) => page.evaluate(() => {
  const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
  return { tag: e.localName, id: e.id, name: e.name, value: e.value, ring: s.outlineStyle !== "none" ? parseFloat(s.outlineWidth) : 0, seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight };
});

// Presses Tab until the stop fits, at most `most` times.
async function tab_to(page, fits, most = 60) {
  for (let n = 0; n < most; n++) {
    await page.keyboard.press("Tab");
    const here = await at(page);
    if (fits(here)) return here;
  }
  throw new Error("the keyboard does not get there");
}

export function tests(test) {
  for (const path of ["/", "/say", `/voices/${world?.made.answered}`, `/dialogues/${world?.made.dialogue}`, `/receipts/${world?.made.receipt}`])
    test(`every stop of ${path} is seen, from the skip link to the foot and out`, async (browser) => {
      const page = await open(browser, { width: 390 });
      await page.goto(base + path);
      const stops = [];
      for (let n = 0; n < 150; n++) {
        await page.keyboard.press("Tab");
        const here = await at(page);
        if (here.tag === "body") break;
        holds(here.ring >= 3, `no focus ring of 3 px on ${here.tag} ${here.id || here.name || here.value || ""}`);
        holds(here.seen, `${here.tag} ${here.id} has the focus out of sight`);
        stops.push(here);
      }
      holds(stops.length > 8 && stops.length < 150, `${stops.length} stops`);
    });

  test("a message is written and sent by keyboard alone", async (browser) => {
    const page = await open(browser, { width: 390, lang: "en" });
    await page.goto(`${base}/say`);
    await page.keyboard.press("Tab");
    equal(await page.evaluate(() => document.activeElement.className), "skip", "first stop");
    await page.keyboard.press("Enter");
    equal(await page.evaluate(() => document.activeElement.id), "main", "after the skip link");
    await tab_to(page, (e) => e.name === "kind");
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    equal((await at(page)).value, "complaint", "the arrow goes on to the next kind");
    await tab_to(page, (e) => e.name === "text");
    await page.keyboard.type("The tap in the yard drips.");
    await tab_to(page, (e) => e.name === "audience");
    await page.keyboard.press("Space");
    await tab_to(page, (e) => e.tag === "button" && e.seen && !e.id && e.name === "" );
    for (let n = 0; n < 12 && !(await page.evaluate(() => document.activeElement.matches("main form .button:not(.plain)"))); n++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/receipts\/\d+$/);
    holds(await page.locator(".slip-keep").isVisible(), "the slip with the code");
  });

  test("after a refusal the summary has the focus, and Enter on its link goes to the field", async (browser) => {
    const page = await open(browser, { width: 390 });
    await page.goto(`${base}/say`);
    await page.locator("main form .button:not(.plain)").focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".error-summary");
    await page.waitForLoadState();  // the script that moves the focus comes after the summary
    equal(await page.evaluate(() => document.activeElement.className), "error-summary", "focus");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    equal((await at(page)).name, "kind", "focus after the first link");
  });

  test("a vote by keyboard", async (browser) => {
    const page = await open(browser, { width: 390 });
    await page.goto(`${base}/dialogues/${world.made.dialogue}`);
    await tab_to(page, (e) => e.tag === "button" && e.value === "agree");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".notice .figures");
  });
}
