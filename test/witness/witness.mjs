// Starts and stops the real huiyin-witness, and sets up a huiyin that is followed by some.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync, openSync, closeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { free_port } from "../requests/port.mjs";
import { programs } from "../requests/program.mjs";

const program = join(programs, "huiyin-witness");

export class Witness {
  constructor(name) {
    this.name = name;
    this.folder = mkdtempSync(join(tmpdir(), "huiyin-witness-"));
    this.data = join(this.folder, "data");
    this.vkey = execFileSync(program, ["init", "--data", this.data, "--name", `${name}.example/huiyin`], { encoding: "utf8" }).trim();
  }
  async serve(...logs) {
    this.port ??= await free_port();
    const file = openSync(join(this.folder, "log"), "a");
    this.process = spawn(program, ["serve", "--data", this.data, "--port", String(this.port), ...logs.flatMap((l) => ["--log", l])], { stdio: ["ignore", "pipe", file] });
    closeSync(file);
    await new Promise((resolve, reject) => {
      this.process.stdout.once("data", resolve);
      this.process.once("exit", (code) => reject(new Error(`huiyin-witness ended with ${code}`)));
    });
  }
  get base() { return `http://127.0.0.1:${this.port}`; }
  async stop(signal = "SIGTERM") {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill(signal);
    await ended;
  }
  remove() { rmSync(this.folder, { recursive: true, force: true }); }
}

// Writes huiyin.toml of an installation that is not running.
export async function followed_by(data, witnesses, quorum) {
  let text = `quorum = ${quorum}\n`;
  for (const one of witnesses) {
    one.port ??= await free_port();
    text += `[[witness]]\nname = "${one.name}"\nkey = "${one.vkey}"\nurl = "${one.base}"\n`;
  }
  writeFileSync(join(data, "huiyin.toml"), text, { mode: 0o600 });
}
