// Two tables of which unit gets which message: the first is not in force any more.
const line = (list, n, cells) => Object.fromEntries(Object.entries(cells).map(([column, text]) => [`${list}_${n}_${column}`, text]));

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
