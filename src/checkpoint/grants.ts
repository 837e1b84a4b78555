/** Grants in memory, for as long as the page lives. */
import type { Grant, GrantStore } from '../core/index.ts';

type Key = Pick<Grant, 'tool' | 'scope' | 'threadId'>;

const keyOf = ({ tool, scope, threadId }: Key): string => JSON.stringify([threadId, scope, tool]);

/** The oldest first. */
export const byAge = (grants: readonly Grant[]): readonly Grant[] => grants.toSorted((a, b) => a.at - b.at);

/** Makes an empty store. */
export function createMemoryGrants(): GrantStore {
  const grants = new Map<string, Grant>();
  return {
    list: (threadId) =>
      Promise.resolve(
        byAge([...grants.values()].filter((grant) => grant.scope === 'always' || grant.threadId === threadId)),
      ),
    put(grant) {
      grants.set(keyOf(grant), grant);
      return Promise.resolve();
    },
    revoke(grant) {
      grants.delete(keyOf(grant));
      return Promise.resolve();
    },
  };
}
