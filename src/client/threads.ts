/** The handle of an agent's threads as a whole. */
import { transfer } from 'comlink';
import { AgentError } from '../core/index.ts';
import type { Retention } from '../core/index.ts';
import { THREAD_LIST } from '../wire/index.ts';
import type { Connection } from './connection.ts';
import { currentThread, forgetThread } from './current-thread.ts';
import type { Agent, AgentThreads } from './types.ts';

/** The type of a file that holds a thread. */
const FILE_TYPE = 'application/octet-stream';

/** Characters that the id of a thread may have. */
const LONGEST_ID = 200;

/** The id itself. Throws `invalid-option` for what is none. */
export function threadId(id: unknown): string {
  if (typeof id === 'string' && id !== '' && id.length <= LONGEST_ID) return id;
  throw new AgentError('invalid-option', `"${String(id)}" is no id of a thread.`, {
    fix: `Use a text of 1 to ${LONGEST_ID} characters, or none for the thread that this browser used last.`,
  });
}

/** Throws `invalid-option` for a policy of what to keep that has no meaning. */
export function checkRetention(retention: Retention): void {
  for (const name of ['keepLast', 'maxAge', 'maxBytes'] as const) {
    const limit = retention[name];
    // From a site's own data: what is no number would be compared as one, and null as 0.
    if (limit === undefined || (typeof (limit as unknown) === 'number' && limit >= 0)) continue;
    throw new AgentError('invalid-option', `\`${name}\` must be a number from 0 on.`, {
      fix: 'Leave it out where there is no limit.',
    });
  }
}

/** Makes the handle on a connection. `thread` gives the handle of one. */
export function agentThreads({ ask, namespace }: Connection, thread: Agent['thread']): AgentThreads {
  return {
    list: () => ask((remote) => remote.listThreads()),
    async rename(name, title) {
      const id = threadId(name);
      if (typeof (title as unknown) !== 'string') {
        throw new AgentError('invalid-option', 'The title of a thread must be text.', { fix: 'Give a text.' });
      }
      await ask((remote) => remote.renameThread(id, title));
    },
    async delete(name) {
      const id = threadId(name);
      await ask((remote) => remote.deleteThread(id));
      if (currentThread(namespace) === id) forgetThread(namespace);
    },
    async export(name) {
      const id = threadId(name);
      const file = await ask((remote) => remote.exportThread(id));
      return new Blob([file as Uint8Array<ArrayBuffer>], { type: FILE_TYPE });
    },
    async import(file) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return ask(async (remote) => {
        const id = await remote.importThread(transfer(bytes, [bytes.buffer]));
        const { graph } = (await remote.listThreads()).find((each) => each.id === id) ?? {};
        return thread(id, graph === undefined ? {} : { graph });
      });
    },
    async prune(retention) {
      checkRetention(retention);
      return ask((remote) => remote.pruneThreads(retention));
    },
    subscribe(listener) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        listener();
      };
      const list = { id: THREAD_LIST, graph: '' };
      ask((remote) => remote.subscribe(list, transfer(port2, [port2]), false)).catch(() => undefined);
      return () => {
        port1.postMessage('unsubscribe');
        port1.close();
      };
    },
  };
}
