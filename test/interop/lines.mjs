// Foreign vectors and foreign logs as lines for the judges.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

// One vector calls two roots of another length than 32 bytes consistent, because they are equal. No judge here does.
const root = (base64) => Buffer.from(base64, "base64").length === 32;
const proof = (all) => (all?.length ? all.join(",") : "-");

// github.com/transparency-dev/merkle: each with the verdict that is wanted.
export function vectors(folder) {
  const read = (name) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  return [
    ...read("inclusion").map((v) => ({ line: ["i", v.leafIdx, v.treeSize, v.leafHash, v.root, proof(v.proof)].join(" "), good: !v.wantErr })),
    ...read("consistency").map((v) => ({ line: ["c", v.size1, v.size2, v.root1, v.root2, proof(v.proof)].join(" "), good: !v.wantErr && root(v.root1) })),
  ];
}

export const tessera_key = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
export const sunlight_mirror = "mirror.example.org+3fb148ef+BAAjjch9GyYz0sJsJx7ALhbdAtz2ov0unbzSl1vMp94O";
export const tessera_checkpoints = (folder) => readdirSync(folder).filter((name) => name.startsWith("checkpoint.")).map((name) => join(folder, name));
