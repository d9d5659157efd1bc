// The page that checks a receipt from the reader's own disk: no server, no network. Its words stand in the page, in three
// languages; see alone.cc.
import { signed, utf8 } from "./note";
import { meets, read_policy } from "./policy";
import { included, parseHead, parseProof } from "./receipt";

type Words = Record<string, string>;
const words: Record<string, Words> = JSON.parse(document.getElementById("words")!.textContent!);
const langs = Object.keys(words);
const field = (id: string) => document.getElementById(id) as HTMLTextAreaElement;
const result = document.getElementById("result")!;
let lang = langs.find((l) => navigator.languages.some((n) => n.toLowerCase().startsWith(l.toLowerCase())))
  ?? (navigator.languages.some((n) => /^zh-(tw|hk|mo)/i.test(n)) ? "zh-Hant" : navigator.languages.some((n) => /^zh/i.test(n)) ? "zh-Hans" : "en");

function speak(): void {
  document.documentElement.lang = lang;
  document.title = words[lang].title;
  for (const place of document.querySelectorAll<HTMLElement>("[data-word]")) place.textContent = words[lang][place.dataset.word!];
  result.replaceChildren();
}

function say(tone: string, ...lines: string[]): void {
  result.className = tone;
  result.replaceChildren(...lines.map((line) => {
    const p = document.createElement("p");
    p.textContent = line;
    return p;
  }));
}

// What the witnesses say of it; nothing where none are asked for.
async function witnesses(w: Words, checkpoint: string): Promise<{ tone: string; line: string }> {
  const text = field("policy").value.trim();
  if (!text) return { tone: "good", line: "" };
  let policy;
  try {
    policy = await read_policy(`${text}\n`);
  } catch {
    return { tone: "bad", line: w.bad_policy };
  }
  if (policy.quorum === "none") return { tone: "good", line: "" };
  try {
    return { tone: "good", line: (await meets(policy, checkpoint)) ? w.witnessed : w.unwitnessed };
  } catch {
    return { tone: "bad", line: w.bad_witness };
  }
}

async function check(): Promise<void> {
  const w = words[lang];
  try {
    if (!globalThis.crypto?.subtle) return say("", w.unable);
    const proof = parseProof(field("proof").value);
    const leaf = field("leaf").value.trim() || proof.leaf;
    if (!leaf) return say("", w.leaf_missing);
    const head = parseHead(proof.checkpoint);
    if (!(await included(proof.index, head.size, utf8(leaf), proof.path, head.root))) return say("bad", w.bad_tree);
    const key = field("key").value.trim();
    // The log's name is its key's name: another log's checkpoint, well signed, proves nothing here.
    const seal = key.startsWith(`${head.origin}+`) ? await signed(proof.checkpoint, key) : false;
    if (seal === false) return say("bad", w.bad_key);
    const others = seal === null ? { tone: "good", line: "" } : await witnesses(w, proof.checkpoint);
    if (others.tone === "bad") return say("bad", others.line);
    const { time, kind } = JSON.parse(leaf) as { time: string; kind: string };
    say("good", seal === null ? w.good_unsigned : w.good, ...(others.line ? [others.line] : []), `${w.entry} ${proof.index} · ${time} · ${kind}`, `${w.log} ${head.origin} · ${head.size}`);
  } catch {
    say("bad", w.unreadable);
  }
}

field("file").addEventListener("change", async () => {
  const file = (document.getElementById("file") as HTMLInputElement).files?.[0];
  if (file) field("proof").value = await file.text();
});
document.getElementById("check")!.addEventListener("click", () => void check());
for (const one of langs)
  document.getElementById(`lang-${one}`)!.addEventListener("click", () => { lang = one; speak(); });
speak();
