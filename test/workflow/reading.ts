import { checkWorkflow } from '../../src/workflow/index.ts';
import type {
  CheckedWorkflow,
  NodeSpec,
  ReadOptions,
  WorkflowDocument,
  WorkflowSpec,
} from '../../src/workflow/index.ts';
import { parseYaml } from '../../src/yaml/index.ts';

export const check = (text: string, options?: ReadOptions): Promise<CheckedWorkflow> =>
  checkWorkflow(text, parseYaml, options);

/** The faults of a text, each as `line:column message | suggestion`. */
export async function faultsOf(text: string, options?: ReadOptions): Promise<{ errors: string[]; notes: string[] }> {
  const { errors, notes } = await check(text, options);
  const lines = (all: CheckedWorkflow['errors']): string[] =>
    all.map(
      ({ line, column, message, suggestion }) =>
        `${line}:${column} ${message}${suggestion === undefined ? '' : ` | ${suggestion}`}`,
    );
  return { errors: lines(errors), notes: lines(notes) };
}

/** A document that has no errors. */
export async function read(text: string, options?: ReadOptions): Promise<WorkflowDocument> {
  const { document, errors } = await check(text, options);
  if (!document) throw new Error(errors.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return document;
}

/** The only workflow of a text. */
export async function readOne(text: string, options?: ReadOptions): Promise<WorkflowSpec> {
  const [spec] = Object.values((await read(text, options)).workflows);
  if (!spec) throw new Error('There is no workflow.');
  return spec;
}

/** Nodes as the only workflow of a document, each a flow map. */
export const flow = (...nodes: readonly string[]): string =>
  `flow:\n  nodes:\n${nodes.map((node) => `    - ${node}\n`).join('')}`;

/** The same, where nothing may be unknown. */
export const strictFlow = (...nodes: readonly string[]): string =>
  `inpage: 1\nworkflows:\n  flow:\n    nodes:\n${nodes.map((node) => `      - ${node}\n`).join('')}`;

export function nodeOf<T extends NodeSpec['type']>(spec: WorkflowSpec, id: string, type: T): NodeSpec & { type: T } {
  const node = spec.nodes.find((other) => other.id === id);
  if (node?.type !== type) throw new Error(`There is no ${type} node ${id}.`);
  return node as NodeSpec & { type: T };
}
