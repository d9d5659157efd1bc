// The map on the page is drawn anew while votes come in: the server says that there is a newer one, the page is read
// again, and its part is put in place of the old one. Nothing moves while somebody reads a table or a link has the focus.
const part = document.querySelector<HTMLElement>("#map[data-live]");
const address = part?.dataset.live;
const shortest = 2000;

// The browser itself makes a document of the answer, so that no text of ours has to be trusted as markup.
function page(url: string): Promise<Document | null> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.onload = () => done(request.status === 200 ? request.responseXML : null);
    request.onerror = () => done(null);
    request.open("GET", url);
    request.send();
  });
}

if (part && address) {
  let busy = false;
  let last = 0;
  const read = async () => {
    const here = document.getElementById("map");
    if (!here || busy || Date.now() - last < shortest || here.querySelector("details[open]") || here.contains(document.activeElement)) return;
    busy = true;
    try {
      const fresh = (await page(location.href))?.getElementById("map");
      if (fresh) here.replaceChildren(...Array.from(fresh.childNodes));
      last = Date.now();
    } finally {
      busy = false;
    }
  };
  const events = new EventSource(address);
  events.addEventListener("map", () => void read());
  addEventListener("pagehide", () => events.close());
}
