/** Keeps the shop usable without a network, and offers a newer version of it. */
import { part } from '../dom.ts';

/** What the page does for the versions of itself. */
export interface OfflineOptions {
  /** Resolves once nothing goes on in this page that loading it again would cut off. */
  settled(): Promise<void>;
}

/** Says which build this page is of, for as long as it is open, so that its files are kept and given to it. */
async function holdBuild({ scope, active }: ServiceWorkerRegistration): Promise<void> {
  const build = document.querySelector('meta[name="build"]')?.getAttribute('content') ?? '';
  const id = await new Promise<string>((resolve) => {
    navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ id: string }>) => {
      resolve(data.id);
    });
    navigator.serviceWorker.startMessages();
    active?.postMessage('open');
  });
  const hold = (): Promise<void> => {
    active?.postMessage('said');
    return new Promise(() => undefined);
  };
  navigator.locks.request(`shop ${scope} ${build} ${id}`, hold).catch(() => undefined);
}

/** Says once a version waits, now or later; also one that another tab has taken. */
function followVersions(registration: ServiceWorkerRegistration, tell: () => void): void {
  const hadOne = navigator.serviceWorker.controller !== null;
  const follow = (): void => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && registration.active) tell();
    });
  };
  if (registration.waiting && registration.active) tell();
  registration.addEventListener('updatefound', follow);
  follow();
  if (hadOne) navigator.serviceWorker.addEventListener('controllerchange', tell);
  document.addEventListener('visibilitychange', () => {
    // A tab may be open for weeks.
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
  });
}

/** Offers the version that waits. It is taken when a person says so and nothing is under way. */
function offerVersion(registration: ServiceWorkerRegistration, options: OfflineOptions): void {
  const [place, said, button] = [part('update'), part('update-text'), part('update-take')];
  place.hidden = false;
  button.onclick = async () => {
    button.hidden = true;
    said.textContent = 'The new version comes as soon as the assistant has finished.';
    await options.settled();
    const { waiting } = registration;
    // Another tab has taken it already.
    if (!waiting) {
      location.reload();
      return;
    }
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      location.reload();
    });
    waiting.postMessage('take-over');
  };
}

/** Registers the service worker, tells the state of the network, and offers what is new. */
export async function followOffline(options: OfflineOptions): Promise<void> {
  const place = part('offline');
  let isStored = false;
  const tell = (): void => {
    place.textContent = !navigator.onLine
      ? 'You are offline. The shop and its assistant go on working.'
      : isStored
        ? 'Ready to work offline.'
        : '';
  };
  window.addEventListener('online', tell);
  window.addEventListener('offline', tell);
  tell();
  // The development server has files of its own, and a page without a secure origin has no service worker.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register('./sw.js', { updateViaCache: 'none' });
    followVersions(registration, () => {
      offerVersion(registration, options);
    });
    await navigator.serviceWorker.ready;
    isStored = true;
    tell();
    await holdBuild(registration);
  } catch (error) {
    // The shop works without, as long as there is a network.
    console.warn(error);
  }
}
