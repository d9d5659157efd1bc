// Mails as people and programs send them, and a Maildir into which they are delivered as a mail server does it.
import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// `more`: header lines of its own; `id` null: none.
export function mail({ from = "Ming <ming@example.org>", id, subject = "Lamp", text = "The lamp at the corner is dark.", more = [], type = "text/plain; charset=utf-8" }) {
  const head = ["Return-Path: <ming@example.org>", "Received: from laptop.lan ([203.0.113.77]) by mx.example.org; Fri, 27 Nov 2026 08:00:00 +0800", `From: ${from}`, "To: voices@example.org", `Subject: ${subject}`, "Date: Fri, 27 Nov 2026 08:00:00 +0800", "MIME-Version: 1.0", `Content-Type: ${type}`];
  if (id) head.push(`Message-ID: <${id}>`);
  return [...head, ...more, "", text, ""].join("\r\n");
}

export const file_part = (type, name, bytes) => `--b\r\nContent-Type: ${type}\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString("base64").replace(/.{76}/g, "$&\r\n")}\r\n`;
export const with_files = (about, text, ...parts) => mail({ ...about, type: "multipart/mixed; boundary=b", text: `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n${parts.join("")}--b--` });

export class Maildir {
  constructor(folder) {
    this.folder = folder;
    this.n = 0;
    for (const part of ["new", "cur", "tmp"]) mkdirSync(join(folder, part), { recursive: true });
  }
  // As every program that delivers does: written whole, then moved.
  deliver(raw, name = `1795737600.M${String((this.n += 1)).padStart(6, "0")}.test`) {
    writeFileSync(join(this.folder, "tmp", name), raw);
    renameSync(join(this.folder, "tmp", name), join(this.folder, "new", name));
    return name;
  }
  // The names in one of its folders, "" for those that wait.
  in(folder) {
    try {
      return folder ? readdirSync(join(this.folder, folder, "cur")).sort() : [...readdirSync(join(this.folder, "new")), ...readdirSync(join(this.folder, "cur"))];
    } catch {
      return [];
    }
  }
  get refused() {
    return Object.fromEntries(readdirSync(this.folder).filter((f) => f.startsWith(".refused.")).map((f) => [f.slice(9), this.in(f).length]));
  }
}

export const mbox = (mails) => mails.map((raw) => `From MAILER Fri Nov 27 08:00:00 2026\n${raw.replaceAll("\r\n", "\n").replace(/^(>*From )/gm, ">$1")}\n`).join("");
