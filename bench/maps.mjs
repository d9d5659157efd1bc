// What a map that is kept fresh costs those who vote.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { programs } from "../test/requests/program.mjs";

// In turns with and without a map that is kept fresh; each round the other way round goes first. Nobody votes twice
// on one statement.
export async function maps({ in_folder, load, record, rounds }) {
  const people = 20_000, questions = 200, ways = [["single votes", 1, ["--what", "vote"]], ["votes in arrays of 50", 50, ["--what", "votes", "--votes", 50, "--requests", Math.floor((people * questions) / 50 / (2 * rounds + 1))]]];
  for (const [name, items, words] of ways)
    await in_folder(async (folder) => {
      const child = spawn(join(programs, "huiyin-maps"), [folder, String(questions)], { stdio: ["pipe", "pipe", "inherit"] });
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const said = async () => JSON.parse((await lines.next()).value);
      const told = (what) => (child.stdin.write(`${what}\n`), said());
      try {
        const { port, dialogue, statements } = await said();
        let next = 0;
        const rate = async (what) => {
          await told(what);
          const took = load(`http://127.0.0.1:${port}`, ...words, "--people", people, "--dialogue", dialogue, "--statements", statements.join(","), "--first", next);
          next = took.next;
          return { rate: took.rate * items, drawn: (await told("alone")) / took.seconds };
        };
        await rate("alone");  // now everybody is known
        const alone = [], fresh = [];
        for (let round = 0; round < rounds; ++round)
          for (const what of round % 2 ? ["fresh", "alone"] : ["alone", "fresh"]) (what === "fresh" ? fresh : alone).push(await rate(what));
        record(`${name}, nobody asks for the map`, alone.map((r) => r.rate), "votes/s", "");
        record(`${name} while the map is kept fresh`, fresh.map((r) => r.rate), "votes/s", "the same in turns");
        record(`${name}: share left beside the map`, fresh.map((r, i) => (100 * r.rate) / alone[i].rate), "%", "≥ 90");
        record(`${name}: maps drawn meanwhile`, fresh.map((r) => r.drawn), "/s", "");
      } finally {
        child.stdin.end();
        await new Promise((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve()));
      }
    });
}
