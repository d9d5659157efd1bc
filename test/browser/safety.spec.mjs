// What guards the door: work before sending when too many come, and the second step of signing in; with a program of
// its own, because both change how the others are answered.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Program } from "../requests/program.mjs";
import { axe, equal, filled, fits, holds, press } from "./browser.mjs";

// A page that notes script errors, refusals of the policy, and requests to anyone else.
async function fresh(browser, base, { lang = "en", script = true, width = 390 } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: lang, javaScriptEnabled: script, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);  // a slow machine's work takes long
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (m) => m.type() === "error" && !/status of 4\d\d/.test(m.text()) && page.faults.push(m.text()));
  page.on("request", (r) => !r.url().startsWith(base) && !/^(data|blob|about):/.test(r.url()) && page.faults.push(`asked ${r.url()}`));
  return page;
}

async function say(page, base, text) {
  await page.goto(`${base}/say`);
  await page.check('input[name="kind"][value="suggestion"]');
  await page.check('input[name="audience"][value="open"]');
  await page.fill('textarea[name="text"]', text);
  await press(page.locator("main form", { has: page.locator('[name="text"]') }).locator('button:not([type="button"])').first());
}
const go_on = (page) => press(page.locator("main .button").first());

async function enter(page, base, { login, password }) {
  await page.goto(`${base}/sign-in`);
  await page.fill("#login", login);
  await page.fill("#password", password);
  await go_on(page);
}

const code_of = (secret, when = "now") => execFileSync("oathtool", ["--totp", "--base32", secret, "--now", when], { encoding: "utf8" }).trim();

export async function tests(test, browser) {
  const program = new Program({ work_from: 1 });
  program.init();
  const base = await program.serve();
  const end = async () => {
    await program.stop("SIGKILL");
    program.remove();
  };
  process.once("exit", () => program.process?.kill("SIGKILL"));
  const flood = async () => {
    for (let i = 0; i < 8; ++i) await fetch(`${base}/api/v1/voices`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ kind: "suggestion", text: `One of many ${i}`, lang: "en" }) });
  };

  // Does what is to be asked for work. On a slow machine it may have become quiet meanwhile, and is let through: once more.
  const asked_for_work = async (page, act) => {
    for (let tries = 0; tries < 8; ++tries) {
      await flood();
      await act();
      if (/\/receipts\/\d+$/.test(page.url())) continue;
      equal(await page.locator("form[data-work]").count(), 1, "forms of the page between");
      return;
    }
    throw new Error("nobody is asked for work");
  };

  test("with a script the work is done and everything typed is sent", async () => {
    await flood();
    const page = await fresh(browser, base);
    const text = "A bench.\n\nIn the shade, <please> & 'thank you'.";
    await say(page, base, text);
    await page.waitForURL(/\/receipts\/\d+$/);
    equal(page.faults.join("; "), "", "faults");
    const number = page.url().match(/\d+$/)[0];
    const voice = (await (await fetch(`${base}/api/v1/ledger/entries/${number}`)).text());
    holds(voice.includes("In the shade") || (await (await fetch(`${base}/voices/${number}`)).text()).includes("In the shade, &lt;please&gt; &amp;"), "the text arrived");
  });

  test("our SHA-256 finds what Node's finds, at every length around its blocks", async () => {
    const built = join(program.folder, "work.mjs");
    execFileSync("node_modules/.bin/esbuild", ["src/page/work_island.ts", "--bundle", "--format=esm", "--log-level=warning", `--outfile=${built}`]);
    globalThis.self ??= {};
    const { solve } = await import(pathToFileURL(built));
    for (let length = 1; length < 140; ++length) {
      const challenge = "v".repeat(length), head = `${challenge}:${length % 8}:`;
      let want = 0;
      while (Math.clz32(createHash("sha256").update(head + want).digest().readUInt32BE()) < 6) ++want;
      equal(solve({ challenge, parts: 8, bits: 6 }, length % 8), want, `length ${length}`);
    }
  });

  test("without a script one waits, and too early nothing is lost", async () => {
    for (const lang of ["en", "zh-Hans", "zh-Hant"]) {
      // Looked at with scripts, but without the one that would send the page away.
      const seen = await fresh(browser, base, { lang });
      await seen.route("**/assets/page_work.js*", (route) => route.abort());
      await asked_for_work(seen, () => say(seen, base, "Typed once, kept."));
      await axe(seen);
      await fits(seen);
      equal(await filled(seen), 1, "filled buttons");
      const page = await fresh(browser, base, { script: false, lang });
      await asked_for_work(page, async () => {
        await say(page, base, "Typed once, kept.");
        if (/\/receipts\/\d+$/.test(page.url())) return;
        holds(await page.locator("form[data-work]").isVisible(), "the page between");
        await go_on(page);
      });
      holds((await page.content()).includes("Typed once, kept."), "still there after pressing too early");
      equal(await page.locator('input[name="work"]').count(), 1, "one challenge");
    }
  });

  test("other programs are told what to do", async () => {
    await flood();
    const answer = await fetch(`${base}/api/v1/voices`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ kind: "suggestion", text: "By machine", lang: "en" }) });
    equal(answer.status, 429, "status");
    equal((await answer.json()).error.key, "http.work", "key");
    for (const name of ["work-challenge", "work-parts", "work-bits", "retry-after"]) holds(answer.headers.get(name), name);
  });

  test("a page of staff leaves when its session has ended, and keeps what was typed", async () => {
    const who = program.staff.administrator;
    const signed_in = async (at) => {
      const page = await fresh(browser, base, { width: 1280 });
      await enter(page, base, who);
      await page.goto(base + at);
      return page;
    };
    const come_back = (page) => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    const writer = await signed_in("/admin/settings/complaint.about_persons");
    const reader = await writer.context().newPage();
    await reader.goto(`${base}/admin/officers`);
    await writer.fill("main textarea, main input[name=value]", "Room 12, on Tuesdays");
    // Somebody ends them elsewhere; by itself a session ends in the same way, half an hour later.
    const other = await signed_in("/account");
    await come_back(other);
    await other.fill("#proof", who.password);
    await other.click('button[value="others"]');
    await come_back(reader);
    await reader.waitForURL(/\/sign-in\?ended&next=%2Fadmin%2Fofficers$/);
    holds((await reader.locator("main").innerText()).includes("ended by itself"), "it says why");
    await come_back(writer);
    await writer.locator("[data-session]").waitFor();
    holds(!(await writer.locator("main").isVisible()), "the page is hidden");
    await axe(writer);
    const again = await writer.context().newPage();
    await enter(again, base, who);
    await come_back(writer);
    await writer.locator("main").waitFor();
    equal(await writer.locator("main textarea, main input[name=value]").first().inputValue(), "Room 12, on Tuesdays", "what was typed");
    holds(!(await writer.locator("[data-session]").isVisible()), "the notice is gone");
    equal(writer.faults.join("; "), "", "faults");
  });

  test("staff set up an app, sign in with its codes, and each opens once", async () => {
    const page = await fresh(browser, base, { width: 1280 });
    const who = program.staff.administrator;
    await enter(page, base, who);
    await page.goto(`${base}/account/code`);
    await page.fill("#current", who.password);
    await go_on(page);
    holds(await page.locator("svg.qr").isVisible(), "the picture");
    await axe(page);
    await fits(page);
    const secret = (await page.locator("[data-copy]").first().innerText()).replaceAll(" ", "");
    equal(secret.length, 32, "base32 digits of 160 bits");
    // Codes of this step and of the next: each stays good for half a minute or more, and only in this order.
    await page.fill("#code", code_of(secret));
    await go_on(page);
    const recovery = await page.locator("main ol code").allInnerTexts();
    equal(recovery.length, 10, "recovery codes");
    await axe(page);
    equal(page.faults.join("; "), "", "faults");

    const other = await fresh(browser, base, { script: false });
    await enter(other, base, who);
    holds(other.url().includes("/sign-in/code"), `led to ${other.url()}`);
    const used = code_of(secret, "30 seconds");
    await other.fill("#code", used);
    await other.click("main .button");
    holds(other.url().endsWith("/account"), `led to ${other.url()}`);
    const third = await fresh(browser, base, { script: false });
    await enter(third, base, who);
    await third.fill("#code", used);
    await go_on(third);
    holds(third.url().includes("/sign-in/code") && (await third.locator("main").innerText()).includes("wrong"), "used up");
    await third.fill("#code", recovery[0]);
    await third.click("main .button");
    holds(third.url().endsWith("/account"), "a recovery code opens");

    const stranger = await fresh(browser, base, { script: false });
    await enter(stranger, base, { login: "nobody", password: "wrong" });
    holds(stranger.url().includes("/sign-in/code"), "a stranger is asked for a code, too");
  });

  test("ends", end);
}
