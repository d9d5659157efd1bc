// The map on the page is drawn anew while votes come in: the server says that there is a newer one, the page is read
// again, and its part is put in place of the old one. Nothing moves while somebody reads a table or a link has the focus;
// what is newer by then is drawn afterwards.
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
  let newer = false;
  let busy = false;
  const read = async () => {
    const here = document.getElementById("map");
    if (!newer || !here || busy || here.querySelector("details[open]") || here.contains(document.activeElement)) return;
    newer = false;
    busy = true;
    const fresh = (await page(location.href))?.getElementById("map");
    if (fresh) here.replaceChildren(...Array.from(fresh.childNodes));
    setTimeout(() => {
      busy = false;
      void read();
    }, shortest);
  };
  const events = new EventSource(address);
  events.addEventListener("map", () => {
    newer = true;
    void read();
  });
  part.addEventListener("focusout", () => setTimeout(() => void read()));
  part.addEventListener("toggle", () => void read(), true);
  addEventListener("pagehide", () => events.close());
}
