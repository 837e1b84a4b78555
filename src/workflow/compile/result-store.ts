/** Where results are kept beyond the life of a worker. Types only. */

/** A result as it is stored: plain JSON. */
export interface StoredResult {
  readonly inputs: unknown;
  /** What was read of the data, each a name with its value, or alone where it was not there; undefined where all was. */
  readonly reads?: readonly (readonly [name: string, value?: unknown])[];
  /** All of the data, where all of it was read. */
  readonly data?: unknown;
  readonly result: unknown;
}

/** A store of results. Nothing here ever rejects: what cannot be read is not there, and what cannot be kept is not kept. */
export interface ResultStore {
  /** What is kept under a key and is still in time. */
  find(key: string): Promise<readonly { readonly stored: StoredResult; readonly until: number; used(): void }[]>;
  /** @param until ms since 1970 */
  keep(workflow: string, key: string, stored: StoredResult, until: number): Promise<void>;
  forget(workflow: string): Promise<void>;
  /** Calls back when another tab has forgotten the results of a workflow. */
  onForget(listener: (workflow: string) => void): void;
}
