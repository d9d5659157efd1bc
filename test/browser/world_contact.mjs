// Somebody who told the desk by telephone and can be called back: opened once, answered, waiting; and one who was called.
export async function fill_contact({ clerk, officer, second, staff }) {
  const told = async (text, telephone) => {
    const voice = await clerk.send("/desk/enter", { way: "telephone", kind: "help", audience: "open", lang: "en", text, contact_name: "Ms Sample", contact_telephone: telephone, contact_wish: "In the morning" });
    await clerk.send(`/desk/voices/${voice}/assign`, { unit: staff.saved.roads, officer: staff.saved.officer_id });
    return voice;
  };
  const answered = async (voice) => {
    await officer.send(`/desk/voices/${voice}/answer`, { answer: "done", text: "The bench is whole again." });
    return voice;
  };
  const open = await told("The bench at the stop has lost a plank, says the caller.", "555 0101");
  await officer.send(`/desk/voices/${open}/contact`, { reason: "appointment" });
  const to_call = await answered(await told("The caller says that the second bench is loose.", "555 0102"));
  const called = await answered(await told("The caller says that the third bench is dirty.", "555 0103"));
  await second.send(`/desk/voices/${called}/call-back`, { call: "rated", call_solved: "yes", call_stars: "4", call_said: "It is clean now." });
  return { open, to_call, called };
}
