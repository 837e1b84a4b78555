/** Turns of the planner over tools that it has read before, as all turns but the first of a page are. */
import type { Message, ModelTool } from '../../../src/core/index.ts';
import { createPlanner } from '../../../src/models/index.ts';
import { PLAIN } from '../../models/plain-tool.ts';
import { contender, verify } from '../harness/contender.ts';
import type { Order, Reply, Scenario } from '../harness/contender.ts';
import { INPUT, sketches } from '../tools/corpus.ts';

/** Requests of one measurement: so many that one in twenty is one. */
const REQUESTS = 40;
/** One tool in so many names candidates, and so many of them. */
const NAMING = 5;
const NAMES = 30;
const COLOURS = ['red', 'blue', 'green', 'grey', 'black', 'white'];
const SHAPES = ['round', 'square', 'small', 'large', 'folding'];

const names = Array.from({ length: NAMES }, (_, index) => ({
  value: `t${index}`,
  label: `${COLOURS[index % COLOURS.length] ?? ''} ${SHAPES[Math.floor(index / COLOURS.length)] ?? ''} one`,
}));

const toolOf = (index: number, name: string, description: string): ModelTool => ({
  ...PLAIN,
  name,
  description,
  examples: [],
  category: 'bench',
  effect: index % 2 === 0 ? 'read' : 'write',
  idempotent: false,
  input: INPUT,
  suggests: index % NAMING === 0,
  ...(index % NAMING === 0 ? { suggest: (field: string) => Promise.resolve(field === 'id' ? names : []) } : {}),
});

/** What people say: plain, wordy, mistyped, with a number, a date, a name, or another request behind it. */
const FORMS: readonly ((query: string, next: string) => string)[] = [
  (query) => query,
  (query) => `hello, I was wondering if you could ${query}, thank you so much`,
  (query) => `${query} for the red small one`,
  (query) => `${query}, three of them, tomorrow at half past five`,
  (query, next) => `${query} and ${next}`,
  (query) => query.replace(/[aeiou](?=\w*$)/, ''),
  (query) => `don't ${query.replace('please ', '')}`,
  (query, next) => `${query} with a note saying we need two by friday, then ${next}`,
];

/** A planner over so many tools: reads one request, and says how many milliseconds that took. */
function reader(count: number): (index: number) => Promise<number> {
  const all = sketches(count);
  const tools = all.map(({ name, description }, index) => toolOf(index, name, description));
  const planner = createPlanner();
  const { signal } = new AbortController();
  const textOf = (index: number): string => {
    const [query, next] = [all[(index * 7) % count]?.query ?? '', all[(index * 11 + 1) % count]?.query ?? ''];
    return FORMS[index % FORMS.length]?.(query, next.replace('please ', '')) ?? query;
  };
  return async (index) => {
    const content = [{ type: 'text' as const, text: textOf(index) }];
    const messages: readonly Message[] = [{ id: 'u', at: 0, role: 'user', content }];
    const start = performance.now();
    let parts = 0;
    for await (const part of planner.stream({ messages, tools, now: 0 }, { signal }))
      parts += part.type === 'finish' ? 1 : 0;
    const took = performance.now() - start;
    verify(parts, 1, 'the number of ends of a turn');
    return took;
  };
}

function turns(count: number): Scenario {
  const turn = reader(count);
  return async (units) => {
    const times: number[] = [];
    for (let index = 0; index < units * REQUESTS; index++) times.push(await turn(index));
    times.sort((a, b) => a - b);
    return units * (times[Math.floor(times.length * 0.95)] ?? NaN);
  };
}

/** Somebody's first message: in a worker of its own each time, where nothing is compiled yet. */
const firstTurn: Scenario = async (units) => {
  let ms = 0;
  for (let count = 0; count < units; count++) {
    const worker = new Worker(self.location.href, { type: 'module' });
    ms += await new Promise<number>((resolve, reject) => {
      worker.onerror = reject;
      worker.onmessage = ({ data }: MessageEvent<Reply>) => {
        if ('found' in data) resolve(data.found.ms);
        else reject(new Error(data.error));
      };
      worker.postMessage({ scenario: 'one turn', units: 1, port: undefined } satisfies Order);
    });
    worker.terminate();
  }
  return ms;
};

contender({
  'turns 40': turns(40),
  'turns 1,000': turns(1000),
  'first turn': firstTurn,
  'one turn': () => reader(40)(3),
});
