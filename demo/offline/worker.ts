/**
 * The service worker of the shop. It stores each build whole or not at all, and gives a tab the files of the build that the
 * tab is of, for as long as it is open: a newer build waits until a person takes it, or until no tab is left.
 */
export {};

declare const self: ServiceWorkerGlobalScope;

/** What the build puts in: which it is, and the integrity of its files by their paths below the scope. */
declare const __BUILD__: string;
declare const __FILES__: Readonly<Record<string, string>>;

const { scope } = self.registration;
/** Begins the names of what is this shop's; an origin may have several. */
const SHOP = `shop ${scope} `;
const OWN = SHOP + __BUILD__;

async function store(): Promise<void> {
  const cache = await caches.open(OWN);
  const put = async ([path, integrity]: [string, string]): Promise<void> => {
    const url = new URL(path, scope).href;
    // A file of another build's would be refused here, where the site is changing just now.
    const fresh = (): Promise<Response> => fetch(url, { integrity, cache: 'no-cache' });
    // The name of an asset says what is in it, so that it is there already where an earlier build has it.
    const known = path.startsWith('assets/') ? await caches.match(url) : undefined;
    await cache.put(url, known ?? (await fresh()));
  };
  try {
    await Promise.all(Object.entries(__FILES__).map(put));
  } catch (error) {
    // The disk is full, or the network has gone: the build that is in use stays, and the browser tries again.
    await caches.delete(OWN);
    throw error;
  }
}

/** The builds of the tabs that have said it, by the ids of the tabs: each holds a lock that has both in its name. */
async function tabs(): Promise<ReadonlyMap<string, string>> {
  const { held = [] } = await navigator.locks.query();
  const names = held.flatMap(({ name = '' }) => (name.startsWith(SHOP) ? [name.slice(SHOP.length)] : []));
  return new Map(
    names.map((name) => {
      const [build = '', id = ''] = name.split(' ');
      return [id, SHOP + build];
    }),
  );
}

/** Deletes the builds before this one that no tab is of. */
async function forget(): Promise<void> {
  const [windows, open, names] = await Promise.all([
    self.clients.matchAll({ includeUncontrolled: true }),
    tabs(),
    caches.keys(),
  ]);
  // One that is still loading has not said yet what it is of.
  if (windows.some(({ id }) => !open.has(id))) return;
  const inUse = new Set(open.values());
  const earlier = names.slice(0, names.indexOf(OWN)).filter((name) => name.startsWith(SHOP) && !inUse.has(name));
  await Promise.all(earlier.map((name) => caches.delete(name)));
}

/** Gives a file of the build that who asks for it is of. */
async function answer(request: Request, url: string, client: string): Promise<Response> {
  const build = request.mode === 'navigate' ? OWN : ((await tabs()).get(client) ?? OWN);
  const found = (await caches.match(url, { cacheName: build })) ?? (await caches.match(url));
  return found ?? fetch(request);
}

self.addEventListener('install', (event) => {
  event.waitUntil(store());
});
self.addEventListener('activate', (event) => {
  // The first visit goes on without a network as well.
  event.waitUntil(self.clients.claim().then(forget));
});
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
  // A tab cannot know its id by itself.
  else if (event.data === 'open') event.source?.postMessage({ id: (event.source as WindowClient).id });
  else event.waitUntil(forget());
});
self.addEventListener('fetch', (event) => {
  const { request, clientId } = event;
  const { origin, pathname } = new URL(request.url);
  const file = origin + pathname;
  if (request.method !== 'GET' || !file.startsWith(scope)) return;
  event.respondWith(answer(request, file === scope ? `${scope}index.html` : file, clientId));
});
