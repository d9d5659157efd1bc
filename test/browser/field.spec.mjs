// The form for visits on a phone that has no network: nothing that was kept is lost, and nothing is there twice.
import { readFile } from "node:fs/promises";
import http from "node:http";
import { axe, base, equal, fits, holds, open, world } from "./browser.mjs";
import { day } from "./world.mjs";

const here = "/visits/field";

// Between browser and program: cut() lets the next visit arrive and drops the answer to it; ends when that has happened.
async function between() {
  const target = new URL(base);
  let dropped = null;  // while the next visit is to be cut off: whom to tell
  const server = http.createServer((asked, answer) => {
    const cut = asked.method === "POST" && asked.url === "/api/v1/visits" ? dropped : null;
    if (cut) dropped = null;
    const on = http.request({ host: target.hostname, port: target.port, method: asked.method, path: asked.url, headers: asked.headers }, (got) => {
      if (cut) return got.resume().on("end", () => (asked.socket.destroy(), cut()));
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    on.on("error", () => asked.socket.destroy());
    asked.pipe(on);
  });
  server.maxRequestsPerSocket = 1;  // on a connection that was used before, Chromium itself sends again what got no answer
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    cut: () => {
      const done = new Promise((resolve, reject) => {
        dropped = resolve;
        setTimeout(() => reject(new Error("no visit came to be cut off")), 60_000).unref();
      });
      done.catch(() => {});  // the test may have failed for another reason by then
      return done;
    },
    close: () => (server.closeAllConnections(), server.close()),
  };
}

async function phone(browser) {
  const page = await open(browser, { width: 390 });
  page.faults = [];
  page.removeAllListeners("console");
  page.removeAllListeners("request");
  page.on("console", (m) => /Content Security Policy|Trusted/i.test(m.text()) && page.faults.push(m.text()));
  return page;
}

async function sign_in(page, who, at = base) {
  await page.goto(`${at}/sign-in?next=${encodeURIComponent(here)}`);
  await page.fill("#login", world.staff[who].login);
  await page.fill("#password", world.staff[who].password);
  await page.click("main .button");
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  // With a password that somebody else gave, the account's own page comes first.
  if (new URL(page.url()).pathname !== here) await page.goto(at + here);
}

// Opened once with a network: what it needs without one is put by.
async function ready(page, at = base) {
  if (!page.url().startsWith(at + here)) await page.goto(at + here);
  await page.waitForSelector("html[data-ready=yes]");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForSelector("[data-who]:not([hidden])");  // what is kept before it knows whose it is waits for somebody to claim it
}

const kept = (page, n) => page.waitForSelector(`[data-list][data-waiting="${n}"]`, { state: "attached" });

async function fill(page, heard, { on = day(-1), met = "3" } = {}) {
  await page.fill("#day", on);
  await page.fill("#where", "Depot");
  await page.check('input[name="mode"][value="spot"]');
  await page.fill("#posts", "engineer");
  await page.fill("#met", met);
  await page.fill("#heard", heard);
}
async function keep(page, heard, more) {
  await fill(page, heard, more);
  await page.click("[data-field] form .button");
}

async function found(text) {
  let n = 0;
  for (let next = ""; next !== null; ) {
    const body = await (await fetch(`${base}/api/v1/visits${next && `?before=${next}`}`)).json();
    n += body.visits.filter((v) => v.heard === text).length;
    next = body.next;
  }
  return n;
}

export function tests(test) {
  test("three visits kept without a network are sent when there is one, each once", async (browser) => {
    const page = await phone(browser);
    await sign_in(page, "officer");
    await ready(page);
    const context = page.context();
    await context.setOffline(true);
    for (let n = 1; n <= 3; n++) {
      await keep(page, `Dark ${n} of a phone`);
      await kept(page, n);
    }
    // Closed, and opened again where there still is no network.
    await page.close();
    const again = await context.newPage();
    await again.goto(base + here);
    await kept(again, 3);
    await fits(again);
    await axe(again);
    await again.waitForFunction(() => document.querySelector("[data-told]")?.textContent.includes("no network"));
    equal(await found("Dark 1 of a phone"), 0, "visits before there is a network");
    await context.setOffline(false);
    await again.click("[data-now]");
    await kept(again, 0);
    for (let n = 1; n <= 3; n++) equal(await found(`Dark ${n} of a phone`), 1, `visit ${n}`);
    equal(await again.locator("[data-list] a[href^='/visits/']").count(), 3, "links to what was published");
    holds(page.faults.length === 0, page.faults.join("; "));
  });

  test("an answer that was cut off leaves one visit", async (browser) => {
    const wire = await between(), page = await phone(browser);
    await sign_in(page, "officer", wire.address);
    await ready(page, wire.address);
    const cut = wire.cut();
    await keep(page, "Cut off");
    await kept(page, 1);
    await cut;
    equal(await found("Cut off"), 1, "it had arrived");
    await page.click("[data-now]");
    await kept(page, 0);
    equal(await found("Cut off"), 1, "visits after it was sent again");
    holds((await page.locator("[data-told]").innerText()).includes("had arrived before"), "it says so");
    wire.close();
  });

  test("two tabs at once send one visit, and another officer's stays", async (browser) => {
    const page = await phone(browser), context = page.context();
    await sign_in(page, "officer");
    await ready(page);
    const other = await context.newPage();
    await other.goto(base + here);
    await context.setOffline(true);
    await keep(page, "From two tabs");
    await kept(page, 1);
    await context.setOffline(false);
    await Promise.all([page.click("[data-now]"), other.click("[data-now]")]);
    await Promise.all([kept(page, 0), kept(other, 0)]);
    equal(await found("From two tabs"), 1, "visits");
    await other.goto(`${base}/accessibility`);
    await context.setOffline(true);
    await keep(page, "Of the first officer");
    await kept(page, 1);
    await page.close();
    await context.setOffline(false);
    await other.goto(`${base}/account`);
    await other.click('header form[action="/sign-out"] button');
    await other.goto(base + here);
    await kept(other, 1); // signing out clears what was kept of pages, not this
    await other.waitForSelector("[data-sign-in]:not([hidden])");
    await sign_in(other, "head");
    await other.waitForFunction(() => document.querySelector("[data-state]")?.textContent.includes("Whoever kept it"));
    equal(await found("Of the first officer"), 0, "sent by another officer");
    await context.clearCookies();
    await sign_in(other, "officer");
    await kept(other, 0);
    equal(await found("Of the first officer"), 1, "sent by whoever kept it");
  });

  test("a wrong clock is told, a refused day stays and can be changed, and what waits for days warns", async (browser) => {
    const page = await phone(browser);
    await sign_in(page, "officer");
    await page.clock.setSystemTime(Date.now() + 366 * 86_400_000);
    await page.reload();
    await ready(page);
    await page.waitForFunction(() => document.querySelector("[data-wrong-clock]:not([hidden])")?.textContent.includes("This phone says"));
    await keep(page, "Next year", { on: day(366) });
    await page.waitForSelector("[data-state].late");
    holds((await page.locator("[data-state]").innerText()).includes("has not come yet"), "it says what is wrong");
    equal(await found("Next year"), 0, "visits of a day that has not come");
    await page.context().setOffline(true);
    await page.clock.setSystemTime(Date.now() + 375 * 86_400_000);
    await page.reload();
    await kept(page, 1);
    holds((await page.locator("[data-state]").innerText()).includes("9 days"), "how long it has been there");
    await page.click("[data-change]");
    equal(await page.inputValue("#heard"), "Next year", "what stood in the form");
    await page.fill("#day", day(-8));
    await page.context().setOffline(false);
    await page.click("[data-field] form .button");
    await kept(page, 0);
    equal(await found("Next year"), 1, "visits once the day was put right");
  });

  test("a file carries what is kept to another device, and it is still one visit", async (browser) => {
    const page = await phone(browser);
    await sign_in(page, "officer");
    await ready(page);
    await page.context().setOffline(true);
    await keep(page, "Carried in a file");
    await kept(page, 1);
    const [saved] = await Promise.all([page.waitForEvent("download"), page.click("[data-save]")]);
    const text = await readFile(await saved.path(), "utf8");
    const other = await phone(browser);
    await sign_in(other, "officer");
    await ready(other);
    const take = (body) => other.setInputFiles("#take", { name: "visits.json", mimeType: "application/json", buffer: Buffer.from(body) });
    await take("{ broken");
    await other.waitForFunction(() => document.querySelector("[data-told]")?.textContent.includes("no file that was saved here"));
    await take(JSON.stringify({ huiyin: "visits", v: 1, visits: [null, { id: "x", fields: [] }, { id: "0".repeat(32), fields: [[1, 2]] }] }));
    await other.waitForFunction(() => document.querySelector("[data-told]")?.textContent.includes("Taken in: 0 of 3"));
    await take(text);
    await other.waitForSelector("[data-list] a[href^='/visits/']");
    equal(await found("Carried in a file"), 1, "visits after it was taken in");
    await take(text);
    await other.waitForFunction(() => document.querySelector("[data-told]")?.textContent.includes("Taken in: 0 of 1"));
    await page.context().setOffline(false);
    await page.click("[data-now]");
    await kept(page, 0);
    equal(await found("Carried in a file"), 1, "visits after the first device sent it too");
  });

  test("without JavaScript it is the ordinary form", async (browser) => {
    const page = await open(browser, { width: 390, script: false });
    await page.goto(`${base}/sign-in?next=${encodeURIComponent(here)}`);
    await page.fill("#login", world.staff.officer.login);
    await page.fill("#password", world.staff.officer.password);
    await page.click("main .button");
    await page.goto(base + here);
    await keep(page, "Without a script");
    await page.waitForURL(/\/visits\/\d+$/);
    equal(await found("Without a script"), 1, "visits");
    holds(page.faults.length === 0, page.faults.join("; "));
  });
}
