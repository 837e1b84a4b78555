/** The tools of this package: resolving, executing, and searching. */
import type { EventBody } from '../../../src/core/index.ts';
import { createToolRegistry } from '../../../src/tools/index.ts';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { ARGUMENTS, sketches } from './corpus.ts';
import type { Sketch } from './corpus.ts';
import { kit, toolOf } from './kit.ts';

function resolve(count: number): Scenario {
  const { registry, set } = kit(count);
  const aliases = sketches(count).map(({ alias }) => alias);
  return async (units) => {
    let tokens = 0;
    for (let i = 0; i < units; i++) {
      const entry = registry.get(aliases[i % count] ?? '');
      if (set.has(entry.tool.name)) tokens += entry.forms.compact.tokens;
    }
    verify(tokens > units * 10, true, 'whether every form has tokens');
  };
}

function execute(count: number): Scenario {
  const { executor } = kit(count);
  const names = sketches(count).map(({ name }) => name);
  const never = new AbortController();
  const events: EventBody[] = [];
  const scope = {
    threadId: 'thread',
    signal: never.signal,
    now: () => 0,
    emit: (event: EventBody) => void events.push(event),
    interrupt: () => Promise.reject(new Error('It asks.')),
    answered: () => undefined,
    intended: () => false,
    intent: () => Promise.resolve(true),
    once: (_key: string, effect: () => Promise<void>) => effect(),
  };
  return async (units) => {
    events.length = 0;
    for (let i = 0; i < units; i++) {
      const call = {
        type: 'tool-call',
        toolCallId: `c${i}`,
        toolName: names[i % count] ?? '',
        input: ARGUMENTS,
      } as const;
      const { outcome } = await executor.execute(call, scope, (output) => output);
      if (outcome !== 'ok') throw new Error(outcome);
    }
    verify(events.length, units, 'the number of starts');
  };
}

function search(count: number): Scenario {
  const { registry, set } = kit(count);
  const wanted = sketches(count);
  const accept = (name: string): boolean => set.has(name);
  registry.search('warm up', 10, accept);
  return async (units) => {
    for (let i = 0; i < units; i++) {
      const { query, name } = wanted[(i * 37) % count] as Sketch;
      const found = registry.search(query, 10, accept);
      if (!found.some((one) => one.name === name)) throw new Error(`${name} was not found by "${query}".`);
    }
  };
}

/** Registers a tool and searches for it, again and again: in the end there are `count`. */
function pairs(count: number): Scenario {
  const wanted = sketches(count).map((each) => ({ ...each, tool: toolOf(each) }));
  return async (units) => {
    for (let i = 0; i < units; i++) {
      const registry = createToolRegistry();
      for (const { name, query, tool } of wanted) {
        registry.add(tool);
        const [best] = registry.search(query, 10);
        if (best?.name !== name) throw new Error(`"${query}" found ${String(best?.name)} and not ${name}.`);
      }
    }
  };
}

contender({
  'resolve 1,000': resolve(1000),
  'execute 10': execute(10),
  'execute 1,000': execute(1000),
  'search 1,000': search(1000),
  'pairs 1,000': pairs(1000),
  'pairs 10,000': pairs(10_000),
});
