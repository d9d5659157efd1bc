// A webhook's other side, as an operator would write it: checks the signature, hands a short message for each entry to
// `send`, and answers 204 once it has. An entry that comes again (its answer was lost) is not sent again.
//   node test/notice/sms_gateway.mjs SECRET_FILE PORT NUMBER…      prints what a modem or a provider would be given
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import http from "node:http";
import { fileURLToPath } from "node:url";

const five_minutes = 300;

// `secret`: bytes. `send(number, text)` may be a promise; when it fails, 503 makes the program try again.
export function gateway(secret, numbers, send) {
  const done = new Set();
  const right = ({ "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signatures = "" }, body) => {
    const mac = createHmac("sha256", secret).update(`${id}.${at}.${body}`).digest();
    const fresh = Math.abs(Date.now() / 1000 - Number(at)) <= five_minutes;
    return fresh && signatures.split(" ").some((one) => {
      const given = Buffer.from(one.replace(/^v1,/, ""), "base64");
      return given.length === mac.length && timingSafeEqual(given, mac);
    });
  };
  return http.createServer((request, answer) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (some) => (body += some));
    request.on("end", async () => {
      if (!right(request.headers, body)) return answer.writeHead(401).end();
      const id = request.headers["webhook-id"], { type, data } = JSON.parse(body);
      try {
        if (!done.has(id)) for (const number of numbers) await send(number, `${type} ${data.link}`);
        done.add(id);
        answer.writeHead(204).end();
      } catch {
        answer.writeHead(503).end();
      }
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, port, ...numbers] = process.argv.slice(2);
  const secret = Buffer.from(readFileSync(file, "utf8").trim().replace(/^whsec_/, ""), "base64");
  gateway(secret, numbers, (number, text) => console.log(`${number}: ${text}`)).listen(Number(port), "127.0.0.1");
}
