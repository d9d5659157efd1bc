// An installation that sends letters to a sink, and those who follow something in it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { free_port } from "../requests/port.mjs";
import { Program } from "../requests/program.mjs";
import { Browser } from "../requests/script.mjs";

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export async function until(what, ask, seconds = 60) {
  for (const start = Date.now(); ; await wait(50)) {
    const last = await ask();
    if (last) return last;
    if (Date.now() - start > seconds * 1000) throw new Error(`${what}: not within ${seconds} s`);
  }
}

export function settings(port, sink, more = "") {
  return `public_address = "http://127.0.0.1:${port}"\n[smtp]\nurl = "smtp://127.0.0.1:${sink.port}"\nfrom = "notices@voices.example.org"\n${more}`;
}

// With staff, an officer who is signed in, and its port for good.
export async function house(sink, more = "", options = {}) {
  const port = await free_port();
  const program = new Program({ ...options, port });
  program.init();
  program.make_staff(["officer", "head"]);
  writeFileSync(join(program.data, "huiyin.toml"), settings(port, sink, more));
  await program.serve();
  const officer = new Browser(program.base);
  await officer.sign_in(program.staff.officer);
  return { program, officer, port, desk: program.staff.saved.desk };
}

// The address at which somebody's letters are stopped, out of the newest.
export const own_of = (sink, address) => sink.to(address).at(-1).text.match(/\/notices\/[A-Za-z0-9_-]+/)[0];

export async function follow(program, sink, address, what, id, pace = "once") {
  const reader = new Browser(program.base);
  const before = sink.to(address).length;
  const asked = await reader.form("/follow", { what, id: String(id), email: address, pace }, `/follow?what=${what}&id=${id}`);
  if (asked.status !== 303) throw new Error(`following was answered ${asked.status}`);
  await until(`a letter that asks ${address}`, () => sink.to(address).length > before);
  const own = own_of(sink, address);
  const done = await reader.form(`${own}/confirm`, {}, own);
  if (done.status !== 303) throw new Error(`confirming was answered ${done.status}`);
  return own;
}

// An issue of the desk is suggested: one entry that those who follow the desk are told of. Its number.
export async function happen(officer, desk, title) {
  const made = await officer.form("/issues", { cycle: desk, title, text: "Words of a matter.", lang: "en" }, `/issues/new?cycle=${desk}`);
  if (made.status !== 303) throw new Error(`an issue was answered ${made.status}`);
  return Number(made.headers.location.match(/\d+/)[0]);
}

// The head of the roads section promises something by a day.
export async function promise(program, desk, due) {
  const head = new Browser(program.base);
  await head.sign_in(program.staff.head);
  const made = await head.form("/measures", { cycle: desk, title: "Every lamp is lit", lang: "en", text: "Ten lamps a week.", indicator_name: "Lamps that are lit", indicator_unit: "%", indicator_baseline: "81", indicator_target: "98", due, beneficiaries: "Whoever walks there at night" }, `/measures/new?cycle=${desk}`);
  if (made.status !== 303) throw new Error(`a measure was answered ${made.status}`);
  return Number(made.headers.location.match(/\d+/)[0]);
}
