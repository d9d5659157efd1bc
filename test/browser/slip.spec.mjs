// The slip as a camera sees it: what zbar reads off the screen and off the print, of every way in which a slip is made.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { base, equal, holds, langs, open, world } from "./browser.mjs";

const scanner = fileURLToPath(new URL("scan.py", import.meta.url));
const address = "https://voices.example.org";

// All codes in a picture of this element, as they stand on the screen now.
async function scanned(page, element) {
  const png = (await element.screenshot()).toString("base64");
  const lab = await page.context().newPage();
  const { width, height, grey } = await lab.evaluate(async (data) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), to = canvas.getContext("2d");
    to.drawImage(bitmap, 0, 0);
    const { data: rgba } = to.getImageData(0, 0, bitmap.width, bitmap.height);
    let grey = "";
    for (let i = 0; i < rgba.length; i += 4) grey += String.fromCharCode(Math.round(0.3 * rgba[i] + 0.59 * rgba[i + 1] + 0.11 * rgba[i + 2]));
    return { width: bitmap.width, height: bitmap.height, grey: btoa(grey) };
  }, png);
  await lab.close();
  return execFileSync("/usr/bin/python3", [scanner], { input: Buffer.concat([Buffer.from(`${width} ${height}\n`), Buffer.from(grey, "base64")]), encoding: "utf8" }).trim().split("\n").filter(Boolean);
}

export async function tests(test, browser) {
  const { made, staff } = world;

  test("the receipt's code is its address, in light and dark, on a telephone and on 80 mm paper", async () => {
    for (const [i, lang] of langs.entries())
      for (const scheme of ["light", "dark"]) {
        const page = await open(browser, { lang, scheme, width: [320, 390, 1280][i], script: false });
        await page.goto(`${base}/receipts/${made.receipt}`);
        equal((await scanned(page, page.locator(".slip"))).join(), `QRCODE ${address}/receipts/${made.receipt}`, `${lang}, ${scheme}`);
        await page.emulateMedia({ media: "print", colorScheme: scheme });
        await page.setViewportSize({ width: 302, height: 900 });
        equal((await scanned(page, page.locator(".slip"))).join(), `QRCODE ${address}/receipts/${made.receipt}`, `printed, ${lang}, ${scheme}`);
        await page.context().close();
      }
  });

  test("whoever just sent something has the code to keep beside it, and it is in no picture", async () => {
    const page = await open(browser, { lang: "en", width: 390, script: false });
    await page.goto(`${base}/say`);
    await page.check('input[name="kind"][value="suggestion"]');
    await page.check('input[name="audience"][value="open"]');
    await page.fill('textarea[name="text"]', "A second bench at the stop.");
    await page.locator("main form", { has: page.locator('[name="text"]') }).locator('button:not([type="button"])').first().click();
    await page.waitForURL(/\/receipts\/\d+$/);
    const number = page.url().match(/\d+$/)[0];
    holds(await page.locator(".slip-keep").count(), "a part to keep");
    equal((await scanned(page, page.locator(".slip"))).join(), `QRCODE ${address}/receipts/${number}`, "the whole slip");
    equal(await page.locator(".slip-keep svg").count(), 0, "pictures in the part to keep");
  });

  test("slips of letters print together, each with its own address and its own code", async () => {
    const page = await open(browser, { lang: "en", width: 800, script: false });
    await page.goto(`${base}/sign-in`);
    await page.fill("#login", staff.clerk.login);
    await page.fill("#password", staff.clerk.password);
    await page.locator("main form button").click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    await page.goto(`${base}/paper/${made.batch}/slips`);
    await page.locator(`main form[action="/paper/${made.batch}/slips"] button`).click();
    await page.waitForLoadState();
    holds(await page.locator(".slips").count(), await page.locator("main").innerText());
    await page.emulateMedia({ media: "print" });
    const slips = await page.locator(".slip").all();
    equal(slips.length, 2, "slips");
    const addresses = new Set(), codes = new Set();
    for (const slip of slips) {
      const found = await scanned(page, slip);
      equal(found.length, 1, "codes in a slip");
      addresses.add(found[0]);
      codes.add(await slip.locator("[data-copy]").textContent());
      holds(found[0].endsWith(await slip.locator('a[href^="/receipts/"]').getAttribute("href")), found[0]);
    }
    equal(addresses.size, 2, "addresses");
    equal(codes.size, 2, "codes");
  });
}
