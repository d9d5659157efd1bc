// Somebody follows something in the world: one matter confirmed, another waiting for its button.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Maildir, mail } from "../mailbox/post.mjs";
import { follow } from "../notice/house.mjs";
import { Sink } from "../notice/sink.mjs";
import { Browser } from "../requests/script.mjs";

// Before the program is served: letters go to a sink, which closes with fill_notices().
export async function send_to_sink(program) {
  const sink = await new Sink().listen();
  // Mails are taken, too; one of them by a program, so that it is refused and counted.
  const maildir = new Maildir(join(program.folder, "Maildir"));
  maildir.deliver(mail({ id: "robot@example.org", more: ["Auto-Submitted: auto-generated"] }));
  const mails = `[mail]\naddress = "voices@voices.example.org"\nmaildir = "${maildir.folder}"\n`;
  writeFileSync(join(program.data, "huiyin.toml"), `public_address = "https://voices.example.org"\n[smtp]\nurl = "smtp://127.0.0.1:${sink.port}"\nfrom = "notices@voices.example.org"\n${mails}`);
  return sink;
}

export async function fill_notices(program, sink, made) {
  made.own = await follow(program, sink, "reader@example.org", "cycle", made.cycle, "daily");
  const reader = new Browser(program.base);
  await reader.form("/follow", { what: "voice", id: String(made.late), email: "reader@example.org", pace: "daily" }, `/follow?what=voice&id=${made.late}`);
  sink.close();
}
