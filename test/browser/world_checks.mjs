// A spot check of what was answered long ago and closed since: one of it was looked at and is not as said, one waits.
export async function answer_long_ago(people, clerk, officer, saved) {
  const closed = [];
  for (const title of ["The bench at the pond", "Glass <b>&</b> leaves at the slide"]) {
    const { id } = await people.post("/api/v1/voices", { kind: "help", lang: "en", title, text: "It is broken. Please have a look." });
    await clerk.send(`/desk/voices/${id}/assign`, { unit: saved.roads, officer: saved.officer_id });
    await officer.send(`/desk/voices/${id}/answer`, { answer: "done", text: "It was mended." });
    closed.push(id);
  }
  return { closed };
}

const closed_now = async (people, id) => JSON.parse((await people.request("GET", `/api/v1/voices/${id}`)).body).state.startsWith("closed");

export async function fill_checks(people, inspector, second, made, saved) {
  // The clock closes them within a minute of the start.
  for (let tries = 0; !(await closed_now(people, made.closed[0])) || !(await closed_now(people, made.closed[1])); tries++) {
    if (tries > 90) throw new Error("the clock did not close what was answered long ago");
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  made.spot_check = await inspector.send("/desk/spot-checks/order", { unit: saved.roads });
  await second.send(`/desk/spot-checks/${made.spot_check}/${made.closed[0]}`, { outcome: "not_as_said", day: saved.today, on_site: "yes", seen: "Two of its <b>boards</b> & a leg are missing." });
}
