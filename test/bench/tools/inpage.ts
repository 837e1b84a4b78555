/** The tools of this package: resolving, executing, searching, and whole runs of the agent. */
import { AGENT, createAgentContext, createAgentGraph, createGuide, userMessage } from '../../../src/agent/index.ts';
import { createMemoryGrants } from '../../../src/checkpoint/index.ts';
import type { EventBody, Tool } from '../../../src/core/index.ts';
import { createScriptedModel, finish, say } from '../../../src/models/index.ts';
import {
  createExecutor,
  createPipeline,
  createResultCache,
  createToolRegistry,
  createToolSet,
  defineTool,
  maskSecrets,
} from '../../../src/tools/index.ts';
import type { Executor, ToolRegistry, ToolSet } from '../../../src/tools/index.ts';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { ARGUMENTS, INPUT, sketches } from './corpus.ts';
import type { Sketch } from './corpus.ts';

/** The calls of a run are more than a turn may have. */
const NO_LIMITS = { callsPerTurn: Infinity, roundsPerTurn: Infinity, readsInARow: Infinity, searchHintAfter: Infinity };

/** Calls of one run. */
const CALLS = 50;

const toolOf = ({ name, alias, description }: Sketch): Tool =>
  defineTool({ name, description, effect: 'read', input: INPUT, aliases: [alias], run: () => 'done' });

interface Kit {
  readonly registry: ToolRegistry;
  readonly set: ToolSet;
  readonly executor: Executor;
}

function kit(count: number): Kit {
  const registry = createToolRegistry();
  registry.batch(() => {
    for (const each of sketches(count)) registry.add(toolOf(each));
  });
  const set = createToolSet(registry, 'default');
  const executor = createExecutor({
    registry,
    set: () => set,
    grants: createMemoryGrants(),
    pipeline: createPipeline([maskSecrets()]),
    cache: createResultCache(Date.now),
    policy: { mode: 'dangerous', timeout: undefined },
  });
  return { registry, set, executor };
}

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

/** Runs of the agent with a scripted model: 50 calls, one after another, and a word at the end. */
function run(count: number): Scenario {
  const { registry, set, executor } = kit(count);
  const asked = sketches(count);
  const names = asked.map(({ name }) => name);
  const script = [
    ...Array.from({ length: CALLS }, (_, i) => [
      { type: 'tool-call', id: 'c', name: names[(i * 7) % count] ?? '', input: ARGUMENTS } as const,
      finish('tool-calls'),
    ]),
    say('Done.'),
  ];
  const graph = createAgentGraph();
  const guide = createGuide({ limits: NO_LIMITS });
  verify(graph.id, AGENT, 'the graph');
  return async (units) => {
    for (let i = 0; i < units; i++) {
      const model = createScriptedModel(script);
      const context = createAgentContext({ model, guide, registry, set: () => set, executor, now: () => 0 });
      // Each run asks for something else, so that each chooses its tools anew.
      const update = { messages: [userMessage(asked[i % count]?.query ?? '', `m${i}`, 0)] };
      const { state, status } = await graph.invoke(update, { context });
      verify(status, 'completed', 'the status');
      verify(state.messages.length, 2 * CALLS + 2, 'the number of messages');
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
  'run 10': run(10),
  'run 1,000': run(1000),
});
