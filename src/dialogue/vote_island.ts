// Keys for voting: a agrees, d disagrees, p passes, as long as the focus is in the card (WCAG 2.1.4). The buttons do all
// the work; this only presses them.
const card = document.querySelector<HTMLElement>("[data-vote]");
const keys = new Map([["a", "agree"], ["d", "disagree"], ["p", "pass"]]);

if (card) {
  card.querySelectorAll<HTMLElement>("[data-keys]").forEach((hint) => (hint.hidden = false));
  card.addEventListener("keydown", (event) => {
    const vote = keys.get(event.key.toLowerCase());
    if (!vote || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    event.preventDefault();
    card.querySelector<HTMLButtonElement>(`button[value="${vote}"]`)?.click();
  });
  // After a vote the next statement is where the hand already is.
  if (new URLSearchParams(location.search).has("last"))
    card.querySelector<HTMLButtonElement>('button[name="vote"]')?.focus({ preventScroll: true });
}
