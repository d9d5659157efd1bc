// On the pages of who is signed in: leaves when the session has ended by itself, so that nobody reads on who comes by later.
// Asking does not keep the session alive. What was typed and not sent is hidden, not lost: signed in again in another
// window, the same person finds it here and sends it.
const soon = 60_000, longest = 1_800_000; // ms; a session ends after half an hour without use

function typed(): boolean {
  // Shown again with what was wrong, a form holds what was typed as if it had always been there.
  if (document.querySelector("main .error-summary")) return true;
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("main input, main textarea");
  return Array.from(fields).some((field) => {
    if (field.type === "hidden" || field.type === "password") return false;
    return field.value !== field.defaultValue || ("checked" in field && field.checked !== field.defaultChecked);
  });
}

function watch(notice: HTMLElement, main: HTMLElement): void {
  let timer = 0, asked = -soon, until = performance.now() + longest;

  // Milliseconds that the session goes on for; another officer's is not this page's.
  async function left(): Promise<number> {
    const answer = await fetch(notice.dataset.session ?? "", { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.status === 401) return 0;
    if (!answer.ok) throw new Error(String(answer.status));
    const said = (await answer.json()) as { officer: number; left: number };
    return String(said.officer) === notice.dataset.officer ? said.left * 1000 : 0;
  }
  function show(over: boolean): void {
    const before = notice.hidden;
    notice.hidden = !over;
    main.hidden = over;
    if (!over || !before) return;
    // Nothing else is on the page now: this is its main part, and has its heading.
    notice.setAttribute("role", "main");
    const title = notice.querySelector("[data-title]");
    title?.setAttribute("role", "heading");
    title?.setAttribute("aria-level", "1");
    notice.focus();
  }
  async function ask(): Promise<void> {
    window.clearTimeout(timer);
    asked = performance.now();
    let more: number;
    try {
      more = await left();
    } catch {
      // No answer: as long as it may go on, another try; afterwards it is over.
      more = until > performance.now() ? soon : 0;
    }
    if (more > 0) {
      until = Math.max(until, performance.now() + more);
      show(false);
      timer = window.setTimeout(() => void ask(), more + 1000);
    } else if (typed()) {
      show(true);
    } else {
      location.replace(`${notice.dataset.signIn}?ended&next=${encodeURIComponent(location.pathname + location.search)}`);
    }
  }
  timer = window.setTimeout(() => void ask(), soon);
  // A machine that slept, a page out of the browser's own memory, and who comes back from signing in again.
  const back = (): void => {
    if (document.visibilityState === "visible" && (!notice.hidden || performance.now() - asked >= soon)) void ask();
  };
  document.addEventListener("visibilitychange", back);
  window.addEventListener("focus", back);
  window.addEventListener("pageshow", (event) => event.persisted && void ask());
}

const notice = document.querySelector<HTMLElement>("[data-session]");
const main = document.querySelector<HTMLElement>("main");
if (notice && main) watch(notice, main);
