/** The service worker: the page opens without a network. It keeps the page alone, and never an answer of the server. */

interface Fetched extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface WorkerScope {
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "fetch", act: (event: Fetched) => void): void;
  addEventListener(name: "install" | "activate", act: (event: Lasting) => void): void;
}

const scope = self as object as WorkerScope;
const CACHE = "dripfeed-page";
const PAGE = "/write/";
const FILES = [PAGE, "/write/app.webmanifest", "/write/icon.svg", "/write/icon.png"];

/** In whichever language it was shown last. */
const ANY = { ignoreVary: true };

scope.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
  void scope.skipWaiting();
});

scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method === "GET" && origin === location.origin && FILES.includes(pathname))
    event.respondWith(fresh(request, pathname));
});

/** Milliseconds for which a page that is here already waits for a network that is there by name alone. */
const PATIENCE = 4000;

/** From the network, if there is one: so that a new version shows at once. */
async function fresh(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path, ANY);
  const asked = fetch(request).then((response) => {
    // Shown as it comes, and also where there is no room for it.
    if (response.ok && !response.redirected) cache.put(path, response.clone()).catch(() => undefined);
    return response.status < 500 ? response : (kept ?? response);
  });
  if (!kept) return asked;
  const late = new Promise<Response>((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([asked.catch(() => kept), late]);
}
