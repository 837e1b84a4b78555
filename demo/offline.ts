/** Registers the service worker and says whether the shop works without a network. */
import { registerSW } from 'virtual:pwa-register';

/** Keeps `place` telling the state of the network and of the offline copy. */
export function followOffline(place: HTMLElement): void {
  let isReady = 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null;
  const tell = (): void => {
    place.textContent = !navigator.onLine
      ? 'You are offline. The shop and its assistant go on working.'
      : isReady
        ? 'Ready to work offline.'
        : '';
  };
  registerSW({
    immediate: true,
    onOfflineReady() {
      isReady = true;
      tell();
    },
  });
  window.addEventListener('online', tell);
  window.addEventListener('offline', tell);
  tell();
}
