// Keys for moderating: j and k go down and up, a accepts, 1 to 6 choose a ground and set aside. They work while the focus
// is in the list and not in a field (WCAG 2.1.4).
const list = document.querySelector<HTMLElement>("[data-moderation]");

if (list) {
  document.querySelectorAll<HTMLElement>("[data-keys]").forEach((hint) => (hint.hidden = false));
  const items = Array.from(list.querySelectorAll<HTMLElement>(":scope > li"));
  items[0]?.focus({ preventScroll: true });
  list.addEventListener("keydown", (event) => {
    const at = event.target as HTMLElement;
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || at.matches("input, select, textarea")) return;
    const item = at.closest<HTMLElement>("[data-moderation] > li");
    if (!item) return;
    const index = items.indexOf(item);
    if (event.key === "j" || event.key === "k") {
      items[index + (event.key === "j" ? 1 : -1)]?.focus();
    } else if (event.key === "a") {
      item.querySelector<HTMLButtonElement>("[data-accept]")?.click();
    } else if (/^[1-6]$/.test(event.key)) {
      const ground = item.querySelector<HTMLSelectElement>("select");
      if (!ground) return;
      ground.selectedIndex = Number(event.key);
      ground.form?.requestSubmit();
    } else return;
    event.preventDefault();
  });
}
