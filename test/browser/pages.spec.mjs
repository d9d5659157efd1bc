// Every page that a link leads to, with real input in it, in each language and width: nothing wider than the screen,
// nothing asked of anybody else. No violation of WCAG 2.2 AA, in light at one width and in dark at another, in one
// language; the next page in others, so that nine pages see every language at every width. Staff's pages in one view each.
import { HtmlValidate, FileSystemConfigLoader } from "html-validate";
import { axe, base, equal, filled, fits, holds, langs, open, schemes, signed_in, world } from "./browser.mjs";
import { crawl, page_patterns } from "./crawl.mjs";
import { Person } from "./world.mjs";

const widths = [1280, 390, 320];
// What no link leads to: a measure that was closed after its judgement, and a judgement that is past its day and that
// the clock has not ended yet; the second step of signing in, which comes after a password (safety.spec.mjs looks at it);
// what comes after the questions of a survey (journeys.spec.mjs goes there);
// a confidential matter, which comes after a passphrase (confidential.spec.mjs), and addresses that lead back to a form.
const unreached = [
  "/measures/{id}/look-back", "/reviews/{id}/close", "/surveys/{id}/answer", "/surveys/{id}/answer/check", "/surveys/{id}/answer/kept", "/sign-in/code", "/desk/confidential/{id}", "/desk/voices/{id}/note", "/desk/confidential/open", "/confidential/send",
  ...["word", "proof", "retaliation", "retaliation/send"].map((form) => `/confidential/thread/${form}`),
];

// Pages of one kind that differ most: the hostile words, the late, held, hidden and answered matter.
const { made, staff } = world ?? { made: { contact: {}, handover: {} }, staff: {} };
const first_to_look_at = ["hostile", "late", "held", "hidden", "answered", "unit_only", "asked", "before"].map((what) => `/voices/${made[what]}`).concat([
  "/design", "/design?errors=1", `/receipts/${made.receipt}`, `/entries/${made.receipt}`, `/entries/${made.measure}`, `/cycles/${made.cycle}`, `/issues/${made.issue}`, `/issues/${made.merged_issue}`, `/issues/${made.plant}`, `/suggestions/${made.suggestion}`,
  "/say/start", `/statements/${made.aside}`, `/voices/${made.contact.open}`, `/voices/${made.contact.called}`, `/voices/${made.handover.leak}`, `/voices/${made.with_paper}`, "/erasures?by=clock",
  ...["hostile", "asked", "joined", "hidden"].map((what) => `/voices/${made[what]}/support`),
  `/dialogues/${made.dialogue}`, `/measures/${made.measure}`, `/measures/${made.measure_done}`, `/measures/${made.judged}`,
  `/reviews/${made.review_closed}`, `/reviews/${made.review_open}`, `/reviews/${made.review_open}/vote`, `/reviews/${made.review_drafted}`, "/voices?late=yes", "/check?number=3",
  "/follow/asked", made.own, "/search", `/search?q=${encodeURIComponent("车 -没有的词")}&order=newest`, `/search?q=${encodeURIComponent("公交站")}&kind=voice`, "/search?q=nowhere-at-all",
  ...["survey_closed", "survey_open", "survey_roll", "survey_drafted"].map((what) => `/surveys/${made[what]}`), `/surveys/${made.survey_open}/answer/1`,
]);
const large_type = [`/cycles/${made.cycle}`, `/issues/${made.issue}`, `/measures/${made.measure}`, `/dialogues/${made.dialogue}`, `/voices/${made.late}`];

// One page of each pattern that has parts nobody has been shown yet.
function chosen(pages, looked_at) {
  const taken = new Set();
  return pages.filter(({ path, pattern, parts }) => {
    const kind = pattern + (path.includes("?") ? "?" : ""), shape = `${kind} ${parts}`;
    const first = first_to_look_at.includes(path) && !looked_at.has(path);
    if (!first && (taken.has(kind) || looked_at.has(shape))) return false;
    taken.add(kind);
    looked_at.add(path).add(shape);
    return true;
  });
}

// Where axe looks at the page of this number: {lang, light, dark}, the latter two widths.
const axe_at = (number) => ({ lang: langs[(number + Math.floor(number / 3)) % 3], light: widths[number % 3], dark: widths[(number + 1) % 3] });

// One page in one language: in each width without loading it again, as a reader who turns the screen would.
async function look(page, path, lang, at) {
  page.faults.length = 0;
  const answer = await page.goto(base + path);
  equal(answer.status(), path.includes("errors=1") ? 422 : 200, "status");
  equal(await page.getAttribute("html", "lang"), lang, "html lang");
  equal(await page.locator("h1").count(), 1, "number of h1");
  holds((await page.title()).length > 3, "no title");
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await fits(page);
    for (const scheme of schemes) {
      if (lang !== at.lang || width !== at[scheme]) continue;
      await page.emulateMedia({ colorScheme: scheme });
      await axe(page, { colours: scheme === "dark" }).catch((error) => holds(false, `${scheme}, ${width} px: ${error.message}`));
    }
  }
  holds(!page.faults.length, page.faults.join("; "));
}

const validator = new HtmlValidate(new FileSystemConfigLoader());
async function valid(person, path, lang) {
  const html = (await person.request("GET", path, { "Accept-Language": lang })).body;
  const report = await validator.validateString(html, new URL("../../page.html", import.meta.url).pathname);
  const faults = report.results.flatMap((result) => result.messages.map((m) => `${m.line}: ${m.message} (${m.ruleId})`));
  holds(report.valid, `${lang}: ${faults.slice(0, 5).join("; ")}`);
}

async function look_as_staff(page, person, path, number) {
  const lang = langs[number % 3], width = widths[number % 3], scheme = schemes[number % 2];
  try {
    page.faults.length = 0;
    await page.setExtraHTTPHeaders({ "Accept-Language": lang });
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    equal((await page.goto(base + path)).status(), 200, "status");
    equal(await page.locator("h1").count(), 1, "number of h1");
    await axe(page);
    await page.setViewportSize({ width: 320, height: 900 });
    await fits(page);
    await valid(person, path, lang);
    holds(await filled(page) <= 1, `${await filled(page)} filled buttons`);
    holds(!page.faults.length, page.faults.join("; "));
    return [];
  } catch (error) {
    return [`${path} in ${lang}, ${scheme}, ${width} px: ${error.message.split("\n")[0]}`];
  }
}

export async function tests(test, browser) {
  if (!world) throw new Error("test/browser/leg.mjs starts what this looks at");
  const looked_at = new Set(), reached = new Set(), dead = [];
  const tour = async (person, seeds) => {
    const found = await crawl(person, seeds);
    for (const { pattern } of found.pages) reached.add(pattern);
    dead.push(...found.dead);
    return chosen(found.pages, looked_at);
  };

  const visitor = new Person(base);
  const pages = [...(await tour(visitor, ["/", ...first_to_look_at])), { path: "/design?errors=1" }];
  const readers = await Promise.all(langs.map((lang) => open(browser, { lang })));
  for (const [number, { path }] of pages.entries()) {
    const at = axe_at(number);
    test(`${path} in three languages and widths, axe in ${at.lang}, light at ${at.light} and dark at ${at.dark} px`, async () => {
      // Each language has a reader of its own, and they read at the same time.
      await Promise.all(langs.map(async (lang, n) => {
        await look(readers[n], path, lang, at).catch((error) => holds(false, `${lang}: ${error.message}`));
        if ((number + n) % 3 === 0) await valid(visitor, path, lang);
      }));
      // /design shows all parts, so all buttons.
      if (!path.startsWith("/design")) holds(await filled(readers[0]) <= 1, `${await filled(readers[0])} filled buttons`);
    });
  }

  for (const who of ["clerk", "chief", "head", "officer", "second", "moderator2", "moderator", "inspector", "administrator", "member1"]) {
    const person = new Person(base);
    await person.sign_in(staff[who]);
    const seeds = ["/", "/desk", "/account", "/admin", ...[made.question, made.late, made.held, made.appealed, made.joined, made.agreed, made.split, made.handover.leak, made.draft_case, made.returned_case, made.paused, made.contact.open, made.contact.to_call].map((id) => `/desk/voices/${id}`), `/suggestions?done=${made.plant}`, `/suggestions/${made.suggestion}`, `/issues/${made.pond}/arrange`, `/issues/${made.merged_issue}/arrange`];
    const theirs = await tour(person, seeds);
    if (!theirs.length) continue;
    test(`${theirs.length} pages of ${who}`, async () => {
      const page = await signed_in(browser, staff[who], { width: 390 });
      const wrong = [];
      for (const [number, { path }] of theirs.entries()) wrong.push(...(await look_as_staff(page, person, path, number)));
      holds(!wrong.length, wrong.join("\n"));
    });
  }

  test("no link leads to a page that its reader may not have", async () => {
    // What a test starts at may be closed to its reader, and /design shows receipts that are none.
    const led = dead.filter((line) => !/^(the start|\/design\S*) leads to/.test(line));
    holds(!led.length, [...new Set(led)].join("\n"));
  });

  test("a link leads to every page", async () => {
    const alone = page_patterns().filter((pattern) => !reached.has(pattern) && !unreached.includes(pattern));
    holds(!alone.length, alone.join(", "));
  });

  test("nothing that people wrote becomes markup", async () => {
    const page = await open(browser);
    let spoke = false;
    page.on("dialog", (dialog) => ((spoke = true), dialog.dismiss()));
    await page.goto(`${base}/voices/${made.hostile}`);
    const words = `<script>alert('x')</script> " onmouseover="alert(1) ' & {{text}} [[voice.list]] </textarea>`;
    holds((await page.locator("main").innerText()).includes(words), "the words stand there as words");
    await page.goto(`${base}/voices`);
    holds(!spoke, "a script ran");
    equal(await page.locator("[onmouseover]").count(), 0, "attributes made of words");
    holds(!page.faults.length, page.faults.join("; "));
  });

  test("large type keeps inside a phone", async () => {
    const page = await open(browser, { width: 320, large: true, lang: "zh-Hant" });
    for (const path of ["/", "/say", "/voices", `/receipts/${made.receipt}`, ...large_type]) {
      await page.goto(base + path);
      await fits(page).catch((error) => holds(false, `${path}: ${error.message}`));
    }
  });

  // Last: nothing of what it erases is looked at after it.
  test("each matter's page leads to where its words are reported, and says what was removed of them", async () => {
    const matters = { issue: "issues", judged: "measures", visit_open: "visits", motion_waiting: "motions", sitting_next: "sittings", body: "bodies", review_drafted: "reviews", cycle: "cycles", dialogue: "dialogues" };
    const html = async (path) => (await visitor.must(200, visitor.request("GET", path, { "Accept-Language": "en" }))).body;
    const all = Object.entries(matters).map(([what, where]) => ({ id: made[what], path: `/${where}/${made[what]}` }));
    const lacks = async (text) => {
      const found = await Promise.all(all.map(async ({ id, path }) => (await html(path)).includes(text(id)) ? "" : path));
      return found.filter(Boolean).join(", ");
    };
    equal(await lacks((id) => `href="/entries/${id}/report"`), "", "pages without the way to the form");
    const [clerk, moderator] = [new Person(base), new Person(base)];
    await clerk.sign_in(staff.clerk);
    await moderator.sign_in(staff.moderator);
    const erasure = await clerk.send("/erasures", { targets: all.map(({ id }) => id).join(" "), basis: "ordered" }, "/erasures/new");
    await moderator.send(`/erasures/${erasure}/approve`, {}, `/erasures/${erasure}`);
    equal(await lacks(() => `href="/erasures/${erasure}"`), "", "pages without the notice");
    const left = await Promise.all(all.map(async ({ id, path }) => (await html(path)).includes(`/entries/${id}/report"`) ? path : ""));
    equal(left.filter(Boolean).join(", "), "", "pages that lead to words that are gone");
  });
}
