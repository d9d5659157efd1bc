// The judges: ours (C++), Go's x/mod and crypto/ed25519, the browser's WebCrypto, OpenSSL's command line.
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { programs } from "../requests/program.mjs";
import { launch } from "../browser/browser.mjs";
import { build_go } from "./go.mjs";
import { OpenSSL } from "./openssl.mjs";

const here = dirname(fileURLToPath(import.meta.url));
export const run = (program, args, input) => spawnSync(program, args, { input, encoding: "utf8", maxBuffer: 1 << 28 });

export class Judges {
  static async open(scratch) {
    const judges = new Judges();
    judges.openssl = new OpenSSL(scratch);
    judges.go = build_go(scratch);
    execFileSync(join(here, "../../node_modules/.bin/esbuild"), [join(here, "judge.ts"), "--bundle", "--format=iife", "--global-name=interop", "--target=es2020", "--log-level=warning", `--outfile=${scratch}/judge.js`]);
    judges.browser = await launch();
    judges.page = await (await judges.browser.newContext()).newPage();
    writeFileSync(join(scratch, "empty.html"), "<!doctype html><title>judge</title>");
    await judges.page.goto(`file://${join(scratch, "empty.html")}`);
    await judges.page.addScriptTag({ path: join(scratch, "judge.js") });
    return judges;
  }

  // What each says of these cases, a sign for each: "1" or "0"; "-" where OpenSSL was not asked or cannot answer.
  async all(cases, asked = () => true) {
    const lines = cases.map((c) => c.line), of_openssl = this.openssl.all(lines.filter((_, i) => asked(i))).split("").values();
    const input = lines.join("\n") + "\n";
    const said = (program, ...args) => {
      const answer = run(program, args, input);
      if (answer.status !== 0) throw new Error(`${program}: ${answer.stdout.slice(-500)} ${answer.stderr}`);
      return answer.stdout.replaceAll("\n", "");
    };
    return {
      "C++": said(join(programs, "huiyin-proofs")),
      Go: said(this.go, "judge"),
      WebCrypto: await this.page.evaluate((all) => globalThis.interop.judge(all), lines),
      OpenSSL: lines.map((_, i) => (asked(i) ? of_openssl.next().value : "-")).join(""),
    };
  }

  close() { return this.browser.close(); }
}
