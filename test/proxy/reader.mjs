// Who reaches the program through a proxy, from an address of their own in 127.0.0.0/8.
import https from "node:https";
import net from "node:net";
import tls from "node:tls";
import { host } from "./documented.mjs";

const whole = (answer) => new Promise((resolve, reject) => {
  const chunks = [];
  answer.on("data", (d) => chunks.push(d));
  answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, raw: answer.rawHeaders, text: Buffer.concat(chunks).toString() }));
  answer.on("error", reject);
});

export class Reader {
  constructor(proxy, from) {
    Object.assign(this, { proxy, from, agent: false, cookies: new Map(), origin: `https://${host}:${proxy.port}` });
  }

  // One connection for many requests; otherwise each has its own.
  keep() {
    this.agent = new https.Agent({ keepAlive: true });
    return this;
  }

  // The request is sent when end() is called with the rest of its body; `answer` is what comes, whenever it comes.
  open({ method = "GET", path = "/", headers = {} } = {}) {
    const cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
    const request = https.request({
      host: "127.0.0.1", port: this.proxy.port, localAddress: this.from, servername: host, ca: this.proxy.ca, agent: this.agent, method, path,
      headers: { Host: `${host}:${this.proxy.port}`, ...(cookie ? { Cookie: cookie } : {}), ...headers },
    });
    const answer = new Promise((resolve, reject) => {
      let answered = false;
      request.on("response", (a) => { answered = true; resolve(a); });
      request.on("error", (error) => answered || reject(error)); // an answer may come before all was sent
      setTimeout(() => answered || request.destroy(new Error(`${method} ${path}: no answer`)), 120_000).unref();
    });
    answer.catch(() => {}); // who waits for it is told
    return { request, answer };
  }

  async ask(what = {}, body = undefined) {
    const { request, answer } = this.open(what);
    request.end(body);
    const got = await whole(await answer);
    for (const line of got.headers["set-cookie"] ?? []) this.cookies.set(line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1).split(";")[0]);
    return got;
  }

  async form(path, page = path) {
    const { text } = await this.ask({ path: page });
    return (name) => text.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? "";
  }

  send(path, fields, headers = {}) {
    return this.ask({ method: "POST", path, headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: this.origin, "Sec-Fetch-Site": "same-origin", ...headers } }, new URLSearchParams(fields).toString());
  }

  multipart(path, body, headers = {}) {
    return this.open({ method: "POST", path, headers: { "Content-Type": "multipart/form-data; boundary=a-line-between", "Content-Length": body.length, Origin: this.origin, ...headers } });
  }
}
export { whole };

export function multipart(fields, pictures) {
  const parts = Object.entries(fields).map(([name, value]) => Buffer.from(`--a-line-between\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
  pictures.forEach((bytes, i) => parts.push(Buffer.from(`--a-line-between\r\nContent-Disposition: form-data; name="photos"; filename="${i}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`), bytes, Buffer.from("\r\n")));
  return Buffer.concat([...parts, Buffer.from("--a-line-between--\r\n")]);
}

// What a handshake with these options comes to.
export const shake = (proxy, options = {}) => new Promise((resolve) => {
  const socket = tls.connect({ host: "127.0.0.1", port: proxy.port, servername: host, ca: proxy.ca, ...options }, () => {
    resolve({ protocol: socket.getProtocol(), cipher: socket.getCipher().name, ticket: socket.getTLSTicket() });
    socket.destroy();
  });
  socket.on("error", (error) => resolve({ refused: error.code ?? String(error) }));
});

// Bytes as they are to a port; what comes back until it closes.
export const raw = (port, from, bytes) => new Promise((resolve) => {
  let text = "";
  const socket = net.connect({ port, host: "127.0.0.1", localAddress: from }, () => socket.write(bytes));
  socket.on("data", (d) => (text += d.toString("latin1")));
  socket.on("error", () => {});
  socket.on("close", () => resolve(text));
  setTimeout(() => socket.destroy(), 10_000).unref();
});

// A ClientHello whose half of the key exchange is no point of the curve: servers count that among their graver errors.
export async function bad_hello() {
  const hello = await new Promise((resolve) => {
    const server = net.createServer((socket) => socket.once("data", (d) => { resolve(d); socket.destroy(); server.close(); }));
    server.listen(0, "127.0.0.1", () => tls.connect({ port: server.address().port, host: "127.0.0.1", servername: host, ecdhCurve: "prime256v1", minVersion: "TLSv1.3" }).on("error", () => {}));
  });
  const at = hello.indexOf(Buffer.from([0x00, 0x17, 0x00, 0x41, 0x04]));
  if (at < 0) throw new Error("the ClientHello has no key share");
  return hello.fill(0, at + 5, at + 5 + 64);
}
