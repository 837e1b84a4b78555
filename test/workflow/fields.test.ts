/** Every field of every type of node, and of a workflow: each has an effect that can be seen, or a fault that says it has none. */
import { expect } from 'chai';
import { createMemoryCheckpointer } from '../../src/checkpoint/index.ts';
import { compileWorkflow, outlineOf, ResultCache, WorkflowEngine } from '../../src/workflow/index.ts';
import type { AgentNodeSpec, Data } from '../../src/workflow/index.ts';
import { Fields } from '../../src/workflow/read/fields.ts';
import { check, flow } from './reading.ts';
import { agents, contextWith, tool } from './running.ts';

const never = (): Promise<never> => new Promise(() => undefined);
const broken = (): never => {
  throw new Error('Out of order.');
};

/** What can be seen of a run, as a text: what was asked of whom, what came of it, how often what was tried. */
async function seen(text: string, data: Data = { q: 'tea', n: 1 }): Promise<string> {
  const { document, errors } = await check(text);
  if (!document) return JSON.stringify(errors.map(({ message }) => message));
  const [name = ''] = Object.keys(document.workflows);
  const spec = document.workflows[name];
  const log: unknown[] = [spec?.description, spec?.metadata, spec && outlineOf(spec)];
  const tools = [
    tool('search', (input) => (log.push(['search', input]), ['hit'])),
    tool('stock', (input) => (log.push(['stock', input]), 3)),
    tool('late', () => Promise.resolve().then(() => (log.push('late'), 'late'))),
    tool('note', () => 'noted', { effect: 'write', danger: 'low' }),
    tool('fetch', () => 'from afar', { category: 'network' }),
    tool('fails', broken),
    tool('stuck', never),
  ];
  const known = contextWith({ tools });
  const allowed = ({ allows }: AgentNodeSpec): readonly string[] =>
    tools.flatMap((each) => {
      const found = known.toolOf(each.name);
      return found && allows(found) ? each.name : [];
    });
  let time = 0;
  const engine = new WorkflowEngine({
    checkpointer: createMemoryCheckpointer(),
    context: () => known,
    results: new ResultCache(),
    now: () => ++time,
    handlers: { count: (inputs) => (log.push(['count', inputs]), 1), fails: broken, stuck: never },
    conditions: { yes: () => (log.push('yes'), true), fails: broken, stuck: never },
    transforms: { set: () => (log.push('set'), { x: 1 }), fails: broken, stuck: never },
    agentNode: agents((agent, prompt) => {
      const { id, role, toolBudget, llm, profile } = agent;
      log.push([id, role, prompt, agent.tools, toolBudget, llm, profile, allowed(agent)]);
      if (role === 'failing') return broken();
      return role === 'slow' ? never() : `${id}: ${prompt.split(' ').length} words`;
    }),
  });
  // Twice, so that it shows what is kept.
  for (let run = 0; run < 2; run++) {
    const {
      status,
      error,
      data: made,
      errors: passed,
      audit,
      interrupts,
    } = await engine.execute(document, data, {
      workflow: name,
    });
    log.push([status, error?.code, made, Object.keys(passed), audit, interrupts.map(({ payload }) => payload)]);
  }
  return JSON.stringify(log);
}

/** A node of a type: one that succeeds, one that fails, one that does not end. */
interface Carrier {
  readonly works: string;
  readonly fails: string;
  readonly stuck: string;
}

const MEMBER = (role: string): string => `{role: ${role}, goal: G}`;
const carriers: Readonly<Record<string, Carrier>> = {
  agent: { works: 'goal: G', fails: 'goal: G, role: failing', stuck: 'goal: G, role: slow' },
  compute: {
    works: 'type: compute, tools: [note]',
    fails: 'type: compute, tools: [fails]',
    stuck: 'type: compute, tools: [stuck]',
  },
  condition: {
    works: 'type: condition, condition: "n > 0", branches: {default: last}',
    fails: 'type: condition, condition: fails, branches: {default: last}',
    stuck: 'type: condition, condition: stuck, branches: {default: last}',
  },
  transform: {
    works: 'type: transform, transform: "x = 1"',
    fails: 'type: transform, transform: fails',
    stuck: 'type: transform, transform: stuck',
  },
  parallel: {
    works: 'type: parallel, parallel_nodes: [p]',
    fails: 'type: parallel, parallel_nodes: [f]',
    stuck: 'type: parallel, parallel_nodes: [s]',
  },
  team: {
    works: `type: team, goal: T, continue_on_error: false, members: [${MEMBER('p')}]`,
    fails: `type: team, goal: T, continue_on_error: false, members: [${MEMBER('failing')}]`,
    stuck: `type: team, goal: T, continue_on_error: false, members: [${MEMBER('slow')}]`,
  },
  workflow: {
    works: 'type: workflow, workflow: p',
    fails: 'type: workflow, workflow: f',
    stuck: 'type: workflow, workflow: s',
  },
};

const ROLES = { p: 'planner', f: 'failing', s: 'slow' } as const;

/** A workflow of one node with a field, and of what it needs. */
function withField(type: string, state: 'works' | 'fails' | 'stuck', field: string): string {
  const node = carriers[type]?.[state] ?? '';
  const letter = ({ works: 'p', fails: 'f', stuck: 's' } as const)[state];
  const inner = `{id: ${letter}, goal: G, role: ${ROLES[letter]}}`;
  const beside = type === 'parallel' ? [inner] : [];
  const last = '{id: last, type: transform, transform: "y = 1", next: []}';
  const handler = '{id: h, type: transform, transform: "handled = 1", next: []}';
  const text = flow(
    `{id: a, ${node}${field === '' ? '' : `, ${field}`}}`,
    ...beside,
    last,
    ...(field.includes(': h') ? [handler] : []),
  );
  return type === 'workflow' ? `${text}${letter}: {nodes: [${inner}]}\n` : text;
}

/** The names that were asked for while the rows were read, with what has them. */
const asked = new Set<string>();
const shown = new Set<string>();
const FIRST = Object.getOwnPropertyDescriptors(Fields.prototype);

function listen(): void {
  for (const method of ['take', 'either', 'unserved'] as const) {
    const { value } = FIRST[method] as { value: (...names: string[]) => unknown };
    Fields.prototype[method] = function listening(this: Fields, ...names: string[]) {
      const all = method === 'take' ? names.slice(0, 1) : method === 'either' ? names : names.slice(1);
      for (const name of all) asked.add(`${this.of}: ${name}`);
      return value.apply(this, names) as never;
    };
  }
}

const PREFIX: Readonly<Record<string, string>> = { agent: 'an agent node', hitl: 'a hitl node' };
const ofType = (type: string): string => PREFIX[type] ?? `a ${type} node`;

function differs(of: string, field: string, without: string, with_: string): void {
  shown.add(`${of}: ${field}`);
  it(`has an effect: \`${field}\` of ${of}`, async () => {
    expect(await seen(with_)).not.to.equal(await seen(without));
  });
}

function tells(of: string, field: string, text: string, what: RegExp): void {
  shown.add(`${of}: ${field}`);
  it(`says that it has none: \`${field}\` of ${of}`, async () => {
    const { errors, notes } = await check(text);
    expect([...errors, ...notes].map(({ message, text: at }) => `${message} | ${at}`).join('\n')).to.match(what);
  });
}

function ends(of: string, field: string, text: string, code: string): void {
  shown.add(`${of}: ${field}`);
  it(`ends with ${code}: \`${field}\` of ${of}`, async () => {
    expect(await seen(text)).to.include(`"${code}"`);
  });
}

describe('no field is a silent trap', () => {
  before(listen);
  after(() => {
    Object.defineProperties(Fields.prototype, FIRST);
  });

  for (const type of Object.keys(carriers)) {
    const of = ofType(type);
    const works = (field: string): string => withField(type, 'works', field);
    const fails = (field: string): string => withField(type, 'fails', field);
    differs(of, 'name', works(''), works('name: The first'));
    if (type === 'condition') tells(of, 'next', works('next: [last]'), /`next` has no effect/);
    else differs(of, 'next', works('next: [last]'), works('next: [last, h]'));
    for (const field of ['timeout', 'timeout_seconds'])
      ends(of, field, withField(type, 'stuck', `${field}: 0.02`), 'node-timeout');
    it(`is tried again: \`retry\` of ${of}`, async () => {
      const { document } = await check(fails('retry: 1'));
      if (!document) throw new Error('It cannot be read.');
      let tries = 0;
      const graph = compileWorkflow(document, 'flow', {
        conditions: { fails: broken },
        transforms: { fails: broken },
        agentNode: agents(broken),
      });
      await graph.invoke(
        { data: {} },
        {
          context: contextWith({ tools: [tool('fails', broken)] }),
          onEvent: (event) => (tries += Number(event.type === 'node-start' && event.node === 'a')),
        },
      );
      expect(tries).to.equal(2);
    });
    shown.add(`${of}: retry`);
    differs(of, 'on_error', fails(''), fails('on_error: continue'));
    differs(of, 'on_error', fails('on_error: continue'), fails('on_error: h'));
    for (const field of ['constraints: [write]', 'blocked_tools: [note]']) {
      const [name = ''] = field.split(':');
      if (type === 'condition' || type === 'transform') tells(of, name, works(field), /makes none/);
      else differs(of, name, works(''), works(field));
    }
  }

  for (const [type, node] of [
    ['compute', 'type: compute, handler: count'],
    ['condition', 'type: condition, condition: yes, branches: {default: last}'],
    ['transform', 'type: transform, transform: set'],
  ] as const) {
    const text = (more: string): string =>
      flow(`{id: a, ${node}${more}}`, '{id: last, type: transform, transform: "y = 1"}');
    differs(ofType(type), 'pure', text(''), text(', pure: v1'));
  }
  for (const type of Object.keys(carriers))
    tells(ofType(type), 'pure', withField(type, 'works', 'pure: v1'), /`pure` has no effect/);
  tells(
    'a compute node',
    'constraints',
    flow('{id: a, type: compute, handler: count, constraints: [write]}'),
    /makes none/,
  );

  /** Each a field, the node without it, and the node with it. */
  const own: Readonly<Record<string, readonly (readonly [field: string, without: string, with_: string])[]>> = {
    agent: [
      ['goal', 'goal: A', 'goal: B {{q}}'],
      ['role', 'goal: A', 'goal: A, role: analyst'],
      ['tool_budget', 'goal: A', 'goal: A, tool_budget: 2'],
      ['tools', 'goal: A', 'goal: A, tools: [search]'],
      ['input_mapping', 'goal: "{z}"', 'goal: "{z}", input_mapping: {z: q}'],
      ['inputs', 'goal: "{z}"', 'goal: "{z}", inputs: {z: $ctx.q}'],
      ['output', 'goal: A', 'goal: A, output: said'],
      ['llm_config', 'goal: A', 'goal: A, llm_config: {temperature: 0.5}'],
      ['profile', 'goal: A', 'goal: A, profile: fast'],
    ],
    '`llm_config`': [
      ['temperature', 'goal: A', 'goal: A, llm_config: {temperature: 0.5}'],
      ['top_p', 'goal: A', 'goal: A, llm_config: {top_p: 0.5}'],
      ['max_tokens', 'goal: A', 'goal: A, llm_config: {max_tokens: 5}'],
      ['model_hint', 'goal: A', 'goal: A, llm_config: {model_hint: small}'],
      ['stop_sequences', 'goal: A', 'goal: A, llm_config: {stop_sequences: [END]}'],
    ],
    compute: [
      ['tools', 'type: compute, tools: [search]', 'type: compute, tools: [search, stock]'],
      ['inputs', 'type: compute, tools: [search]', 'type: compute, tools: [search], inputs: {q: $ctx.q}'],
      ['input_mapping', 'type: compute, tools: [search]', 'type: compute, tools: [search], input_mapping: {q: q}'],
      ['output', 'type: compute, tools: [search]', 'type: compute, tools: [search], output: found'],
      ['handler', 'type: compute, tools: [search]', 'type: compute, handler: count'],
      ['fail_fast', 'type: compute, tools: [fails, stock]', 'type: compute, tools: [fails, stock], fail_fast: false'],
      ['parallel', 'type: compute, tools: [late, stock]', 'type: compute, tools: [late, stock], parallel: true'],
    ],
    constraints: [
      ['llm_allowed', 'goal: A', 'goal: A, constraints: {llm_allowed: false}'],
      ['network_allowed', 'goal: A', 'goal: A, constraints: {network_allowed: false}'],
      ['write_allowed', 'goal: A', 'goal: A, constraints: {write_allowed: false}'],
      ['max_tool_calls', 'goal: A', 'goal: A, constraints: {max_tool_calls: 1}'],
      ['allowed_tools', 'goal: A', 'goal: A, constraints: {allowed_tools: [search]}'],
      ['blocked_tools', 'goal: A', 'goal: A, constraints: {blocked_tools: [search]}'],
    ],
    hitl: [
      ['name', 'type: hitl, prompt: Go?', 'type: hitl, prompt: Go?, name: First'],
      ['hitl_type', 'type: hitl, prompt: Go?', 'type: hitl, prompt: Go?, hitl_type: input'],
      ['prompt', 'type: hitl, prompt: Go?', 'type: hitl, prompt: Go with {{q}}?'],
      ['context_keys', 'type: hitl, prompt: Go?', 'type: hitl, prompt: Go?, context_keys: [q]'],
      [
        'choices',
        'type: hitl, prompt: Go?, hitl_type: choice, choices: [a]',
        'type: hitl, prompt: Go?, hitl_type: choice, choices: [a, b]',
      ],
      [
        'default_value',
        'type: hitl, prompt: Go?, hitl_type: input, timeout: 5, fallback: continue',
        'type: hitl, prompt: Go?, hitl_type: input, timeout: 5, fallback: continue, default_value: x',
      ],
      ['timeout', 'type: hitl, prompt: Go?', 'type: hitl, prompt: Go?, timeout: 5'],
      ['timeout_seconds', 'type: hitl, prompt: Go?', 'type: hitl, prompt: Go?, timeout_seconds: 5'],
    ],
    transform: [['transform', 'type: transform, transform: "x = 1"', 'type: transform, transform: "x = 2"']],
    team: [
      ['goal', `type: team, goal: T, members: [${MEMBER('a')}]`, `type: team, goal: U, members: [${MEMBER('a')}]`],
      ['members', `type: team, goal: T, members: [${MEMBER('a')}]`, `type: team, goal: T, members: [${MEMBER('b')}]`],
      [
        'team_formation',
        `type: team, goal: T, members: [${MEMBER('a')}]`,
        `type: team, goal: T, members: [${MEMBER('a')}], team_formation: consensus`,
      ],
      [
        'merge_strategy',
        `type: team, goal: T, members: [${MEMBER('a')}]`,
        `type: team, goal: T, members: [${MEMBER('a')}], merge_strategy: list`,
      ],
      [
        'output',
        `type: team, goal: T, members: [${MEMBER('a')}]`,
        `type: team, goal: T, members: [${MEMBER('a')}], output: t`,
      ],
      [
        'continue_on_error',
        `type: team, goal: T, members: [${MEMBER('failing')}]`,
        `type: team, goal: T, members: [${MEMBER('failing')}], continue_on_error: false`,
      ],
      [
        'total_tool_budget',
        `type: team, goal: T, members: [${MEMBER('a')}]`,
        `type: team, goal: T, members: [${MEMBER('a')}], total_tool_budget: 2`,
      ],
      [
        'max_iterations',
        `type: team, goal: T, members: [${MEMBER('a')}, ${MEMBER('b')}], team_formation: consensus`,
        `type: team, goal: T, members: [${MEMBER('a')}, ${MEMBER('b')}], team_formation: consensus, max_iterations: 1`,
      ],
    ],
    'a member': (
      [
        ['id', 'id: me'],
        ['role', 'role: critic'],
        ['goal', 'goal: H'],
        ['tools', 'tools: [search]'],
        ['tool_budget', 'tool_budget: 1'],
        ['expertise', 'expertise: [law]'],
      ] as const
    ).map(
      ([field, more]) =>
        [field, 'type: team, goal: T, members: [{}]', `type: team, goal: T, members: [{${more}}]`] as const,
    ),
  };
  for (const [type, rows] of Object.entries(own)) {
    const of = type in carriers || type === 'hitl' ? ofType(type) : type;
    for (const [field, without, with_] of rows)
      differs(of, field, flow(`{id: a, ${without}}`), flow(`{id: a, ${with_}}`));
  }

  const END = '{id: z, type: transform, transform: "z = 1", next: []}';
  const OTHER = '{id: y, type: transform, transform: "y = 1", next: []}';
  const condition = (text: string, branches: string): string =>
    flow(`{id: c, type: condition, condition: "${text}", branches: {${branches}}}`, OTHER, END);
  differs(
    'a condition node',
    'condition',
    condition('n > 0', 'true: y, false: z'),
    condition('n > 1', 'true: y, false: z'),
  );
  differs(
    'a condition node',
    'branches',
    condition('n > 0', 'true: y, false: z'),
    condition('n > 0', 'true: z, false: y'),
  );
  tells(
    'a condition node',
    'on_error',
    flow('{id: c, type: condition, condition: fails, branches: {true: y, false: z}, on_error: continue}', OTHER, END),
    /no `default` to continue with/,
  );

  const parallel = (more: string): string =>
    flow(`{id: p, type: parallel, ${more}}`, OTHER, END, '{id: f, type: compute, tools: [fails]}');
  const noF = (more: string): string => flow(`{id: p, type: parallel, ${more}}`, OTHER, END);
  differs('a parallel node', 'parallel_nodes', noF('parallel_nodes: [y, z]'), noF('parallel_nodes: [y], next: [z]'));
  differs(
    'a parallel node',
    'join_strategy',
    parallel('parallel_nodes: [y, z, f]'),
    parallel('parallel_nodes: [y, z, f], join_strategy: 2'),
  );
  differs(
    'a parallel node',
    'output',
    noF('parallel_nodes: [y, z], join_strategy: merge'),
    noF('parallel_nodes: [y, z], join_strategy: merge, output: both'),
  );
  tells('a parallel node', 'output', noF('parallel_nodes: [y, z], output: both'), /goes with `join_strategy: merge`/);

  const calling = (more: string): string =>
    `${flow(`{id: w, type: workflow, ${more}}`)}one: {nodes: [{id: a, type: transform, transform: "x = default(q, 0)"}]}\ntwo: {nodes: [{id: b, goal: B}]}\n`;
  differs('a workflow node', 'workflow', calling('workflow: one'), calling('workflow: two'));
  differs('a workflow node', 'inputs', calling('workflow: one'), calling('workflow: one, inputs: {q: 7}'));
  differs(
    'a workflow node',
    'input_mapping',
    calling('workflow: one'),
    calling('workflow: one, input_mapping: {q: n}'),
  );
  differs('a workflow node', 'output', calling('workflow: one'), calling('workflow: one, output: made'));
  ends(
    'a workflow node',
    'timeout',
    `${flow('{id: w, type: workflow, workflow: slow}')}slow: {execution: {timeout: 0.02}, nodes: [{id: a, goal: A, role: slow}]}\n`,
    'node-timeout',
  );

  const hitl = (more: string): string => flow(`{id: a, type: hitl, prompt: Go?, ${more}}`, END);
  for (const [field, more, what] of [
    ['constraints', 'constraints: [write]', /makes none/],
    ['blocked_tools', 'blocked_tools: [note]', /makes none/],
    ['pure', 'pure: v1', /`pure` has no effect/],
    ['retry', 'retry: 2', /`retry` has no effect/],
    ['on_error', 'on_error: continue', /after a no as well/],
    ['choices', 'choices: [a]', /goes with `hitl_type: choice`/],
    ['default_value', 'default_value: x, timeout: 5, fallback: continue', /Silence is no yes/],
    [
      'default_value',
      'hitl_type: input, default_value: x, timeout: 5, fallback: skip',
      /goes with `fallback: continue`/,
    ],
    ['fallback', 'fallback: skip', /there is no fallback/],
  ] as const)
    tells('a hitl node', field, hitl(more), what);
  for (const [field, more] of [
    ['next', 'next: [z]'],
    ['output', 'output: sure'],
    ['fallback', 'fallback: continue'],
    ['on_error', 'on_error: z'],
  ] as const) {
    shown.add(`a hitl node: ${field}`);
    it(`has an effect: \`${field}\` of a hitl node`, async () => {
      const after = async (text: string, answer: unknown): Promise<string> => {
        const { document } = await check(text);
        if (!document) throw new Error('It cannot be read.');
        let time = 0;
        const engine = new WorkflowEngine({ checkpointer: createMemoryCheckpointer(), now: () => (time += 10_000) });
        const { threadId, interrupts } = await engine.execute(document);
        const answers = Object.fromEntries(interrupts.map(({ id }) => [id, answer]));
        const { status, data } = await engine.resume(document, threadId, answers).result;
        return JSON.stringify([status, data]);
      };
      const base = { fallback: 'timeout: 5', next: 'on_error: z' }[field as string] ?? 'next: [z]';
      const answer = field === 'on_error' ? { decision: 'reject' } : { decision: 'approve' };
      const ending = field === 'next' ? `${base}, next: []` : base;
      expect(await after(hitl(`${base}, ${more}`), answer)).not.to.equal(await after(hitl(ending), answer));
    });
  }

  for (const [of, field, text, what] of [
    [
      'a compute node',
      'execution_target',
      flow('{id: a, type: compute, tools: [search], execution_target: docker}'),
      /no docker/,
    ],
    [
      'a compute node',
      'fail_fast',
      flow('{id: a, type: compute, handler: count, fail_fast: false}'),
      /`fail_fast` has no effect/,
    ],
    [
      'a compute node',
      'parallel',
      flow('{id: a, type: compute, handler: count, parallel: true}'),
      /`parallel` has no effect/,
    ],
    [
      'a team node',
      'merge_mode',
      flow(`{id: a, type: team, goal: T, members: [${MEMBER('a')}], merge_mode: merge}`),
      /`merge_mode` has no effect/,
    ],
    [
      'a team node',
      'max_iterations',
      flow(`{id: a, type: team, goal: T, members: [${MEMBER('a')}], max_iterations: 2}`),
      /goes with `team_formation: consensus`/,
    ],
    [
      '`llm_config`',
      'model_hint',
      flow('{id: a, goal: A, profile: x, llm_config: {model_hint: y}}'),
      /no effect beside `profile`/,
    ],
    ['constraints', 'max_cost_tier', flow('{id: a, goal: A, constraints: {max_cost_tier: FREE}}'), /no tiers of cost/],
    [
      'constraints',
      'filesystem_allowed',
      flow('{id: a, goal: A, constraints: {filesystem_allowed: true}}'),
      /no files/,
    ],
  ] as const)
    tells(of, field, text, what);
  ends('constraints', 'timeout', flow('{id: a, goal: A, role: slow, constraints: {timeout: 0.02}}'), 'node-timeout');

  const NODES = 'nodes: [{id: a, goal: A, role: ROLE}]';
  for (const [where, wrap] of [
    ['`execution`', (field: string) => `execution: {${field}}`],
    ['a workflow', (field: string) => field],
  ] as const) {
    const text = (field: string, role: string): string => `flow: {${wrap(field)}, ${NODES.replace('ROLE', role)}}\n`;
    ends(where, 'timeout', text('timeout: 0.02', 'slow'), 'workflow-timeout');
    ends(where, 'default_node_timeout', text('default_node_timeout: 0.02', 'slow'), 'node-timeout');
    differs(where, 'max_retries', text('max_retries: 0', 'failing'), text('max_retries: 1', 'failing'));
    const loop =
      'nodes: [{id: a, type: transform, transform: "i = default(i, 0) + 1"}, {id: c, type: condition, condition: "i > 9", branches: {true: end, false: a}}]';
    differs(where, 'max_iterations', `flow: {${loop}}\n`, `flow: {${wrap('max_iterations: 3')}, ${loop}}\n`);
  }
  const workflow = (more: string): string =>
    `flow: {${more} nodes: [{id: a, type: transform, transform: "x = 1", next: []}, {id: b, type: transform, transform: "y = 1", next: [a]}]}\n`;
  differs(
    'a workflow',
    'start_node',
    workflow('').replace('next: []', 'next: [b]').replace('next: [a]', 'next: []'),
    workflow('start_node: b,'),
  );
  differs('a workflow', 'description', workflow('start_node: b,'), workflow('start_node: b, description: D,'));
  differs('a workflow', 'metadata', workflow('start_node: b,'), workflow('start_node: b, metadata: {m: 1},'));
  tells('a workflow', 'name', workflow('start_node: b, name: other,'), /`name` has no effect/);
  for (const field of ['batch_config', 'temporal_context', 'services', 'schedule'])
    tells('a workflow', field, workflow(`start_node: b, ${field}: {},`), new RegExp(`\`${field}\` has no effect`));

  it('and what can be seen is the same where nothing differs', async () => {
    for (const type of Object.keys(carriers)) {
      const text = withField(type, 'works', '');
      expect(await seen(text)).to.equal(await seen(text));
    }
  });

  it('waits as long as `delay` of `retry` says', async () => {
    const begun = performance.now();
    await seen('flow: {nodes: [{id: a, goal: A, role: failing, retry: {attempts: 1, delay: 0.05}}]}');
    // Both runs together; a part of each delay is left to chance.
    expect(performance.now() - begun).to.be.at.least(50);
  });
  for (const field of ['attempts', 'delay']) shown.add(`\`retry\`: ${field}`);

  it('and these are all the fields that are read', async () => {
    // One of each that the rows above may not have needed.
    await check(
      'inpage: 1\nversion: 1\ndescription: D\nworkflows: {flow: {nodes: [{id: a, goal: A, retry: {attempts: 1}}]}}',
    );
    const names = /: (id|type|description|nodes|execution|inpage|workflows|version)$|^a node: /;
    expect([...asked].filter((field) => !shown.has(field) && !names.test(field)).sort()).to.deep.equal([]);
  });
});
