// Suggestions by keyboard. In the list: j and k move from one to the next, Enter opens, u goes to the button that takes
// the last step back. On the page of one: x ticks or unticks what has the focus, j and k move, t goes to the title, i to
// the issues to put it in; Ctrl and Enter together send the form. Letters act in the list and on ticks alone, so that
// they take none from a text or from a screen reader.

const steps = new Map([["j", 1], ["k", -1]]);

function say_keys(before: Element | null | undefined, keys: string | undefined): void {
  if (!before || !keys) return;
  const hint = document.createElement("p");
  hint.className = "small";
  hint.textContent = keys;
  before.before(hint);
}

function move(all: HTMLElement[], by: number): void {
  const here = all.indexOf(document.activeElement as HTMLElement);
  all[Math.max(0, Math.min(all.length - 1, here + by))]?.focus();
}

function plain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey;
}

function list_by_keys(table: HTMLElement): void {
  const links = Array.from(table.querySelectorAll<HTMLElement>("tbody th > a"));
  say_keys(table.parentElement, table.dataset.keys);
  table.addEventListener("keydown", (event) => {
    const step = steps.get(event.key);
    if (!plain(event)) return;
    if (step !== undefined) move(links, step);
    else if (event.key === "u") document.getElementById("undo")?.focus();
    else return;
    event.preventDefault();
  });
  links[0]?.focus();
}

function form_by_keys(form: HTMLFormElement): void {
  const ticks = Array.from(form.querySelectorAll<HTMLInputElement>("input[name=items], input[name=others]"));
  say_keys(form, form.dataset.keys);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && !event.repeat) {
      event.preventDefault();
      form.requestSubmit(form.querySelector<HTMLButtonElement>("button.button") ?? undefined);
      return;
    }
    const here = document.activeElement;
    if (!plain(event) || !(here instanceof HTMLInputElement) || here.type !== "checkbox") return;
    const step = steps.get(event.key);
    if (step !== undefined) move(ticks, step);
    else if (event.key === "x") here.checked = !here.checked;
    else if (event.key === "t") form.querySelector<HTMLElement>("#title")?.focus();
    else if (event.key === "i") form.querySelector<HTMLElement>("#into")?.focus();
    else return;
    event.preventDefault();
  });
  if (!document.querySelector(".error-summary")) ticks[0]?.focus();
}

const table = document.getElementById("register");
if (table) list_by_keys(table);
const form = document.getElementById("register-form");
if (form instanceof HTMLFormElement) form_by_keys(form);
