/** A text as a validated document, with every fault at its place. */
import type { Execution, WorkflowDocument, WorkflowSpec } from '../document.ts';
import { Faults, invalidWorkflow } from '../faults.ts';
import type { Fault } from '../faults.ts';
import { Hash } from '../hash.ts';
import { createSource, hashTree, plainValue } from '../tree.ts';
import type { MapTree, Parse, ScalarTree, Source, Tree } from '../tree.ts';
import { checkName } from './common.ts';
import type { NodeDefaults } from './common.ts';
import { Fields } from './fields.ts';
import type { ScalarText } from './fields.ts';
import { interpolate } from './interpolate.ts';
import type { Env } from './interpolate.ts';
import { link } from './link.ts';
import { readNode } from './node.ts';
import type { ReadNode } from './node.ts';
import { createRefs } from './refs.ts';
import type { Load } from './refs.ts';
import { checkWorkflowNames } from './sub-workflows.ts';

export interface ReadOptions {
  /** The name of the text in faults, and what its references are relative to. Default: `workflow.yaml`. */
  readonly file?: string;
  /** What `$env.NAME` and `${NAME:-default}` stand for. Nothing else is looked at. */
  readonly env?: Env;
  /** Loads the files that `$ref` names. Without it there are references within the document alone. */
  readonly load?: Load;
}

/** What a check has found. */
export interface CheckedWorkflow {
  /** Undefined when there is an error. */
  readonly document: WorkflowDocument | undefined;
  readonly errors: readonly Fault[];
  readonly notes: readonly Fault[];
}

/** Letters of one text. */
const LONGEST = 1_000_000;
/** How often a node of a loop may run where nothing is said. */
const MAX_ITERATIONS = 25;

const pointAt = (source: Source, start = 0, end = start): ScalarTree => ({
  ...{ kind: 'scalar', value: null, plain: true, source, start, end },
});

/** The maps of workflows in a file, and what stands beside them. */
function workflowsOf(root: MapTree, faults: Faults): MapTree['entries'] {
  const named = root.entries.find(({ name }) => name === 'workflows');
  if (!named) return root.entries.filter(({ name }) => name !== 'inpage');
  const fields = new Fields(root, faults, 'a workflow file');
  fields.take('inpage');
  fields.take('workflows');
  fields.take('version');
  fields.take('description');
  fields.rest();
  if (named.value.kind === 'map') return named.value.entries;
  faults.error(named.value, '`workflows` is a map of names.', 'Write `workflows: {answer: {nodes: […]}}`.');
  return [];
}

function isStrict(root: MapTree, faults: Faults): boolean {
  const entry = root.entries.find(({ name }) => name === 'inpage');
  if (!entry) return false;
  const { value } = entry;
  if (value.kind !== 'scalar' || value.value !== 1)
    faults.error(value, 'This reader knows version 1 of the format.', 'Write `inpage: 1`.');
  return true;
}

function executionOf(
  fields: Fields,
  faults: Faults,
): { readonly execution: Execution; readonly defaults: NodeDefaults } {
  const map = fields.map('execution');
  const inner = map && new Fields(map, faults, '`execution`');
  const seconds = (name: string): number | undefined => {
    const outer = fields.seconds(name);
    return inner?.seconds(name) ?? outer;
  };
  const whole = (name: string, least: number, most: number): number | undefined => {
    const outer = fields.number(name, { whole: true, least, most });
    return inner?.number(name, { whole: true, least, most }) ?? outer;
  };
  const timeout = seconds('timeout');
  const defaults = { timeout: seconds('default_node_timeout'), retries: whole('max_retries', 0, 20) ?? 0 };
  const maxIterations = whole('max_iterations', 1, 1e6) ?? MAX_ITERATIONS;
  inner?.rest();
  return { execution: { ...(timeout ? { timeout } : {}), maxIterations }, defaults };
}

/** What one reading works with. */
interface Reading {
  readonly faults: Faults;
  readonly refs: ReturnType<typeof createRefs>;
  /** Of all that is said. */
  readonly hash: Hash;
}

async function nodesOf(
  fields: Fields,
  defaults: NodeDefaults,
  { faults, refs, hash }: Reading,
): Promise<{
  readonly nodes: ReadonlyMap<string, ReadNode>;
  readonly unread: ReadonlySet<string>;
}> {
  const nodes = new Map<string, ReadNode>();
  const unread = new Set<string>();
  const list = fields.list('nodes');
  if (!list || list.items.length === 0) fields.missing('nodes', 'nodes: [{id: …}]');
  for (const item of list?.items ?? []) {
    if (faults.isFull) break;
    if (item.kind !== 'map') {
      faults.error(item, 'A node is a map.', 'Write `- {id: …, type: …}`.');
      continue;
    }
    const tree = await refs.resolve(item);
    if (!tree) {
      // Its own id, if it has one; of what it refers to nothing is known.
      unread.add(new Fields(item, faults, 'a node').text('id') ?? '');
      continue;
    }
    hashTree(tree, hash);
    const own = new Fields(tree, faults, 'a node');
    const id = own.textTree('id');
    if (!id) own.missing('id', 'id: fetch');
    else if (!checkName(id, own, 'The id of a node')) continue;
    else if (nodes.has(id.value))
      faults.error(id, `There is a node \`${id.value}\` already.`, 'Give each an id of its own.');
    const read = readNode(own, id?.value ?? '', defaults);
    if (read && id) nodes.set(id.value, read);
    else unread.add(id?.value ?? '');
  }
  return { nodes, unread };
}

async function workflowOf(
  name: string,
  key: ScalarText,
  tree: Tree,
  reading: Reading,
): Promise<WorkflowSpec | undefined> {
  const { faults, hash } = reading;
  if (tree.kind !== 'map') {
    faults.error(tree, 'A workflow is a map.', 'Write `nodes: […]` into it.');
    return undefined;
  }
  const fields = new Fields(tree, faults, 'a workflow');
  checkName(key, fields, 'The name of a workflow');
  const { execution, defaults } = executionOf(fields, faults);
  const description = fields.text('description') ?? '';
  const label = fields.textTree('name');
  if (label && label.value !== name)
    faults.trap(label, `\`name\` has no effect: the workflow is called \`${name}\`.`, 'Name it by its key.');
  const metadata = fields.map('metadata');
  const start = fields.textTree('start_node', 'start', 'entry', 'entry_point');
  fields.unserved('a page runs one input at a time', 'batch_config');
  fields.unserved('a page has no such context', 'temporal_context');
  fields.unserved('a page starts no services', 'services');
  fields.unserved('a page is not always open, so that it keeps no schedule', 'schedule');
  const { nodes, unread } = await nodesOf(fields, defaults, reading);
  fields.rest();
  if (nodes.size === 0) return undefined;
  const linked = link(nodes, unread, start, key, faults);
  hash.add(JSON.stringify([name, execution, defaults, linked.start]));
  return {
    name,
    description,
    // The plain value of a map is a record.
    metadata: metadata ? (plainValue(metadata) as WorkflowSpec['metadata']) : {},
    ...{ ...linked, execution },
    at: key.source.place(key.start),
  };
}

/** The part of a path after its last folder. */
const baseName = (file: string): string => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);

/**
 * Checks a text, and reads it where it has no error.
 *
 * @param parse how the text is parsed; `parseYaml` for YAML.
 */
export async function checkWorkflow(text: string, parse: Parse, options: ReadOptions = {}): Promise<CheckedWorkflow> {
  const { file = 'workflow.yaml', env = {}, load } = options;
  const faults = new Faults();
  const source = createSource(file, text.length > LONGEST ? '' : text);
  const done = (document?: WorkflowDocument): CheckedWorkflow => {
    const { errors, notes } = faults;
    return { document: errors.length > 0 ? undefined : document, errors, notes };
  };
  if (text.length > LONGEST) {
    faults.error(pointAt(source), `The text is longer than ${LONGEST} letters.`);
    return done();
  }
  const { tree, faults: found } = parse(source);
  for (const { start, end, message } of found) faults.error(pointAt(source, start, end), message);
  if (!tree) return done();
  if (tree.kind !== 'map') {
    faults.error(tree, 'The text is no workflow file: it is no map.', 'Write `workflows: {answer: {nodes: […]}}`.');
    return done();
  }
  faults.strict = isStrict(tree, faults);
  const root = interpolate(tree, env, faults);
  // What a map becomes is a map.
  if (root.kind !== 'map') return done();
  const layout = new Hash();
  layout.add(text);
  const refs = createRefs({ root: { path: baseName(file), tree: root }, parse, env, load, faults, layout });
  const entries = workflowsOf(root, faults);
  if (entries.length === 0)
    faults.error(root, 'There is no workflow in the text.', 'Write `workflows: {answer: {nodes: […]}}`.');
  const workflows: Record<string, WorkflowSpec> = {};
  const hash = new Hash();
  hash.add(String(faults.strict));
  for (const { name, key, value } of entries) {
    const spec = await workflowOf(name, { ...key, value: name }, value, { faults, refs, hash });
    if (spec) workflows[name] = spec;
  }
  checkWorkflowNames(workflows, faults, source);
  const { notes } = faults;
  return done({
    format: 1,
    file,
    strict: faults.strict,
    hash: hash.text,
    layout: layout.text,
    workflows,
    notes,
  });
}

/**
 * Reads a text as a workflow document.
 *
 * @throws AgentError `invalid-workflow`, with every fault in `details.faults`.
 */
export async function readDocument(text: string, parse: Parse, options: ReadOptions = {}): Promise<WorkflowDocument> {
  const { document, errors } = await checkWorkflow(text, parse, options);
  if (document) return document;
  throw invalidWorkflow(errors);
}
