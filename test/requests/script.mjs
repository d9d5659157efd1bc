// Reads and runs request scripts (*.http): requests against the running program and what must come back.
//
//   ### separates the blocks of a script. In a block:
//   # why this request is made
//   POST /voices/{{id}}/answer
//   Content-Type: application/json
//
//   the body
//   -> 303                               the status
//   -> header: Location: /receipts/      that header contains the text
//   -> has: text        -> not: text     the body contains it, or does not
//   -> save NAME from header Location    -> save NAME between `before|after`   (of the body)
//   -> save NAME matching /<a href="(.)">/                   what the parentheses hold
//   @new browser                         forgets all cookies        @as staff | moderator | …: signs in
//   {{NAME}} stands for what was saved; {{csrf}} and {{once}} for the hidden fields of the last page that had them;
//   {{NAME:last}} for its last path segment, {{5000*x}} for so many x.
import http from "node:http";
import { readFileSync } from "node:fs";

export class Browser {
  constructor(base) {
    this.base = new URL(base);
    this.cookies = new Map();
    this.saved = {};
  }

  forget() {
    this.cookies.clear();
  }

  request(method, path, headers = {}, body = "") {
    return new Promise((resolve, reject) => {
      const sent = { Host: this.base.host, Origin: this.base.origin, ...headers };
      if (this.cookies.size && !Object.keys(sent).some((h) => h.toLowerCase() === "cookie"))
        sent.Cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
      if (body.length) sent["Content-Length"] = Buffer.byteLength(body);
      const out = http.request(
        { host: this.base.hostname, port: this.base.port, method, path, headers: sent, agent: false },
        (answer) => {
          const chunks = [];
          answer.on("data", (c) => chunks.push(c));
          answer.on("end", () => {
            for (const line of answer.headers["set-cookie"] ?? []) {
              const [pair, ...rest] = line.split(";");
              const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
              if (rest.some((r) => /^\s*max-age=0/i.test(r)) || value === "") this.cookies.delete(name);
              else this.cookies.set(name, value);
            }
            const text = Buffer.concat(chunks).toString("utf8");
            for (const field of ["csrf", "once"]) {
              const found = text.match(new RegExp(`name="${field}"[^>]*value="([^"]*)"`));
              if (found) this.saved[field] = found[1];
            }
            resolve({ status: answer.statusCode, headers: answer.headers, body: text });
          });
        },
      );
      out.on("error", reject);
      out.end(body);
    });
  }

  async form(path, fields, page = path) {
    await this.request("GET", page);
    const body = new URLSearchParams({ csrf: this.saved.csrf ?? "", once: this.saved.once ?? "", ...fields }).toString();
    return this.request("POST", path, { "Content-Type": "application/x-www-form-urlencoded" }, body);
  }

  async sign_in({ login, password }) {
    const answer = await this.form("/sign-in", { login, password });
    if (answer.status !== 303) throw new Error(`signing in as ${login}: ${answer.status}`);
  }

  // With the session that the account has already, where it still holds: a password costs a tenth of a second each time.
  async act_as(account) {
    this.cookies = new Map(account.session);
    if (account.session && (await this.request("GET", "/account/session")).status === 200) return;
    this.forget();
    await this.sign_in(account);
    account.session = [...this.cookies];
  }
}

function fill(text, saved) {
  const long = text.replace(/\{\{(\d+)\*(.)\}\}/gu, (all, times, letter) => letter.repeat(Number(times)));
  return long.replace(/\{\{([a-z_0-9]+)(:last)?\}\}/gi, (all, name, last) => {
    if (!(name in saved)) throw new Error(`nothing saved as ${name}`);
    const value = saved[name];
    return last ? value.split("?")[0].split("/").filter(Boolean).at(-1) : value;
  });
}

export function parse(text) {
  return text
    .split(/^###.*$/m)
    .map((block) => {
      const lines = block.split("\n");
      const step = { why: [], before: [], headers: {}, expect: [], body: "" };
      let at = "start";
      const body = [];
      for (const line of lines) {
        if (at !== "body" && line.startsWith("#")) step.why.push(line.slice(1).trim());
        else if (line.startsWith("@")) step.before.push(line.trim());
        else if (line.startsWith("-> ")) step.expect.push(line.slice(3).trim());
        else if (at === "start") {
          if (!line.trim()) continue;
          [step.method, step.path] = line.trim().split(/\s+/);
          at = "headers";
        } else if (at === "headers") {
          if (!line.trim()) at = "body";
          else step.headers[line.slice(0, line.indexOf(":"))] = line.slice(line.indexOf(":") + 1).trim();
        } else body.push(line);
      }
      step.body = body.join("\n").replace(/\n+$/, "");
      return step;
    })
    .filter((step) => step.method || step.before.length);
}

// Yields {name, error} for each request of the script.
export async function* run(file, base, accounts) {
  const browser = new Browser(base);
  Object.assign(browser.saved, accounts.saved ?? {});
  let number = 0;
  for (const step of parse(readFileSync(file, "utf8"))) {
    number += 1;
    const name = `${number} ${step.method ?? ""} ${step.path ?? ""} ${step.why.join(" ")}`.trim();
    let answer;
    try {
      for (const order of step.before) {
        if (order === "@new browser") browser.forget();
        else if (order.startsWith("@as ")) {
          browser.forget();
          const who = accounts[order.slice(4).trim()];
          if (!who) throw new Error(`no account for ${order}`);
          await browser.act_as(who);
        } else throw new Error(`unknown order ${order}`);
      }
      if (!step.method) continue;
      const headers = {};
      for (const [k, v] of Object.entries(step.headers)) headers[k] = fill(v, browser.saved);
      const body = fill(step.body, browser.saved);
      const parts = headers["Content-Type"]?.startsWith("multipart/");  // whose lines end as RFC 2046 has them
      answer = await browser.request(step.method, fill(step.path, browser.saved), headers, parts ? body.replaceAll("\n", "\r\n") : body);
      for (const expected of step.expect) check(expected, answer, browser.saved);
      if (!step.expect.length) throw new Error("the block expects nothing");
      yield { name };
    } catch (error) {
      yield { name, error: `${error.message}${answer ? `\n  answered ${answer.status} ${answer.body.slice(0, 1500)}` : ""}` };
    }
  }
}

function check(expected, answer, saved) {
  let found;
  if (/^\d{3}$/.test(expected)) {
    if (answer.status !== Number(expected)) throw new Error(`status ${answer.status}, not ${expected}`);
  } else if ((found = expected.match(/^header: ([^:]+):\s*(.*)$/))) {
    const value = String(answer.headers[found[1].toLowerCase()] ?? "");
    if (!value.includes(fill(found[2], saved))) throw new Error(`header ${found[1]} is "${value}"`);
  } else if ((found = expected.match(/^has: (.*)$/))) {
    if (!answer.body.includes(fill(found[1], saved))) throw new Error(`the body lacks "${found[1]}"`);
  } else if ((found = expected.match(/^not: (.*)$/))) {
    if (answer.body.includes(fill(found[1], saved))) throw new Error(`the body has "${found[1]}"`);
  } else if ((found = expected.match(/^save ([a-z_0-9]+) from header (\S+)$/i))) {
    saved[found[1]] = String(answer.headers[found[2].toLowerCase()] ?? "");
  } else if ((found = expected.match(/^save ([a-z_0-9]+) matching \/(.+)\/$/i))) {
    const at = answer.body.match(new RegExp(found[2]));
    if (!at) throw new Error(`nothing matches ${found[2]}`);
    saved[found[1]] = at[1];
  } else if ((found = expected.match(/^save ([a-z_0-9]+) (?:between|from marker) `([^|]*)\|([^`]*)`$/i))) {
    const from = answer.body.indexOf(found[2]);
    const to = from < 0 ? -1 : answer.body.indexOf(found[3], from + found[2].length);
    if (to < 0) throw new Error(`nothing between ${found[2]} and ${found[3]}`);
    saved[found[1]] = answer.body.slice(from + found[2].length, to);
  } else throw new Error(`cannot read the expectation "${expected}"`);
}
