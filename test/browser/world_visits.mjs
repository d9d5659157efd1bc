// Visits in the world of world.mjs: one told of, one open, one that was planned; plans and reception days in each state.
export async function fill_visits(officer, head, made, day, today) {
  const go = (who, fields) => who.send("/visits", { issue: made.issue, about: made.issue, day: day(-3), met: "14", mode: "walk", lang: "zh-Hans", ...fields }, `/visits/new?issue=${made.issue}`);
  made.visit = await go(officer, { posts: "道路科工程师", where: "东片三个站", heard: "九点以后没有车，有人走四十分钟回家。", promised: "两周内把夜间客流数一遍。", met_residents: "9", met_users: "3", voices: String(made.answered), until: day(-2) });
  await officer.send(`/visits/${made.visit}/correct`, { day: day(-3), met: "12", reason: "有两个人数了两次。" });
  await officer.send(`/visits/${made.visit}/told`, { day: day(0), what: "客流数过了，每晚约八十人。" });
  made.visit_open = await go(head, { posts: "Head of the roads section", where: "Depot", heard: "Four drivers short at night.", may_decide: "yes", lang: "en", met: "6", mode: "talk" });
  const plan = (who, fields) => who.send("/visits/plan", { day: day(6), lang: "en", posts: "Engineer", ...fields }, "/visits/plan/new");
  made.plan = await plan(head, { issue: made.issue, where: "Stop at the school", why: "To see how dark it is at six.", announced: "yes" });
  made.plan_off = await plan(officer, { where: "東片車站", why: "聽夜班司機怎麼說。", lang: "zh-Hant" });
  await officer.send(`/visits/plan/${made.plan_off}/call-off`, { reason: "颱風假,改天再去。" });
  made.plan_kept = await plan(officer, { where: "Depot", why: "To listen.", day: today });
  made.visit_planned = await officer.send("/visits", { plan: made.plan_kept, day: today, where: "Depot", why: "", posts: "Engineer", met: "2", mode: "stay", heard: "The gate is locked at ten.", lang: "en" }, `/visits/new?plan=${made.plan_kept}`);
}

export async function fill_receptions(officer, head, visitor, made, day, today) {
  const announce = (who, fields) => who.send("/receptions", { from: "10:00", slots: "4", minutes: "20", lang: "en", where: "Town hall, room 3", ...fields }, "/receptions/new");
  made.reception = await announce(head, { day: day(6), post: "Head of the roads section", topics: "Lamps <b>&</b> paths", slots: "3" });
  await visitor.send(`/receptions/${made.reception}/take`, { slot: "2", matter: "The lamp at the school" }, `/receptions/${made.reception}`);
  await officer.send(`/receptions/${made.reception}/move`, { day: day(7), from: "11:00", where: "圖書館", reason: "The room is needed." });
  made.reception_off = await announce(officer, { day: day(8), post: "道路科工程師", lang: "zh-Hant" });
  await officer.send(`/receptions/${made.reception_off}/call-off`, { reason: "颱風假。" });
  made.reception_held = await announce(officer, { day: today, from: "23:00", post: "道路科工程师", lang: "zh-Hans", slots: "1" });
  await officer.send(`/receptions/${made.reception_held}/held`, { came: "9", absent: "0", said: "主要是路灯。两周内答复。", voices: String(made.answered) });
  made.reception_today = await announce(officer, { day: today, from: "08:00", post: "道路科工程师", lang: "zh-Hans" });
  // One whose slots are all taken.
  made.reception_full = await announce(head, { day: day(5), post: "Head of the roads section", slots: "1" });
  await visitor.send(`/receptions/${made.reception_full}/take`, { slot: "1", matter: "" }, `/receptions/${made.reception_full}`);
}
