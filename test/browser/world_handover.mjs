// Another authority, whose server is on this machine: a case it has taken and answered, one for which no answer came, one
// for the unit alone whose author agreed; and an authority that huiyin.toml does not name.
import { appendFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";

const answers = {
  "GET services.json": [{ service_code: "001", service_name: "Pipes <b>&</b> wells", group: "Water" }, { service_code: "002", service_name: "水井" }],
  "GET discovery.json": { endpoints: [] },
};

// Before the program starts: its address and key stand in huiyin.toml.
export async function elsewhere(program) {
  let reports = 0;
  const server = http.createServer((asked, answer) => {
    const what = asked.url.split(/[/?]/).slice(2).join("/");
    asked.resume();
    if (asked.method === "POST" && ++reports === 2) return answer.writeHead(500).end();
    const one = { service_request_id: `W-${reports}/2026`, status: "open", status_notes: "我们派人去看。\n\n<b>Tuesday</b>." };
    const body = asked.method === "POST" ? [{ service_request_id: one.service_request_id }] : answers[`GET ${what}`] ?? [{ ...one, service_request_id: "W-1/2026" }];
    answer.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const url = `http://127.0.0.1:${server.address().port}/water`;
  writeFileSync(join(program.data, "open311.secret"), "a key of theirs\n", { mode: 0o600 });
  appendFileSync(join(program.data, "huiyin.toml"), `[[authority]]\nurl = "${url}"\nkey_file = "open311.secret"\n`);
  return url;
}

export async function fill_handover(url, { administrator, clerk, officer, author, staff }) {
  const water = await administrator.send("/admin/authorities", { name: "Water office <b>&</b> wells", url });
  const ended = await administrator.send("/admin/authorities", { name: "Old harbour board", url: "https://harbour.example.org/v2" });
  await administrator.send(`/admin/authorities/${ended}/end`, { reason: "The <i>board</i> has ended." }, `/admin/authorities/${ended}`);
  await administrator.send("/admin/authorities", { name: "Parks office", url: "https://parks.example.org/v2", jurisdiction: "parks.example.org" });
  const until = async (ask) => {
    for (let tries = 0; tries < 240; tries++) {
      if (await ask()) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error("the other authority was not asked");
  };
  await until(async () => (await administrator.request("GET", `/admin/authorities/${water}`)).body.includes("水井"));
  const said = async (text, more = {}) => {
    const { id } = await author.post("/api/v1/voices", { kind: "help", lang: "en", text, ...more });
    await clerk.send(`/desk/voices/${id}/assign`, { unit: staff.saved.roads, officer: staff.saved.officer_id });
    return id;
  };
  const hand = (id, text) => officer.send(`/desk/voices/${id}/handover`, { authority: water, service: "001", text, address: "Elm Street 5", latitude: "31.2304", longitude: "121.4737", reason: "The <b>pipe</b> is theirs." }, `/desk/voices/${id}/handover?authority=${water}`);
  const leak = await said("Water comes out of the ground in Elm Street.");
  const handed = await hand(leak, "A pipe leaks <b>there</b>.\n\n请派人查看。");
  await until(async () => (await officer.request("GET", `/desk/handovers/${handed}`)).body.includes("W-1/2026"));
  const unsure = await hand(await said("The well in Oak Street is dry."), "A well is dry.");
  await until(async () => (await officer.request("GET", `/desk/handovers/${unsure}`)).body.includes("their_number"));
  const open = await said("The hydrant at the corner drips.");
  return { leak, handed, unsure, open, water };
}
