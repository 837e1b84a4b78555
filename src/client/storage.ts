/** What an agent stores, and whether the browser keeps it. */
import type { Connection } from './connection.ts';
import type { AgentStorage } from './types.ts';

/** Makes the handle on a connection. */
export function agentStorage({ ask }: Connection): AgentStorage {
  // Absent in insecure contexts, whatever the type says; a sandboxed frame may not ask it.
  const manager = (): StorageManager | undefined => navigator.storage;
  const no = (): boolean => false;
  return {
    async estimate() {
      const [use, persisted = false] = await Promise.all([
        ask((remote) => remote.storageUse()),
        manager()?.persisted().catch(no),
      ]);
      return { ...use, persisted };
    },
    persist: async () => (await manager()?.persist().catch(no)) ?? false,
  };
}
