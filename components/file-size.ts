/** The size of a file in words. Pure. */
import type { Strings } from './strings/index.ts';

/** @param bytes at least a kilobyte is told: nobody counts fewer. */
export function sizeWords(bytes: number, { kilobytes, megabytes }: Strings['files']): string {
  return bytes < 1_000_000 ? kilobytes(Math.max(1, Math.round(bytes / 1_000))) : megabytes(bytes / 1_000_000);
}
