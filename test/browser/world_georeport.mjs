// Programs that send by Open311: one in force, with a report of its own, and one that has ended.
export async function fill_georeport(administrator, visitor) {
  const admitted = async (fields) => {
    const answer = await administrator.must(200, administrator.form("/admin/open311", { per_minute: "60", ...fields }));
    return { key: answer.body.match(/data-copy>([a-z2-7]{32})</)[1], path: answer.body.match(/\/admin\/open311\/\d+/)[0] };
  };
  const app = await admitted({ name: "City <b>&</b> app", for_authors: "yes" }), ended = await admitted({ name: "Hotline of the district" });
  await administrator.send(`${ended.path}/end`, { reason: "The <i>key</i> was lost." }, ended.path);
  const report = new URLSearchParams({ api_key: app.key, service_code: "HELP", lat: "31.2304", long: "121.4737", description: "The bench in the park is broken." });
  const sent = await visitor.must(200, visitor.request("POST", "/open311/v2/requests.json", { "Content-Type": "application/x-www-form-urlencoded" }, report.toString()));
  return JSON.parse(sent.body)[0].service_request_id;
}
