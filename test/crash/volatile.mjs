// A file system on a disk whose cache is lost when the power goes: ext4 on a loop device on nbdfuse on nbdkit with
// volatile_disk.py. Flushes are honoured; of what was not flushed the cut keeps nothing, a part, or torn sectors.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const plugin = fileURLToPath(new URL("volatile_disk.py", import.meta.url));
const sector = 512;
const run = (command, ...words) => execFileSync(command, words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
const quietly = (command, ...words) => spawnSync(command, words, { stdio: "ignore" }).status === 0;
const ended = (child) => (child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((r) => child.once("exit", r)));
async function appears(path, child) {
  for (let tries = 0; tries < 2400; ++tries) {
    if (existsSync(path)) return;
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    await new Promise((r) => setTimeout(r, 25));
  }
  throw new Error(`${path} does not appear`);
}

export class VolatileDisk {
  constructor(megabytes = 128) {
    this.folder = mkdtempSync(join(tmpdir(), "huiyin-volatile-"));
    for (const name of ["image", "unsynced", "lies", "place", "fuse"]) this[name] = join(this.folder, name);
    mkdirSync(this.place), mkdirSync(this.fuse);
    run("truncate", "-s", `${megabytes}M`, this.image);
    run("mkfs.ext4", "-q", "-F", this.image);
  }

  // The file system is at `place` afterwards.
  async connect() {
    const socket = join(this.folder, "socket");
    rmSync(socket, { force: true });
    this.server = spawn("nbdkit", ["-f", "-U", socket, "python", plugin, `image=${this.image}`, `unsynced=${this.unsynced}`, `lies=${this.lies}`], { stdio: ["ignore", "ignore", "inherit"] });
    await appears(socket, this.server);
    const file = join(this.fuse, "disk");
    this.bridge = spawn("nbdfuse", [file, "--unix", socket], { stdio: "ignore" });
    await appears(file, this.bridge);
    this.loop = run("losetup", "--find", "--show", file);
    run("mount", "-t", "ext4", this.loop, this.place);
  }

  // From now on flushes do nothing.
  lie() {
    writeFileSync(this.lies, "");
  }

  // The power goes. pick(n): a number below n, at random.
  async cut(pick) {
    this.server.kill("SIGKILL");
    await ended(this.server);
    const kept = this.keep_some(pick);
    return kept;
  }

  // Takes away what hung on the disk; whoever used it must have ended.
  async disconnect() {
    for (let tries = 0; !quietly("umount", this.place) && tries < 40; ++tries) {
      if (tries > 20) quietly("umount", "-l", this.place);
      await new Promise((r) => setTimeout(r, 50));
    }
    quietly("losetup", "-d", this.loop);
    quietly("umount", "-l", this.fuse);
    this.bridge.kill("SIGKILL");
    await ended(this.bridge);
    this.server.kill("SIGKILL");
    await ended(this.server);
  }

  // How many of how many sectors that were not flushed reach the disk all the same.
  keep_some(pick) {
    const bytes = readFileSync(this.unsynced), image = openSync(this.image, "r+");
    const way = pick(3), of = [];
    for (let at = 0; at + 16 <= bytes.length;) {
      const offset = Number(bytes.readBigUInt64LE(at)), length = Number(bytes.readBigUInt64LE(at + 8));
      at += 16;
      if (at + length > bytes.length) break; // the cut came in the middle of taking it
      // Each sector for itself, or each write as a whole.
      const step = way === 1 ? sector : length;
      for (let i = 0; i < length; i += step) of.push({ offset: offset + i, data: bytes.subarray(at + i, at + Math.min(length, i + step)) });
      at += length;
    }
    let kept = 0;
    for (const { offset, data } of way === 0 ? [] : of)
      if (pick(2)) writeSync(image, data, 0, data.length, offset), ++kept;
    closeSync(image);
    return { way: ["nothing", "sectors", "writes"][way], kept, of: of.length };
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
