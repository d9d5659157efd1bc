// The ways of confidential messages through the browser, with and without JavaScript: pages that only a form leads to, so that no
// link finds them. In each language, narrow and wide, light and dark; and that nothing is left in the browser.
import { axe, base, equal, filled, fits, holds, langs, open, press, world } from "./browser.mjs";
import { passphrase } from "../confidential/way.mjs";

const { made, staff } = world ?? { made: {}, staff: {} };

// axe needs the page's own scripts: where there are none, all else is looked at.
async function look(page, width, scheme, script = true) {
  equal(await page.locator("h1").count(), 1, "number of h1");
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: scheme });
  if (script) await axe(page);
  await page.setViewportSize({ width: 320, height: 900 });
  await fits(page);
  holds(await filled(page) <= 1, `${await filled(page)} filled buttons`);
  holds(!page.faults.length, page.faults.join("; "));
}
const send = (page, holds_field) => press(page.locator("main form", { has: page.locator(holds_field) }).locator("button").first());

export async function tests(test, browser) {
  for (const [n, lang] of langs.entries()) {
    const width = [390, 1280, 390][n], scheme = ["dark", "light", "light"][n];
    test(`a message is sealed, and read by its code, in ${lang}`, async () => {
      const script = n !== 0, page = await open(browser, { lang, script });
      await page.goto(`${base}/confidential`);
      await look(page, width, scheme, script);
      await page.selectOption("#unit1", staff.saved.roads);
      await send(page, "#unit1");
      await look(page, width, scheme, script);
      equal(await page.locator('[name="receivers"]').count(), 2, "receivers offered");
      await page.fill("#text", "路灯的钱没有花在路灯上。");
      await send(page, "#text");
      holds(await page.locator(".error-summary").count() === 1, "the kind is asked for");
      await look(page, width, scheme, script);
      await page.check('[name="kind"][value="complaint"]');
      await send(page, "#text");
      await look(page, width, scheme, script);
      const code = (await page.locator("dl.code dd").first().innerText()).match(/\d{5}( \d{5}){4}/)[0];
      const left = (await page.context().cookies()).filter((c) => c.name !== "lang");
      equal(left.map((c) => c.name).join(), "", "cookies left");
      equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0, "kept in the browser");
      await page.goto(`${base}/confidential/thread`);
      await page.fill("#code", code);
      await send(page, "#code");
      holds((await page.locator("main").innerText()).includes("路灯的钱没有花在路灯上。"), "what was said");
      await look(page, width, scheme, script);
      holds(!page.url().includes(code.slice(0, 5)), "the code stands in no address");
      await press(page.locator('form[action="/confidential/thread/retaliation"] button'));
      await look(page, width, scheme, script);
    });
  }

  test("a receiver's desk, behind the passphrase", async () => {
    const page = await open(browser, { lang: "zh-Hans" });
    await page.goto(`${base}/sign-in`);
    await page.fill("#login", staff.second.login);
    await page.fill("#password", staff.second.password);
    await page.locator("main form button").click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    await page.goto(`${base}/desk/confidential`);
    await page.fill("#passphrase", "not these words");
    await send(page, "#passphrase");
    await look(page, 390, "dark");
    await page.fill("#passphrase", passphrase);
    await send(page, "#passphrase");
    await page.waitForURL(/\/desk\/confidential$/);
    await look(page, 1280, "light");
    await press(page.locator(".matters h2 a").last());
    holds((await page.locator("main").innerText()).includes("组长把旧电缆卖给收废品的"), "what was said");
    await look(page, 390, "dark");
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.fill("#text", "谢谢,我们先查进出库记录。");
    await send(page, "#text");
    holds((await page.locator("main").innerText()).includes("我们先查进出库记录"), "the answer stands there");
    await look(page, 1280, "light");
  });

  test("the author reads the answer", async () => {
    const page = await open(browser, { lang: "zh-Hant", width: 390 });
    await page.goto(`${base}/confidential/thread`);
    await page.fill("#code", made.confidential);
    await send(page, "#code");
    holds((await page.locator("main").innerText()).includes("我们先查进出库记录"), "the answer");
    await look(page, 390, "light");
  });
}
