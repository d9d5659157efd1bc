// A message that three people joined, one of whom took it back; another joined the hostile one. Its number.
export async function fill_support(somebody, made) {
  const join = async (voice) => {
    const person = somebody();
    await person.send(`/voices/${voice}/support`, {});
    return person;
  };
  await join(made.asked);
  await join(made.asked);
  await (await join(made.asked)).send(`/voices/${made.asked}/support/back`, {}, `/voices/${made.asked}/support`);
  await join(made.hostile);
  return made.asked;
}
