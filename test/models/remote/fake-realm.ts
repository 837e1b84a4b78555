/** A realm whose time passes when a test says so. */
import type { ModelPart } from '../../../src/core/index.ts';
import { remoteModel } from '../../../src/models/index.ts';
import type { RemoteModelInit } from '../../../src/models/index.ts';
import type { Realm } from '../../../src/models/remote/config.ts';
import { realm } from '../../../src/models/remote/config.ts';
import { asking } from './talk.ts';

export interface FakeRealm extends Realm {
  /** The waits that have been over at once, in milliseconds. */
  readonly waits: number[];
  /** Lets time pass. */
  pass(ms: number): void;
}

/** Longer waits than this are limits, which end when time passes; the probe of a server has a real second or three. */
const SHORT = 100_000;
const PROBE = 3000;

/** @param given what is other than in this page. */
export function createFakeRealm(given: Partial<Realm> = {}): FakeRealm {
  let now = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  const waits: number[] = [];
  return {
    fetch: (url, init) => realm.fetch(url, init),
    now: () => now,
    random: () => 0,
    origin: realm.origin,
    isOnline: () => true,
    after(ms, run) {
      if (ms < SHORT && ms !== PROBE) {
        waits.push(ms);
        now += ms;
        queueMicrotask(run);
        return () => {};
      }
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    ...given,
    waits,
    pass(ms) {
      now += ms;
      for (const timer of timers) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.run();
      }
    },
  };
}

/** Hours pass until a promise is settled. */
export async function timePasses<T>(at: FakeRealm, promise: Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    at.pass(3_600_000);
  });
  return promise.finally(() => {
    clearInterval(timer);
  });
}

/** The parts of an answer; once enough was heard, hours pass. */
export async function until(
  at: FakeRealm,
  isEnough: (parts: readonly ModelPart[]) => boolean,
  config: RemoteModelInit,
): Promise<ModelPart[]> {
  const parts: ModelPart[] = [];
  const stream = remoteModel(config, at)
    .stream(asking(), { signal: new AbortController().signal })
    [Symbol.asyncIterator]();
  for (;;) {
    const next = stream.next();
    const { done = false, value } = (await (isEnough(parts) ? timePasses(at, next) : next)) as IteratorResult<
      ModelPart,
      undefined
    >;
    if (done || !value) return parts;
    parts.push(value);
  }
}
