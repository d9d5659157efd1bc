// A mail server that keeps what it is handed, and can be told to fail: `hook(step, about)` is asked at each step
// ("greet", "MAIL", "RCPT", "DATA", "end", "after") and answers nothing, "cut", or a reply such as "451 later".
import net from "node:net";

// Of one letter: headers by lower-case name, unfolded; the text, decoded.
export function parsed(raw) {
  const [head, ...rest] = raw.split("\r\n\r\n");
  const headers = {};
  for (const line of head.replace(/\r\n[ \t]/g, " ").split("\r\n")) headers[line.slice(0, line.indexOf(":")).toLowerCase()] = line.slice(line.indexOf(":") + 1).trim();
  const bytes = [];
  const text = rest.join("\r\n\r\n").replace(/=\r\n/g, "");
  for (let i = 0; i < text.length; ++i)
    if (text[i] === "=") bytes.push(parseInt(text.slice(i + 1, i + 3), 16)), (i += 2);
    else bytes.push(text.charCodeAt(i));
  const word = (_, code) => Buffer.from(code, "base64").toString("utf8");
  headers.subject = headers.subject?.replace(/\?=\s+=\?/g, "?==?").replace(/=\?UTF-8\?B\?([^?]*)\?=/g, word);
  return { headers, id: headers["message-id"], text: Buffer.from(bytes).toString("utf8").replaceAll("\r\n", "\n") };
}

export class Sink {
  letters = [];  // {to, id, headers, text, raw}, in the order in which they were taken
  hook = () => undefined;
  connections = new Set();

  async listen() {
    this.server = net.createServer((socket) => this.#talk(socket));
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.port = this.server.address().port;
    return this;
  }
  close() {
    for (const socket of this.connections) socket.destroy();
    this.server.close();
  }
  to(address) {
    return this.letters.filter((l) => l.to === address);
  }

  #talk(socket) {
    this.connections.add(socket);
    socket.on("close", () => this.connections.delete(socket));
    socket.on("error", () => {});
    let waiting = "", in_data = false, to = "";
    const reply = (step, usual, about) => {
      const said = this.hook(step, about);
      if (said === "cut") return socket.destroy(), false;
      socket.write(`${said ?? usual}\r\n`);
      return !said;
    };
    if (!reply("greet", "220 sink")) return;
    socket.on("data", (chunk) => {
      waiting += chunk.toString("latin1");
      for (;;) {
        const mark = in_data ? "\r\n.\r\n" : "\r\n", end = waiting.indexOf(mark);
        if (end < 0 || socket.destroyed) return;
        const line = waiting.slice(0, end);
        waiting = waiting.slice(end + mark.length);
        if (in_data) {
          in_data = false;
          const letter = { to, raw: line, ...parsed(line.replace(/^\.\./gm, ".")) };
          if (this.hook("end", letter) === "cut") return socket.destroy();
          const said = this.reply_to?.(letter);
          if (said) { socket.write(`${said}\r\n`); continue; }
          this.letters.push(letter);
          if (this.hook("after", letter) === "cut") return socket.destroy();
          socket.write("250 taken\r\n");
        } else if (/^(EHLO|HELO)/.test(line)) socket.write("250 sink\r\n");
        else if (line.startsWith("MAIL")) reply("MAIL", "250 ok");
        else if (line.startsWith("RCPT")) (to = line.match(/<(.*)>/)[1]), reply("RCPT", "250 ok", to);
        else if (line === "DATA") in_data = reply("DATA", "354 go on");
        else if (line === "QUIT") return socket.end("221 bye\r\n");
        else socket.write("250 ok\r\n");
      }
    });
  }
}
