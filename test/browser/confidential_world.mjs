// What the world has of confidential messages: two receivers with their keys, and a message whose day is over by now.
import { make_receivers, send } from "../confidential/way.mjs";

export async function fill_confidential(base, staff) {
  await make_receivers(base, staff, ["second", "inspector"]);
  const { code } = await send(base, staff.saved.roads, "组长把旧电缆卖给收废品的,每月两次。\n\n请不要提到我的班次。", { place: "三号仓库" });
  return { confidential: code };
}
