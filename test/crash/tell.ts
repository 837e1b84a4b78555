/** Tells the driver what has happened, before anything else can: a request that nothing overtakes, not even a kill. */

/** The moments that a kill can be asked for. */
export const POINTS = ['intent', 'effect', 'put', 'complete', 'merge', 'snapshot', 'prune', 'blob', 'copy'] as const;

export type Point = (typeof POINTS)[number];

export type News =
  /** An effect begins. The answer is how often it has begun. */
  | { readonly type: 'begun'; readonly key: string; readonly kind: string; readonly idempotencyKey: string }
  | { readonly type: 'done'; readonly key: string }
  /** What `once` gave, which is kept from here on. */
  | { readonly type: 'memo'; readonly key: string; readonly value: number }
  /** A person is about to say what became of a call. */
  | { readonly type: 'outcome'; readonly key: string; readonly outcome: string }
  /** The page has seen this version, which is durable then. */
  | { readonly type: 'seen'; readonly thread: string; readonly version: number; readonly digest?: string }
  /** The point has come: the driver kills, and never answers. */
  | { readonly type: 'kill'; readonly point: Point };

/** Returns the driver's answer. */
export function tell(news: News): string {
  const request = new XMLHttpRequest();
  request.open('POST', '/tell', false);
  request.send(JSON.stringify(news));
  return request.responseText;
}
