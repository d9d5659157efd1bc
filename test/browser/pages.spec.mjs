// Every public page with real input in it: no violation of WCAG 2.2 AA, nothing wider than the screen, nothing asked of
// anybody else.
import { axe, base, crossedViews, equal, fits, open } from "./browser.mjs";

const made = JSON.parse(process.env.HUIYIN_MADE ?? "{}");
const pages = ["/", "/say", "/voices", `/voices/${made.voice}`];

export function tests(test) {
  for (const path of pages)
    test(`${path} has no violation in four views`, (browser) =>
      crossedViews(browser, path, async (page) => {
        await axe(page);
        await fits(page);
        equal(await page.locator("h1").count(), 1, "number of h1");
      }));

  test("the browser proves the receipt by itself", async (browser) => {
    const page = await open(browser);
    await page.goto(`${base}/receipts/${made.receipt}`);
    await page.locator("#proof-check .done").waitFor({ timeout: 5000 });
  });
}
