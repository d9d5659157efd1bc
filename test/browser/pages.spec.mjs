// Every public page with real input in it: no violation of WCAG 2.2 AA, nothing wider than the screen, nothing asked of
// anybody else.
import { axe, base, crossedViews, equal, fits, holds, open } from "./browser.mjs";

const made = JSON.parse(process.env.HUIYIN_MADE ?? "{}");
const pages = [
  "/", "/say", "/voices", `/voices/${made.voice}`, `/voices/${made.hostile}`, "/mine", "/cycles", "/issues", "/measures", "/units",
  "/sign-in", "/log", `/entries/${made.receipt}`, `/receipts/${made.receipt}`, "/check", "/rules", "/accessibility",
];

export function tests(test) {
  for (const path of pages)
    test(`${path} has no violation in four views`, (browser) =>
      crossedViews(browser, path, async (page) => {
        await axe(page);
        await fits(page);
        equal(await page.locator("h1").count(), 1, "number of h1");
      }));

  test("nothing that people wrote becomes markup", async (browser) => {
    const page = await open(browser);
    let spoke = false;
    page.on("dialog", (dialog) => ((spoke = true), dialog.dismiss()));
    await page.goto(`${base}/voices/${made.hostile}`);
    holds((await page.locator("main").innerText()).includes("<script>alert('x')</script>"), "the words stand there as words");
    holds(!spoke, "no script ran");
    holds(page.faults.length === 0, page.faults.join("; "));
  });

  test("the browser proves the receipt by itself, and notices a changed leaf", async (browser) => {
    const page = await open(browser);
    await page.goto(`${base}/receipts/${made.receipt}`);
    await page.locator("#proof-check .done").waitFor({ timeout: 5000 });
    const forged = await open(browser);
    await forged.route("**/api/v1/ledger/receipts/*", async (route) => {
      const answer = await route.fetch();
      const receipt = await answer.json();
      receipt.leaf = receipt.leaf.replace("voice", "voicf");
      await route.fulfill({ response: answer, json: receipt });
    });
    await forged.goto(`${base}/receipts/${made.receipt}`);
    await forged.locator("#proof-check .late").waitFor({ timeout: 5000 });
  });
}
