// The form for visits where there may be no network: what is kept goes into the browser's own store (IndexedDB) under a
// number made when the form was opened, and leaves it only when the server has answered with the entry it became. The
// server knows that number for ever, so sending again never makes a second one.
interface Kept {
  id: string; // 32 hexadecimal digits
  officer: number; // whose; 0 while nobody has signed in on this phone
  post: string;
  at: number; // ms: kept
  refused: string; // why the server did not take it; "" while it waits
  fields: [string, string][];
}
interface Sent { id: string; visit: number; at: number }
interface Ticket { signed_in: boolean; officer: number; post: string; csrf: string; today: string }

const day_ms = 86_400_000, old_days = 3, shown_sent = 20, retry = 30_000;
const here = "/visits/field", script = "/visits/worker.js", cache_name = "visits-field";

// ---- the store ------------------------------------------------------------------------------------------------------
const opened = new Promise<IDBDatabase>((done, failed) => {
  const asked = indexedDB.open("visits-field", 1);
  asked.onupgradeneeded = (): void => {
    asked.result.createObjectStore("kept", { keyPath: "id" });
    asked.result.createObjectStore("sent", { keyPath: "id" });
    asked.result.createObjectStore("known", { keyPath: "name" });
  };
  asked.onsuccess = (): void => done(asked.result);
  asked.onerror = (): void => failed(asked.error);
});
type Store = "kept" | "sent" | "known";
// Done when it is on the disk, as far as a browser says.
async function change(stores: Store[], act: (at: (store: Store) => IDBObjectStore) => void): Promise<void> {
  const database = await opened;
  await new Promise<void>((done, failed) => {
    const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
    transaction.oncomplete = (): void => done();
    transaction.onabort = transaction.onerror = (): void => failed(transaction.error);
    act((store) => transaction.objectStore(store));
  });
}
async function read<Row>(store: Store): Promise<Row[]> {
  const database = await opened;
  return new Promise((done, failed) => {
    const asked = database.transaction(store).objectStore(store).getAll();
    asked.onsuccess = (): void => done(asked.result as Row[]);
    asked.onerror = (): void => failed(asked.error);
  });
}

function new_id(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
const is_id = (text: unknown): text is string => typeof text === "string" && /^[0-9a-f]{32}$/.test(text);
const value_of = (fields: [string, string][], name: string): string => fields.find(([each]) => each === name)?.[1] ?? "";

// What the server takes: docs/openapi.json.
function as_body(one: Kept): string {
  const text = (name: string): string => value_of(one.fields, name);
  return JSON.stringify({
    origin: one.id, issue: text("issue"), day: text("day"), until: text("until"), where: text("where"), mode: text("mode"), posts: text("posts"),
    may_decide: text("may_decide") === "yes", met: text("met"),
    groups: {
      residents: text("met_residents"), users: text("met_users"), employees: text("met_employees"), businesses: text("met_businesses"),
      students: text("met_students"), associations: text("met_associations"), others: text("met_others"),
    },
    heard: text("heard"), promised: text("promised"), voices: text("voices"), measures: text("measures"), lang: text("lang"),
  });
}

// A kept one out of a file: nothing is believed of it but what has this form.
function from_file(given: unknown): Kept | undefined {
  const one = given as Partial<Kept> | null;
  if (!one || !is_id(one.id) || !Array.isArray(one.fields)) return undefined;
  const fields = one.fields.filter((pair): pair is [string, string] => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string"));
  if (fields.length === 0) return undefined;
  const number = (n: unknown): number => (typeof n === "number" && Number.isFinite(n) ? n : 0);
  return { id: one.id, officer: number(one.officer), post: typeof one.post === "string" ? one.post : "", at: number(one.at) || Date.now(), refused: "", fields };
}

// ---- the page -------------------------------------------------------------------------------------------------------
function run(root: HTMLElement, form: HTMLFormElement): void {
  const part = <Kind extends HTMLElement>(name: string): Kind => root.querySelector<Kind>(`[data-${name}]`)!;
  const words = root.dataset;
  const told = part("told"), who = part("who"), queue = part("queue"), list = part("list"), sign_in = part("sign-in"), wrong_clock = part("wrong-clock");
  let id = new_id(), ticket: Ticket | undefined, timer = 0;

  function tell(text: string | undefined, tone: "" | "done" | "due" | "late" = ""): void {
    told.textContent = text ?? "";
    told.hidden = !text;
    told.className = `notice ${tone}`.trim();
  }
  function label_of(name: string): string {
    const field = form.querySelector<HTMLElement>(`[name="${name}"]`);
    const label = form.querySelector(`label[for="${name}"]`) ?? field?.closest("fieldset")?.querySelector("legend");
    return label?.textContent?.trim() ?? name;
  }
  function fields_now(): [string, string][] {
    const all: [string, string][] = [];
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "csrf" && name !== "once") all.push([name, value]);
    return all;
  }
  function put_into_form(fields: [string, string][]): void {
    form.reset();
    for (const [name, value] of fields) {
      for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(`[name="${CSS.escape(name)}"]`)) {
        if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) field.checked = field.value === value;
        else if (field.type !== "hidden") field.value = value;
      }
    }
    form.querySelectorAll("textarea").forEach((field) => field.dispatchEvent(new Event("input")));
  }

  // -- what is kept
  function state_of(one: Kept): string {
    const days = Math.floor((Date.now() - one.at) / day_ms);
    const parts = [(words.kept ?? "").replace("{at}", new Date(one.at).toLocaleString(document.documentElement.lang))];
    if (ticket?.signed_in && one.officer !== 0 && one.officer !== ticket.officer) parts.push((words.others ?? "").replace("{post}", one.post));
    else if (one.refused) parts.push((words.refused ?? "").replace("{why}", one.refused));
    else parts.push(words.waits ?? "");
    if (days >= old_days) parts.push((words.old ?? "").replace("{n}", String(days)));
    return parts.join(" ");
  }
  function row_of(one: Kept): Node {
    const row = root.querySelector("template")!.content.cloneNode(true) as DocumentFragment;
    const at = <Kind extends HTMLElement>(name: string): Kind => row.querySelector<Kind>(`[data-${name}]`)!;
    at("what").textContent = (words.what ?? "").replace("{day}", value_of(one.fields, "day")).replace("{where}", value_of(one.fields, "where"));
    const state = at("state");
    state.textContent = state_of(one);
    if (one.refused || Date.now() - one.at >= old_days * day_ms) state.classList.add("late");
    at("change").addEventListener("click", () => {
      id = one.id;
      put_into_form(one.fields);
      form.scrollIntoView();
      form.querySelector<HTMLElement>("select, input:not([type=hidden])")?.focus();
    });
    const mine = at("mine");
    mine.hidden = !(ticket?.signed_in && one.officer !== ticket.officer && one.officer === 0);
    mine.addEventListener("click", () => void claim(one));
    at("drop").addEventListener("click", () => {
      if (window.confirm(words.really ?? "")) void change(["kept"], (to) => to("kept").delete(one.id)).then(show);
    });
    return row;
  }
  function sent_row(one: Sent): Node {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = `/visits/${one.visit}`;
    link.textContent = (words.published ?? "").replace("{n}", String(one.visit));
    item.append(link);
    return item;
  }
  async function show(): Promise<void> {
    const kept = (await read<Kept>("kept")).sort((a, b) => a.at - b.at);
    const sent = (await read<Sent>("sent")).sort((a, b) => b.at - a.at);
    list.replaceChildren(...kept.map(row_of), ...sent.slice(0, shown_sent).map(sent_row));
    list.dataset.waiting = String(kept.length);
    part("nothing").hidden = kept.length + sent.length > 0;
    queue.hidden = false;
    const needed = kept.length > 0 && ticket !== undefined && !ticket.signed_in;
    sign_in.hidden = !needed;
  }

  async function keep(): Promise<void> {
    const fields = fields_now();
    const missing = ["day", "where", "mode", "posts", "met", "heard", "lang"].find((name) => value_of(fields, name).trim() === "");
    if (missing) {
      tell((words.missing ?? "").replace("{what}", label_of(missing)), "late");
      form.querySelector<HTMLElement>(`[name="${missing}"]`)?.focus();
      return;
    }
    const known = (await read<{ name: string; officer: number; post: string }>("known")).find((each) => each.name === "officer");
    const before = (await read<Kept>("kept")).find((each) => each.id === id);
    const one: Kept = { id, officer: before?.officer || (known?.officer ?? 0), post: before?.post || (known?.post ?? ""), at: Date.now(), refused: "", fields };
    try {
      await change(["kept"], (to) => to("kept").put(one));
    } catch {
      tell(words.full, "late"); // what was typed stays in the form
      return;
    }
    id = new_id();
    form.reset();
    form.querySelectorAll("textarea").forEach((field) => field.dispatchEvent(new Event("input")));
    tell(words.waits, "done");
    await show();
    await send();
    told.scrollIntoView({ block: "center" });
  }
  async function claim(one: Kept): Promise<void> {
    if (!ticket?.signed_in) return;
    one.officer = ticket.officer;
    one.post = ticket.post;
    await change(["kept"], (to) => to("kept").put(one));
    await send();
  }

  // -- sending
  async function ask_ticket(): Promise<boolean> {
    try {
      const answer = await fetch("/visits/field/ticket", { headers: { Accept: "application/json" }, cache: "no-store" });
      if (!answer.ok) return false;
      ticket = (await answer.json()) as Ticket;
    } catch {
      return false;
    }
    const now = ticket;
    if (now.signed_in) await change(["known"], (to) => to("known").put({ name: "officer", officer: now.officer, post: now.post }));
    who.textContent = now.signed_in ? (words.signedIn ?? "").replace("{post}", now.post) : "";
    who.hidden = !now.signed_in;
    const clock = new Date(), two = (n: number): string => String(n).padStart(2, "0");
    const phone = `${clock.getFullYear()}-${two(clock.getMonth() + 1)}-${two(clock.getDate())}`;
    wrong_clock.hidden = phone === now.today;
    wrong_clock.textContent = (words.clock ?? "").replace("{phone}", phone).replace("{here}", now.today);
    return true;
  }
  // True when the next one can be tried.
  async function send_one(one: Kept, csrf: string): Promise<boolean> {
    let answer: Response;
    let said: { id?: number; repeated?: boolean; error?: { message?: string } };
    try {
      answer = await fetch("/api/v1/visits", { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf }, body: as_body(one), cache: "no-store" });
      said = await answer.json();
    } catch {
      return false; // whether it arrived is not known: it is sent again, and is the same one
    }
    if (answer.ok && typeof said.id === "number") {
      const sent: Sent = { id: one.id, visit: said.id, at: Date.now() };
      await change(["kept", "sent"], (to) => (to("sent").put(sent), to("kept").delete(one.id)));
      tell((said.repeated ? words.arrived : words.published)?.replace("{n}", String(said.id)), "done");
      return true;
    }
    if (answer.status === 401) {
      if (ticket) ticket.signed_in = false;
      return false;
    }
    if (answer.status === 408 || answer.status === 429 || answer.status >= 500) return false;
    one.refused = said.error?.message ?? String(answer.status);
    await change(["kept"], (to) => to("kept").put(one));
    return true;
  }
  async function send_all(): Promise<void> {
    const waiting = await read<Kept>("kept");
    if (!(await ask_ticket())) {
      if (waiting.length > 0) tell(words.offline, "due");
    } else if (ticket?.signed_in) {
      for (const one of waiting) {
        if (one.refused || one.officer !== ticket.officer) continue;
        if (!(await send_one(one, ticket.csrf))) break;
      }
    }
    if (waiting.length > 0 && ticket && !ticket.signed_in) tell(words.ended, "due");
    await show();
    window.clearTimeout(timer);
    // What is another's does not ask again and again: asking would keep the session from ending.
    const left = (await read<Kept>("kept")).some((one) => !one.refused && (!ticket?.signed_in || one.officer === ticket.officer));
    if (left) timer = window.setTimeout(() => void send(), retry);
  }
  // One tab at a time; where the browser has no locks, two send the same, and it is the same one.
  async function send(): Promise<void> {
    if (!("locks" in navigator)) return send_all();
    await navigator.locks.request("visits-field", send_all);
  }

  // -- files
  async function save(): Promise<void> {
    const text = JSON.stringify({ huiyin: "visits", v: 1, visits: await read<Kept>("kept") }, null, 1);
    const link = document.createElement("a"), url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.href = url;
    link.download = `visits-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
  async function take(file: File): Promise<void> {
    let given: unknown;
    try {
      given = JSON.parse(await file.text());
    } catch {
      given = null;
    }
    const all = (given as { huiyin?: string; v?: number; visits?: unknown } | null) ?? {};
    if (all.huiyin !== "visits" || all.v !== 1 || !Array.isArray(all.visits)) return tell(words.noFile, "late");
    const there = new Set([...(await read<Kept>("kept")), ...(await read<Sent>("sent"))].map((each) => each.id));
    const fresh = all.visits.map(from_file).filter((one): one is Kept => one !== undefined && !there.has(one.id));
    await change(["kept"], (to) => fresh.forEach((one) => to("kept").put(one)));
    tell((words.taken ?? "").replace("{n}", String(fresh.length)).replace("{of}", String(all.visits.length)), "done");
    await show();
    await send();
  }

  form.addEventListener("submit", (event) => (event.preventDefault(), void keep()));
  part("now").addEventListener("click", () => void send());
  part("save").addEventListener("click", () => void save());
  const taking = root.querySelector<HTMLInputElement>("#take")!;
  taking.addEventListener("change", () => {
    if (taking.files?.[0]) void take(taking.files[0]);
    taking.value = "";
  });
  window.addEventListener("online", () => void send());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void send());
  form.querySelector("button.button")!.textContent = words.keep ?? "";
  part("how").hidden = false;
  void put_by(() => tell(words.plain, "due")).then(show).then(send);
}

// ---- what is shown without a network --------------------------------------------------------------------------------
// The page as everybody gets it, without a session or token of anybody, and what it is drawn with.
async function put_by(cannot: () => void): Promise<void> {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return cannot();
  const types = (window as unknown as { trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } } }).trustedTypes;
  const policy = types?.createPolicy("visits-field", { createScriptURL: (url: string) => (url === script ? url : "") });
  try {
    await navigator.serviceWorker.register(policy ? policy.createScriptURL(script) : script, { scope: here });
    void navigator.storage?.persist?.();
    const fresh = await fetch(`${here}?lang=${encodeURIComponent(document.documentElement.lang)}`, { credentials: "omit", cache: "no-store" });
    if (!fresh.ok || fresh.redirected) return;
    const cache = await caches.open(cache_name);
    const drawn = Array.from(document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>("link[rel~=stylesheet], link[rel~=icon], script[src]"), (each) => (each instanceof HTMLScriptElement ? each.src : each.href));
    for (const url of drawn) if (!(await cache.match(url))) await cache.add(url);
    await cache.put(here, fresh);
    for (const old of await cache.keys()) if (old.url !== new URL(here, location.href).href && !drawn.includes(old.url)) await cache.delete(old);
    document.documentElement.dataset.ready = "yes";
  } catch {
    // No network, or a browser that keeps nothing here: what is kept still waits in the store.
  }
}

const root = document.querySelector<HTMLElement>("[data-field]");
const form = root?.querySelector("form");
if (root && form && "indexedDB" in window) run(root, form);
