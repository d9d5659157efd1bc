// Starts and stops the real program for tests: a data folder of its own, a free port, a known staff.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, chmodSync, cpSync, openSync, closeSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const programs = process.env.HUIYIN_PROGRAMS ?? "build/release/bin";
const program = join(programs, "huiyin");

// "name=value" of each cookie that a fetch() was given. Debian's Node 18 has no getSetCookie(), and joins the lines.
export const cookies_of = (answer) => (answer.headers.get("set-cookie") ?? "").split(/, (?=[^ ;,]+=)/).map((c) => c.split(";")[0]);

// The program's own day, from today, in the zone an installation has unless somebody changed it.
const day_there = (ahead) => new Date(Date.now() + ahead * 86_400_000).toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });

export class Program {
  // options: demo (load the demo), postgres (a connection string), env, port (any free one unless given), rate and
  // work_from (a minute), words (of serve), under (words before the program's own: a tracer)
  constructor(options = {}) {
    this.options = options;
    this.folder = mkdtempSync(join(tmpdir(), "huiyin-test-"));
    chmodSync(this.folder, 0o700);
    this.data = join(this.folder, "data");
  }

  command(...words) {
    const more = this.options.postgres ? ["--postgres", this.options.postgres] : [];
    return execFileSync(program, [...words, "--data", this.data, ...more], { encoding: "utf8", maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "pipe"] });
  }

  // Makes the installation; keeps the first account as `staff.administrator`.
  init(organisation = "Test office") {
    const out = JSON.parse(this.command("init", "--organisation", organisation, "--login", "admin", "--json"));
    this.staff = { administrator: { login: out.login, password: out.password }, saved: { root_unit: String(out.unit), desk: String(out.desk), get today() { return day_there(0); }, get soon() { return day_there(5); } } };
    return out;
  }

  // One officer for each role, in the root unit, and a second unit beside it; `only`: these and no others.
  make_staff(only = null) {
    const unit = (name, parent) => JSON.parse(this.command("unit", "add", "--name", name, "--parent", String(parent), "--json")).unit;
    const user = (who, at, ...roles) => {
      if (only && !only.includes(who)) return;
      const out = JSON.parse(this.command("user", "add", "--unit", String(at), "--login", who, "--post", `post of ${who}`, "--roles", roles.join(","), "--json"));
      this.staff[who] = { login: who, password: out.password };
      this.staff.saved[`${who}_id`] = String(out.officer);
    };
    const roads = unit("Roads section", this.staff.saved.root_unit);
    const audit = unit("Audit section", this.staff.saved.root_unit);
    Object.assign(this.staff.saved, { roads: String(roads), audit: String(audit) });
    user("officer", roads, "officer");
    user("head", roads, "head");
    user("second", audit, "officer");
    user("moderator", audit, "moderator");
    user("moderator2", audit, "moderator");
    user("clerk", this.staff.saved.root_unit, "clerk");
    user("inspector", audit, "inspector");
    for (const m of ["member1", "member2", "member3"]) user(m, audit, "member");
    user("chief", this.staff.saved.root_unit, "head");
    this.staff.staff = this.staff.officer;
  }

  // What was given long ago opens nothing any more.
  new_passwords() {
    for (const [who, account] of Object.entries(this.staff))
      if (account.login && who !== "staff") account.password = JSON.parse(this.command("user", "password", "--login", account.login, "--json")).password;
  }

  // A copy of another's installation and staff: making them costs a dozen slow password hashes.
  like(other) {
    cpSync(other.data, this.data, { recursive: true, preserveTimestamps: true });
    this.staff = structuredClone(other.staff);
    return this;
  }

  async serve() {
    const more = this.options.postgres ? ["--postgres", this.options.postgres] : [];
    // Log lines go to a file: nobody may have to read a pipe for the program to go on.
    this.log_file = join(this.folder, "log");
    const log = openSync(this.log_file, "a");
    const [command, ...before] = [...(this.options.under ?? []), program];
    this.process = spawn(command, [...before, "serve", "--data", this.data, "--port", String(this.options.port ?? 0), "--rate-per-minute", String(this.options.rate ?? 10_000_000), "--work-from-per-minute", String(this.options.work_from ?? 0), ...(this.options.words ?? []), ...more], { stdio: ["ignore", "pipe", log], env: { ...process.env, ...this.options.env } });
    closeSync(log);
    this.base = await new Promise((resolve, reject) => {
      let out = "";
      this.process.stdout.on("data", (d) => {
        out += d;
        const found = out.match(/http:\/\/(127\.0\.0\.1|0\.0\.0\.0):\d+/);
        if (found) resolve(found[0]);
      });
      this.process.on("exit", (code) => reject(new Error(`huiyin serve ended with ${code}: ${out}${this.log}`)));
      setTimeout(() => reject(new Error(`huiyin serve did not come up: ${out}${this.log}`)), 120_000).unref();
    });
    return this.base;
  }

  get log() {
    try {
      return readFileSync(this.log_file, "utf8").slice(-200_000);
    } catch {
      return "";
    }
  }

  async stop(signal = "SIGTERM") {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill(signal);
    await ended;
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
