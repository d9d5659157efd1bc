// An office at work, for trials with faults: staff, a dialogue to vote in, an open judgement with its voting codes, and,
// where asked for, a long log. Made once; trials take copies of it, or go on in it.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { day, done_measure, opened } from "../browser/world.mjs";
import { dialogue_of } from "../requests/dialogue.mjs";
import { Program } from "../requests/program.mjs";

const roll = 1000;

// `entries`: how many messages are imported, for the length of the log.
async function make(folder, entries) {
  const program = new Program();
  try {
    program.init();
    program.make_staff(["officer", "head", "second", "moderator", "clerk", "chief"]);
    if (entries) {
      const file = join(program.folder, "messages.csv");
      let rows = "text\n";
      for (let i = 0; i < entries; ++i) rows += `The lamp at crossing ${i} has been dark for ${i % 90} days\n`;
      writeFileSync(file, rows);
      program.command("import", "voices", file, "--source", "trial", "--lang", "en");
      rmSync(file);
    }
    const base = await program.serve();
    const { dialogue, statements } = await dialogue_of(program, 10);
    const measure = await done_measure(base, program.staff, "Every lamp is lit");
    const { review, codes } = await opened(base, program.staff, measure, day(20), { p1_roll: String(roll) });
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
    cpSync(program.data, join(folder, "data"), { recursive: true, preserveTimestamps: true });
    writeFileSync(join(folder, "about.json"), JSON.stringify({ staff: program.staff, dialogue, statements, review, codes: codes[0] }));
  } finally {
    await program.stop("SIGKILL");
    program.remove();
  }
}

// {data, staff, dialogue, statements, review, codes}. With `kept`, a folder, it is made there once and for all.
export async function office(folder, entries = 0, kept = "") {
  const place = kept ? join(kept, `office-${entries}`) : join(folder, "office");
  if (!existsSync(join(place, "about.json"))) {
    mkdirSync(kept || folder, { recursive: true, mode: 0o700 });
    const half = `${place}.half-made`;
    await make(half, entries);
    renameSync(half, place);
  }
  return { data: join(place, "data"), ...JSON.parse(readFileSync(join(place, "about.json"), "utf8")) };
}

// A program of its own on a copy of the office's folder.
export function copy_of(office, options = {}) {
  const program = new Program(options);
  execFileSync("cp", ["-a", "--reflink=auto", office.data, program.data]);
  program.staff = structuredClone(office.staff);
  return program;
}
