/** A workflow within another one: it has data of its own, and gives back what it has made of them. */
import { last } from '../../state/index.ts';
import { START, StateGraph } from '../../engine/index.ts';
import type { CompiledGraph } from '../../engine/index.ts';
import type { SubWorkflowSpec } from '../document.ts';
import { parseInputs } from '../expression/inputs.ts';
import { sharedChannels, workflowChannels } from './channels.ts';
import type { Data } from './channels.ts';
import { flowGraph } from './flow.ts';
import type { Flow } from './flow.ts';
import type { WorkflowContext } from './ports.ts';
import { located, scopeOf } from './scope.ts';

/** Channels of the graph around the inner workflow. Its failures and rounds are its own, so they are not among them. */
const channels = { ...sharedChannels, errors: workflowChannels.errors, outer: last<Data>(() => ({})) };
type Channels = typeof channels;

/** What the inner workflow has made: without inputs of its own it began with all data, and only what it changed counts. */
function resultOf(inner: Data, outer: Data, hadInputs: boolean): Data {
  return hadInputs ? inner : Object.fromEntries(Object.entries(inner).filter(([name, value]) => outer[name] !== value));
}

export function subWorkflowGraph(
  spec: SubWorkflowSpec,
  flow: Flow,
): CompiledGraph<Channels, WorkflowContext> | undefined {
  const { document, compilation } = flow;
  const { text: name } = spec.workflow;
  const workflow = Object.hasOwn(document.workflows, name) ? document.workflows[name] : undefined;
  if (!workflow) {
    compilation.fault(spec.workflow, `There is no workflow \`${name}\` in the document.`);
    return undefined;
  }
  const reader = spec.inputs && compilation.parse(spec.workflow, () => parseInputs(spec.inputs));
  const nodes = new Map(workflow.nodes.map((node) => [node.id, node]));
  const inner = flowGraph(name, { document, workflow, compilation, nodes, within: spec.constraints }, workflow.start);
  if (!inner) return undefined;
  const isolated = new StateGraph<typeof sharedChannels, WorkflowContext>({
    id: `${spec.id}.own`,
    version: document.hash,
    channels: sharedChannels,
  })
    .addNode('run', inner)
    .addEdge(START, 'run')
    .compile();
  return new StateGraph<Channels, WorkflowContext>({ id: spec.id, version: document.hash, channels })
    .addNode('begin', ({ data, errors }) => {
      // The inputs of a node are a record.
      const own = reader ? (located(spec.workflow, () => reader.read(scopeOf({ data, errors }))) as Data) : data;
      return { outer: data, data: own };
    })
    .addNode('run', isolated)
    .addNode('end', ({ data, outer }) => ({
      data: { ...outer, [spec.output]: resultOf(data, outer, reader !== undefined) },
    }))
    .addEdge(START, 'begin')
    .addEdge('begin', 'run')
    .addEdge('run', 'end')
    .compile();
}
