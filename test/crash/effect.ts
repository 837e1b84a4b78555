/** An effect on the world outside, which the driver is. */
import { pause } from './plan.ts';
import { pass } from './points.ts';
import { tell } from './tell.ts';

/** Has the effect, and takes some time over it. Returns how often it has been had. */
export async function effect(key: string, kind: string, idempotencyKey: string, ms: number): Promise<number> {
  const times = Number(tell({ type: 'begun', key, kind, idempotencyKey }));
  pass('effect', 'request');
  await pause(ms);
  pass('effect', 'commit');
  tell({ type: 'done', key });
  pass('effect', 'complete');
  return times;
}
