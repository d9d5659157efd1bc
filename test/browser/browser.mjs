// What the browser tests share: Debian's Chromium without windows, the views that every page is checked in, and axe.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const base = (process.env.HUIYIN_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
// What leg.mjs put into the program: {base, made, staff}.
export const world = process.env.HUIYIN_WORLD ? JSON.parse(readFileSync(process.env.HUIYIN_WORLD, "utf8")) : undefined;
export const langs = ["zh-Hans", "zh-Hant", "en"];
export const schemes = ["light", "dark"];
export const widths = [390, 1280];

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}

// A fresh browser profile with one page. `faults` collects what must never happen: script errors, refusals of the
// content security policy, and requests to anyone else.
export async function open(browser, { lang = "en", scheme = "light", width = 1280, script = true, large = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    locale: lang,
    javaScriptEnabled: script,
    reducedMotion: "reduce",
  });
  if (large) await context.addCookies([{ name: "type", value: "large", url: base }]);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.setDefaultNavigationTimeout(30_000);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) page.faults.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob|about):/.test(request.url())) page.faults.push(`asked ${request.url()}`);
  });
  return page;
}

// The same, signed in.
export async function signed_in(browser, { login, password }, options = {}) {
  const page = await open(browser, { lang: "en", ...options });
  await page.goto(`${base}/sign-in`);
  await page.fill("#login", login);
  await page.fill("#password", password);
  await page.locator("main form button").click();
  await page.waitForURL(`${base}/**`);
  return page;
}

// Presses what leads to another page. A click ends when that page begins to come: what is counted there at once, or read
// off a part of it, may not have come yet.
export async function press(button) {
  await button.click();
  await button.page().waitForLoadState();
}

const everyOne = langs.flatMap((lang) => schemes.flatMap((scheme) => widths.map((width) => ({ lang, scheme, width }))));
// Each language, scheme and width, and each pair of scheme and width, in four views instead of twelve.
const crossed = [
  { lang: "zh-Hans", scheme: "light", width: 390 },
  { lang: "zh-Hant", scheme: "dark", width: 1280 },
  { lang: "en", scheme: "dark", width: 390 },
  { lang: "zh-Hans", scheme: "light", width: 1280 },
];

// Loads the page once for each language, and turns that page into each scheme and width.
async function inViews(browser, path, views, check) {
  const pages = new Map();
  for (const view of views) {
    try {
      if (!pages.has(view.lang)) {
        pages.set(view.lang, await open(browser, { lang: view.lang }));
        await pages.get(view.lang).goto(base + path);
      }
      const page = pages.get(view.lang);
      await page.setViewportSize({ width: view.width, height: 900 });
      await page.emulateMedia({ colorScheme: view.scheme });
      await check(page, view);
      holds(page.faults.length === 0, page.faults.join("; "));
    } catch (error) {
      throw new Error(`${path} in ${view.lang}, ${view.scheme}, ${view.width} px: ${error.message}`);
    }
  }
  for (const page of pages.values()) await page.context().close();
}

// Runs `check(page, view)` on `path` in all twelve views: for pages made of many parts.
export const everyView = (browser, path, check) => inViews(browser, path, everyOne, check);
// The same in four: for all other pages.
export const crossedViews = (browser, path, check) => inViews(browser, path, crossed, check);

// What a page's colours and the size of its window can break, when all else was looked at in other colours.
const seen = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"];

// Throws with every violation of WCAG 2.2 AA and of axe's best practices; `colours`: of those that are seen alone.
export async function axe(page, { colours = false } = {}) {
  // Half of its time is to bring it into the page: once for each document, and past playwright's own eval.
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    page.debugged ??= await page.context().newCDPSession(page);
    await page.debugged.send("Runtime.evaluate", { expression: `${axeSource};0` });
  }
  const { violations } = await page.evaluate((only) => globalThis.axe.run(document, { resultTypes: ["violations"], ...(only && { runOnly: { type: "rule", values: only } }) }), colours ? seen : null);
  const lines = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 5).join(", ")}`);
  if (lines.length > 0) throw new Error(lines.join("; "));
}

export function equal(got, want, what) {
  if (got !== want) throw new Error(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(want)}`);
}

export function holds(truth, what) {
  if (!truth) throw new Error(what);
}

// Nothing reaches out of the window to the right, and no picture is stretched to fit.
export async function fits(page) {
  const [content, window, bent] = await page.evaluate(() => {
    const stretched = (i) => i.naturalWidth > 0 && i.clientHeight > 0 && getComputedStyle(i).objectFit !== "contain" && Math.abs((i.clientWidth * i.naturalHeight) / (i.clientHeight * i.naturalWidth) - 1) > 0.03;
    return [document.documentElement.scrollWidth, innerWidth, [...document.images].filter(stretched).map((i) => i.getAttribute("src").slice(0, 60))];
  });
  holds(content <= window, `${content} px wide in a window of ${window}`);
  holds(!bent.length, `stretched: ${bent.join(", ")}`);
}

// How many buttons are filled on the page: the next step is one, so there is at most one.
export function filled(page) {
  return page.evaluate(() => [...document.querySelectorAll("main .button:not(.plain), main button:not([class])")].filter((e) => e.checkVisibility()).length);
}
