/** The threads of a namespace as a whole: listed, renamed, deleted, carried away and brought in, kept within bounds. */
import type { Checkpointer, GrantStore, Retention, ThreadInfo } from '../core/index.ts';
import { THREAD_LIST } from '../wire/index.ts';
import type { StorageUse } from '../wire/index.ts';
import type { EventHub } from './event-hub.ts';

export interface Threads {
  list(): Promise<readonly ThreadInfo[]>;
  rename(id: string, title: string): Promise<void>;
  delete(id: string): Promise<void>;
  export(id: string): Promise<Uint8Array>;
  import(file: Uint8Array): Promise<string>;
  prune(retention: Retention): ReturnType<Checkpointer['prune']>;
  /** Prunes to what the site keeps; a failure is no reason to do anything else differently. */
  keep(): Promise<void>;
  use(): Promise<StorageUse>;
}

export interface ThreadsOptions {
  readonly checkpointer: Checkpointer;
  readonly grants: GrantStore;
  readonly hub: EventHub;
  readonly retention: Retention;
  /** Stops what runs on a thread, in whatever tab; resolves once it has ended in this one. */
  readonly stop: (id: string) => Promise<void>;
}

/** Makes the threads of a host. */
export function createThreads({ checkpointer, grants, hub, retention, stop }: ThreadsOptions): Threads {
  const isBounded = Object.keys(retention).length > 0;
  const list = async (): Promise<readonly ThreadInfo[]> => {
    const found: ThreadInfo[] = [];
    for await (const info of checkpointer.threads()) found.push(info);
    return found;
  };
  const prune: Threads['prune'] = async (policy) => {
    const before = await list();
    const pruned = await checkpointer.prune(policy);
    if (pruned.threads > 0) {
      // Which of them are gone, whoever shows one sees.
      for (const { id } of before) hub.changed(id);
      hub.changed(THREAD_LIST);
    }
    return pruned;
  };
  return {
    list,
    async rename(id, title) {
      await checkpointer.rename(id, title);
      hub.changed(THREAD_LIST);
    },
    async delete(id) {
      // A run that went on would be refused by the log; so it does nothing more before that.
      await stop(id);
      await checkpointer.delete(id);
      for (const grant of await grants.list(id)) if (grant.threadId === id) await grants.revoke(grant);
      hub.changed(id);
      hub.changed(THREAD_LIST);
    },
    export: (id) => checkpointer.export(id),
    async import(file) {
      const id = await checkpointer.import(file);
      hub.changed(THREAD_LIST);
      return id;
    },
    prune,
    async keep() {
      if (isBounded) await prune(retention).catch(() => undefined);
    },
    async use() {
      // Absent in insecure contexts, whatever the type says; a sandboxed frame may not ask it.
      const storage = navigator.storage as StorageManager | undefined;
      const asked = storage?.estimate().catch(() => undefined);
      const [stored, { usage, quota } = {}] = await Promise.all([checkpointer.usage(), asked]);
      return { ...stored, ...(usage === undefined ? {} : { usage }), ...(quota === undefined ? {} : { quota }) };
    },
  };
}
