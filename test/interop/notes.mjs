// Signed notes of others: which there are, what of one is signed, and changed ones.
import { createHash } from "node:crypto";
import { flipped, note, read, seeded } from "./lines.mjs";
import { opened } from "./openssl.mjs";
import { judged, say } from "./report.mjs";

export const tessera_key = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
export const mirror_key = "mirror.example.org+3fb148ef+BAAjjch9GyYz0sJsJx7ALhbdAtz2ov0unbzSl1vMp94O";
// The log that the mirror and a witness follow signs with ECDSA (RFC 6962, key type 05); of its log.v3.json.
const rome = "rome2026h1.example.org";
const rome_key = Buffer.from("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEPIcer7RB32jt4bTEbhgUKLKvOctFD+I2hoDItFxUBlJiGFvftBuRk3fO7e1T7gC2ekyfL7XoO2oN/ObcZyc4EA==", "base64");

const foreign_notes = () => [
  ...Array.from({ length: 16 }, (_, size) => ({ file: `tessera/checkpoint.${size}`, vkey: tessera_key })),
  { file: "sunlight/mirror_checkpoint", vkey: mirror_key },
  { file: "sunlight/witness_checkpoint", vkey: "witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN" },
  { file: "sunlight/witness2_checkpoint", vkey: "witness2.example.org+2e55b896+BIZ7fpceQWd60IfqQeS9IAnmNOCZjMDne8lZuguz/bi9" },
].map((one) => ({ ...one, content: read(one.file) }));

// One bit, a few times; each line left out, doubled, and changed with the next.
function* changes(content, random) {
  for (let n = 0; n < 6; ++n) yield flipped(content, random);
  const lines = content.toString().trimEnd().split("\n"), whole = (all) => Buffer.from(`${all.join("\n")}\n`);
  for (let n = 0; n < lines.length; ++n) {
    yield whole(lines.toSpliced(n, 1));
    yield whole(lines.toSpliced(n, 0, lines[n]));
    if (n + 1 < lines.length && lines[n] !== lines[n + 1]) yield whole(lines.toSpliced(n, 2, lines[n + 1], lines[n]));
  }
}

export async function judge_notes(judges, seed, sparse) {
  const random = seeded(seed), notes = foreign_notes();
  const cases = notes.map(({ file, vkey, content }) => ({ line: note(vkey, content), good: true, what: file }));
  for (const [name, part] of [["Tessera's checkpoints, signed", cases.slice(0, 16)], ["Sunlight's mirror and witnesses, cosigned", cases.slice(16)]])
    judged(name, part, await judges.all(part));

  const signed = [], uncovered = [];
  for (const { file, vkey, content } of notes)
    for (const changed of changes(content, random)) {
      const before = opened(content, vkey), after = opened(changed, vkey);
      const same = after.form !== "malformed" && after.body === before.body && after.signatures.length > 0
        && after.signatures.every((one) => before.signatures.some((other) => one.equals(other)));
      const c = { line: note(vkey, changed), what: file };
      if (!same) signed.push({ ...c, good: false });
      else uncovered.push({ ...c, good: after.form === "strict", but: after.form === "loose" ? { Go: true } : {} });
    }
  judged("notes, changed", signed, await judges.all(signed, (i) => i % sparse === 0));
  judged("notes, changed where nothing is signed", uncovered, await judges.all(uncovered));
  await other_algorithm(judges);
}

// An ECDSA line is right, and still nobody takes it for a signature he knows.
async function other_algorithm(judges) {
  const content = read("sunlight/witness_checkpoint"), id = createHash("sha256").update(rome_key).digest();
  const key_id = createHash("sha256").update(`${rome}\n`).update(Buffer.concat([Buffer.from([5]), id])).digest("hex").slice(0, 8);
  const vkey = `${rome}+${key_id}+${Buffer.concat([Buffer.from([5]), rome_key]).toString("base64")}`;
  const { body, signatures: [line] } = opened(content, vkey), [, size, root] = body.split("\n");
  const head = Buffer.concat([Buffer.from([0, 1]), line.subarray(0, 8), Buffer.alloc(8), Buffer.from(root, "base64")]);
  head.writeBigUInt64BE(BigInt(size), 10);
  const right = judges.openssl.ecdsa(rome_key, head, line.subarray(12)), wrong = judges.openssl.ecdsa(rome_key, flipped(head, seeded(1)), line.subarray(12));
  say(right && !wrong, "a log's ECDSA line is right: OpenSSL", `${right} ${wrong}`);
  const cases = [
    { line: note(vkey, content), what: "an ECDSA key" },
    { line: note(vkey, Buffer.from(`${body}\n${content.toString().split("\n").find((l) => l.startsWith(`— ${rome} `))}\n`)), what: "an ECDSA line alone" },
  ].map((c) => ({ ...c, good: false }));
  judged("notes under an ECDSA key, unknown", cases, await judges.all(cases));
}
