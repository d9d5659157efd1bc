// The desk by keyboard. While the focus is in the list, j and k move from case to case, Home and End to the first and
// last, and a letter opens the form of an act for the case that has the focus. The keys act nowhere else, so that they
// take no letter from a form or from a screen reader. In a form, Ctrl and Enter together send it and go on.

const steps = new Map([["j", 1], ["k", -1]]);
// Where the form stands below the case, at its words: the next Tab is in the form.
const acts = new Map([
  ["a", "/answer#matter"],
  ["t", "/answer#template"],
  ["g", "/assign#matter"],
  ["q", "/ask#matter"],
  ["b", "/bounce#matter"],
  ["e", "/extend#matter"],
  ["m", "/join#matter"],
  ["s", "/split#matter"],
  ["n", "#note"],
]);

function say_keys(before: HTMLElement | null | undefined, keys: string | undefined): void {
  if (!before || !keys) return;
  const hint = document.createElement("p");
  hint.className = "small";
  hint.textContent = keys;
  before.before(hint);
}

function links(table: HTMLElement): HTMLAnchorElement[] {
  return Array.from(table.querySelectorAll<HTMLAnchorElement>("tbody th a"));
}

function move(table: HTMLElement, to: (here: number, last: number) => number): void {
  const all = links(table);
  const here = all.indexOf(document.activeElement as HTMLAnchorElement);
  all[Math.max(0, Math.min(all.length - 1, to(here, all.length - 1)))]?.focus();
}

function listen(table: HTMLElement): void {
  say_keys(table.parentElement, table.dataset.keys);
  table.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps.get(event.key), act = acts.get(event.key);
    const here = document.activeElement;
    if (step !== undefined) move(table, (at) => at + step);
    else if (event.key === "Home") move(table, () => 0);
    else if (event.key === "End") move(table, (_, last) => last);
    else if (act !== undefined && here instanceof HTMLAnchorElement) location.assign(here.pathname + act);
    else return;
    event.preventDefault();
  });
  links(table)[0]?.focus();
}

function send_by_keys(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("button[name=next]");
  if (!button) return;
  say_keys(button.closest("p"), form.dataset.keys);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.ctrlKey || event.repeat) return;
    event.preventDefault();
    form.requestSubmit(button);
  });
}

const table = document.getElementById("desk");
if (table) listen(table);
const form = document.getElementById("form");
if (form instanceof HTMLFormElement) send_by_keys(form);
