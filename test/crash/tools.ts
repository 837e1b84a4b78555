/** The tools of the suite. Each call is an effect that the driver hears of. */
import { defineTool } from '../../src/tools/index.ts';
import type { Tool } from '../../src/core/index.ts';
import { effect } from './effect.ts';
import { TOOLS } from './plan.ts';
import type { Call } from './plan.ts';

/** What a tool gives. */
export interface Output {
  readonly key: string;
  readonly text: string;
}

export function createTool(name: Call['tool']): Tool {
  const { asks, idempotent, writes } = TOOLS[name];
  return defineTool<Omit<Call, 'tool'>, Output>({
    name,
    description: `The tool ${name}`,
    effect: name === 'look' ? 'read' : 'write',
    danger: asks ? 'high' : 'low',
    idempotent,
    writes,
    input: {
      type: 'object',
      required: ['key', 'ms', 'size'],
      properties: { key: { type: 'string' }, ms: { type: 'number' }, size: { type: 'number' } },
    },
    async run({ key, ms, size }, { idempotencyKey }) {
      await effect(key, name, idempotencyKey, ms);
      return { key, text: `${key} `.padEnd(size, 't') };
    },
  });
}
