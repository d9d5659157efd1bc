// The program is killed again and again while it sends, at the worst moments: with a letter half handed over, or taken
// and not yet known to be. Whoever follows must have every entry, under one Message-ID, with no more repeats than kills.
import { follow, happen, house, until, wait } from "./house.mjs";
import { Sink } from "./sink.mjs";

const steps = ["MAIL", "RCPT", "DATA", "end", "after", "after"];
const any = (n) => Math.floor(Math.random() * n);

export async function killed_again_and_again(entries, kills) {
  const sink = await new Sink().listen();
  const { program, officer, desk } = await house(sink);
  try {
    const followers = ["anna", "bert", "carl"].map((who) => `${who}@example.org`);
    for (const address of followers) await follow(program, sink, address, "cycle", desk);
    const asked = sink.letters.length, come = () => sink.letters.length - asked;
    const made = new Set(), chunk = Math.ceil(entries / (kills + 1));
    let done = 0, armed = null, back = Promise.resolve();
    sink.hook = (now) => {
      if (!armed || now !== armed.step || come() < armed.letters) return undefined;
      armed = null;
      done += 1;
      program.process.kill("SIGKILL");
      back = program.stop("SIGKILL").then(() => program.serve());
      return "cut";
    };
    for (let k = 0; made.size < entries; ++k) {
      const most = Math.min(entries, made.size + chunk);
      // At a random letter of this lot, at a random step of it.
      if (k < kills) armed = { step: steps[any(steps.length)], letters: come() + 1 + any((most - made.size) * followers.length - 1) };
      while (made.size < most) {
        await back;
        await happen(officer, desk, `Issue ${made.size}`).then((id) => made.add(id), () => wait(50));
      }
      if (k < kills) await until("a kill", () => done > k, 120);
      await back;
    }
    // What was recorded while its answer was lost counts too.
    for (let before = ""; ; ) {
      const page = JSON.parse((await officer.request("GET", `/api/v1/issues?cycle=${desk}&limit=100${before}`)).body);
      for (const issue of page.issues) made.add(issue.id);
      if (!page.next) break;
      before = `&before=${page.next}`;
    }
    const expected = made.size * followers.length, names = () => new Set(sink.letters.slice(asked).map((l) => l.id));
    await until("every letter", () => names().size >= expected, 240).catch(() => {});
    await wait(2500);
    const taken = sink.letters.slice(asked), had = new Set(taken.map((l) => `${l.to} ${l.id.match(/^<(\d+)\.0\./)?.[1]}`));
    const missing = followers.flatMap((to) => [...made].filter((entry) => !had.has(`${to} ${entry}`)).map((entry) => `${entry} to ${to}`));
    return { entries: made.size, kills: done, letters: taken.length, distinct: names().size, expected, missing, repeats: taken.length - names().size };
  } finally {
    await program.stop("SIGKILL");
    program.remove();
    sink.close();
  }
}
