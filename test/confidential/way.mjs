// The ways of confidential messages as people go them: through the pages.
import { Browser } from "../requests/script.mjs";

export const passphrase = "some long words for a key";

// The fields of a page's form that come back as they are: hidden ones but the tokens, and what is ticked.
export function kept_fields(html) {
  const fields = [];
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const of = (name) => tag.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1];
    const ticked = of("type") === "checkbox" && / checked/.test(tag);
    if ((of("type") === "hidden" || ticked) && !["csrf", "once"].includes(of("name"))) fields.push([of("name"), of("value")]);
  }
  return fields;
}

export class Person extends Browser {
  request(method, path, headers = {}, body = "") {
    return super.request(method, path, { "Accept-Language": "en", ...headers }, body);
  }
  // Sends what stands on the page that was got last.
  async post(path, fields) {
    const body = new URLSearchParams([["csrf", this.saved.csrf ?? ""], ["once", this.saved.once ?? ""], ...fields]).toString();
    return this.request("POST", path, { "Content-Type": "application/x-www-form-urlencoded" }, body);
  }
  async must(status, asked) {
    const answer = await asked;
    if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.body.replace(/<[^>]+>|\s+/g, " ").slice(0, 500)}`);
    return answer;
  }
}

export async function signed_in(base, account) {
  const person = new Person(base);
  await person.sign_in(account);
  return person;
}

// Named by the administrator, ready with a key of their own: [Person].
export async function make_receivers(base, staff, who) {
  const admin = await signed_in(base, staff.administrator), made = [];
  for (const one of who) {
    await admin.must(303, admin.form("/admin/receivers", { officer: staff.saved[`${one}_id`], reason: "Outside the line of the works" }));
    const receiver = await signed_in(base, staff[one]);
    await receiver.must(303, receiver.form("/account/receiving", { passphrase, again: passphrase }));
    made.push(receiver);
  }
  return { admin, receivers: made };
}

// {code, promise, page} of a new message about a unit, to all who are offered.
export async function send(base, unit, text, more = {}) {
  const author = new Person(base);
  await author.must(200, author.request("GET", "/confidential"));
  const write = await author.must(200, author.post("/confidential", [["unit1", unit]]));
  const fields = { kind: "complaint", text, place: "", ...more };
  const page = await author.must(200, author.post("/confidential/send", [...kept_fields(write.body), ...Object.entries(fields)]));
  return { author, write, page, code: page.body.match(/\d{5}( \d{5}){4}/)[0], promise: page.body.match(/huiyin confidential promise v1\n[^<]*/)[0] };
}

// The author's page, by the code.
export async function look(base, code) {
  const author = new Person(base);
  await author.must(200, author.request("GET", "/confidential/thread"));
  return { author, page: await author.post("/confidential/thread", [["code", code]]) };
}

export async function open_desk(receiver) {
  await receiver.must(200, receiver.request("GET", "/desk/confidential"));
  await receiver.must(303, receiver.post("/desk/confidential/open", [["passphrase", passphrase]]));
  return receiver.must(200, receiver.request("GET", "/desk/confidential"));
}
