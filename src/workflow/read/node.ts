/** A node of each type, from its fields. */
import type {
  AgentSpec,
  ComputeSpec,
  ConditionSpec,
  JoinStrategy,
  LlmConfig,
  NodeSpec,
  NodeType,
  ParallelSpec,
  SubWorkflowSpec,
  TransformSpec,
} from '../document.ts';
import { suggest } from '../faults.ts';
import type { Tree } from '../tree.ts';
import { handlerOf, outputOf, readCommon } from './common.ts';
import type { Common, NodeDefaults } from './common.ts';
import { Fields, isNothing } from './fields.ts';
import type { ScalarText } from './fields.ts';
import { readHitl } from './hitl.ts';
import { readTeam } from './team.ts';
import { condition, inputs, isName, located, mapping, template, transform } from './texts.ts';

/** A node whose edges are still texts with their places. */
export type Unlinked<S extends NodeSpec = NodeSpec> = S extends NodeSpec
  ? Omit<S, 'next'> & Omit<Common, 'onErrorTree'>
  : never;

/** A node, and the texts in it that name other nodes. */
export interface ReadNode {
  readonly spec: Unlinked;
  readonly tree: Tree;
  readonly branches: ReadonlyMap<string, ScalarText>;
  /** Where its failure leads, if it leads to a node. */
  readonly handler: ScalarText | undefined;
}

const TYPES: readonly NodeType[] = [
  'agent',
  'compute',
  'condition',
  'parallel',
  'transform',
  'hitl',
  'team',
  'workflow',
];
/** Other words for the types. */
const WORDS: Readonly<Record<string, NodeType>> = {
  subworkflow: 'workflow',
  sub_workflow: 'workflow',
  subgraph: 'workflow',
};
/** Milliseconds. */
const AGENT_TIMEOUT = 300_000;
const COMPUTE_TIMEOUT = 60_000;
const TOOL_BUDGET = 15;

const NOT_KEPT = 'Only what registered functions give is kept';

type Own<S extends NodeSpec> = Omit<S, keyof Common>;

function typeOf(fields: Fields): NodeType | undefined {
  const tree = fields.textTree('type');
  if (!tree) return 'agent';
  const type = TYPES.find((known) => known === tree.value) ?? WORDS[tree.value];
  if (!type) fields.faults.error(tree, 'There is no such type of node.', suggest(tree.value, TYPES));
  return type;
}

function llmOf(fields: Fields, hasProfile: boolean): LlmConfig {
  const tree = fields.map('llm_config');
  if (!tree) return {};
  const inner = new Fields(tree, fields.faults, '`llm_config`');
  const temperature = inner.number('temperature', { most: 2 });
  const topP = inner.number('top_p', { most: 1 });
  const maxTokens = inner.number('max_tokens', { whole: true, least: 1 });
  const modelHint = inner.text('model_hint', 'model');
  if (modelHint !== undefined && hasProfile)
    fields.faults.trap(
      inner.place('model_hint'),
      '`model_hint` has no effect beside `profile`.',
      'Leave out one of them.',
    );
  const stopSequences = inner.texts('stop_sequences', 'stop')?.map(({ value }) => value);
  inner.rest();
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(modelHint === undefined ? {} : { modelHint }),
    ...(stopSequences ? { stopSequences } : {}),
  };
}

/** `inputs` and `input_mapping`, as one. */
function inputsOf(fields: Fields): AgentSpec['inputs'] {
  const plain = fields.map('inputs');
  const mapped = fields.map('input_mapping');
  if (!plain && !mapped) return undefined;
  return { ...(mapped ? mapping(mapped, fields.faults) : {}), ...(plain ? inputs(plain, fields.faults) : {}) };
}

function agent(fields: Fields, common: Common): Own<AgentSpec> {
  const goal = fields.textTree('goal', 'prompt', 'task');
  if (!goal) fields.missing('goal', 'goal: "Summarise {{hits}}"');
  idle(fields, NOT_KEPT, 'pure');
  const tools = fields.texts('tools', 'allowed_tools')?.map(({ value }) => value);
  const given = inputsOf(fields);
  const profile = fields.text('profile');
  if (!common.constraints.llm)
    fields.faults.error(fields.place('constraints'), 'An agent needs a model, and `llm` is blocked.');
  return {
    type: 'agent',
    role: fields.text('role') ?? 'executor',
    goal: goal ? template(goal, fields.faults, 'The goal cannot be read') : { text: '', at: common.at },
    toolBudget: fields.number('tool_budget', { whole: true }) ?? TOOL_BUDGET,
    ...(tools ? { tools } : {}),
    ...(given ? { inputs: given } : {}),
    output: outputOf(fields, common.id),
    llm: llmOf(fields, profile !== undefined),
    ...(profile === undefined ? {} : { profile }),
  };
}

function compute(fields: Fields, common: Common): Own<ComputeSpec> {
  const tools = fields.texts('tools', 'tool') ?? [];
  const handler = fields.textTree('handler');
  const target = fields.choice('execution_target', ['in_process', 'in-process', 'subprocess', 'docker']);
  if (target === 'subprocess' || target === 'docker') {
    fields.faults.note(fields.place('execution_target'), `A page has no ${target}; the node runs in the worker.`);
  }
  if (handler?.value.startsWith('chain:')) {
    fields.faults.error(handler, 'A page has no chains.', 'Register a handler, or list the tools.');
  }
  if (handler && tools.length > 0)
    fields.faults.error(handler, 'A compute node has tools or a handler, not both.', 'Leave out one of them.');
  if (!handler && tools.length === 0) fields.missing('tools', 'tools: [search]');
  if (handler) idle(fields, 'A handler calls no tools', 'fail_fast', 'parallel');
  else idle(fields, NOT_KEPT, 'pure');
  if (handler) unbound(fields, common);
  for (const tool of tools) {
    const { allowedTools, blockedTools } = common.constraints;
    if (blockedTools?.includes(tool.value)) fields.faults.error(tool, 'The constraints of this node block this tool.');
    if (allowedTools && !allowedTools.includes(tool.value)) {
      fields.faults.error(
        tool,
        'The constraints of this node do not allow this tool.',
        suggest(tool.value, allowedTools),
      );
    }
  }
  return {
    type: 'compute',
    tools: tools.map(({ value }) => value),
    ...(handler ? { handler: located(handler) } : {}),
    inputs: inputsOf(fields) ?? {},
    output: outputOf(fields, common.id),
    failFast: fields.boolean('fail_fast') ?? true,
    parallel: fields.boolean('parallel') ?? false,
  };
}

/** Fields that are read, but change nothing in a node like this one. */
function idle(fields: Fields, why: string, ...names: readonly string[]): void {
  for (const name of names)
    if (fields.has(name))
      fields.faults.trap(fields.place(name), `${why}: \`${name}\` has no effect here.`, 'Leave it out.');
}

/** Constraints that nothing in a node is bound by. */
function unbound(fields: Fields, { constraints: { llm, network, write, ...tools } }: Common): void {
  if (llm && network && write && Object.keys(tools).length === 0) return;
  const name = fields.has('constraints') ? 'constraints' : 'blocked_tools';
  idle(fields, 'Constraints bind calls of tools, and this node makes none', name);
}

/** Words that YAML took for true and false once, and that no condition gives any more. */
const OLD_WORDS: Readonly<Record<string, string>> = { yes: 'true', on: 'true', no: 'false', off: 'false' };

function conditional(
  fields: Fields,
  common: Common,
): Own<ConditionSpec> & { targets: ReadonlyMap<string, ScalarText> } {
  const { faults } = fields;
  const text = fields.textTree('condition', 'expression');
  unbound(fields, common);
  if (text && !isName(text.value)) idle(fields, NOT_KEPT, 'pure');
  if (!text) fields.missing('condition', 'condition: "hit_count > 2"');
  const map = fields.map('branches');
  if (!map || map.entries.length === 0) fields.missing('branches', 'branches: {true: both, false: ask}');
  if (common.next)
    faults.trap(
      fields.place('next'),
      'A condition leads where its branches say; `next` has no effect.',
      'Write `default: …` into `branches`.',
    );
  const targets = new Map<string, ScalarText>();
  for (const { name, key, value } of map?.entries ?? []) {
    const meant = OLD_WORDS[name.toLowerCase()];
    const isBoolean = typeof key.value === 'boolean';
    const read = isBoolean ? String(key.value) : /^(true|false)$/i.test(name) ? name.toLowerCase() : name;
    if (meant !== undefined)
      faults.trap(key, `\`${name}\` is a text here, which no comparison gives.`, `Write \`${meant}\`.`);
    if (value.kind === 'scalar' && value.value !== null) targets.set(read, { ...value, value: String(value.value) });
    else if (isNothing(value)) targets.set(read, { ...key, value: 'end' });
    else faults.error(value, 'A branch leads to one node.', 'Put a parallel node there.');
  }
  const isBoth = targets.has('true') && targets.has('false');
  if (map && !targets.has('default') && !isBoth) {
    faults.trap(
      map,
      'What matches no branch fails the run.',
      'Write `default: …` as well, or both `true` and `false`.',
    );
  }
  if (map && !targets.has('default') && common.onError === 'continue')
    faults.trap(
      fields.place('on_error'),
      'There is no `default` to continue with, so that the way ends where the condition fails.',
      'Write `default: …` into `branches`.',
    );
  return {
    type: 'condition',
    condition: text ? condition(text, faults) : { text: '', at: common.at },
    branches: {},
    targets,
  };
}

const JOINS = ['all', 'any', 'first', 'merge'] as const;

function joinOf(fields: Fields): { readonly join: JoinStrategy; readonly isMerged: boolean } {
  const tree = fields.take('join_strategy', 'join', 'wait_for');
  if (tree === undefined || isNothing(tree)) return { join: 'all', isMerged: false };
  const value = tree.kind === 'scalar' ? tree.value : undefined;
  if (typeof value === 'number') {
    const succeeded = fields.numberOf('join_strategy', tree, { whole: true, least: 1 });
    return { join: succeeded === undefined ? 'all' : { succeeded }, isMerged: false };
  }
  switch (value) {
    case 'all':
    case 'merge':
      return { join: 'all', isMerged: value === 'merge' };
    case 'any':
      return { join: { succeeded: 1 }, isMerged: false };
    case 'first':
      return { join: 'first', isMerged: false };
    default:
      fields.faults.error(tree, '`join_strategy` cannot be this.', suggest(String(value), JOINS) ?? 'Or a number.');
      return { join: 'all', isMerged: false };
  }
}

function parallel(fields: Fields, common: Common): Own<ParallelSpec> & { targets: ReadonlyMap<string, ScalarText> } {
  const branches = fields.texts('parallel_nodes', 'nodes', 'branches') ?? [];
  if (branches.length === 0) fields.missing('parallel_nodes', 'parallel_nodes: [a, b]');
  const { join, isMerged } = joinOf(fields);
  if (typeof join === 'object' && join.succeeded > branches.length && branches.length > 0) {
    fields.faults.error(fields.place('join_strategy'), `There are only ${branches.length} branches.`);
  }
  const targets = new Map<string, ScalarText>();
  for (const branch of branches) {
    if (targets.has(branch.value)) fields.faults.error(branch, 'This branch is there already.');
    targets.set(branch.value, branch);
  }
  if (!isMerged && fields.has('output'))
    fields.faults.trap(fields.place('output'), '`output` goes with `join_strategy: merge`.');
  idle(fields, NOT_KEPT, 'pure');
  const output = outputOf(fields, common.id);
  return { type: 'parallel', branches: [...targets.keys()], join, ...(isMerged ? { merge: output } : {}), targets };
}

function transforming(fields: Fields, common: Common): Own<TransformSpec> {
  const tree = fields.take('transform', 'expression');
  const isCalled = tree?.kind === 'scalar' && isName(String(tree.value));
  unbound(fields, common);
  if (!isCalled) idle(fields, NOT_KEPT, 'pure');
  if (tree?.kind === 'list') {
    const lines = fields.textsOf('transform', tree);
    for (const line of lines) {
      if (isName(line.value))
        fields.faults.error(
          line,
          'This is no assignment.',
          'Write `name = value`; a registered transform stands alone.',
        );
      else transform(line, fields.faults);
    }
    return {
      type: 'transform',
      transform: { text: lines.map(({ value }) => value).join('\n'), at: tree.source.place(tree.start) },
    };
  }
  const text = tree?.kind === 'scalar' && tree.value !== null ? { ...tree, value: String(tree.value) } : undefined;
  if (!text) fields.missing('transform', 'transform: "answer = ctx.summary"');
  return { type: 'transform', transform: text ? transform(text, fields.faults) : { text: '', at: common.at } };
}

function subWorkflow(fields: Fields, common: Common): Own<SubWorkflowSpec> {
  const name = fields.textTree('workflow', 'workflow_name', 'ref');
  idle(fields, NOT_KEPT, 'pure');
  if (!name) fields.missing('workflow', 'workflow: research');
  const given = inputsOf(fields);
  return {
    type: 'workflow',
    workflow: name ? located(name) : { text: '', at: common.at },
    ...(given ? { inputs: given } : {}),
    output: outputOf(fields, common.id),
  };
}

/** A person has no tries, and the time to answer is no time limit of the node. */
function withoutTries({ id, name, next, at, onError, constraints, pure }: Common): Common {
  return { id, name, next, at, onError, constraints, ...(pure === undefined ? {} : { pure }) };
}

const NONE: ReadonlyMap<string, ScalarText> = new Map();

/** Reads a node whose id is known. Undefined when its type is not. */
export function readNode(fields: Fields, id: string, defaults: NodeDefaults): ReadNode | undefined {
  const type = typeOf(fields);
  if (!type) return undefined;
  const of = { agent: 'an agent node', hitl: 'a hitl node' }[type as string] ?? `a ${type} node`;
  fields.of = of;
  const { tree } = fields;
  // Put together in place, for a spread of records as many as there are types of nodes takes several times as long.
  const done = (base: Common, own: object, branches = NONE): ReadNode => {
    const spec = Object.assign(base, own) as Unlinked;
    const handler = handlerOf(fields);
    fields.rest();
    return { spec, tree, branches, handler };
  };
  const common = (standard?: number): Common => readCommon(fields, id, defaults, standard);
  switch (type) {
    case 'agent': {
      const base = common(AGENT_TIMEOUT);
      return done(base, agent(fields, base));
    }
    case 'compute': {
      const base = common(COMPUTE_TIMEOUT);
      return done(base, compute(fields, base));
    }
    case 'condition': {
      const base = common();
      const { targets, ...own } = conditional(fields, base);
      return done(base, own, targets);
    }
    case 'parallel': {
      const base = common();
      const { targets, ...own } = parallel(fields, base);
      return done(base, own, targets);
    }
    case 'transform': {
      const base = common();
      return done(base, transforming(fields, base));
    }
    case 'hitl': {
      const own = readHitl(fields, id);
      const base = readCommon(fields, id, { timeout: undefined, retries: 0 }, undefined);
      unbound(fields, base);
      idle(fields, NOT_KEPT, 'pure');
      idle(fields, 'A person is asked again by `fallback: retry`', 'retry');
      if (base.onError === 'continue')
        fields.faults.trap(
          fields.place('on_error'),
          'With `continue` it goes on after a no as well.',
          'Name the node that a no leads to.',
        );
      return done(withoutTries(base), own);
    }
    case 'team': {
      const base = common();
      idle(fields, NOT_KEPT, 'pure');
      return done(base, readTeam(fields, base));
    }
    case 'workflow': {
      const base = common();
      return done(base, subWorkflow(fields, base));
    }
  }
}
