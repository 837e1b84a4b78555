/** The write: the one unit of change, applied to the state, packed into the log and sent to the page. */

export type Path = readonly (string | number)[];

/**
 * The closed, code-free set of operations. `set` replaces, `append` adds items to a list, `put` merges entries into a
 * map (`undefined` deletes), `text` adds to a string, `patch` and `delete` work at a path.
 */
export type Write =
  | readonly [channel: string, op: 'set' | 'append' | 'put' | 'text', value: unknown]
  | readonly [channel: string, op: 'patch', path: Path, value: unknown]
  | readonly [channel: string, op: 'delete', path: Path];
