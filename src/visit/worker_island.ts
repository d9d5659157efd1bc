// Shows the form of /visits/field, and what it is drawn with, where there is no network: what field_island.ts put by. It
// keeps nothing itself and touches no other page. Served as /visits/worker.js for the scope /visits/field.
interface Asked extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Life extends Event {
  waitUntil(done: Promise<unknown>): void;
}
const scope = self as unknown as { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> } };
const page = "/visits/field", kept = "visits-field", patience = 6000; // ms: a network that hardly answers is none

async function from_kept(what: Request | string): Promise<Response | undefined> {
  return (await caches.open(kept)).match(what, { ignoreVary: true });
}

async function form(request: Request): Promise<Response> {
  const there = await from_kept(page);
  if (!there) return fetch(request);
  const waited = new Promise<Response>((done) => setTimeout(() => done(there), patience));
  return Promise.race([fetch(request), waited]).catch(() => there);
}

self.addEventListener("install", (event) => (event as Life).waitUntil(scope.skipWaiting()));
self.addEventListener("activate", (event) => (event as Life).waitUntil(scope.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request, respondWith } = { request: (event as Asked).request, respondWith: (answer: Promise<Response>) => (event as Asked).respondWith(answer) };
  const at = new URL(request.url);
  if (request.method !== "GET" || at.origin !== location.origin) return;
  if (request.mode === "navigate" && at.pathname === page) respondWith(form(request));
  // An asset's address names its content.
  if (at.pathname.startsWith("/assets/")) respondWith(from_kept(request).then((there) => there ?? fetch(request)));
});

export {};
