// Follows every link of the running program, as a visitor and as each member of staff, and keeps what pages there are:
// so that a page is looked at as soon as a link leads to it, and one that no link leads to is noticed.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { programs } from "../requests/program.mjs";

// What `huiyin routes` prints and is no page for people.
const no_page = /^\/(api|assets|lang|open311|type|log\/(tile|payloads))\/|^\/(healthz|readyz|metrics|leave|account\/session|visits\/(worker\.js|field\/ticket)|log\/(checkpoint|key|policy|check\.html))$|\.(csv|jsonl|ics|atom)$|^\/feeds\/|^\/notices\/\{token\}\/stop$|\/photos\/\{n\}$|\/papers\/\{n\}\/pages\/\{page\}$|\/proof$|\/map\/(events|polis\/\{file\})$/;
const most_of_a_kind = 12;

export function page_patterns() {
  const lines = execFileSync(join(programs, "huiyin"), ["routes"], { encoding: "utf8" }).trim().split("\n");
  return lines.filter((l) => l.startsWith("GET ")).map((l) => l.slice(4)).filter((p) => !no_page.test(p));
}

function matcher(patterns) {
  const all = patterns.map((pattern) => ({ pattern, wild: pattern.split("{").length, test: new RegExp(`^${pattern.replace(/\./g, "\\.").replace(/\{[a-z]+\}/g, "[^/]+")}$`) }));
  all.sort((a, b) => a.wild - b.wild);
  return (path) => all.find((one) => one.test.test(path))?.pattern;
}

const unescape = (text) => text.replace(/&amp;/g, "&").replace(/&quot;/g, '"').replace(/&#39;|&#x27;/g, "'");

// What a page is made of: pages of one pattern that have the same parts differ in words alone.
function parts(html) {
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  const found = new Set();
  for (const [, tag, attributes] of main.matchAll(/<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/g)) {
    const of = (name) => new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1].replace(/\d+/g, "") ?? "";
    found.add([tag, of("class"), of("type"), tag === "form" ? of("action") : "", of("role")].join("."));
  }
  return [...found].sort().join(" ");
}

// {pages: [{path, pattern, parts, rehearsal}], dead: ["/page leads to /other: 404"]} of what `person` reaches from `seeds`.
export async function crawl(person, seeds) {
  const pattern_of = matcher(page_patterns());
  const seen = new Set(), counts = new Map(), pages = [], dead = [];
  const waiting = seeds.map((path) => ({ path, from: "the start", seed: true }));
  for (let next; (next = waiting.shift()); ) {
    const { path, from, seed } = next;
    if (seen.has(path)) continue;
    seen.add(path);
    const [bare, query] = path.split("?");
    const pattern = pattern_of(bare);
    if (!pattern) continue;
    // One example of each set of filters is enough.
    const kind = pattern + "?" + [...new URLSearchParams(query ?? "").keys()].sort().join("&");
    if (!seed && (counts.get(kind) ?? 0) >= (query ? 1 : most_of_a_kind)) continue;
    const answer = await person.request("GET", path, { "Accept-Language": "en" });
    if (answer.status !== 200) {
      if (answer.status !== 303) dead.push(`${from} leads to ${path}: ${answer.status}`);
      continue;
    }
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    pages.push({ path, pattern, parts: parts(answer.body), rehearsal: answer.body.includes('<p class="band">') });
    for (const [, found] of answer.body.matchAll(/\shref="(\/[^"#]*)/g)) waiting.push({ path: unescape(found), from: path });
  }
  return { pages, dead };
}
