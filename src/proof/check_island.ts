// Proves in the reader's own browser that an entry is in the signed log, and that enough witnesses signed it, by the log's
// policy.
import { bytes, signed, utf8 } from "./note";
import { meets, read_policy } from "./policy";
import { included } from "./receipt";

interface Receipt { index: number; leaf: string; proof: string[]; checkpoint: string }
async function check(place: HTMLElement): Promise<void> {
  const say = (text: string, tone: string) => {
    const p = document.createElement("p");
    p.className = tone;
    p.textContent = text;
    place.replaceChildren(p);
  };
  const words = place.dataset;
  say(words.start ?? "", "result");
  let receipt: Receipt, vkey: string, policy: string;
  try {
    // Without TLS a browser hashes nothing; without an answer there is nothing to hash. Neither speaks against the receipt.
    if (!globalThis.crypto?.subtle) throw new Error("no secure connection");
    const ask = async (path: string) => {
      const answer = await fetch(path);
      if (!answer.ok) throw new Error(String(answer.status));
      return answer;
    };
    [receipt, vkey, policy] = await Promise.all([
      ask(`/api/v1/ledger/receipts/${words.index}`).then((r) => r.json() as Promise<Receipt>),
      ask("/log/key").then((r) => r.text()),
      ask("/log/policy").then((r) => r.text()),
    ]);
  } catch {
    say(words.unable ?? "", "result");
    return;
  }
  try {
    const [, size, root] = receipt.checkpoint.split("\n");
    // The proof must be of what this page shows, not of some other entry.
    const same = receipt.index === Number(words.index) && receipt.leaf === words.leaf;
    const there = same && await included(receipt.index, Number(size), utf8(receipt.leaf), receipt.proof.map(bytes), bytes(root));
    const sealed = there ? await signed(receipt.checkpoint, vkey.trim()) : false;
    if (!there || sealed === false) return say(words.bad ?? "", "result late");
    if (sealed === null) return say(words.goodUnsigned ?? "", "result done");
    const asked = await read_policy(policy);
    const enough = await meets(asked, receipt.checkpoint);
    const witnesses = asked.quorum === "none" ? "" : enough ? words.witnessed : words.unwitnessed;
    say([words.good, witnesses].filter(Boolean).join(" "), "result done");
  } catch {
    say(words.bad ?? "", "result late");
  }
}

const place = document.getElementById("proof-check");
if (place) void check(place);
