/** The write: the one unit of change, applied to the state, packed into the log and sent to the page. */

export type Path = readonly (string | number)[];

/**
 * The closed, code-free set of operations. `set` replaces, `append` adds items to a list, `put` merges entries into a
 * map (`undefined` deletes), `text` adds to a string, `patch` and `delete` work at a path. `copy` gives a channel the
 * value that another one has at that moment. `delete` with an empty path takes the channel itself away, and, where its
 * name ends in `/`, every channel whose name begins with it.
 */
export type Write =
  | readonly [channel: string, op: 'set' | 'append' | 'put' | 'text', value: unknown]
  | readonly [channel: string, op: 'copy', from: string]
  | readonly [channel: string, op: 'patch', path: Path, value: unknown]
  | readonly [channel: string, op: 'delete', path: Path];
