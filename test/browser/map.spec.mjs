// Where people agree and divide: drawn anew while votes come in, shown in a page of somebody else who may, offered to the
// register, frozen and handed out; statements in two languages. With a program of its own: its settings name the other
// site, and its dialogue is closed.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { dialogue_of } from "../requests/dialogue.mjs";
import { Program } from "../requests/program.mjs";
import { axe, equal, fits, holds, press } from "./browser.mjs";

// A site of somebody else, on this machine because browsers let no distant page look into the near net.
async function site_of(folder, body) {
  const key = join(folder, "site.key"), certificate = join(folder, "site.crt");
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate], { stdio: "ignore" });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, answer) => answer.setHeader("Content-Type", "text/html").end(body()));
  await new Promise((ready) => server.listen(0, ready));
  return server;
}

async function fresh(browser, { lang = "en", script = true, width = 390, scheme = "light" } = {}) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width, height: 900 }, locale: lang, colorScheme: scheme, javaScriptEnabled: script, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  return page;
}
async function enter(page, base, { login, password }) {
  await page.goto(`${base}/sign-in`);
  await page.fill("#login", login);
  await page.fill("#password", password);
  await page.click("main .button");
}
const main = (page) => page.locator("main").innerText();

export async function tests(test, browser) {
  const program = new Program();
  program.init();
  program.make_staff(["chief", "moderator"]);
  let article = "";
  const site = await site_of(program.folder, () => article), port = site.address().port;
  writeFileSync(join(program.data, "huiyin.toml"), `frames_on = ["https://127.0.0.1:${port}"]\n`);
  const base = await program.serve();
  process.once("exit", () => program.process?.kill("SIGKILL"));
  const { dialogue, statements } = await dialogue_of(program, 8);
  const there = `${base}/dialogues/${dialogue}`;
  const vote = async (person, says) => {
    const votes = statements.map((statement, i) => ({ statement, vote: says(i) }));
    const answer = await fetch(`${base}/api/v1/dialogues/${dialogue}/votes`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ participant: `person number ${person} of two camps`, votes }) });
    equal(answer.status, 201, "a vote");
  };
  // All say yes to the first; the camps differ on the others.
  const camp = (odd) => (i) => (i === 0 || i % 2 === odd ? "agree" : "disagree");
  for (let i = 0; i < 24; ++i) await vote(i, camp(i % 2));

  test("the map is drawn anew while votes come in", async () => {
    const page = await fresh(browser, { width: 1280 });
    let before = "";
    // The map follows the votes at some distance, and the page hears of what is drawn once it listens.
    for (let tries = 0; tries < 60 && !before.includes("12"); ++tries) {
      if (tries) await page.waitForTimeout(500);
      await Promise.all([page.waitForResponse(`${there}/map/events`), page.goto(`${there}/map`)]);
      if (await page.locator("main table").count()) before = await page.locator("main table").first().textContent();
    }
    holds(await page.locator("svg.group-map, main svg").first().isVisible(), "a map");
    holds(before.includes("12"), before);
    const read = page.waitForResponse((r) => r.url() === `${there}/map` && r.request().resourceType() === "xhr");
    for (let i = 24; i < 34; ++i) await vote(i, camp(i % 2));
    await read;
    const changed = (old) => page.waitForFunction((was) => document.querySelector("main table").textContent !== was, old);
    await changed(before);
    // What comes soon after a drawing is drawn too, though nobody votes afterwards.
    const between = await page.locator("main table").first().textContent();
    await Promise.all([34, 35, 36, 37].map((i) => vote(i, camp(i % 2))));
    await changed(between);
    // And what comes while somebody reads, once that is over.
    const last = await page.locator("main table").first().textContent();
    await page.locator("#map a").first().focus();
    await Promise.all([38, 39, 40, 41].map((i) => vote(i, camp(i % 2))));
    await page.waitForTimeout(3000);
    equal(await page.locator("main table").first().textContent(), last, "the table that somebody reads");
    await page.locator("#map a").first().evaluate((link) => link.blur());
    await changed(last);
    equal(page.faults.join("; "), "", "faults");
    await page.locator("#map").first().waitFor();
  });

  test("who has voted sees themselves, and without JavaScript too", async () => {
    const page = await fresh(browser, { script: false, lang: "zh-Hans" });
    await page.goto(there);
    for (let i = 0; i < 8; ++i) await page.locator('button[name="vote"][value="agree"]').first().click();
    await page.goto(`${there}/map`);
    holds((await main(page)).includes("您") || (await main(page)).includes("你"), "me");
    await fits(page);
  });

  test("a site that may shows the map in its page, another may not", async () => {
    article = `<!doctype html><title>News</title><iframe title="map" width="700" height="800" src="${there}/map/frame"></iframe>`;
    for (const [name, may] of [["127.0.0.1", true], ["localhost", false]]) {
      const page = await fresh(browser, { width: 900 });
      const refused = [];
      page.on("console", (m) => m.type() === "error" && !/favicon/.test(m.location().url) && refused.push(m.text()));
      await page.goto(`https://${name}:${port}/article`);
      const frame = page.frameLocator("iframe");
      if (may) {
        await frame.locator("svg").first().waitFor();
        holds((await frame.locator("main").innerText()).length > 100, "words beside the map");
        equal(refused.join("; "), "", "faults");
      } else {
        const told = () => refused.some((text) => /frame-ancestors|Framing/i.test(text));
        for (let tries = 0; tries < 80 && !told(); tries++) await page.waitForTimeout(250);
        equal(await frame.locator("svg").count(), 0, "a map in a strange page");
        holds(told(), `told: ${refused.join("; ")}`);
      }
    }
  });

  test("what others said already is shown before it is said twice, without JavaScript", async () => {
    const page = await fresh(browser, { script: false });
    await page.goto(there);
    await page.fill("#text", "Statement number 3");
    await press(page.locator(`form[action^="/dialogues/${dialogue}/statements"] button`));
    holds((await main(page)).includes("Statement number 3"), "what is like it");
    equal(await page.locator("#text").inputValue(), "Statement number 3", "what was typed stays");
    await page.locator('a[href*="after="]', { hasText: /vote/i }).first().click();
    equal(await page.locator("[data-vote] .words").innerText(), "Statement number 3", "the statement to vote on");
  });

  test("staff translate statements, and a reader of that language reads both", async () => {
    const staff = await fresh(browser, { width: 1280 });
    await enter(staff, base, program.staff.moderator);
    await staff.goto(`${there}/translations?to=zh-Hans`);
    await axe(staff);
    await fits(staff);
    equal(await staff.locator("main textarea").count(), 8, "fields");
    await staff.fill(`#text-${statements[0]}`, "第零条");
    await staff.fill(`#text-${statements[1]}`, "第一条");
    await press(staff.locator("main form .button"));
    equal(await staff.locator("main textarea").count(), 6, "fields that are left");
    const page = await fresh(browser, { lang: "zh-Hans" });
    await page.goto(`${base}/statements/${statements[0]}`);
    holds((await main(page)).includes("Statement number 0") && (await main(page)).includes("第零条"), await main(page));
    await axe(page);
    await page.goto(`${there}/map`);
    holds((await main(page)).includes("第零条"), "on the map");
    await axe(page);
    await fits(page);
  });

  test("whoever proposes to erase a statement proposes its translation with it", async () => {
    const page = await fresh(browser, { width: 1280 });
    await enter(page, base, program.staff.moderator);
    await page.goto(`${base}/erasures/new?entry=${statements[1]}`);
    await page.check('input[name="basis"][value="personal_data"]');
    await press(page.locator("main form button").first());
    const named = await page.locator('main a[href^="/entries/"]').allInnerTexts();
    equal(named.length, 2, `entries: ${named}`);
    holds(named[0].includes(String(statements[1])), named[0]);
    await page.locator('main form[action$="/withdraw"] button').click();
  });

  test("what divides people and what they share is offered to the register, with its figures", async () => {
    const page = await fresh(browser, { width: 1280 });
    await enter(page, base, program.staff.chief);
    await page.goto(`${there}/map`);
    await axe(page);
    const offer = page.locator('main a[href*="/issues/new"], main form[action*="/issues/new"] button').first();
    await offer.click();
    await page.waitForURL(/\/issues\/new/);
    const typed = await page.locator("main textarea, main input[type=text]").evaluateAll((all) => all.map((f) => f.value).join("\n"));
    holds(/Statement number/.test(typed) && /%/.test(typed), `filled in: ${typed}`);
    await axe(page);
    await fits(page);
  });

  test("closed, it is frozen, handed out, and printed as a report", async () => {
    const page = await fresh(browser, { width: 1280 });
    await enter(page, base, program.staff.chief);
    await page.goto(`${there}/manage`);
    await page.fill("#remark", "Enough was said.");
    await page.locator(`form[action="/dialogues/${dialogue}/close"] button`).click();
    const reader = await fresh(browser, { width: 1280 });
    for (let i = 0; i < 60; ++i) {
      await reader.goto(`${there}/map`);
      if (await reader.locator("#frozen-title").count()) break;
      await reader.waitForTimeout(500);
    }
    for (const name of ["votes", "participants-votes", "comments", "summary"]) {
      const answer = await fetch(`${there}/map/polis/${name}.csv`);
      equal(answer.status, 200, name);
      if (name === "votes") equal((await answer.text()).trim().split("\n").length, 1 + 42 * 8 + 8, "votes and a header");
    }
    await reader.emulateMedia({ media: "print" });
    const paper = await reader.pdf({ format: "A4" });
    holds(paper.length > 20_000, "a report on paper");
    holds(!(await reader.locator("header nav").first().isVisible().catch(() => false)), "no menu on paper");
    await axe(reader);
  });

  test("ends", async () => {
    site.close();
    await program.stop("SIGKILL");
    program.remove();
  });
}
