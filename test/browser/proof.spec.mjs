// The reader's own browser proves a receipt, and does not let itself be deceived. Printing what is to be kept.
import { inflateSync } from "node:zlib";
import { base, equal, fits, holds, open, press, world } from "./browser.mjs";

// Opens the receipt while `change` may alter what the API answers; the class and text of what the page then says.
async function verdict(browser, change) {
  const page = await open(browser, { lang: "en" });
  if (change)
    await page.route("**/api/v1/ledger/receipts/*", async (route) => {
      const answer = await route.fetch();
      const changed = await change(await answer.json(), page);
      if (changed === null) return route.abort();
      await route.fulfill({ response: answer, json: changed });
    });
  await page.goto(`${base}/receipts/${world.made.receipt}`);
  const said = page.locator("#proof-check > p:not(:empty)");
  await page.waitForFunction(() => {
    const place = document.getElementById("proof-check");
    return place.firstChild && place.textContent !== place.dataset.start;
  });
  const words = await page.evaluate(() => ({ ...document.getElementById("proof-check").dataset }));
  return { tone: await said.getAttribute("class"), text: await said.innerText(), words };
}

const flip = (text, at) => text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);

// The numbers of pages and of pieces of text in a PDF that Chromium made.
function contents(pdf) {
  const text = pdf.toString("latin1");
  let shown = 0;
  for (const { index } of text.matchAll(/stream\r?\n/g)) {
    try {
      shown += (inflateSync(pdf.subarray(text.indexOf("\n", index) + 1)).toString("latin1").match(/T[jJ]\b/g) ?? []).length;
    } catch {
      continue;  // fonts and pictures are packed otherwise
    }
  }
  return { pages: (text.match(/\/Type\s*\/Page\b/g) ?? []).length, shown };
}

export function tests(test) {
  test("the receipt's page says that the browser checked it itself", async (browser) => {
    const { tone, text, words } = await verdict(browser);
    equal(tone, "result done", "tone");
    holds([words.good, words.goodUnsigned].includes(text), text);
  });

  const forgeries = {
    "one byte of the leaf": (r) => ({ ...r, leaf: flip(r.leaf, r.leaf.indexOf('"facts"') > 0 ? r.leaf.indexOf('"facts"') + 12 : 20) }),
    "one hash of the path": (r) => ({ ...r, proof: r.proof.map((h, n) => (n ? h : flip(h, 3))) }),
    "the path without its last hash": (r) => ({ ...r, proof: r.proof.slice(0, -1) }),
    "the root": (r) => ({ ...r, checkpoint: r.checkpoint.split("\n").map((line, n) => (n === 2 ? flip(line, 3) : line)).join("\n") }),
    "the receipt of another entry": async (r) => (await fetch(`${base}/api/v1/ledger/receipts/${r.index - 1}`)).json(),
    "another index": (r) => ({ ...r, index: r.index - 1 }),
  };
  for (const [what, change] of Object.entries(forgeries))
    test(`changed: ${what}; the page says that it could not confirm`, async (browser) => {
      const { tone, text, words } = await verdict(browser, change);
      equal(tone, "result late", "tone");
      equal(text, words.bad, "words");
    });

  test("a changed signature is noticed where the browser has Ed25519", async (browser) => {
    const { tone, words, text } = await verdict(browser, (r) => {
      const line = r.checkpoint.trimEnd().split("\n").at(-1);
      return { ...r, checkpoint: r.checkpoint.replace(line, line.slice(0, -8) + (line.at(-8) === "A" ? "B" : "A") + line.slice(-7)) };
    });
    holds(tone === "result late" || text === words.goodUnsigned, text);
  });

  test("no answer from the server is no accusation", async (browser) => {
    const { tone, text, words } = await verdict(browser, () => null);
    equal(tone, "result", "tone");
    equal(text, words.unable, "words");
  });

  test("the kept file is checked, and one with a changed byte is refused", async (browser) => {
    const page = await open(browser, { script: false, lang: "en" });
    const file = await (await fetch(`${base}/receipts/${world.made.receipt}/proof`)).text();
    const check = async (text) => {
      await page.goto(`${base}/check`);
      await page.fill("#proof", text);
      await press(page.locator("main form", { has: page.locator("#proof") }).locator("button"));
    };
    await check(file);
    equal(await page.locator(".result.done").count(), 1, "the file as it was kept");
    const lines = file.split("\n");
    const hash = lines.findIndex((line) => /^[A-Za-z0-9+/]{43}=$/.test(line));
    await check(lines.map((line, n) => (n === hash ? flip(line, 3) : line)).join("\n"));
    equal(await page.locator(".result.done").count(), 0, "the changed file");
    equal(await page.locator('.error-summary a[href="#proof"]').count(), 1, "what is wrong is said at the field");
  });

  test("the slip prints on a roll of 80 mm: the slip alone, with its code, on few pages", async (browser) => {
    const page = await open(browser, { lang: "zh-Hans", width: 390 });
    await page.goto(`${base}/say`);
    await page.check('input[name="kind"][value="help"]');
    await page.check('input[name="audience"][value="open"]');
    await page.fill("#text", "三单元的门禁坏了。");
    await page.locator("main form .button:not(.plain)").click();
    await page.waitForURL(/\/receipts\/\d+$/);
    const { pages, shown } = contents(await page.pdf({ width: "80mm", height: "297mm", printBackground: true }));
    holds(pages >= 1 && pages <= 2, `${pages} pages`);
    holds(shown > 10, `${shown} pieces of text`);
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 302, height: 900 });
    await fits(page);
    holds(await page.locator(".slip-show").isVisible() && (await page.locator(".slip-keep").isVisible()), "both parts");
    holds(!(await page.locator("h1").isVisible()) && !(await page.locator("#proof-check").isVisible()), "nothing else");
  });

  test("a matter prints on A4 with its history", async (browser) => {
    const page = await open(browser, { lang: "en" });
    await page.goto(`${base}/voices/${world.made.answered}`);
    const { pages, shown } = contents(await page.pdf({ format: "A4" }));
    holds(pages >= 1 && pages <= 4 && shown > 20, `${pages} pages, ${shown} pieces of text`);
  });
}
