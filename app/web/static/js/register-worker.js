// Keeps nothing by itself: register.js puts a day's page and what it needs into a cache of its own, named after who is
// signed in. This worker hands them out when the network does not answer, for the days of one cohort only (its scope).
const KEPT = "register:";
const LONGEST = 14 * 24 * 3600 * 1000;   // names of people do not stay on a phone for ever
const PATIENCE = 4000;                   // a network that does not answer is none

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (pathname.includes("/static/")) event.respondWith(asset(request));
});

async function page(request, pathname) {
  const network = fetch(request);
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const response = await Promise.race([network, patience]);
    if (response && response.status < 502) return response;   // an answer, even if it is: please sign in
    return (await kept(pathname)) ?? await network;
  } catch {
    return (await kept(pathname)) ?? Response.error();
  }
}

// Their addresses carry a hash: what was kept is right.
const asset = async (request) => (await kept(request.url)) ?? fetch(request);

async function kept(address) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(KEPT)) continue;
    const cache = await caches.open(name);
    const found = await cache.match(address, { ignoreVary: true });
    if (!found) continue;
    if (Date.now() - Number(found.headers.get("X-Kept")) < LONGEST) return found;
    await cache.delete(address, { ignoreVary: true });
  }
  return undefined;
}
