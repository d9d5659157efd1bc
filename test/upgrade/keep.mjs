// Keeps an installation of this program for the tests of later ones: one of everything that people and staff can do.
//   node test/upgrade/keep.mjs VERSION      before a release
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { make_world } from "../browser/world.mjs";

const [version] = process.argv.slice(2);
if (!/^[\w.-]+$/.test(version ?? "")) throw new Error("keep.mjs VERSION");
const to = new URL(`released/${version}`, import.meta.url).pathname;
const { program, base } = await make_world();
const key = (await fetch(`${base}/log/key`).then((r) => r.text())).trim();
await program.stop();
mkdirSync(to, { recursive: true });
writeFileSync(join(to, "main.db.gz"), gzipSync(readFileSync(join(program.data, "main.db")), { level: 9 }));
for (const name of ["log.key", "server.key"]) copyFileSync(join(program.data, name), join(to, name));
writeFileSync(join(to, "key.txt"), `${key}\n`);
program.remove();
