// The service worker: keeps all of the page, then answers from what it keeps. VERSION and FILES stand above, as built.
const CACHE = `repcount-${VERSION}`;
const RELAXED = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11]);

// Of the two builds of the runtime this browser needs one.
function isNeeded(path) {
  const other = WebAssembly.validate(RELAXED) ? "litert/litert_wasm_compat_internal" : "litert/litert_wasm_internal";
  return !path.startsWith(other);
}

async function keepAll() {
  const cache = await caches.open(CACHE);
  const wanted = Object.entries(FILES).filter(([path]) => isNeeded(path));
  await cache.addAll(wanted.map(([path, integrity]) => new Request(path, { integrity, cache: "no-cache" })));
}

async function forgetOthers() {
  for (const name of await caches.keys()) if (name.startsWith("repcount-") && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function answer(request) {
  const cache = await caches.open(CACHE), path = new URL(request.url);
  if (path.pathname.endsWith("/")) path.pathname += "index.html";
  return (await cache.match(path.href, { ignoreSearch: true })) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && new URL(event.request.url).origin === location.origin) event.respondWith(answer(event.request));
});
