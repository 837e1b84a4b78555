/** Some tools with all that calls of them go through. */
import { createMemoryGrants } from '../../../src/checkpoint/index.ts';
import type { Tool } from '../../../src/core/index.ts';
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
import { INPUT, sketches } from './corpus.ts';
import type { Sketch } from './corpus.ts';

export const toolOf = ({ name, alias, description }: Sketch): Tool =>
  defineTool({ name, description, effect: 'read', input: INPUT, aliases: [alias], run: () => 'done' });

export interface Kit {
  readonly registry: ToolRegistry;
  readonly set: ToolSet;
  readonly executor: Executor;
}

export function kit(count: number): Kit {
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
