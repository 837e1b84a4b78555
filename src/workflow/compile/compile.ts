/** A document as a graph of the engine. */
import { AgentError } from '../../core/index.ts';
import type { WorkflowDocument } from '../document.ts';
import { invalidWorkflow, suggest } from '../faults.ts';
import type { Fault } from '../faults.ts';
import { flowGraph } from './flow.ts';
import type { FlowGraph } from './flow.ts';
import { Compilation } from './parts.ts';
import type { CompileOptions } from './ports.ts';

const notes = new WeakMap<FlowGraph, readonly Fault[]>();

/** What the compilation of a workflow has found to have no effect where it runs. */
export function compileNotes(graph: FlowGraph): readonly Fault[] {
  return notes.get(graph) ?? [];
}

/**
 * Compiles a workflow of a document. Its input is `{ data }`, and its result the `data` of its state; every run wants a
 * context with the executor of tool calls.
 *
 * @param name one of the document's workflows; not needed where it has only one.
 * @throws AgentError `unknown-workflow`; `invalid-workflow` with every fault, such as a name that is not registered.
 * @example
 * const graph = compileWorkflow(document, 'answer', { agentNode }).with({ checkpointer });
 * const { state } = await graph.invoke({ data: { question: 'Why?' } }, { context: { executor, toolOf } });
 */
export function compileWorkflow(document: WorkflowDocument, name?: string, options: CompileOptions = {}): FlowGraph {
  const names = Object.keys(document.workflows);
  const wanted = name ?? (names.length === 1 ? (names[0] ?? '') : '');
  const workflow = Object.hasOwn(document.workflows, wanted) ? document.workflows[wanted] : undefined;
  if (!workflow) {
    const message =
      name === undefined ? 'The document has several workflows.' : `The document has no workflow "${wanted}".`;
    throw new AgentError('unknown-workflow', message, {
      fix: suggest(wanted, names) ?? 'Read a document that has one.',
      details: { workflow: wanted, names },
    });
  }
  const compilation = new Compilation(options, workflow.name);
  const nodes = new Map(workflow.nodes.map((node) => [node.id, node]));
  const graph = flowGraph(workflow.name, { document, workflow, compilation, nodes }, workflow.start);
  if (graph) {
    notes.set(graph, compilation.notes);
    return graph;
  }
  throw invalidWorkflow(compilation.faults);
}
