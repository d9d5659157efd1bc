// While somebody writes: what was said already, asked after a pause and one question at a time. What is typed stands in no
// address and is kept nowhere in the browser. Joining is sent from here, so that what was typed stays where it is; where
// that does not go, the form goes out into a tab of its own. Staff who type for a caller see it and join nothing.
interface Hit { voice: number; title: string; lang: string; people: number; issue: { id: number; title: string } | null }

const pause = 800, apart = 2000, most = 3; // ms, ms, messages
const least = 20, least_han = 8;

function enough(text: string): boolean {
  return Array.from(text).length >= least || (text.match(/\p{Script=Han}/gu)?.length ?? 0) >= least_han;
}

function hits_in(answer: { alike?: Hit[] }): Hit[] {
  const all = Array.isArray(answer.alike) ? answer.alike : [];
  return all.filter((hit) => Number.isSafeInteger(hit.voice)).slice(0, most);
}

function element(tag: string, name = "", text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

export function offer_alike(place: HTMLElement): void {
  const words = place.dataset;
  const form = place.closest("form");
  const text = form?.querySelector<HTMLTextAreaElement>("#text");
  const title = form?.querySelector<HTMLInputElement>("#title");
  const token = form?.querySelector<HTMLInputElement>('input[name="csrf"]')?.value;
  if (!form || !text || !token) return;
  const passed = new Set<number>(); // what this reader joined, or goes on from
  let timer = 0, busy = false, over = false, last = -apart, asked = "", shown = "";

  // Outside of the form that is being filled in, so that neither goes out with the other.
  const joining = document.createElement("form");
  joining.id = "alike-join";
  joining.method = "post";
  joining.target = "_blank";
  joining.hidden = true;
  const csrf = document.createElement("input");
  csrf.type = "hidden";
  csrf.name = "csrf";
  csrf.value = token;
  joining.append(csrf);
  form.after(joining);
  place.hidden = false;

  function link(address: string, said: string, lang = ""): HTMLAnchorElement {
    const a = document.createElement("a");
    a.href = address;
    a.target = "_blank";
    a.rel = "noopener";
    const inner = element("span", "", said);
    if (lang) inner.lang = lang;
    a.append(inner, element("span", "hidden", ` ${words.tab ?? ""}`));
    return a;
  }
  function said_by(people: number): string {
    if (!(people > 0)) return words.before ?? "";
    const said = (people === 1 ? words.one : words.many) ?? "";
    return said.replace("{n}", people.toLocaleString("en"));
  }
  function join_button(voice: number, said: string): HTMLElement {
    const buttons = element("p", "buttons");
    const join = document.createElement("button");
    join.className = "button plain";
    join.textContent = said;
    join.value = String(voice);
    join.setAttribute("form", joining.id);
    join.setAttribute("formaction", `/voices/${voice}/support`);
    buttons.append(join);
    return buttons;
  }
  function show(hits: Hit[]): void {
    const now = hits.map((hit) => `${hit.voice} ${hit.people}`).join();
    if (now === shown) return;
    shown = now;
    place.replaceChildren();
    if (!hits.length) return;
    const notice = element("div", "notice");
    for (const hit of hits) {
      const line = element("p");
      line.append(element("strong", "", said_by(hit.people)), " ", link(`/voices/${hit.voice}`, hit.title, hit.lang));
      notice.append(line);
      if (hit.issue) {
        const about = element("p", "small", `${words.issue ?? ""} `);
        about.append(link(`/issues/${hit.issue.id}`, hit.issue.title));
        notice.append(about);
      }
      if (words.join) notice.append(join_button(hit.voice, words.join));
    }
    if (words.note) notice.append(element("p", "small", words.note));
    const go_on = document.createElement("button");
    go_on.type = "button";
    go_on.className = "button plain";
    go_on.textContent = words.other ?? "";
    go_on.addEventListener("click", () => {
      hits.forEach((hit) => passed.add(hit.voice));
      show([]);
      text!.focus();
    });
    const buttons = element("p", "buttons");
    buttons.append(go_on);
    notice.append(buttons);
    place.append(notice);
  }
  function tell(said: string, tone: string, voice: number): void {
    const notice = element("div", `notice ${tone}`);
    const line = element("p", "", `${said} `);
    line.append(link(`/voices/${voice}/support`, words.own ?? ""));
    notice.append(line);
    notice.tabIndex = -1;
    shown = "told";
    place.replaceChildren(notice);
    notice.focus();
  }

  async function join(voice: number): Promise<void> {
    const address = `/voices/${voice}/support`;
    try {
      const body = new URLSearchParams({ csrf: token! });
      const answer = await fetch(address, { method: "POST", headers: { Accept: "application/json" }, body, cache: "no-store" });
      if (answer.status === 429 || answer.status >= 500) throw new Error(String(answer.status));
      const said = (await answer.json()) as { error?: { message: string } };
      passed.add(voice);
      tell(answer.ok ? (words.done ?? "") : (said.error?.message ?? ""), answer.ok ? "done" : "due", voice);
    } catch {
      // What asks for work, or an answer that did not come: a page of its own sees to it.
      joining.action = address;
      joining.submit();
    }
  }
  joining.addEventListener("submit", (event) => {
    if (!(event.submitter instanceof HTMLButtonElement)) return;
    event.preventDefault();
    void join(Number(event.submitter.value));
  });

  async function ask(): Promise<void> {
    if (busy || over) return;
    const said = text!.value.trim(), about = title?.value.trim() ?? "", now = `${about}\n${said}`;
    if (now === asked) return;
    if (!enough(said)) {
      asked = now;
      show([]);
      return;
    }
    const wait = last + apart - performance.now();
    if (wait > 0) {
      later(wait);
      return;
    }
    busy = true;
    last = performance.now();
    asked = now;
    let hits: Hit[] = [];
    try {
      const body = JSON.stringify({ cycle: Number(words.cycle), title: about, text: said });
      const headers = { "Content-Type": "application/json", "X-CSRF-Token": token! };
      const answer = await fetch("/api/v1/alike", { method: "POST", headers, body, cache: "no-store" });
      if (answer.ok) hits = hits_in((await answer.json()) as { alike?: Hit[] });
      over = answer.status === 404;
    } catch {
      // Without an answer there is nothing to show, and nothing that the writer must know.
    }
    busy = false;
    show(hits.filter((hit) => !passed.has(hit.voice)));
    later();
  }
  function later(wait = pause): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), wait);
  }
  for (const field of [text, title]) field?.addEventListener("input", () => later());
  if (text.value) later();
}
