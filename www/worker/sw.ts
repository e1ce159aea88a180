/**
 * The service worker: after one visit the page works without a network.
 *
 * All files but the page itself are named by their content, so a page can only ever get the files that it was built with:
 * from a cache if they are in one, else from the server. Of the page itself the newest is taken that can be had soon.
 *
 * So it does not matter which version of this script answers, and a new one waits, as the browser would have it, until no
 * page of the old one is open: taking over at once, in the middle of a load, left loads that never ended (Chromium).
 */

export {};

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build (www/tasks/page.mjs): the name of this version, its files, and the one that its page must mention. */
declare const VERSION: string;
declare const FILES: string[];
declare const MAIN: string;

/** Other pages of the same origin have caches of their own, and so has a copy of this page in another folder. */
const OURS = `eventbridge-rules ${new URL(self.registration.scope).pathname} `;
const CACHE = OURS + VERSION;
const PAGE = "./";
/** On a network that hangs, the kept page is better than none. */
const PATIENCE_MS = 3000;

self.addEventListener("install", (event) => event.waitUntil(fill()));
// The very first page is loaded without a worker; from now on it has one.
self.addEventListener("activate", (event) => event.waitUntil(dropOld().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (isPage(request.url)) event.respondWith(page(request));
  } else if (FILES.some((file) => addressOf(file) === request.url) || isNamedByContent(request.url)) {
    event.respondWith(kept(request));
  }
});

const addressOf = (file: string): string => new URL(file, self.registration.scope).href;

function isPage(url: string): boolean {
  const { origin, pathname } = new URL(url);
  const scope = new URL(self.registration.scope);
  return origin === scope.origin && (pathname === scope.pathname || pathname === `${scope.pathname}index.html`);
}

/** A page that is still open may ask for a file of the version before. */
function isNamedByContent(url: string): boolean {
  return url.startsWith(self.registration.scope) && /-[A-Z0-9]{8}\.(js|css|wasm)$/.test(url);
}

/** All files, or none: a version that cannot be had as a whole is not taken. */
async function fill(): Promise<void> {
  const responses = await Promise.all([PAGE, ...FILES].map(async (file) => ({ file, response: await fetched(file) })));
  // A version that comes back is the newest again.
  await caches.delete(CACHE);
  const cache = await caches.open(CACHE);
  // The page comes last: a cache that has it has everything.
  const [page, ...files] = responses;
  await Promise.all(files.map(({ file, response }) => cache.put(addressOf(file), response)));
  if (page) await cache.put(addressOf(page.file), page.response);
}

async function fetched(file: string): Promise<Response> {
  // What is named by its content may be taken from wherever it is.
  const known = file === PAGE ? undefined : await caches.match(addressOf(file));
  const response = known ?? (await fetch(addressOf(file), { cache: file === PAGE ? "no-cache" : "default" }));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  // Between the fetch of this script and that of the page, a newer version may have been put on the server.
  if (file === PAGE && !(await response.clone().text()).includes(MAIN)) throw new Error("the page is of another version");
  return response;
}

/** Oldest first. */
async function ownCaches(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(OURS));
}

/** This version, and one that may already wait, stay. */
async function dropOld(): Promise<void> {
  const ours = await ownCaches();
  await Promise.all(ours.slice(0, ours.indexOf(CACHE)).map((name) => caches.delete(name)));
}

/** The newest page that is kept, whether its own version of this script has begun or still waits. */
async function keptPage(): Promise<Response | undefined> {
  for (const cacheName of (await ownCaches()).reverse()) {
    // Not by `open`, which would make a cache again that has just been dropped.
    const found = await caches.match(addressOf(PAGE), { cacheName });
    if (found) return found;
  }
  return undefined;
}

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(request: Request): Promise<Response> {
  const fresh = fetch(request).catch(() => undefined);
  const soon = await Promise.race([fresh, new Promise<undefined>((done) => setTimeout(() => done(undefined), PATIENCE_MS))]);
  if (soon?.ok) return soon;
  return (await keptPage()) ?? (await fresh) ?? Response.error();
}
