// Servers of other authorities, on this machine: one that passes everything on to a real Huiyin and can keep back its
// answers, and one that is broken in a different way under each of its paths.
import http from "node:http";

const listening = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
const body_of = async (asked) => {
  const pieces = [];
  for await (const piece of asked) pieces.push(piece);
  return Buffer.concat(pieces);
};

export class Between {
  constructor(base) {
    this.to = new URL(base);
    this.holds = false;  // a report is passed on, and its answer kept back
    this.reports = [];
    this.server = http.createServer((asked, answer) => this.#pass(asked, answer));
  }
  async start() {
    this.port = await listening(this.server);
    return `http://127.0.0.1:${this.port}/open311/v2`;
  }
  async #pass(asked, answer) {
    const body = await body_of(asked);
    const { connection, ...headers } = asked.headers;
    const out = http.request({ host: this.to.hostname, port: this.to.port, method: asked.method, path: asked.url, headers: { ...headers, host: this.to.host }, agent: false }, async (back) => {
      const got = await body_of(back);
      if (asked.method === "POST") this.reports.push({ headers, body: body.toString(), answer: got.toString() });
      if (asked.method === "POST" && this.holds) return;
      answer.writeHead(back.statusCode, back.headers).end(got);
    });
    out.on("error", () => answer.destroy());
    out.end(body);
  }
  stop() {
    this.server.closeAllConnections?.();
    this.server.close();
  }
}

const json = { "Content-Type": "application/json; charset=utf-8" };
const services = JSON.stringify([{ service_code: "001", service_name: "Pipes <b>&</b> wells", group: "Water" }]);
// What each path answers where it does not answer well: services, a report, a request that it has taken.
const faults = {
  huge: { services: (a) => a.writeHead(200, json).end("[" + " ".repeat(3 << 20) + "]") },
  slow: { services: () => {} },
  dripping: { services: (a) => { a.writeHead(200, json); const t = setInterval(() => a.write(" "), 200); a.on("close", () => clearInterval(t)); } },
  away: { services: (a) => a.writeHead(302, { Location: "http://127.0.0.1:1/elsewhere" }).end() },
  xml: { services: (a) => a.writeHead(200, { "Content-Type": "text/xml" }).end("<services/>") },
  bytes: { services: (a) => a.writeHead(200, json).end(Buffer.from('[{"service_code":"1","service_name":"\xff\xfe"}]', "latin1")) },
  deep: { services: (a) => a.writeHead(200, json).end("[".repeat(100_000)) },
  cut: { services: (a) => { a.writeHead(200, { ...json, "Content-Length": "5000" }); a.write("[{"); setTimeout(() => a.destroy(), 50); } },
  "report-cut": { report: (a) => a.destroy() },
  "report-broken": { report: (a) => a.writeHead(500).end() },
  "report-odd": { report: (a) => a.writeHead(200, json).end('[{"service_request_id":{"a":1}}]') },
  "report-up": { report: (a) => a.writeHead(200, json).end('[{"service_request_id":".."}]') },
  "report-refused": { report: (a) => a.writeHead(400, json).end('[{"code":400,"description":"No such <i>place</i>."}]') },
  "report-key": { report: (a) => a.writeHead(403, json).end('[{"code":403,"description":"key"}]') },
  "report-busy": { report: (a) => a.writeHead(503, { "Retry-After": "90" }).end() },
  "report-away": { report: (a) => a.writeHead(307, { Location: "http://127.0.0.1:1/elsewhere" }).end() },
  "report-hangs": { report: () => {} },
};

export class Broken {
  constructor() {
    this.asked = [];
    this.server = http.createServer(async (asked, answer) => {
      const body = (await body_of(asked)).toString();
      const [, which, what] = asked.url.split(/[/?]/);
      this.asked.push({ which, what, method: asked.method, url: asked.url, body });
      const fault = faults[which] ?? {};
      if (what === "services.json") return fault.services ? fault.services(answer) : answer.writeHead(200, json).end(services);
      if (what === "requests.json" && fault.report) return fault.report(answer);
      answer.writeHead(404).end();
    });
  }
  static names = Object.keys(faults);
  async start() {
    this.port = await listening(this.server);
    return `http://127.0.0.1:${this.port}`;
  }
  reports(which) {
    return this.asked.filter((one) => one.which === which && one.method === "POST");
  }
  stop() {
    this.server.closeAllConnections?.();
    this.server.close();
  }
}
