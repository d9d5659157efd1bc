// Contractors, and two tables of which unit gets which message: the first is not in force any more.
const line = (list, n, cells) => Object.fromEntries(Object.entries(cells).map(([column, text]) => [`${list}_${n}_${column}`, text]));

// One that works here, with somebody of it in office, and one that has ended.
export async function fill_contractors(administrator, saved) {
  const made = async (name) => {
    await administrator.send("/admin/contractors", { name });
    return JSON.parse((await administrator.request("GET", "/api/v1/contractors")).body).contractors.find((one) => one.name === name).id;
  };
  const works = await made("Sample Calls <b>&</b> Co."), ended = await made("Sample Typing Ltd.");
  await administrator.must(200, administrator.form("/admin/officers", { unit: saved.roads, post: "telephone desk", login: "hotline", roles: "clerk", contractor: String(works) }, "/admin/officers/new"));
  await administrator.send(`/admin/contractors/${ended}/end`, { reason: "The contract ran out." }, `/admin/contractors/${ended}`);
}

export async function fill_routing(administrator, saved) {
  const table = (unit, reason) => ({
    ...line("category", 1, { code: "roads.lamps", zh_hans: "路灯", zh_hant: "路燈", en: "Street lamps" }), ...line("category", 2, { code: "other", zh_hans: "其他" }),
    ...line("district", 1, { code: "north", zh_hans: "城北", en: "North <b>&</b> hills" }),
    ...line("row", 1, { category: "roads.lamps", unit, returnable: "no" }), ...line("row", 2, { category: "other", district: "north", kind: "complaint", unit: saved.roads, returnable: "yes" }),
    reason, do: "set",
  });
  const first = await administrator.send("/admin/routing/new", table("Roads section", "The first table."));
  const now = { ...table(String(saved.root_unit), "The lamps came to the office itself."), seen: String(first) };
  await administrator.send(`/admin/routing/${first}`, now);
  return first;
}
