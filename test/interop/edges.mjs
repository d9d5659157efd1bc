// Where readers of notes and signatures are known to differ, or might: each with the verdict of each, and why in README.md.
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { log, note, signature } from "./lines.mjs";
import { judged } from "./report.mjs";

function own_key(name, type) {
  const seed = createHash("sha256").update(`${name} ${type}`).digest();
  const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]), format: "der", type: "pkcs8" });
  const typed = Buffer.concat([Buffer.from([type]), createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(-32)]);
  const id = createHash("sha256").update(`${name}\n`).update(typed).digest().subarray(0, 4);
  const bytes = (message, before = Buffer.alloc(0)) => Buffer.concat([id, before, sign(null, Buffer.from(message), privateKey)]);
  const of = (coded) => `\u2014 ${name} ${coded}\n`;
  return { vkey: `${name}+${id.toString("hex")}+${typed.toString("base64")}`, id, bytes, line: (message) => of(bytes(message).toString("base64")), of };
}

const body = `edge.example/log\n0\n${createHash("sha256").digest("base64")}\n`;

function edges() {
  const key = own_key("edge.example/log", 1), stranger = own_key("other.example/log", 1), witness = own_key("w.example", 4);
  const right = key.line(body), wrong = key.line(`${body}x`);
  const coded = key.bytes(body).toString("base64"), last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const other_bits = `${coded.slice(0, -2)}${last[last.indexOf(coded.at(-2)) ^ 1]}=`;
  const by = (type) => { const one = own_key("edge.example/log", type); return { vkey: one.vkey, content: `${body}\n${one.line(body)}` }; };
  const timed = (seconds) => {
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(seconds);
    return witness.of(witness.bytes(`cosignature/v1\ntime ${seconds}\n${body}`, time).toString("base64"));
  };
  const post_quantum = `\u2014 pq.example ${Buffer.concat([Buffer.from([1, 2, 3, 4]), Buffer.alloc(8 + 2420, 7)]).toString("base64")}\n`;
  const of = (what, content, good, but = {}, vkey = key.vkey) => ({ what, vkey, content: Buffer.from(content), good, but });
  return [
    of("a right line", `${body}\n${right}`, true),
    of("a stranger's line before it", `${body}\n${stranger.line(body)}${right}`, true),
    of("a line of ML-DSA's length beside it", `${body}\n${right}${post_quantum}`, true),
    of("only a stranger's line", `${body}\n${stranger.line(body)}`, false),
    of("unused bits of base64 are set", `${body}\n${key.of(other_bits)}`, false, { Go: true }),
    of("a wrong line of the key after a right one", `${body}\n${right}${wrong}`, false, { Go: true }),
    of("a wrong line of the key before a right one", `${body}\n${wrong}${right}`, false),
    of("64 lines", `${body}\n${right.repeat(64)}`, true),
    of("65 lines", `${body}\n${right.repeat(65)}`, false, { Go: true, OpenSSL: true }),
    of("101 lines", `${body}\n${right.repeat(101)}`, false, { OpenSSL: true }),
    of("a stranger's line that is no base64", `${body}\n${right}\u2014 other.example AAAA*AAA\n`, false),
    of("a stranger's line of four bytes", `${body}\n${right}\u2014 other.example AAAAAA==\n`, false),
    of("a line without its end", `${body}\n${right.trimEnd()}`, false),
    of("an empty line after it", `${body}\n${right}\n`, false),
    of("a tab in a body that is signed", `a\tb\n\n${key.line("a\tb\n")}`, false),
    of("a body with an empty line in it", `a\n\nb\n\n${key.line("a\n\nb\n")}`, true),
    ...[2, 5, 6, 255].map((type) => { const one = by(type); return of(`a key of type ${type} with its right Ed25519 line`, one.content, false, {}, one.vkey); }),
    of("a cosignature", `${body}\n${timed(1767139200n)}`, true, {}, witness.vkey),
    of("a witness's key under a note without a time", `${body}\n${witness.line(body)}`, false, {}, witness.vkey),
    of("a cosignature after the year 292277026596", `${body}\n${timed(1n << 63n)}`, false, { Go: true, OpenSSL: true }, witness.vkey),
  ];
}

export async function judge_edges(judges) {
  const cases = edges().map((c) => ({ ...c, line: note(c.vkey, c.content) }));
  judged("edges of notes", cases, await judges.all(cases));

  const log_key = own_key("edge.example/log", 1), longer = `${body}extension\n`, other = own_key("edge.example/other", 1);
  const none = Buffer.alloc(0), whole = (key, text) => log(key.vkey, Buffer.from(`${text}\n${key.line(text)}`), none, none, none);
  const heads = [
    { what: "an empty log", line: whole(log_key, body), good: true },
    { what: "an extension line", line: whole(log_key, longer), good: false },
    { what: "a log that is not named as its key", line: whole(other, body), good: false },
    { what: "a size with a zero before it", line: whole(log_key, body.replace("\n0\n", "\n00\n")), good: false },
    { what: "a size below nothing", line: whole(log_key, body.replace("\n0\n", "\n-1\n")), good: false },
    { what: "a root of 31 bytes", line: whole(log_key, `edge.example/log\n0\n${Buffer.alloc(31).toString("base64")}\n`), good: false },
  ];
  judged("edges of checkpoints", heads, await judges.all(heads));

  // The neutral element as a key, with itself and 0 as the signature, fits every message: S B = R + h A.
  const neutral = Buffer.from(`01${"00".repeat(31)}`, "hex"), message = Buffer.from("anything");
  const weak = [{ what: "a key of small order", line: signature(neutral, message, Buffer.concat([neutral, Buffer.alloc(32)])), good: true }];
  judged("edges of Ed25519", weak, await judges.all(weak));
}
