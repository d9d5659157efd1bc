// What people come for, without JavaScript.
import { base, equal, holds, open } from "./browser.mjs";

async function say(page, text) {
  await page.goto(`${base}/say`);
  await page.check('input[name="kind"][value="complaint"]');
  await page.check('input[name="audience"][value="open"]');
  await page.fill('textarea[name="text"]', text);
  await page.click('main form button[type="submit"], main form button:not([type])');
}

export function tests(test) {
  test("saying something leads to a slip with number, due day and code, and the code opens it again", async (browser) => {
    const page = await open(browser, { script: false });
    await say(page, "The lamp at the corner has been dark for three days.");
    holds(/\/receipts\/\d+$/.test(page.url()), `led to ${page.url()}`);
    const slip = await page.locator("main").innerText();
    const code = slip.match(/\d{5} \d{5} \d{5} \d{5} \d{5}/)?.[0];
    holds(code, "the code stands on the slip");
    await page.reload();
    holds(!(await page.locator("main").innerText()).includes(code), "the code is shown once");
    const elsewhere = await open(browser, { script: false });
    await elsewhere.goto(`${base}/mine`);
    await elsewhere.fill('input[name="code"]', code);
    await elsewhere.click('main form button[type="submit"], main form button:not([type])');
    holds((await elsewhere.locator("main").innerText()).includes("lamp at the corner"), "the code opens the matter in another browser");
  });

  test("a form that is wrong says where, and keeps what was typed", async (browser) => {
    const page = await open(browser, { script: false });
    await say(page, "x".repeat(5001));
    const summary = page.locator('.errors a[href="#text"], [role="alert"] a[href="#text"]').first();
    holds(await summary.count(), "the summary leads to the field");
    equal((await page.inputValue('textarea[name="text"]')).length, 5001, "what was typed is still there");
    equal(await page.getAttribute('textarea[name="text"]', "aria-invalid"), "true", "the field is marked");
  });
}
