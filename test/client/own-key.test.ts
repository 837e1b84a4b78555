import { expect } from 'chai';
import type { Agent, RunEvent, TurnResult } from '../../src/index.ts';
import { toWire } from '../../src/core/index.ts';
import { eraseAll, tool } from '../agent/conversation.ts';
import { openRaw } from '../helpers/raw-database.ts';
import { openRemote, PROVIDERS } from './remote-agent.ts';

const KEY = 'sk-live-0123456789abcdef';
const HEADER = 'tenant-secret-42';

/** All that a value holds as one text, its bytes as Latin letters. */
async function textOf(value: unknown, seen = new Set()): Promise<string> {
  if (value instanceof Blob) return textOf(await value.arrayBuffer());
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  const inner = value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value;
  const values: readonly unknown[] = Object.entries(inner).flat();
  const error = value instanceof Error ? [value.message, value.stack] : [];
  const all = await Promise.all([...error, ...values].map((each) => textOf(each, seen)));
  return all.join('\n');
}

/** Everything that the browser keeps of an agent. */
async function storedOf(namespace: string): Promise<string> {
  const raw = await openRaw(`inpage:${namespace}`);
  try {
    const kept = [...raw.db.objectStoreNames].map(async (name) => [await raw.getAllKeys(name), await raw.getAll(name)]);
    return await textOf([await Promise.all(kept), Object.entries(localStorage), Object.entries(sessionStorage)]);
  } finally {
    raw.close();
  }
}

/** Runs turns that go well, that call a tool and that fail in all ways in which a server may repeat what it got. */
async function useIt(agent: Agent, script: (steps: readonly string[]) => Promise<void>): Promise<string> {
  const events: RunEvent[] = [];
  const results: TurnResult[] = [];
  const thread = agent.thread();
  thread.subscribe((batch) => events.push(...batch));
  for (const steps of [['calls', 'text'], ['401'], ['stream-error-later'], ['html'], ['drop'], ['text']]) {
    await script(steps);
    results.push(await thread.send('say hello'));
  }
  const told = events.map((event) => ('error' in event ? toWire(event.error) : event));
  return textOf([told, results, await agent.recording(), await thread.state(), await thread.history()]);
}

for (const provider of PROVIDERS) {
  describe(`a key of the person’s own, with ${provider}`, () => {
    afterEach(eraseAll);

    it('goes to the model’s server, and nowhere else', async () => {
      const logged: unknown[] = [];
      const names = ['log', 'warn', 'error', 'info', 'debug'] as const;
      const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(console, name) ?? {}] as const);
      for (const [name, own] of before) {
        Object.defineProperty(console, name, { ...own, value: (...said: unknown[]) => logged.push(said) });
      }
      try {
        const { agent, session, namespace } = await openRemote(
          { provider, key: KEY, headers: { 'x-tenant': HEADER }, retries: 0 },
          { record: true, logTools: true },
        );
        for (const name of ['greet', 'find']) agent.tool(tool(name, 'read'));
        const told = await useIt(agent, (steps) => session.script(steps));
        const stored = await storedOf(namespace);
        // What is looked for would be found.
        for (const text of [told, stored]) expect(text).to.include('say hello').and.include('find done');
        for (const text of [told, stored, await textOf(logged)]) {
          for (const secret of [KEY, KEY.slice(8), HEADER]) expect(text).to.not.include(secret);
        }
        for (const { headers, text, path } of await session.requests()) {
          expect(await textOf(headers))
            .to.include(KEY)
            .and.include(HEADER);
          expect(text + path).to.not.include(KEY);
        }
      } finally {
        for (const [name, own] of before) Object.defineProperty(console, name, own);
      }
    });

    it('is told of from the start, as a notice', async () => {
      const { agent } = await openRemote({ provider, key: KEY });
      expect((await agent.ready).notices.map(({ code }) => code)).to.deep.equal(['own-key']);
    });
  });
}
