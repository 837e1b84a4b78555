/** What a vertical may be allowed: a closed set of words, and what each means to a person. */

/** `network:` takes an origin, or `self` for that of the page. */
export type Capability = 'page:read' | 'page:act' | 'storage' | 'navigate' | 'worker' | `network:${string}`;

const SAID = {
  'page:read': 'Reads what this page shows, but no passwords, card numbers or hidden fields.',
  'page:act': 'Fills in fields of this page, and sends a form once you have approved it.',
  storage: 'Keeps notes of its own in this browser.',
  navigate: 'Opens other pages.',
  worker: 'Runs code of its own beside the assistant, which could read its conversations.',
} satisfies Record<Exclude<Capability, `network:${string}`>, string>;

const NETWORK = 'network:';

/** The origin that a network capability names; `self` is left as it is. Undefined for anything else. */
export function originOf(capability: string): string | undefined {
  if (!capability.startsWith(NETWORK)) return undefined;
  const place = capability.slice(NETWORK.length);
  if (place === 'self') return place;
  try {
    const { origin, protocol } = new URL(place);
    // Nothing but the origin, as it will be compared.
    return origin === place && (protocol === 'https:' || protocol === 'http:') ? origin : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a text is one of them. */
export const isCapability = (text: unknown): text is Capability =>
  typeof text === 'string' && (Object.hasOwn(SAID, text) || originOf(text) !== undefined);

/** What one means, as a sentence for the person at the page. */
export function sayCapability(capability: Capability): string {
  const origin = originOf(capability);
  if (origin === undefined) return SAID[capability as keyof typeof SAID];
  return origin === 'self' ? 'Talks to this site.' : `Talks to ${new URL(origin).host}.`;
}
