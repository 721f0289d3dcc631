/**
 * Service worker: a page that asked to be kept (data-keep on its body) opens without connection.
 * Always the network first; the kept copy only when the network fails or is silent for four seconds.
 * A kept page is marked with data-kept on its body, so that its clock does not start in the past.
 */
const CACHE = "kept-1";
const OFFLINE = "/offline";
const PATIENCE_MS = 4_000;
const MOST_PAGES = 10;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.add(OFFLINE)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name !== CACHE).map((name) => caches.delete(name));
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names))).then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  event.waitUntil(keep(event.data.page, event.data.files));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});

/** Store a page and what it shows; the oldest pages make room. */
async function keep(page, files) {
  const cache = await caches.open(CACHE);
  await Promise.allSettled([page, ...files].map((address) => cache.add(address)));
  const pages = (await cache.keys()).filter(({ url }) => !/\/(static\/|offline$)/.test(new URL(url).pathname));
  await Promise.all(pages.slice(0, -MOST_PAGES).map((request) => cache.delete(request)));
}

async function page(request) {
  const cache = await caches.open(CACHE);
  try {
    const fresh = await inTime(fetch(request));
    // Where a log-in is asked for, the kept page stays what it was.
    const isItself = fresh.ok && !fresh.redirected;
    if (isItself && (await cache.match(request.url))) await cache.put(request.url, fresh.clone());
    return fresh;
  } catch {
    const kept = await cache.match(request.url);
    return kept ? marked(kept) : cache.match(OFFLINE);
  }
}

async function file(request) {
  try {
    return await inTime(fetch(request));
  } catch {
    return (await caches.match(request)) || Response.error();
  }
}

const inTime = (promise) =>
  Promise.race([promise, new Promise((_, reject) => setTimeout(reject, PATIENCE_MS))]);

async function marked(response) {
  const html = (await response.text()).replace("<body ", "<body data-kept ");
  return new Response(html, { headers: response.headers });
}
