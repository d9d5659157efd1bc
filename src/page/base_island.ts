// On every page, and every page works without it: counts characters, leads to the errors, leaves at once, prints a slip.

const idle = 400; // ms after the last key before a screen reader is told

function count(field: HTMLElement): void {
  const area = field.querySelector("textarea");
  const said = field.querySelector<HTMLElement>(".counter");
  const most = Number(field.dataset.count);
  if (!area || !said || !most) return;
  // Seen at once, heard when typing pauses: two elements, so that a reader is not spoken over.
  const heard = document.createElement("p");
  heard.className = "hidden";
  heard.setAttribute("aria-live", "polite");
  said.after(heard);
  let timer = 0;
  const show = (): void => {
    // As the server counts: code points after NFC, with single line feeds, trimmed.
    const text = area.value.replace(/\r\n?/g, "\n").normalize("NFC").trim();
    const left = most - Array.from(text).length;
    const pattern = left < 0 ? field.dataset.over : field.dataset.left;
    said.textContent = (pattern ?? "").replace("{n}", Math.abs(left).toLocaleString("en"));
    said.classList.toggle("over", left < 0);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => (heard.textContent = said.textContent), idle);
  };
  area.addEventListener("input", show);
  if (area.value) show();
}

function leave(): void {
  document.documentElement.hidden = true;
  // replace(): the page that was left does not stand behind the back button.
  location.replace("/leave");
}

function offerWayOut(link: HTMLElement): void {
  const hint = document.querySelector<HTMLElement>("[data-leave-hint]");
  if (hint) hint.hidden = false;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let pressed: number[] = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) {
      pressed = [];
      return;
    }
    pressed = [...pressed.filter((at) => event.timeStamp - at < 3000), event.timeStamp];
    if (pressed.length >= 3) leave();
  });
}

function offerPrint(button: HTMLElement): void {
  button.closest<HTMLElement>("[hidden]")?.removeAttribute("hidden");
  button.addEventListener("click", () => {
    document.documentElement.classList.add(`only-${button.dataset.print}`);
    window.print();
  });
  window.addEventListener("afterprint", () => document.documentElement.classList.remove(`only-${button.dataset.print}`));
}

document.querySelectorAll<HTMLElement>("[data-count]").forEach(count);
document.querySelectorAll<HTMLElement>("[data-leave]").forEach(offerWayOut);
document.querySelectorAll<HTMLElement>("[data-print]").forEach(offerPrint);
document.querySelector<HTMLElement>("[data-focus]")?.focus();
