// Builds the Go verifier with Debian's packages alone, offline.
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export function build_go(folder) {
  const here = dirname(fileURLToPath(import.meta.url)), out = join(folder, "interop");
  execFileSync("go", ["build", "-o", out, "interop"], {
    env: { ...process.env, GO111MODULE: "off", GOPROXY: "off", GOFLAGS: "", GOPATH: `${here}:/usr/share/gocode` },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return out;
}
