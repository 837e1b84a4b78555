/** Nodes of a document as nodes of a graph: each with what has to stand around it, and where it leads. */
import { AgentError, toWire } from '../../core/index.ts';
import { END, START, StateGraph } from '../../engine/index.ts';
import type { AnyGraph, CompiledGraph, NodeOptions } from '../../engine/index.ts';
import type { Constraints, NodeSpec, WorkflowDocument, WorkflowSpec } from '../document.ts';
import { END_OF_FLOW } from '../read/link.ts';
import { agentNode } from './agent-node.ts';
import { origin, workflowChannels } from './channels.ts';
import type { WorkflowChannels } from './channels.ts';
import { computeNode } from './compute-node.ts';
import { conditionNode, targetsOf } from './condition-node.ts';
import { narrowed } from './constraints.ts';
import { hitlNode, refusedNode } from './hitl-node.ts';
import { loopHeads, meetings } from './loops.ts';
import { parallelGraph } from './parallel.ts';
import type { Compilation } from './parts.ts';
import type { WorkflowContext, WorkflowNode } from './ports.ts';
import { subWorkflowGraph } from './sub-workflow.ts';
import { teamGraph } from './team.ts';
import { transformNode } from './transform-node.ts';

export type FlowGraph = CompiledGraph<WorkflowChannels, WorkflowContext>;

/** What the nodes of a workflow are compiled in. */
export interface Flow {
  readonly document: WorkflowDocument;
  readonly workflow: WorkflowSpec;
  readonly compilation: Compilation;
  readonly nodes: ReadonlyMap<string, NodeSpec>;
  /** What the nodes may not do because of the node that they lie in. */
  readonly within?: Constraints;
}

/** Where a node may lead, failures included. */
export function leadsOf(spec: NodeSpec): readonly string[] {
  const targets = spec.type === 'condition' ? targetsOf(spec) : spec.next;
  const handler = typeof spec.onError === 'object' ? [spec.onError.goto] : [];
  return [...targets.filter((id) => id !== END_OF_FLOW), ...handler];
}

/** The nodes of a flow that begins at `start`, without those of the branches within it. */
export function membersOf({ nodes }: Flow, start: string): readonly NodeSpec[] {
  const reached = new Set([start]);
  for (const id of reached) for (const to of leadsOf(nodes.get(id) ?? NOWHERE)) reached.add(to);
  return [...nodes.values()].filter(({ id }) => reached.has(id));
}

const NOWHERE = { type: 'transform', next: [], onError: 'fail' } as unknown as NodeSpec;

/** How often a failure is tried again; what was refused, or may have had its effect, never is. */
export function policyOf({ timeout, retry }: NodeSpec): NodeOptions {
  return {
    ...(timeout === undefined ? {} : { timeout }),
    ...(retry
      ? {
          retry: {
            attempts: retry.attempts + 1,
            ...(retry.delay === undefined ? {} : { delay: retry.delay }),
            when: isWorthAnotherTry,
          },
        }
      : {}),
  };
}

/** A workflow within another one takes no longer than it says itself. */
function limited(spec: NodeSpec, { document }: Flow): NodeSpec {
  const own = spec.type === 'workflow' ? document.workflows[spec.workflow.text]?.execution.timeout : undefined;
  return own === undefined ? spec : { ...spec, timeout: Math.min(own, spec.timeout ?? own) };
}

const LASTING: readonly string[] = [
  'expression-failed',
  'invalid-tool-input',
  'tool-denied',
  'tool-not-granted',
  'unknown-tool',
];

function isWorthAnotherTry({ code, details }: AgentError): boolean {
  return !LASTING.includes(code) && (details as { retry?: unknown } | undefined)?.retry !== false;
}

/** The function or graph of a node; undefined where it has faults. */
export function nodeOf(
  given: NodeSpec,
  flow: Flow,
  entry: (id: string) => string,
): WorkflowNode | AnyGraph | undefined {
  const { compilation, within } = flow;
  const spec = within ? { ...given, constraints: narrowed(given.constraints, within) } : given;
  switch (spec.type) {
    case 'agent':
      return agentNode(spec, compilation);
    case 'compute':
      return computeNode(spec, compilation);
    case 'transform':
      return transformNode(spec, compilation);
    case 'condition':
      return conditionNode(spec, compilation, entry);
    case 'hitl':
      return hitlNode(spec, compilation, spec.next.map(entry), `${spec.id}~refused`);
    case 'parallel':
      return parallelGraph(spec, flow);
    case 'team':
      return teamGraph(spec, compilation);
    case 'workflow':
      return subWorkflowGraph(spec, flow);
  }
}

/** The origin is for pages alone, so that the nodes know nothing of it. */
const channels: WorkflowChannels = Object.assign({ origin }, workflowChannels);

class FlowBuilder {
  readonly #flow: Flow;
  readonly #graph: StateGraph<WorkflowChannels, WorkflowContext>;
  readonly #heads: ReadonlySet<string>;
  readonly #meetings: ReadonlySet<string>;

  constructor(id: string, flow: Flow, members: readonly NodeSpec[], start: string) {
    this.#flow = flow;
    this.#graph = new StateGraph<WorkflowChannels, WorkflowContext>({
      id,
      version: flow.document.hash,
      channels,
    });
    this.#heads = loopHeads(members, start);
    this.#meetings = meetings(members);
    this.#graph.addEdge(START, this.#entry(start));
    for (const spec of members) this.#add(spec);
  }

  get graph(): StateGraph<WorkflowChannels, WorkflowContext> {
    return this.#graph;
  }

  /** The graph's node by which a node of the document is entered. */
  readonly #entry = (id: string): string => (this.#heads.has(id) ? `${id}~round` : id);

  #add(spec: NodeSpec): void {
    const { id, next, onError } = spec;
    const node = nodeOf(spec, this.#flow, this.#entry);
    if (!node) return;
    const isMeeting = this.#meetings.has(id);
    const defer = isMeeting && !this.#heads.has(id) ? { defer: true } : {};
    if (this.#heads.has(id)) this.#addRound(id, isMeeting);
    const targets = next.map(this.#entry);
    const handled = onError === 'fail' ? {} : { onError: `${id}~failed` };
    const ends =
      spec.type === 'condition' ? targetsOf(spec).map((to) => (to === END_OF_FLOW ? END : this.#entry(to))) : [];
    const options = { ...policyOf(limited(spec, this.#flow)), ...handled, ...defer };
    if (spec.type === 'hitl') {
      this.#graph.addNode(id, node, { ...options, ends: [...targets, `${id}~refused`] });
      this.#graph.addNode(`${id}~refused`, refusedNode(spec), handled);
    } else {
      this.#graph.addNode(id, node, ends.length > 0 ? { ...options, ends } : options);
      for (const to of targets) this.#graph.addEdge(id, to);
    }
    if (onError !== 'fail') this.#addFailed(spec, targets);
  }

  /** Counts the runs of a node that a loop leads back to. */
  #addRound(id: string, defer: boolean): void {
    const { maxIterations } = this.#flow.workflow.execution;
    const round: WorkflowNode = ({ rounds }) => {
      const count = rounds.get(id) ?? 0;
      if (count < maxIterations) return { rounds: { [id]: count + 1 } };
      throw new AgentError(
        'iteration-limit',
        `"${id}" has run ${count} times, which is all that \`max_iterations\` allows.`,
        {
          fix: 'Look at what should end the loop, or raise `execution.max_iterations`.',
          details: { node: id, retry: false },
        },
      );
    };
    this.#graph.addNode(`${id}~round`, round, { defer });
    this.#graph.addEdge(`${id}~round`, id);
  }

  /** Notes what has failed and goes on. */
  #addFailed(spec: NodeSpec, targets: readonly string[]): void {
    const { id, onError } = spec;
    const name = `${id}~failed`;
    this.#graph.addNode(name, (_, { failures }) => {
      const [failure] = failures;
      return failure ? { errors: { [id]: toWire(failure.error) } } : {};
    });
    const otherwise =
      spec.type === 'condition' && spec.otherwise !== undefined && spec.otherwise !== END_OF_FLOW
        ? [this.#entry(spec.otherwise)]
        : [];
    const to = typeof onError === 'object' ? [this.#entry(onError.goto)] : [...targets, ...otherwise];
    for (const target of to) this.#graph.addEdge(name, target);
  }
}

/** Compiles the flow that begins at a node. Undefined where it has faults: the graph would have some of its own then. */
export function flowGraph(id: string, flow: Flow, start: string): FlowGraph | undefined {
  const { compilation } = flow;
  const before = compilation.faults.length;
  const { graph } = new FlowBuilder(id, flow, membersOf(flow, start), start);
  return compilation.faults.length > before ? undefined : graph.compile();
}

/** Whether a branch is one node that no other one has to stand beside. */
export function isSingle(spec: NodeSpec): boolean {
  const isPlain = spec.type === 'agent' || spec.type === 'compute' || spec.type === 'transform';
  return isPlain && spec.next.length === 0 && spec.onError === 'fail';
}
