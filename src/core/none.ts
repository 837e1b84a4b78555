/** What holds nothing: one for all, so that what has nothing need not make it. */
export const NONE: readonly never[] = Object.freeze([]);

/** The map without entries. */
export const NO_ENTRIES: ReadonlyMap<never, never> = new Map<never, never>();
