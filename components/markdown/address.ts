/** Where a link of a model may lead. What it writes may come from strangers. */

/** Where a link leads, and to whom. */
export interface Address {
  readonly href: string;
  /** The host, where it is another one than the page's; else an empty text. */
  readonly host: string;
}

/** Schemes that run nothing and fetch nothing by themselves. */
const ALLOWED: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:', 'tel:']);

/** Characters that turn the direction of what follows, and so could make one address look like another. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The address of a link; undefined for one that is not to be followed. */
export function addressOf(href: string): Address | undefined {
  try {
    const url = new URL(href.replace(TURNING, ''), document.baseURI);
    if (!ALLOWED.has(url.protocol) || url.username !== '' || url.password !== '') return undefined;
    return { href: url.href, host: url.host === location.host ? '' : url.host };
  } catch {
    return undefined;
  }
}

/** The host that words name which are nothing but an address; else undefined, as where they turn their direction. */
export function hostIn(words: string): string | undefined {
  const said = /^https?:\/\//i.test(words) ? words : `https://${words}`;
  return said.search(TURNING) < 0 ? addressOf(said)?.host : undefined;
}

/** Whether a picture can be shown without asking anybody for it. */
export const isInline = (href: string): boolean => /^data:image\/(?:png|jpeg|gif|webp|avif);base64,/i.test(href);
