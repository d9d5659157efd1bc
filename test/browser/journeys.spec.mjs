// What people come for, without JavaScript: forms, links and pages alone.
import { pdf } from "../requests/pdf.mjs";
import { base, equal, fits, holds, open, press, world } from "./browser.mjs";

const plain = (browser, more = {}) => open(browser, { script: false, width: 390, ...more });
const main = (page) => page.locator("main").innerText();
// The button of the form that holds the field; the page has others.
const send = (page, field) => press(page.locator("main form", { has: page.locator(`[name="${field}"]`) }).locator('button:not([type="button"])').first());

async function say(page, text, { kind = "help", at = "/say" } = {}) {
  await page.goto(base + at);
  await page.check(`input[name="kind"][value="${kind}"]`);
  await page.check('input[name="audience"][value="open"]');
  await page.fill('textarea[name="text"]', text);
  await send(page, "text");
}

async function sign_in(page, login, password) {
  await page.goto(`${base}/sign-in`);
  await page.fill("#login", login);
  await page.fill("#password", password);
  await send(page, "password");
}
async function staff(browser, who) {
  const page = await plain(browser, { width: 1280 });
  await sign_in(page, world.staff[who].login, world.staff[who].password);
  holds(!page.url().endsWith("/sign-in"), `${who} is signed in`);
  return page;
}

export function tests(test) {
  const author = {};

  test("saying something leads to a slip with number, due day and code", async (browser) => {
    const page = await plain(browser, { lang: "en" });
    await say(page, "The lamp at the corner has been dark for three days.");
    holds(/\/receipts\/\d+$/.test(page.url()), `led to ${page.url()}`);
    author.id = page.url().match(/\d+$/)[0];
    const slip = await page.locator(".slip").innerText();
    author.code = slip.match(/\d{5} \d{5} \d{5} \d{5} \d{5}/)?.[0];
    holds(author.code, "the code stands on the slip in fives");
    equal(slip.match(/(?:[a-z]+ ){7}[a-z]+$/m)?.[0].split(" ").length, 8, "words of the code");
    holds(slip.includes(author.id), "the number stands on it");
    holds(/\d{1,2} [A-Z][a-z]+ 20\d\d/.test(slip), "the due day stands on it");
    holds(await page.locator(".slip svg").first().isVisible(), "the seal is drawn");
    await page.reload();
    holds(!(await main(page)).includes(author.code), "the code is shown once");
  });

  test("the code opens the matter in another browser", async (browser) => {
    const page = await plain(browser, { lang: "en" });
    await page.goto(base);
    await page.locator('main a[href="/mine"]').click();
    await page.fill("#code", author.code);
    await send(page, "code");
    holds((await main(page)).includes("lamp at the corner"), "its words");
    await press(page.locator(`main form[action="/voices/${author.id}/open"] button`));
    holds((await main(page)).includes("dark for three days"), "the matter is open, and the code was typed once");
    holds(!page.url().includes(author.code.slice(0, 5)), "the code stands in no address");
  });

  test("what the author attached for the unit alone is seen by the code, in another browser", async (browser) => {
    const first = await plain(browser, { lang: "en" });
    await first.goto(`${base}/say`);
    await first.check('input[name="kind"][value="help"]');
    await first.check('input[name="audience"][value="unit_only"]');
    await first.fill('textarea[name="text"]', "The bill is attached.");
    await first.setInputFiles('input[type="file"]', [{ name: "bill.pdf", mimeType: "application/pdf", buffer: pdf(["A bill.", "Its second page."]) }]);
    await send(first, "text");
    const code = (await first.locator(".slip").innerText()).match(/\d{5} \d{5} \d{5} \d{5} \d{5}/)[0], id = first.url().match(/\d+$/)[0];
    const page = await plain(browser, { lang: "en" });
    equal((await page.goto(`${base}/voices/${id}/papers/1`)).status(), 404, "without the code");
    await page.goto(`${base}/voices/${id}/author`);
    await page.fill("#code", code);
    await send(page, "code");
    const complete = () => page.evaluate(() => [...document.querySelectorAll("main img")].every((i) => i.complete && i.naturalWidth > 0) && document.querySelectorAll("main img").length);
    // Pictures may be asked for after the page has come.
    const drawn = async () => {
      for (let tries = 0; tries < 100 && !(await complete()); tries++) await page.waitForTimeout(100);
      return complete();
    };
    equal(await drawn(), 1, "its first page, small");
    await fits(page);
    await press(page.locator(`form[action="/voices/${id}/papers/1"] button`));
    equal(await drawn(), 2, "its pages");
    await fits(page);
    holds((await page.content()).includes("Its second page."), "and their text");
    await press(page.locator(`form[action="/voices/${id}/open"] button`));
    holds((await main(page)).includes("The bill is attached."), "and back");
    holds(!page.faults.filter((f) => !/404/.test(f)).length, page.faults.join("; "));
  });

  test("a survey is answered page by page, left, gone back over, and sent once", async (browser) => {
    const at = `/surveys/${world.made.survey_open}`;
    const page = await plain(browser, { lang: "en" });
    await page.goto(`${base}/cycles/${world.made.cycle}`);
    await page.locator(`main a[href="${at}"]`).click();
    await page.locator(`main a[href="${at}/answer"]`).click();
    const go = (to) => press(page.locator(to === "next" ? "main form button.button:not(.plain)" : `main button[name="${to}"]`));
    await go("next");
    holds((await main(page)).includes("Please answer this question."), "what must be answered");
    await page.check('input[name="q1"][value="1"]');
    await go("next");
    await page.check('input[name="q3"][value="4"]');
    await page.check('input[name="q4_r1"][value="3"]');
    await page.selectOption('select[name="q5_o3"]', "1");
    await go("next");
    await page.fill('textarea[name="q7"]', "晚上没有车。");
    await go("later");
    holds((await main(page)).includes("14 days"), "kept");
    await page.locator(`main a[href="${at}/answer"]`).click();
    holds(page.url().endsWith("/answer/check"), "to where it was left");
    await page.locator(`main a[href="${at}/answer/1#q1"]`).click();
    await page.check('input[name="q1"][value="2"]');
    await go("next");
    equal(await page.locator('input[name="q3"]').count(), 0, "asked no more");
    await page.goBack();
    holds(await page.locator('input[name="q1"][value="2"]').isChecked(), "the browser's own back");
    await page.goto(`${base}${at}/answer/check`);
    const text = await main(page);
    holds(text.includes("走路") && text.includes("晚上没有车。") && !text.includes("公交怎么样?"), text);
    await page.locator("main form button.button").first().click();
    holds(/\/receipts\/\d+$/.test(page.url()), `led to ${page.url()}`);
    await page.goto(`${base}${at}/answer`);
    holds((await main(page)).includes("answered already"), "once");
  });

  test("a wrong code opens nothing and says so at the field", async (browser) => {
    const page = await plain(browser);
    await page.goto(`${base}/mine`);
    await page.fill("#code", "12345 12345 12345 12345 12345");
    await send(page, "code");
    equal(await page.locator(".matters").count(), 0, "matters");
    equal(await page.locator('.error-summary a[href="#code"]').count(), 1, "error at the field");
  });

  test("too long a text: the summary leads to the field, and what was typed is kept", async (browser) => {
    const page = await plain(browser);
    const text = `${"x".repeat(4990)}\n${"长".repeat(12)}`;
    await say(page, text, { kind: "suggestion" });
    equal(await page.locator('.error-summary a[href="#text"]').count(), 1, "link to the field");
    equal(await page.inputValue("#text"), text, "what was typed");
    equal(await page.getAttribute("#text", "aria-invalid"), "true", "aria-invalid");
    holds((await page.getAttribute("#text", "aria-describedby")).includes("text-error"), "the message belongs to the field");
    equal(await page.locator('input[name="kind"]:checked').getAttribute("value"), "suggestion", "what was chosen");
    await page.locator('.error-summary a[href="#text"]').click();
    holds(page.url().endsWith("#text"), "the link leads there");
  });

  test("an empty form names each missing field", async (browser) => {
    const page = await plain(browser, { lang: "zh-Hant" });
    await page.goto(`${base}/say`);
    await send(page, "text");
    for (const field of ["kind", "text", "audience"]) {
      const link = page.locator(`.error-summary a[href="#${field}"]`);
      equal(await link.count(), 1, `link to ${field}`);
      equal(await page.locator(`#${field}`).count(), 1, `where the link to ${field} leads`);
    }
  });

  test("a telephone number is pointed out before it is sent", async (browser) => {
    const page = await plain(browser);
    await say(page, "打我电话 13812345678 就行,门口的井盖松了。");
    holds((await main(page)).includes("13812345678"), "the number is shown");
    await page.fill("#text", "门口的井盖松了。");
    await send(page, "text");
    holds(/\/receipts\/\d+$/.test(page.url()), "then it is taken");
  });

  test("a wrong password says nothing about the name", async (browser) => {
    const page = await plain(browser);
    const attempt = async (login) => {
      await sign_in(page, login, "not the password 1");
      return (await page.locator(".error-summary").innerText()) + page.url();
    };
    equal(await attempt("nobody-here"), await attempt(world.staff.officer.login), "the answer to both");
  });

  test("staff assign and answer, the author rates", async (browser) => {
    const clerk = await staff(browser, "clerk");
    await clerk.goto(`${base}/desk/voices/${author.id}`);
    await clerk.locator(`main a[href="/desk/voices/${author.id}/assign"]`).click();
    await clerk.selectOption("#unit", world.staff.saved.roads);
    await send(clerk, "unit");
    equal(clerk.url(), `${base}/desk/voices/${author.id}`, "after assigning");
    const officer = await staff(browser, "officer");
    await officer.goto(`${base}/desk`);
    await officer.locator(`main a[href="/desk/voices/${author.id}"]`).click();
    await officer.locator(`main a[href="/desk/voices/${author.id}/answer"]`).click();
    await officer.check('input[name="answer"][value="done"]');
    await officer.fill("#text", "The lamp was changed on Tuesday.");
    await send(officer, "answer");
    const page = await plain(browser, { lang: "en" });
    await page.goto(`${base}/voices/${author.id}`);
    holds((await main(page)).includes("The lamp was changed on Tuesday."), "the answer is public");
    await page.goto(`${base}/voices/${author.id}/author`);
    await page.fill("#code", author.code);
    await send(page, "code");
    await page.check('input[name="solved"][value="no"]');
    await page.check('input[name="stars"][value="2"]');
    await page.fill('textarea[name="words"]', "It is dark again.");
    await send(page, "stars");
    await page.goto(`${base}/voices/${author.id}`);
    equal(await page.locator(".verdicts .verdict").count(), 2, "both verdicts");
    await officer.goto(`${base}/voices/${author.id}/author`);
    equal(await officer.locator('[name="stars"]').count(), 0, "the officer is not asked to rate");
  });

  test("signing out ends the session", async (browser) => {
    const page = await staff(browser, "second");
    await page.locator('header form[action="/sign-out"] button').click();
    await page.goto(`${base}/desk`);
    equal(await page.locator("#desk").count(), 0, "the desk");
  });

  test("voting by pressing buttons, changing one's mind, taking it back", async (browser) => {
    const page = await plain(browser, { lang: "zh-Hans" });
    const there = `${base}/dialogues/${world.made.dialogue}`;
    await page.goto(there);
    const card = page.locator("[data-vote]");
    const asked = () => card.locator('input[name="statement"]').getAttribute("value");
    const counts = async () => (await page.locator(".notice .figures").innerText()).match(/\d+/g).map(Number);
    const first = await asked();
    await press(card.locator('button[value="agree"]'));
    const [agree] = await counts();
    holds((await asked()) !== first, "the next statement comes");
    await page.locator('.notice button[value="none"]').click();
    const now = JSON.parse(await (await fetch(`${base}/api/v1/dialogues/${world.made.dialogue}/statements`)).text()).statements.find((s) => s.id === Number(first));
    equal(now.counts.agree, agree - 1, "after taking it back");
    await page.goto(there);
    let said = 0;
    for (; (await card.count()) && said < 20; said++) await press(card.locator(`button[value="${["disagree", "pass", "agree"][said % 3]}"]`));
    holds(said > 2 && said < 20, `${said} statements voted on`);
    equal((await counts()).length, 3, "counts after the last");
  });

  test("adding a statement, which waits for a moderator", async (browser) => {
    const page = await plain(browser, { lang: "zh-Hant" });
    await page.goto(`${base}/dialogues/${world.made.dialogue}`);
    await page.fill("#text", "週末也應該有夜間公車");
    await send(page, "text");
    holds(!(await page.locator(".error-summary").count()), "taken");
    await page.goto(`${base}/dialogues/${world.made.dialogue}/statements`);
    holds(!(await main(page)).includes("週末也應該有夜間公車"), "not shown before a look");
    const moderator = await staff(browser, "moderator");
    await moderator.goto(`${base}/dialogues/${world.made.dialogue}/moderation`);
    const mine = moderator.locator("main li, main tr, main section", { hasText: "週末也應該有夜間公車" }).last();
    await mine.locator('form[action$="/accept"] button').click();
    await page.reload();
    holds((await main(page)).includes("週末也應該有夜間公車"), "shown after it");
  });

  test("a statement that is too long keeps what was typed", async (browser) => {
    const page = await plain(browser);
    await page.goto(`${base}/dialogues/${world.made.dialogue}`);
    await page.fill("#text", "长".repeat(141));
    await send(page, "text");
    equal(await page.locator('.error-summary a[href="#text"]').count(), 1, "link to the field");
    equal((await page.inputValue("#text")).length, 141, "what was typed");
  });

  test("anybody can report a message, and a moderator finds the report", async (browser) => {
    const page = await plain(browser, { lang: "en" });
    await page.goto(`${base}/voices/${world.made.late}`);
    await page.locator(`main a[href="/voices/${world.made.late}/report"]`).click();
    await page.check('input[name="ground"][value="personal_data"]');
    await page.fill("#remark", "It names a street where few people live.");
    await send(page, "ground");
    holds(!(await page.locator(".error-summary").count()), "taken");
    const moderator = await staff(browser, "moderator2");
    await moderator.goto(`${base}/desk/moderation`);
    holds((await main(moderator)).includes("It names a street where few people live."), "among the reports");
  });
}
