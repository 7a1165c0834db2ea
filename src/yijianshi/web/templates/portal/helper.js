/* The helper of the browser: where there is no connection it shows the page that says so. It keeps that page and its looks,
   and nothing that was ever shown to anybody. */
"use strict";

const KEPT = "yijianshi-{{ version }}";
const ADDRESSES = [{% for address in kept %}"{{ address|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(ADDRESSES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("yijianshi-") && name !== KEPT);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const asked = event.request;
  if (asked.mode === "navigate") {
    event.respondWith(fetch(asked).catch(() => caches.match(ADDRESSES[0])));
  } else if (asked.method === "GET" && ADDRESSES.indexOf(new URL(asked.url).pathname) > 0) {
    event.respondWith(fetch(asked).catch(() => caches.match(asked)));
  }
});
