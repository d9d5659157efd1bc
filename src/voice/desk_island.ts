// The desk by keyboard: while the focus is in the list, j and k move from case to case and Home and End to the first and
// last. The keys act nowhere else, so that they take no letter from a form or from a screen reader.

const steps = new Map([["j", 1], ["k", -1]]);

function links(table: HTMLElement): HTMLAnchorElement[] {
  return Array.from(table.querySelectorAll<HTMLAnchorElement>("tbody th a"));
}

function move(table: HTMLElement, to: (here: number, last: number) => number): void {
  const all = links(table);
  const here = all.indexOf(document.activeElement as HTMLAnchorElement);
  all[Math.max(0, Math.min(all.length - 1, to(here, all.length - 1)))]?.focus();
}

function listen(table: HTMLElement): void {
  const hint = document.createElement("p");
  hint.className = "small";
  hint.textContent = table.dataset.keys ?? "";
  table.parentElement?.before(hint);
  table.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps.get(event.key);
    if (step !== undefined) move(table, (here) => here + step);
    else if (event.key === "Home") move(table, () => 0);
    else if (event.key === "End") move(table, (_, last) => last);
    else return;
    event.preventDefault();
  });
  links(table)[0]?.focus();
}

const table = document.getElementById("desk");
if (table) listen(table);
