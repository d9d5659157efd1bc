// /design holds every part in every state: what holds there holds on the pages made of them.
import { axe, base, crossedViews, equal, everyView, fits, holds, langs, open, press } from "./browser.mjs";
import { HtmlValidate, FileSystemConfigLoader } from "html-validate";

export function tests(test) {
  test("no violation and no overflow in any language, scheme and width", (browser) =>
    everyView(browser, "/design", async (page) => {
      await axe(page);
      await fits(page);
    }));

  test("the form with errors, the accessibility page and a missing page have no violation", async (browser) => {
    for (const path of ["/design?errors=1", "/accessibility", "/there-is-nothing-here"])
      await crossedViews(browser, path, async (page) => {
        await axe(page);
        await fits(page);
      });
  });

  test("valid HTML in every language", async () => {
    const validator = new HtmlValidate(new FileSystemConfigLoader());
    for (const lang of langs)
      for (const path of ["/design", "/design?errors=1", "/accessibility", "/there-is-nothing-here"]) {
        const html = await (await fetch(base + path, { headers: { "Accept-Language": lang } })).text();
        const report = await validator.validateString(html, new URL("../../page.html", import.meta.url).pathname);
        const faults = report.results.flatMap((result) => result.messages.map((m) => `${m.line}: ${m.message}`));
        holds(report.valid, `${path} in ${lang}: ${faults.slice(0, 5).join("; ")}`);
        equal(html.match(/<html lang="([^"]+)"/)?.[1], lang, "html lang");
      }
  });

  test("reflows at 320 px and in large type", async (browser) => {
    for (const view of [{ width: 320 }, { width: 390, large: true }, { width: 320, lang: "zh-Hant", large: true }]) {
      const page = await open(browser, view);
      await page.goto(`${base}/design`);
      await fits(page);
      const stations = await page.locator(".loop").first().locator(".sign").all();
      const tops = new Set();
      for (const station of stations) tops.add(Math.round((await station.boundingBox()).y));
      equal(tops.size, 1, "lines that the loop bar takes");
      await page.context().close();
    }
  });

  test("without scripts all is there, and nothing promises what only scripts do", async (browser) => {
    const page = await open(browser, { script: false, width: 390 });
    await page.goto(`${base}/design`);
    equal(await page.locator("#text-count").innerText(), "At most 150 characters.", "counter");
    holds(!(await page.locator("[data-print]").first().isVisible()), "a print button that cannot print");
    await page.locator("details.behind summary").first().click();
    holds(await page.locator("details.behind table").first().isVisible(), "the table behind the chart");
  });

  test("the counter counts code points, and tells the reader when typing pauses", async (browser) => {
    const page = await open(browser);
    await page.goto(`${base}/design`);
    const area = page.locator("#text");
    await area.fill("𠀀e\u0301\r\n ");
    equal(await page.locator("#text-count").innerText(), "Characters left: 148", "after a rare Han sign and an accent");
    await page.waitForFunction(() => document.querySelector("[aria-live=polite]")?.textContent === "Characters left: 148");
    await area.fill("字".repeat(152));
    equal(await page.locator("#text-count").innerText(), "Characters too many: 2", "too long");
    equal(await page.locator("#text-count").getAttribute("class"), "counter over", "class");
  });

  test("errors: the summary has the focus, its links lead to the fields", async (browser) => {
    const page = await open(browser);
    await page.goto(`${base}/design?errors=1`);
    holds(/^Error: /.test(await page.title()), "the title says so");
    equal(await page.evaluate(() => document.activeElement.className), "error-summary", "focus");
    for (const field of ["title", "kind"]) {
      await page.locator(`.error-summary a[href="#${field}"]`).click();
      equal(await page.evaluate(() => document.activeElement.id), field, "focus after the link");
    }
    equal(await page.getAttribute("#title", "aria-invalid"), "true", "aria-invalid");
    equal(await page.getAttribute("#title", "aria-describedby"), "title-hint title-error", "aria-describedby");
  });

  test("language and type switches lead back to the page", async (browser) => {
    const page = await open(browser, { width: 390 });
    await page.goto(`${base}/design?errors=1`);
    await press(page.getByRole("link", { name: "繁體" }));
    equal(page.url(), `${base}/design?errors=1`, "address");
    equal(await page.getAttribute("html", "lang"), "zh-Hant", "language");
    const before = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    await press(page.getByRole("link", { name: "大字" }));
    const after = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    equal(before, 17, "text size");
    holds(after > before * 1.25, `large type is ${after} px`);
    await page.goto(`${base}/accessibility`);
    equal(await page.getAttribute("html", "class"), "large", "large type on the next page");
  });

  test("the keyboard reaches the skip link first, and focus is seen", async (browser) => {
    const page = await open(browser);
    await page.goto(`${base}/design`);
    await page.keyboard.press("Tab");
    equal(await page.evaluate(() => document.activeElement.className), "skip", "first stop");
    await page.keyboard.press("Enter");
    equal(await page.evaluate(() => document.activeElement.id), "main", "after the skip link");
    await page.keyboard.press("Tab");
    equal(await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth), "3px", "focus ring");
  });

  test("targets are 44 px high on a phone", async (browser) => {
    const page = await open(browser, { width: 390, lang: "zh-Hans" });
    await page.goto(`${base}/design`);
    for (const target of await page.locator(".tools a, .sections a, .button, .foot a, .choice, .pages a, summary").all()) {
      const box = await target.boundingBox();
      if (box) holds(box.height >= 43.9, `${await target.innerText()} is ${box.height} px high`);
    }
  });

  test("on paper: no navigation, the tables open, address and time at the foot; on a roll the slip alone", async (browser) => {
    const page = await open(browser, { width: 800 });
    await page.goto(`${base}/design`);
    await page.emulateMedia({ media: "print" });
    for (const gone of [".sections", ".tools", ".buttons"])
      holds(!(await page.locator(gone).first().isVisible().catch(() => false)), `${gone} is printed`);
    holds(await page.locator("details.behind table").first().isVisible(), "tables are closed on paper");
    holds((await page.locator(".print-line").innerText()).includes("/design"), "the address is missing");
    await page.setViewportSize({ width: 300, height: 900 });
    holds(await page.locator(".slip").isVisible(), "the slip is missing on a roll of 80 mm");
    holds(!(await page.locator("h1").isVisible()), "the roll shows more than the slip");
  });
}
