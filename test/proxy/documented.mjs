// Starts nginx and Caddy with the configurations of docs/operating.md. Ports, upstream and certificate are replaced;
// everything else is as it stands there. What surrounds it keeps as many logs and allows as old a TLS as can be, so that
// only the documented lines can forbid them.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { free_port, listening } from "../requests/port.mjs";

export const host = "voices.example.org";
const nobody = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};

// The block that follows the line `title:` in the section on proxies.
export function documented(title) {
  const section = readFileSync("docs/operating.md", "utf8").split(/^## /m).find((s) => s.startsWith("A reverse proxy with TLS\n"));
  const found = section?.match(new RegExp(`^${title}:\\n\\n((?:    .*\\n|\\n)+)`, "m"));
  if (!found) throw new Error(`docs/operating.md has no configuration for ${title}`);
  return found[1].replace(/^ {4}/gm, "");
}

// Each of these must stand in the text: what is not found was not replaced.
function replaced(text, pairs) {
  for (const [from, to] of pairs) {
    if (text.search(from) < 0) throw new Error(`docs/operating.md: nothing to replace for ${from}`);
    text = text.replace(from, to);
  }
  return text;
}

// A certificate for `host` of an authority made for the occasion; the same for all proxies of one run.
let made = null;
function certificate() {
  if (made) return made;
  const folder = mkdtempSync(join(tmpdir(), "huiyin-authority-")), file = (name) => join(folder, name);
  writeFileSync(file("openssl.cnf"), `[req]\ndistinguished_name=name\n[name]\n[ca]\nbasicConstraints=critical,CA:TRUE\n[leaf]\nsubjectAltName=DNS:${host}\n`);
  const make = (who, subject, ...more) => execFileSync("openssl", ["req", "-x509", "-config", file("openssl.cnf"), "-extensions", who, "-nodes", "-days", "2", "-subj", subject, "-keyout", file(`${who}.key`), "-out", file(`${who}.pem`), ...more], { stdio: ["ignore", "ignore", "pipe"] });
  make("ca", "/CN=An authority for one test", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");
  make("leaf", `/CN=${host}`, "-newkey", "rsa:2048", "-CA", file("ca.pem"), "-CAkey", file("ca.key"));
  made = { ca: readFileSync(file("ca.pem")), pem: readFileSync(file("leaf.pem")), key: readFileSync(file("leaf.key")) };
  rmSync(folder, { recursive: true });
  return made;
}

class Proxy {
  // Its clients have addresses of their own: the program behind counts what each does.
  constructor(name, upstream, network) {
    Object.assign(this, { name, upstream, network, folder: mkdtempSync(join(tmpdir(), `huiyin-${name.toLowerCase()}-`)) });
    Object.assign(this, { ca: certificate().ca, pem: join(this.folder, "voices.pem"), key: join(this.folder, "voices.key") });
    writeFileSync(this.pem, certificate().pem);
    writeFileSync(this.key, certificate().key);
    mkdirSync(join(this.folder, "logs"));
    this.output = join(this.folder, "logs", "output");
  }

  // Runs in its folder alone, as nobody where the test is root: as unprivileged as can be.
  async run(command, words, env = {}) {
    writeFileSync(this.output, "");
    for (const path of [this.folder, ...readdirSync(this.folder, { recursive: true }).map((p) => join(this.folder, p))]) {
      if (nobody.uid) chownSync(path, nobody.uid, nobody.gid);
      if (!statSync(path).isDirectory()) chmodSync(path, 0o600);
    }
    const out = openSync(this.output, "a");
    this.process = spawn(command, words, { ...nobody, cwd: this.folder, stdio: ["ignore", out, out], env: { PATH: process.env.PATH, HOME: this.folder, XDG_DATA_HOME: this.folder, XDG_CONFIG_HOME: this.folder, ...env } });
    closeSync(out);
    let ended = null;
    this.process.on("error", (error) => (ended = `${command}: ${error.message}: bin/setup --test`));
    this.process.on("exit", (code) => (ended = `${command} ended with ${code}`));
    process.on("exit", () => this.process.kill("SIGKILL"));
    for (let i = 0; !(await listening(this.port)); ++i) {
      if (ended || i > 600) throw new Error(`${ended ?? `${command} does not listen`}: ${readFileSync(this.output, "utf8").slice(-2000)}`);
      await new Promise((r) => setTimeout(r, 50));
    }
    return this;
  }

  // Everything it wrote, but for what it was given.
  written() {
    const paths = readdirSync(this.folder, { recursive: true }).map((p) => join(this.folder, p)).filter((p) => statSync(p).isFile());
    return paths.filter((p) => p !== this.config).map((path) => ({ path, text: readFileSync(path, "latin1") }));
  }

  async stop() {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
  }

  remove() { rmSync(this.folder, { recursive: true, force: true }); }
}

// without: lines of the documentation to leave out, so that a test sees what they are good for.
export async function nginx(upstream, without = null) {
  const proxy = new Proxy("nginx", upstream, "127.77"), file = (name) => join(proxy.folder, name);
  [proxy.port, proxy.plain] = [await free_port(), await free_port()];
  let text = replaced(documented("nginx"), [
    [/listen 443 /, `listen 127.0.0.1:${proxy.port} `], [/listen 80;/, `listen 127.0.0.1:${proxy.plain};`],
    [/\/etc\/ssl\/voices\.pem/, proxy.pem], [/\/etc\/ssl\/voices\.key/, proxy.key],
    [/127\.0\.0\.1:8080/, `127.0.0.1:${upstream}`], [/\/var\/www\/html/, file("www")],
  ]);
  if (without) text = replaced(text, [[without, ""]]);
  mkdirSync(file("www/.well-known/acme-challenge"), { recursive: true });
  writeFileSync(file("www/.well-known/acme-challenge/question"), "the answer");
  const scratch = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((of) => `${of}_temp_path ${file(of)};`).join(" ");
  proxy.config = file("nginx.conf");
  writeFileSync(proxy.config, `daemon off; worker_processes 1; pid ${file("pid")}; lock_file ${file("lock")}; error_log ${file("logs/error")} info;
events { worker_connections 512; }
http {
${scratch}
access_log ${file("logs/access")}; error_log ${file("logs/error")} info;
ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers ALL; gzip on;
${text}}
`);
  const weak = file("openssl.cnf");
  writeFileSync(weak, "openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\nMinProtocol = TLSv1\nCipherString = ALL:@SECLEVEL=0\n");
  return proxy.run("/usr/sbin/nginx", ["-e", file("logs/first"), "-p", proxy.folder, "-c", proxy.config], { OPENSSL_CONF: weak });
}

export async function caddy(upstream, without = null) {
  const proxy = new Proxy("Caddy", upstream, "127.78");
  [proxy.port, proxy.plain] = [await free_port(), await free_port()];
  let text = replaced(documented("Caddy"), [
    [/^\{\n/, `{\nadmin off\ndefault_bind 127.0.0.1\nhttps_port ${proxy.port}\nhttp_port ${proxy.plain}\n`],
    [new RegExp(`^${host} \\{\\n`, "m"), `${host} {\ntls ${proxy.pem} ${proxy.key}\n`],
    [/127\.0\.0\.1:8080/, `127.0.0.1:${upstream}`],
  ]);
  if (without) text = replaced(text, [[without, ""]]);
  proxy.config = join(proxy.folder, "Caddyfile");
  writeFileSync(proxy.config, text);
  return proxy.run("/usr/bin/caddy", ["run", "--config", proxy.config, "--adapter", "caddyfile"]);
}
