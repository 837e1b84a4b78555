/** Keeps what reads gave for as long as their tools allow, and forgets it as soon as a write may have changed it. */
import { stableText } from '../core/index.ts';
import type { RegisteredTool } from './registry.ts';
import { conflicts, footprint } from './resources.ts';
import type { Footprint } from './resources.ts';
import { sizeOf } from './size.ts';

const MAX_ENTRIES = 200;
/** About as many characters of JSON in all. */
const MAX_SIZE = 4_000_000;

interface Kept {
  readonly entry: RegisteredTool;
  readonly footprint: Footprint;
  readonly output: unknown;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** A read under way, of which the result may be kept. */
export interface Reading {
  /** What an earlier one gave, if that still holds. */
  readonly hit: { readonly output: unknown } | undefined;
  /** Keeps what this one gave, unless a write has come in between. */
  keep(output: unknown): void;
  /** Ends it. */
  end(): void;
}

export interface ResultCache {
  /** Begins a read of a tool that allows its results to be kept: for one thread, for the middleware may tell them apart. */
  begin(entry: RegisteredTool, input: unknown, threadId: string): Reading;
  /** Forgets what a write may have changed, also of reads that are under way. */
  changed(change: Footprint): void;
}

/** @param now gives milliseconds since 1970. */
export function createResultCache(now: () => number): ResultCache {
  // In the order of use, so that the first is the one to go.
  const kept = new Map<string, Kept>();
  const underWay = new Set<{ readonly footprint: Footprint; isStale: boolean }>();
  let size = 0;
  const forget = (key: string): void => {
    size -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  return {
    begin(entry, input, threadId) {
      const { tool } = entry;
      const key = stableText([threadId, tool.name, input]);
      const found = kept.get(key);
      // A tool that was offered anew may be another one.
      const hit = found && found.entry === entry && found.until > now() ? found : undefined;
      if (found) kept.delete(key);
      if (hit) kept.set(key, hit);
      else size -= found?.size ?? 0;
      const reading = { footprint: footprint(tool, input), isStale: false };
      underWay.add(reading);
      return {
        hit,
        keep(output) {
          const cost = key.length + sizeOf(output, MAX_SIZE);
          if (reading.isStale || cost > MAX_SIZE) return;
          forget(key);
          size += cost;
          kept.set(key, { entry, footprint: reading.footprint, output, size: cost, until: now() + tool.cacheTtl });
          for (const oldest of kept.keys()) {
            if (kept.size <= MAX_ENTRIES && size <= MAX_SIZE) break;
            forget(oldest);
          }
        },
        end: () => underWay.delete(reading),
      };
    },
    changed(change) {
      for (const reading of underWay) reading.isStale ||= conflicts(change, reading.footprint);
      for (const [key, read] of kept) if (conflicts(change, read.footprint)) forget(key);
    },
  };
}
