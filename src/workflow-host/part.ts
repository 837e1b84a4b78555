/** Workflows as a part of a worker: documents come from the page, and run as graphs of the host. */
import { PlanCache, ResultCache } from '../workflow/index.ts';
import type { CompileOptions, WorkflowCalls } from '../workflow/index.ts';
import type { WorkerPart } from '../worker/index.ts';
import { agentNodeWith } from './agent-node.ts';
import type { Profiles } from './agent-node.ts';
import { withDeadline } from './deadline.ts';

/** What a site gives to the workflows of its own worker. */
export interface WorkflowPartOptions extends Pick<CompileOptions, 'handlers' | 'conditions' | 'transforms'> {
  /** Models for agents that have a `profile`. */
  readonly profiles?: Profiles;
  /** Keeps what pure functions give. Default: one that keeps it in memory. */
  readonly results?: ResultCache;
}

/** The name that pages know this part by. */
export const WORKFLOWS = 'workflows';

/**
 * Makes the part that runs workflows, for a worker of a site's own.
 *
 * @param options functions by the names that documents call them by.
 * @example
 * import { serve, workflows } from 'inpage/worker';
 * serve({ parts: [workflows({ handlers: { total: ({ prices }) => prices.reduce((a, b) => a + b) } })] });
 */
export function workflows(options: WorkflowPartOptions = {}): WorkerPart {
  const { profiles, results = new ResultCache(), ...functions } = options;
  return {
    name: WORKFLOWS,
    open(host) {
      const plans = new PlanCache(
        { ...functions, results, agentNode: agentNodeWith(profiles, host.context.model) },
        undefined,
      );
      const calls: WorkflowCalls = {
        define(document, workflow) {
          const graph = plans.graph(document, workflow);
          const spec = document.workflows[graph.id];
          const name = `${graph.id}@${graph.version}`;
          host.serve(name, { graph, ...(spec ? withDeadline(spec) : {}) });
          return name;
        },
        validate: (document, workflow) => plans.validate(document, workflow),
        invalidate(workflow) {
          plans.invalidate(workflow);
          results.invalidate(workflow);
        },
      };
      return { ...calls };
    },
  };
}
