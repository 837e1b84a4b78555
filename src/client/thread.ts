/** The handle of one thread: every call goes to the host. */
import { transfer } from 'comlink';
import { abortError, AgentError, fromWire, randomId } from '../core/index.ts';
import { eventFromWire } from '../wire/index.ts';
import type { ThreadRef, WireEvent, WireTurnResult } from '../wire/index.ts';
import type { Connection } from './connection.ts';
import { currentThread, rememberThread } from './current-thread.ts';
import type { Thread, TurnResult } from './types.ts';

function resultFromWire(wire: WireTurnResult): TurnResult {
  const { error, toolCalls, ...rest } = wire;
  return {
    ...rest,
    toolCalls: toolCalls.map(({ error: failure, ...call }) => ({
      ...call,
      ...(failure ? { error: fromWire(failure) } : {}),
    })),
    ...(error ? { error: fromWire(error) } : {}),
  };
}

async function turnOf(answer: Promise<WireTurnResult>): Promise<TurnResult> {
  try {
    return resultFromWire(await answer);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error;
    throw new AgentError('invalid-input', `This cannot be sent to the worker: ${error.message}`, {
      fix: 'Send text, or plain data that can be cloned.',
      cause: error,
    });
  }
}

/** Makes the handle of a thread on a connection. */
export function createThread(connection: Connection, ref: ThreadRef): Thread {
  return {
    id: ref.id,
    graph: ref.graph,
    async send(input, { signal, files, schema } = {}) {
      if (signal?.aborted) throw abortError(signal);
      const turn = randomId();
      const more = { ...(files ? { files } : {}), ...(schema ? { schema } : {}) };
      const cancel = (): void => {
        // A closed agent has nothing left to cancel.
        connection.ask((remote) => remote.cancel(turn)).catch(() => undefined);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        return await turnOf(connection.work(ref, (remote) => remote.send(ref, turn, input, more)));
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
    answer(interruptId, value, options) {
      return this.answerAll({ [interruptId]: value }, options);
    },
    async answerAll(answers, options = {}) {
      const turn = randomId();
      return turnOf(connection.work(ref, (remote) => remote.answer(ref, turn, answers, options)));
    },
    async resume() {
      const turn = randomId();
      return turnOf(connection.work(ref, (remote) => remote.resume(ref, turn)));
    },
    async regenerate() {
      const turn = randomId();
      return turnOf(connection.work(ref, (remote) => remote.regenerate(ref, turn)));
    },
    async undo(callId) {
      const turn = randomId();
      await connection.ask((remote) => remote.undo(ref, turn, callId));
    },
    async explain(messageId) {
      return connection.ask((remote) => remote.explain(ref, messageId));
    },
    async grants() {
      return connection.ask((remote) => remote.grants(ref));
    },
    async revoke({ tool, scope }) {
      await connection.ask((remote) => remote.revoke(ref, tool, scope));
    },
    async stop() {
      await connection.ask((remote) => remote.stop(ref));
    },
    subscribe(listener, { from } = {}) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event: MessageEvent<readonly WireEvent[]>) => {
        listener(event.data.map(eventFromWire));
      };
      // A host that cannot be started says so to whoever sends; a listener just hears nothing.
      connection.ask((remote) => remote.subscribe(ref, transfer(port2, [port2]), from === 0)).catch(() => undefined);
      return () => {
        port1.postMessage('unsubscribe');
        port1.close();
      };
    },
    async state(at) {
      return connection.ask((remote) => remote.state(ref, at));
    },
    async history({ from = 1, to = Infinity } = {}) {
      return connection.ask((remote) => remote.history(ref, from, to));
    },
    async undoLast(last = 'input') {
      const turn = randomId();
      return connection.ask((remote) => remote.undoLast(ref, turn, last));
    },
    async fork(at) {
      return createThread(connection, { ...ref, id: await connection.ask((remote) => remote.fork(ref, at)) });
    },
    async branch(messageId) {
      const id = await connection.ask((remote) => remote.branch(ref, messageId));
      const { namespace } = connection;
      // Who goes on there finds it again after a reload.
      if (currentThread(namespace) === ref.id) rememberThread(namespace, id);
      return createThread(connection, { ...ref, id });
    },
  };
}
