// The page that checks a receipt from the reader's disk, in the browser, with a witness of our own making.
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { tessera_key } from "./notes.mjs";
import { say } from "./report.mjs";

// A witness of twelve lines (C2SP tlog-cosignature): its key's text, and a note with its line under it.
function own_witness(name) {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const key = Buffer.concat([Buffer.from([4]), publicKey.export({ format: "der", type: "spki" }).subarray(-32)]);
  const id = createHash("sha256").update(`${name}\n`).update(key).digest().subarray(0, 4);
  const cosigned = (text) => {
    const at = text.indexOf("\n\n", text.indexOf("\n\n") + 2) + 1, seconds = Math.floor(Date.now() / 1000), time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(seconds));
    const body = text.slice(text.indexOf("\n\n") + 2, at);
    const line = Buffer.concat([id, time, sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`), privateKey)]);
    return `${text.trimEnd()}\n\u2014 ${name} ${line.toString("base64")}\n`;
  };
  return { vkey: `${name}+${id.toString("hex")}+${key.toString("base64")}`, cosigned };
}

// The page that lies in the export, opened from disk.
export async function judge_alone(browser, html, file, key) {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`file://${html}`);
  const outcome = async (proof, by, policy = "") => {
    await page.fill("#proof", proof);
    await page.fill("#key", by);
    await page.fill("#policy", policy);
    await page.click("#check");
    await page.waitForFunction(() => document.getElementById("result").childNodes.length > 0);
    const tone = (await page.getAttribute("#result", "class")) + (await page.textContent("#result")).replace(/.*(Enough|Not enough) independent witnesses.*/s, (_, how) => `, ${how.toLowerCase()}`).replace(/^(?!, ).*/s, "");
    await page.evaluate(() => document.getElementById("result").replaceChildren());
    return tone;
  };
  const text = readFileSync(file, "utf8");
  say(await page.inputValue("#key") === key, "the page from disk holds the log's key");
  say((await page.inputValue("#policy")).includes("quorum none"), "the page from disk holds the log's policy");
  say((await outcome(text, key)) === "good", "a receipt on the page from disk: WebCrypto");
  say((await outcome(text, key, `log ${key}\nquorum none\n`)) === "good", "where no witness is asked for, none is missed");
  const witness = own_witness("one.example/w"), asked_for = `log ${key}\nwitness one ${witness.vkey}\nquorum one\n`;
  say((await outcome(text, key, asked_for)) === "good, not enough", "a receipt that the policy's witness has not signed, on the page from disk");
  const more = witness.cosigned(text);
  say((await outcome(more, key, asked_for)) === "good, enough", "a receipt that it has signed, on the page from disk");
  const last = more.trimEnd().at(-4) === "A" ? "B" : "A";
  say((await outcome(`${more.trimEnd().slice(0, -4)}${last}${more.trimEnd().slice(-3)}\n`, key, asked_for)) === "bad", "a witness's line that is wrong, on the page from disk");
  say((await outcome(text, key, `log ${key}\nquorum two\n`)) === "bad", "a policy that is none, on the page from disk");
  const lines = text.split("\n");
  const changed = lines.map((line, n) => (n === 3 ? (line[5] === "A" ? line.slice(0, 5) + "B" + line.slice(6) : line.slice(0, 5) + "A" + line.slice(6)) : line)).join("\n");
  say((await outcome(changed, key)) === "bad", "a receipt with a changed hash on the page from disk");
  say((await outcome(text, tessera_key)) === "bad", "a receipt under another key on the page from disk");
  await page.setInputFiles("#file", file);
  await page.waitForFunction((wanted) => document.getElementById("proof").value === wanted, text);
  for (const lang of ["zh-Hans", "zh-Hant", "en"]) {
    await page.click(`#lang-${lang}`);
    say((await page.getAttribute("html", "lang")) === lang && !(await page.textContent("body")).includes("proof.alone"), `the page from disk in ${lang}`);
  }
  say(asked.every((url) => url.startsWith("file:")), "the page from disk asks nobody", asked.join(" "));
  await context.close();
}
