// Keeps the page for when there is no network, and the files it uses. Never a page that somebody has seen.
const CACHE = "{{ name }}-{{ version }}";
const FILES = {{ files|tojson }};
const PAGE = {{ page|tojson }};

self.addEventListener("install", (event) => {
  // Without cookies: the page is nobody's, and no notice that waits in the session is shown to a robot.
  const kept = [...FILES, new Request(PAGE, { credentials: "omit", cache: "no-store" })];
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(kept)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("{{ name }}-") && name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const kept = (what) => caches.match(what, { ignoreVary: true });
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => kept(PAGE)));
  } else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(kept(request).then((found) => found || fetch(request)));
  }
});
