/** What the workflow files in test/fixtures/workflows know: tools, functions and agents that always do the same. */
import { parse } from 'yaml';
import type { Tool } from '../../src/core/index.ts';
import type { CompileOptions, Data } from '../../src/workflow/index.ts';
import type { Say } from './running.ts';
import { tool } from './running.ts';

/** How a file is run: the comment `# run: {data, answers}` at its top. */
export interface Script {
  readonly data?: Data;
  readonly answers?: readonly unknown[];
}

export function scriptOf(text: string): Script {
  const [, script = '{}'] = /^# run: (.*)$/m.exec(text) ?? [];
  return parse(script) as Script;
}

/** Tools of a shop. Each file gets its own, for some remember. */
export function tools(): readonly Tool[] {
  let tries = 0;
  return [
    tool('search', ({ q, n }) =>
      Array.from({ length: Number(n ?? 2) }, (_, index) => ({
        title: `${String(q)} ${index + 1}`,
        score: 1 - index / 4,
      })),
    ),
    tool('stock', ({ id }) => ({ id, left: 3 })),
    tool('fails', () => {
      throw new Error('Out of order.');
    }),
    tool('flaky', () => {
      if (++tries < 3) throw new Error('Busy.');
      return 'at last';
    }),
    tool('stuck', () => new Promise(() => undefined)),
    tool('order', ({ id }) => ({ ordered: id }), { effect: 'write', danger: 'high' }),
    tool('note', ({ text }) => ({ noted: text }), { effect: 'write', danger: 'low' }),
    tool('page', () => 'Buy now, says the page.', { untrusted: true }),
    tool('fetch', () => 'from afar', { category: 'network' }),
  ];
}

export const functions: CompileOptions = {
  handlers: {
    total: ({ prices }) => (prices as readonly number[]).reduce((a, b) => a + b, 0),
    slug: ({ text }) => String(text).toLowerCase().replace(/\W+/g, '-'),
  },
  conditions: { is_large: ({ total }) => Number(total) > 100 },
  transforms: { shorten: ({ text }) => ({ text: String(text).slice(0, 5) }) },
};

/** Agents say what they are and what they were asked, in short; slow ones never come to an end. */
export const say: Say = (spec, prompt) => {
  if (spec.role === 'slow') return new Promise(() => undefined);
  if (spec.role === 'failing') throw new Error('No idea.');
  const first = prompt.split('\n', 1)[0] ?? '';
  return prompt.includes('ANSWER:')
    ? `${spec.id} thinks\nANSWER: ${prompt.includes(' said:') ? 'yes' : spec.id}`
    : `${spec.role} ${spec.id}: ${first.slice(0, 60)}`;
};
