/** A parallel node: a graph of its own, in which each branch is a node. */
import { AgentError, isRecord } from '../../core/index.ts';
import { START, StateGraph } from '../../engine/index.ts';
import type { NodeOptions } from '../../engine/index.ts';
import type { NodeSpec, ParallelSpec } from '../document.ts';
import { workflowChannels } from './channels.ts';
import type { Data, WorkflowChannels } from './channels.ts';
import { flowGraph, isSingle, nodeOf, policyOf } from './flow.ts';
import type { Flow, FlowGraph } from './flow.ts';
import type { WorkflowContext, WorkflowNode } from './ports.ts';

type Graph = StateGraph<WorkflowChannels, WorkflowContext>;

/** Whether a branch that fails is no failure of all, as long as enough others succeed. */
const isTolerant = ({ join }: ParallelSpec): boolean => typeof join === 'object';

/** The name under which a branch keeps its result: that of its last node that has one. */
function outputOf(branch: NodeSpec, nodes: Flow['nodes']): string {
  const seen = new Set<string>();
  let name = branch.id;
  for (let node: NodeSpec | undefined = branch; node && !seen.has(node.id); node = nodes.get(node.next[0] ?? '')) {
    seen.add(node.id);
    if ('output' in node) name = node.output;
  }
  return name;
}

/** What branches gave, as one: records by their names, lists one after the other, anything else by branch. */
function merged(values: readonly (readonly [branch: string, value: unknown])[]): unknown {
  const all = values.map(([, value]) => value);
  if (all.every(isRecord)) return Object.assign({}, ...all) as Data;
  if (all.every(Array.isArray)) return all.flat();
  return Object.fromEntries(values);
}

function addBranch(graph: Graph, branch: NodeSpec, spec: ParallelSpec, flow: Flow): void {
  const { join, id } = spec;
  const enough = join === 'first' ? 1 : typeof join === 'object' ? join.succeeded : undefined;
  const options: NodeOptions = {
    ...(enough === undefined ? {} : { race: { name: id, enough } }),
    ...(isTolerant(spec) ? { onError: `${id}~joined` } : {}),
  };
  if (isSingle(branch)) {
    const node = nodeOf(branch, flow, (to) => to);
    if (node) graph.addNode(branch.id, node, { ...policyOf(branch), ...options });
    return;
  }
  const inner = flowGraph(`${id}.${branch.id}`, flow, branch.id);
  if (inner) graph.addNode(branch.id, inner, options);
}

/** Fails when too few branches have succeeded. */
function joined({ id, branches, join }: ParallelSpec): WorkflowNode {
  const needed = typeof join === 'object' ? join.succeeded : 0;
  return (_, { failures }) => {
    if (branches.length - failures.length >= needed) return {};
    const [first] = failures;
    throw new AgentError(
      'node-failed',
      `Of "${id}" only ${branches.length - failures.length} of ${branches.length} branches succeeded, and ${needed} are needed.`,
      {
        fix: first ? `The first failure: ${first.error.message}` : 'Look at its branches.',
        details: {
          node: id,
          failed: failures.map(({ node, error }) => ({ node, code: error.code, message: error.message })),
        },
      },
    );
  };
}

/** Undefined where its branches have faults. */
export function parallelGraph(spec: ParallelSpec, around: Flow): FlowGraph | undefined {
  const flow = { ...around, within: spec.constraints };
  const { id, merge, compilation } = { ...spec, compilation: flow.compilation };
  const before = compilation.faults.length;
  const graph: Graph = new StateGraph<WorkflowChannels, WorkflowContext>({
    id,
    version: flow.document.hash,
    channels: workflowChannels,
  });
  const branches = spec.branches.flatMap((name) => flow.nodes.get(name) ?? []);
  for (const branch of branches) {
    graph.addEdge(START, branch.id);
    addBranch(graph, branch, spec, flow);
  }
  if (isTolerant(spec)) {
    graph.addNode(`${id}~joined`, joined(spec));
    for (const branch of branches) graph.addEdge(branch.id, `${id}~joined`);
  }
  if (merge !== undefined) {
    const outputs = branches.map((branch) => [branch.id, outputOf(branch, flow.nodes)] as const);
    graph.addNode(`${id}~merged`, ({ data }) => ({
      data: { ...data, [merge]: merged(outputs.map(([branch, output]) => [branch, data[output] ?? null])) },
    }));
    graph.addEdge(
      branches.map((branch) => branch.id),
      `${id}~merged`,
    );
  }
  return compilation.faults.length > before ? undefined : graph.compile();
}
