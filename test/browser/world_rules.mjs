// What the rules of an installation are made of, for its pages: calendars, one of which ends soon, and deadlines of its
// own, made from a preset.
import { as, day } from "./world.mjs";

export async function fill_rules(base, staff, made) {
  const admin = await as(base, staff.administrator);
  const calendar = (name, text, reason) =>
    admin.must(303, admin.form("/admin/calendar", { choice: "own", name, text, reason }, "/admin/calendar"));
  await calendar("Sample calendar <b>", `covers 2025-01-01 ${day(90)}\n2026-10-01 holiday`, "From the gazette.");
  await calendar("Sample calendar 2", `covers 2025-01-01 ${day(30)}\n2026-10-01 holiday\n2026-10-02 holiday`, "One day was missing.");
  const generic = {
    accept: "2 working days", accept_steps: "1 overdue handler public", reply_start: "received", reply: "10 working days",
    reply_steps: "-2 reminder handler\n1 overdue handler head public\n20 far_overdue unit_above inspector public\nevery 20",
    stop_author_asked: "10 wd", stop_hearing: "20 days", extension_most: "1", extension: "10", extension_approver: "head",
    bounce_most: "2", bounce: "24 hours", rating: "10 个工作日", superior_at: "3", release: "complaint", reason: "As the council decided.",
  };
  made.preset = await admin.send("/admin/presets/letters.generic", generic, "/admin/presets/letters.generic");
}
