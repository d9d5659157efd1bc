// What a generic client sees of Open311 GeoReport v2: curl asks and sends, as the specification's own examples do; each
// answer is read in both formats, and both say the same. Then: what is dropped stands in no file and no log.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { in_folder } from "../erasure/disk.mjs";
import { Program } from "../requests/program.mjs";
import { Browser } from "../requests/script.mjs";

const spark = join(dirname(fileURLToPath(import.meta.url)), "spark.py");
let failed = 0;
async function tried(name, run) {
  try {
    await run();
    console.log(`ok georeport ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok georeport ${name}\n    ${error.message.slice(0, 2000)}`);
  }
}
const holds = (good, what) => {
  if (!good) throw new Error(what);
};
const equal = (a, b, what) => holds(JSON.stringify(a) === JSON.stringify(b), `${what}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`);

// {status, type, body}; nothing is followed, nothing is stored.
function curl(...words) {
  const out = execFileSync("curl", ["-sS", "-w", "\n%{http_code} %{content_type}", ...words], { encoding: "utf8", maxBuffer: 1 << 26 });
  const at = out.lastIndexOf("\n"), [status, ...type] = out.slice(at + 1).split(" ");
  return { status: Number(status), type: type.join(" "), body: out.slice(0, at) };
}
const read_xml = (body) => JSON.parse(execFileSync("/usr/bin/python3", [spark], { input: body, encoding: "utf8" }));
// Of XML everything is text, an empty element is nothing: the JSON as its XML must read.
function as_text(json) {
  if (Array.isArray(json)) return json.map(as_text);
  if (json && typeof json === "object") return Object.fromEntries(Object.entries(json).map(([k, v]) => [k, as_text(v)]).sort());
  return json === null || json === "" ? null : String(json);
}
const sorted = (json) => as_text(json);  // same order of members

const server = process.env.HUIYIN_TEST_POSTGRES;
const place = (database) => server.replace("dbname=postgres", `dbname=${database}`);
const reached = ["smit333-marker", "john-marker", "smith-marker", "999 7364 5501"];

async function all_of_it(engine) {
  const database = `georeport_${process.pid}`;
  const postgres = engine === "postgres";
  const sql = (one, text) => execFileSync("psql", [place(one), "-AtX", "-c", text], { encoding: "utf8" }).trim();
  if (postgres) sql("postgres", `create database ${database}`);
  const program = new Program(postgres ? { postgres: place(database) } : {});
  const part = (name, run) => tried(`on ${engine}: ${name}`, run);
  try {
    program.init();
    program.make_staff(["clerk", "moderator"]);
    const base = await program.serve(), api = `${base}/open311/v2`;
    const admin = new Browser(base);
    await admin.sign_in(program.staff.administrator);
    const admitted = await admin.form("/admin/open311", { name: "curl", per_minute: "600", for_authors: "yes" });
    const key = admitted.body.match(/data-copy>([a-z2-7]{32})</)[1];

    // Both formats of one address, and that they say the same; the JSON.
    const both = (path, status = 200) => {
      const [file, query = ""] = path.split("?"), more = query ? `?${query}` : "";
      const json = curl(`${api}/${file}.json${more}`), xml = curl(`${api}/${file}.xml${more}`);
      equal([json.status, xml.status], [status, status], `statuses of ${path}`);
      equal([json.type, xml.type], ["application/json; charset=utf-8", "text/xml; charset=utf-8"], `types of ${path}`);
      const said = JSON.parse(json.body);
      equal(sorted(read_xml(xml.body)), sorted(said), `XML and JSON of ${path}`);
      return said;
    };
    const send = (fields, format = "json", ...more) =>
      curl(...more, "-X", "POST", `${api}/requests.${format}`, ...Object.entries({ api_key: key, ...fields }).flatMap(([k, v]) => ["--data-urlencode", `${k}=${v}`]));
    const hostile = `</description><script>alert("1")</script> & ]]> 路灯坏了 🚲`;

    await part("discovery, services and their definitions say the same in both formats", () => {
      const found = both("discovery");
      equal(found.endpoints[0].url, api, "the address of the endpoint");
      const services = both("services");
      holds(services.length === 5, "five kinds");
      for (const field of ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"])
        holds(services.every((s) => field in s), field);
      for (const { service_code } of services) {
        const { attributes } = both(`services/${service_code}`);
        for (const field of ["variable", "code", "datatype", "required", "datatype_description", "order", "description"])
          holds(attributes.every((a) => field in a), field);
        holds(attributes.every((a) => a.datatype !== "singlevaluelist" || a.values.every((v) => v.key && v.name)), "values");
      }
    });

    let id = "";
    await part("a report is sent, found and read back", () => {
      const sent = send({ service_code: "HELP", lat: "37.76524078", long: "-122.4212043", address_string: "1234 5th street", description: hostile, email: "smit333-marker@sfgov.edu", device_id: "tt222111-marker", account_id: "123456-marker", first_name: "john-marker", last_name: "smith-marker", phone: "+1 999 7364 5501", media_url: `${base}/marker-never-fetched` });
      equal(sent.status, 200, sent.body);
      const [one] = JSON.parse(sent.body);
      id = one.service_request_id;
      holds(one.service_notice.includes(`${base}/receipts/${id}`), one.service_notice);
      const [shown] = both(`requests/${id}`);
      equal(shown.description, hostile, "the words");
      equal([shown.status, shown.service_code, shown.lat, shown.long], ["open", "HELP", 37.7652, -122.4212], "the fields");
      for (const field of ["service_request_id", "status", "status_notes", "service_name", "service_code", "description", "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url"])
        holds(field in shown, field);
      holds(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(shown.requested_datetime), shown.requested_datetime);
      equal(both("requests?status=open&service_code=HELP").map((r) => r.service_request_id), [id], "the list");
      equal(curl(`${base}/receipts/${id}`).status, 200, "the receipt");
      holds(!program.log.includes("marker-never-fetched"), "media_url was asked for");
    });

    await part("a token leads to the number once everybody may read it", async () => {
      const sent = read_xml(send({ service_code: "HELP", address_string: "Elm Street", description: "Call me on 13812345678." }, "xml").body);
      const { token } = sent[0];
      holds(token && !("service_request_id" in sent[0]), JSON.stringify(sent));
      equal(both(`tokens/${token}`), [{ token }], "while it is held");
      const number = token.split("-")[0];
      both(`requests/${number}`, 404);
      const moderator = new Browser(base);
      await moderator.sign_in(program.staff.moderator);
      await moderator.form(`/desk/voices/${number}/publish`, {}, `/desk/voices/${number}`);
      equal(both(`tokens/${token}`)[0].service_request_id, number, "when it is published");
      both(`requests/${number}`);
    });

    await part("refusals have the shape of the specification in both formats", () => {
      for (const [path, status] of [["requests/999999", 404], ["requests/-1", 404], ["services/none", 404], ["tokens/1-x", 404], ["nothing", 404], ["requests?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", 400], ["requests?status=done", 400], ["requests?page=2", 400], ["requests?before=x", 400]])
        for (const { code, description } of both(path, status)) holds(code === status && description, path);
      const statuses = (fields, format) => {
        const answer = send(fields, format);
        const [first] = format === "xml" ? read_xml(answer.body) : JSON.parse(answer.body);
        equal(Number(first.code), answer.status, answer.body);
        return answer.status;
      };
      const good = { service_code: "HELP", address_string: "x", description: "x" };
      for (const format of ["json", "xml"]) {
        equal(statuses({ ...good, api_key: "wrong" }, format), 403, "a wrong key");
        equal(statuses({ ...good, service_code: "none" }, format), 404, "no such service");
        equal(statuses({ ...good, address_string: "" }, format), 400, "no place");
        equal(statuses({ ...good, description: "x".repeat(100_000) }, format), 413, "too long to be read");
        equal(curl("-d", "api_key=%ff", `${api}/requests.${format}`).status, 400, "no UTF-8");
        equal(curl("-H", "Content-Type: application/json", "-d", "{}", `${api}/requests.${format}`).status, 403, "JSON holds no key");
      }
    });

    await part("contact data is in no answer, on no page and in no public part of the log", async () => {
      const everybody = new Browser(base);
      const paths = [`/voices/${id}`, "/voices", `/receipts/${id}`, `/entries/${id}`, `/entries/${Number(id) + 1}`, `/api/v1/voices/${id}`, `/api/v1/ledger/entries?from=${id}&limit=5`, "/log/payloads/000.p/1", `/open311/v2/requests/${id}.json`, `/open311/v2/requests/${id}.xml`, "/open311/v2/requests.json"];
      const bodies = [];
      for (const path of paths) bodies.push((await everybody.request("GET", path)).body);
      for (const one of reached) holds(!bodies.some((body) => body.includes(one)), `${one} is served`);
      const entry = JSON.parse(bodies[6]).entries.find((e) => e.index === Number(id) + 1);
      holds(JSON.parse(entry.leaf).kind === "contact.given" && !entry.facts && !entry.words, JSON.stringify(entry));
    });

    // Contact data stands sealed in the database of the place, whichever it is.
    await part("what is not kept stands in no file and no log, nor does the key, nor contact data in clear", () => {
      const secrets = ["tt222111-marker", "123456-marker", "marker-never-fetched", key];
      const files = readdirSync(program.data, { recursive: true }).map((name) => join(program.data, name)).filter((path) => statSync(path).isFile());
      for (const path of [...files, program.log_file]) {
        const bytes = readFileSync(path);
        for (const secret of [...secrets, ...reached]) holds(!bytes.includes(secret), `${secret} stands in ${path}`);
      }
      if (postgres) {
        const folder = sql(database, "show data_directory");
        sql(database, "checkpoint");
        const oid = sql(database, "select oid from pg_database where datname = current_database()");
        const markers = Object.fromEntries([...secrets, ...reached].map((one) => [one, Buffer.from(one)]));
        return holds(Object.keys(in_folder(markers, join(folder, "base", oid))).length === 0, "in the server's tables");
      }
      holds(files.length > 2 && readFileSync(join(program.data, "main.db")).includes("1234 5th street"), "the place does");
    });

    await program.stop();
    writeFileSync(join(program.data, "huiyin.toml"), 'public_address = "https://www.voices.example.org"\n');
    await part("another place's reports are refused, and the address that people use stands in the answers", async () => {
      const api = `${await program.serve()}/open311/v2`;
      const asked = (path, id) => curl(`${api}/${path}${path.includes("?") ? "&" : "?"}jurisdiction_id=${id}`).status;
      for (const path of ["services.json", "services/HELP.xml", `requests/${id}.json`, "requests.xml?status=open"]) {
        for (const own of ["", "voices.example.org", "WWW.voices.example.org"]) equal(asked(path, own), 200, `${path} ${own}`);
        equal(asked(path, "sfgov.org"), 404, path);
      }
      const report = { api_key: key, service_code: "HELP", address_string: "x", description: "After the restart." };
      const send = (more) => curl("-X", "POST", `${api}/requests.json`, ...Object.entries({ ...report, ...more }).flatMap(([k, v]) => ["--data-urlencode", `${k}=${v}`]));
      equal(send({ jurisdiction_id: "sfgov.org" }).status, 404, "a report for another town");
      const sent = send({ jurisdiction_id: "voices.example.org" });
      equal(sent.status, 200, sent.body);
      holds(JSON.parse(sent.body)[0].service_notice.includes("https://www.voices.example.org/receipts/"), sent.body);
      equal(JSON.parse(curl(`${api}/discovery.json`).body).endpoints[0].url, "https://www.voices.example.org/open311/v2", "the endpoint");
    });
  } finally {
    await program.stop();
    program.remove();
    if (postgres) sql("postgres", `drop database ${database}`);
  }
}

await all_of_it("sqlite");
if (server) await all_of_it("postgres");
process.exitCode = failed ? 1 : 0;
