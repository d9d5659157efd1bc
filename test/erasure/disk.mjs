// A file system of its own for the data folder where one can be mounted, so that freed blocks can be searched too; and
// the search for bytes in whatever holds them.
import { execFileSync } from "node:child_process";
import { closeSync, fstatSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const quiet = { stdio: "ignore" };

export class Disk {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "huiyin-disk-"));
    this.place = join(this.folder, "place");
    mkdirSync(this.place);
    const image = join(this.folder, "image");
    try {
      execFileSync("truncate", ["-s", "96M", image], quiet);
      execFileSync("mkfs.ext4", ["-q", "-F", image], quiet);
      execFileSync("mount", ["-o", "loop", image, this.place], quiet);
      this.image = image;
    } catch {
      this.image = null;
    }
  }
  remove() {
    if (this.image) execFileSync("umount", ["-l", this.place], quiet);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (entry.isFile()) yield path;
  }
}

// {marker: [where, …]} of the markers {name: Buffer} that are found in any of the files.
export function found(markers, paths) {
  const out = {};
  const longest = Math.max(...Object.values(markers).map((m) => m.length));
  const piece = Buffer.alloc(8 << 20);
  for (const path of paths) {
    let file;
    try {
      file = openSync(path, "r");
    } catch (error) {
      if (error.code === "ENOENT") continue;  // gone since it was listed: a running server makes files and drops them
      throw error;
    }
    const size = fstatSync(file).size;
    for (let at = 0; at < size; at += piece.length - longest) {
      const n = readSync(file, piece, 0, piece.length, at);
      const here = piece.subarray(0, n);
      for (const [name, bytes] of Object.entries(markers))
        if (here.includes(bytes)) (out[name] ??= new Set()).add(path);
      if (n < piece.length) break;
    }
    closeSync(file);
  }
  return out;
}

export const in_folder = (markers, folder) => found(markers, [...files(folder)]);
export const in_image = (markers, image) => {
  execFileSync("sync");
  return found(markers, [image]);
};
export const first_file = (folder) => {
  for (const path of files(folder)) return { path, bytes: readFileSync(path) };
};
