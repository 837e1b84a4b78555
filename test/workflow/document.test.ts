import { expect } from 'chai';
import type { AgentError } from '../../src/core/index.ts';
import { readDocument } from '../../src/workflow/index.ts';
import { parseYaml } from '../../src/yaml/index.ts';
import { rejection } from '../helpers/rejection.ts';
import { check, faultsOf, flow, nodeOf, read, readOne, strictFlow } from './reading.ts';

const TRANSFORM = '{id: done, transform: "answer = 1", type: transform}';

describe('a workflow document', () => {
  it('is read with a root of workflows, or as the map of names itself', async () => {
    const nodes = '{nodes: [{id: a, type: transform, transform: "x = 1"}]}';
    const named = await read(`workflows:\n  one: ${nodes}\n  two: ${nodes}\n`);
    const bare = await read(`one: ${nodes}\ntwo: ${nodes}\n`);
    expect(Object.keys(named.workflows)).to.deep.equal(['one', 'two']);
    expect(bare.workflows['two']?.nodes).to.have.length(1);
    expect(named.hash).to.equal(bare.hash);
  });

  it('is plain data, which a worker can be sent', async () => {
    const document = await read(flow(TRANSFORM));
    expect(structuredClone(document)).to.deep.equal(document);
    expect(JSON.parse(JSON.stringify(document))).to.deep.equal(document);
  });

  it('has a hash that says what it does, and not how it is laid out', async () => {
    const one = await read(flow('{id: a, type: transform, transform: "x = 1"}'));
    const spaced = await read(
      flow('# a remark', '{id: a,   type: transform,\n       transform: "x = 1"}').replace('- #', '#'),
    );
    const other = await read(flow('{id: a, type: transform, transform: "x = 2"}'));
    expect(spaced.hash).to.equal(one.hash);
    expect(other.hash).not.to.equal(one.hash);
  });

  it('has a hash that tells apart whatever a parser does', async () => {
    const values = [
      'null',
      '.inf',
      '-.inf',
      '.nan',
      '0',
      '-0',
      '"0"',
      'true',
      '"true"',
      '""',
      '[]',
      '{}',
      '[[]]',
      '[{}]',
    ];
    values.push('[[], []]', '[[[]]]', '{a: {}, b: 1}', '{a: {b: 1}}', '[a, b]', '[ab]', '["a", ""]', '["", "a"]');
    const hashes = await Promise.all(
      values.map(async (value) => (await read(flow(`{id: a, type: compute, tools: [t], inputs: {v: ${value}}}`))).hash),
    );
    expect(new Set(hashes).size).to.equal(values.length);
  });

  it('chains what has no next, and leaves conditions and branches out of the chain', async () => {
    const { nodes, start } = await readOne(
      flow(
        '{id: a, type: compute, tools: [t]}',
        '{id: b, type: condition, condition: x, branches: {true: c, false: end}}',
        '{id: c, type: parallel, parallel_nodes: [d, e]}',
        '{id: d, goal: D, next: [d2]}',
        '{id: d2, goal: D}',
        '{id: e, goal: E}',
        '{id: f, type: transform, transform: "y = 1"}',
      ),
    );
    expect(start).to.equal('a');
    expect(Object.fromEntries(nodes.map(({ id, next }) => [id, next]))).to.deep.equal({
      ...{ a: ['b'], b: [], c: ['f'], d: ['d2'], d2: [], e: [], f: [] },
    });
    expect(nodes[1]).to.deep.include({ branches: { true: 'c', false: '' } });
  });

  it('reads every field of an agent', async () => {
    const spec = await readOne(
      flow(
        `{id: a, name: Writer, role: analyst, goal: "About {{topic}}", tool_budget: 3, tools: [search], input_mapping: {topic: subject, who: $ctx.user.name},
       output: text, llm_config: {temperature: 0.2, model_hint: small, max_tokens: 100, top_p: 0.9, stop_sequences: [END]}, timeout: 20, profile: fast,
       retry: {attempts: 2, delay: 0.1}, on_error: continue, constraints: {max_tool_calls: 4, blocked_tools: [pay]}, pure: v1}`,
      ),
    );
    const agent = nodeOf(spec, 'a', 'agent');
    expect(agent).to.deep.include({
      ...{ name: 'Writer', role: 'analyst', toolBudget: 3, tools: ['search'], output: 'text', profile: 'fast' },
      inputs: { topic: '$ctx.subject', who: '$ctx.user.name' },
      llm: { temperature: 0.2, modelHint: 'small', maxTokens: 100, topP: 0.9, stopSequences: ['END'] },
      ...{ timeout: 20_000, retry: { attempts: 2, delay: 100 }, onError: 'continue', pure: 'v1' },
      constraints: { llm: true, network: true, write: true, maxToolCalls: 4, blockedTools: ['pay'] },
    });
    expect(agent.goal.text).to.equal('About {{topic}}');
  });

  it('takes an agent for granted, with its defaults', async () => {
    const agent = nodeOf(await readOne(flow('{id: a, goal: Do}')), 'a', 'agent');
    expect(agent).to.deep.include({
      role: 'executor',
      toolBudget: 15,
      output: 'a',
      timeout: 300_000,
      onError: 'fail',
      llm: {},
    });
  });

  it('reads every field of a compute node', async () => {
    const spec = await readOne(
      flow(`{id: a, type: compute, tools: [x, y], inputs: {q: "$ctx.a.b", n: 3, deep: {list: ["{{a}}"]}}, output: found, constraints: [llm, write, network],
       fail_fast: false, parallel: true, timeout_seconds: 5, execution_target: in_process}`),
    );
    expect(nodeOf(spec, 'a', 'compute')).to.deep.include({
      ...{ tools: ['x', 'y'], inputs: { q: '$ctx.a.b', n: 3, deep: { list: ['{{a}}'] } }, output: 'found' },
      ...{ failFast: false, parallel: true, timeout: 5000, constraints: { llm: false, network: false, write: false } },
    });
  });

  it('reads every field of a hitl node, whose timeout is the time that a person has', async () => {
    const spec = await readOne(
      flow(
        '{id: a, type: hitl, hitl_type: choice, prompt: "Which of {{n}}?", context_keys: [hits, ctx.user], choices: [s, m], default_value: m, timeout: 60, fallback: continue, output: size}',
      ),
    );
    const node = nodeOf(spec, 'a', 'hitl');
    expect(node).to.deep.include({
      ...{ hitlType: 'choice', contextKeys: ['hits', 'user'], choices: ['s', 'm'], defaultValue: 'm' },
      ...{ expires: 60_000, fallback: 'continue', output: 'size' },
    });
    expect(node).not.to.have.property('timeout');
    expect(nodeOf(await readOne(flow('{id: a, type: hitl, prompt: Go?}')), 'a', 'hitl')).not.to.have.property(
      'expires',
    );
  });

  it('reads every join of a parallel node', async () => {
    for (const [word, join, merge] of [
      ['all', 'all', undefined],
      ['any', { succeeded: 1 }, undefined],
      ['first', 'first', undefined],
      ['2', { succeeded: 2 }, undefined],
      ['merge', 'all', 'p'],
    ] as const) {
      const spec = await readOne(
        flow(
          `{id: p, type: parallel, parallel_nodes: [a, b], join_strategy: ${word}}`,
          '{id: a, goal: A}',
          '{id: b, goal: B}',
        ),
      );
      const node = nodeOf(spec, 'p', 'parallel');
      expect(node.join).to.deep.equal(join);
      expect(node.merge).to.equal(merge);
    }
  });

  it('reads a team and a sub-workflow', async () => {
    const document = await read(`
flow:
  nodes:
    - id: t
      type: team
      goal: Compare {{offers}}
      team_formation: consensus
      members:
        - {role: data analyst, goal: Read, tools: [search], tool_budget: 9}
        - {id: judge, role: critic, goal: Judge, expertise: [law]}
      total_tool_budget: 10
      merge_strategy: list
      max_iterations: 2
      continue_on_error: false
    - {id: s, type: workflow, workflow: inner, inputs: {x: $ctx.t}}
inner: {nodes: [{id: a, type: transform, transform: "y = x"}]}
`);
    const flowSpec = document.workflows['flow'];
    if (!flowSpec) throw new Error('There is no flow.');
    const team = nodeOf(flowSpec, 't', 'team');
    expect(team).to.deep.include({
      formation: 'consensus',
      merge: 'list',
      output: 'team_result',
      continueOnError: false,
      maxIterations: 2,
    });
    expect(team.members.map(({ id, toolBudget }) => [id, toolBudget])).to.deep.equal([
      // A quarter of ten, for each of two rounds.
      ['data_analyst_1', 2],
      ['judge', 2],
    ]);
    expect(nodeOf(flowSpec, 's', 'workflow')).to.deep.include({ inputs: { x: '$ctx.t' }, output: 's' });
  });

  it('applies all of `execution`, wherever it stands', async () => {
    const inside = await readOne(
      `f:\n  execution: {timeout: 60, default_node_timeout: 7, max_iterations: 3, max_retries: 2}\n  nodes: [{id: a, goal: A}, {id: b, goal: B, timeout: 1, retry: 0}]`,
    );
    const beside = await readOne(
      `f:\n  timeout: 60\n  default_node_timeout: 7\n  max_iterations: 3\n  max_retries: 2\n  nodes: [{id: a, goal: A}, {id: b, goal: B, timeout: 1, retry: 0}]`,
    );
    for (const { execution, nodes } of [inside, beside]) {
      expect(execution).to.deep.equal({ timeout: 60_000, maxIterations: 3 });
      expect(nodes[0]).to.deep.include({ timeout: 7000, retry: { attempts: 2 } });
      expect(nodes[1]).to.include({ timeout: 1000 });
      expect(nodes[1]).not.to.have.property('retry');
    }
  });

  it('tells every fault with file, line, column, text and a suggestion', async () => {
    const { errors } = await check(
      strictFlow(
        '{id: a, type: compute, tools: [t], tool_buget: 3}',
        '{id: b, type: transfrom, transform: "x = 1"}',
        '{id: c, type: hitl, hitl_type: aproval, prompt: Go?, next: [e]}',
      ),
      { file: 'flows/a.yaml' },
    );
    expect(errors).to.deep.equal([
      {
        severity: 'error',
        file: 'flows/a.yaml',
        line: 5,
        column: 44,
        text: 'tool_buget',
        message: '`tool_buget` is no field of a compute node.',
      },
      {
        severity: 'error',
        file: 'flows/a.yaml',
        line: 6,
        column: 23,
        text: 'transfrom',
        message: 'There is no such type of node.',
        suggestion: 'Did you mean `transform`?',
      },
      {
        severity: 'error',
        file: 'flows/a.yaml',
        line: 7,
        column: 40,
        text: 'aproval',
        message: '`hitl_type` cannot be this.',
        suggestion: 'Did you mean `approval`?',
      },
      {
        severity: 'error',
        file: 'flows/a.yaml',
        line: 7,
        column: 69,
        text: 'e',
        message: 'There is no node `e`.',
        suggestion: 'There are: `a`, `c`.',
      },
    ]);
  });

  it('is refused with all faults in the details of one error', async () => {
    const error = (await rejection(readDocument(flow('{id: a, goal: A, next: [b, c]}'), parseYaml))) as AgentError;
    expect(error.code).to.equal('invalid-workflow');
    expect(error.message).to.contain('workflow.yaml:3:31 There is no node `b`.');
    expect(error.details).to.have.property('faults').with.length(2);
  });

  it('leaves unknown fields out with a note, unless it is strict', async () => {
    const node = '{id: a, goal: A, colour: red}';
    expect(await faultsOf(flow(node))).to.deep.equal({
      errors: [],
      notes: ['3:24 `colour` is no field of an agent node, and is left out.'],
    });
    expect((await faultsOf(strictFlow(node))).errors).to.have.length(1);
  });

  it('notes what a page cannot serve', async () => {
    const { errors, notes } = await faultsOf(`
flow:
  services: {db: {image: postgres}}
  schedule: {cron: "* * * * *"}
  batch_config: {size: 3}
  temporal_context: {as_of: today}
  nodes:
    - {id: a, type: compute, tools: [t], execution_target: docker, constraints: {max_cost_tier: FREE}}
`);
    expect(errors).to.deep.equal([]);
    expect(notes.map((note) => note.split(' ')[1])).to.deep.equal([
      '`services`',
      '`schedule`',
      '`batch_config`',
      '`temporal_context`',
      'A',
      '`max_cost_tier`',
    ]);
  });

  for (const [what, text, fault] of [
    ['a text that is no YAML', 'a: [1', /^1:6 /],
    ['a text that is no map', '- a', /no workflow file/],
    ['a text without workflows', 'inpage: 1', /no workflow in the text/],
    ['another version of the format', 'inpage: 2\nf: {nodes: [{id: a, goal: A}]}', /^1:9 This reader knows version 1/],
    [
      'two names that are the same',
      'f: {nodes: [{id: a, goal: A, goal: B}]}',
      /^1:30 `goal` is there already, in line 1/,
    ],
    ['two nodes of one id', flow('{id: a, goal: A}', '{id: a, goal: B}'), /^4:12 There is a node `a` already/],
    ['an id that cannot be a name', flow('{id: "a b", goal: A}'), /^3:12 The id of a node consists of/],
    ['a node without an id', flow('{goal: A}'), /^3:7 A node needs `id`/],
    ['a node that is no map', flow('a'), /^3:7 A node is a map/],
    ['a compute node without tools', flow('{id: a, type: compute}'), /needs `tools`/],
    [
      'a compute node with tools and a handler',
      flow('{id: a, type: compute, tools: [t], handler: h}'),
      /tools or a handler/,
    ],
    [
      'a tool that the constraints block',
      flow('{id: a, type: compute, tools: [t], constraints: {blocked_tools: [t]}}'),
      /block this tool/,
    ],
    [
      'a word that cannot be blocked',
      flow('{id: a, goal: A, constraints: [netwrok]}'),
      /nothing that can be blocked. \| Did you mean `network`/,
    ],
    ['an agent that may not use a model', flow('{id: a, goal: A, constraints: [llm]}'), /needs a model/],
    ['a condition without branches', flow('{id: a, type: condition, condition: x}'), /needs `branches`/],
    ['a number that is none', flow('{id: a, goal: A, timeout: soon}'), /`timeout` has to be a number, not a text/],
    ['a number that is too small', flow('{id: a, goal: A, llm_config: {temperature: 3}}'), /from 0 to 2/],
    ['a list that is a text', 'f: {nodes: a}', /`nodes` has to be a list/],
    ['a choice without choices', flow('{id: a, type: hitl, hitl_type: choice, prompt: Which?}'), /needs `choices`/],
    [
      'a default that is none of the choices',
      flow('{id: a, type: hitl, hitl_type: choice, prompt: Which?, choices: [a], default_value: b}'),
      /none of the choices/,
    ],
    [
      'more to wait for than there is',
      flow('{id: p, type: parallel, parallel_nodes: [a], join_strategy: 2}', '{id: a, goal: A}'),
      /only 1 branches/,
    ],
    [
      'a formation that is not served',
      flow('{id: t, type: team, goal: G, team_formation: hierarchical, members: [{role: r, goal: g}]}'),
      /not served/,
    ],
    [
      'a node that nothing leads to',
      flow('{id: a, goal: A, next: []}', '{id: b, goal: B}'),
      /^4:7 Nothing leads to `b`/,
    ],
    ['a start that is not there', 'f: {start_node: b, nodes: [{id: a, goal: A}]}', /^1:17 There is no node `b`/],
    ['a handler that is not there', flow('{id: a, goal: A, on_error: fial}'), /^3:34 There is no node `fial`/],
    [
      'a workflow that is not there',
      flow('{id: a, type: workflow, workflow: flwo}'),
      /^3:41 There is no workflow `flwo` in the document. \| Did you mean `flow`/,
    ],
    ['a workflow that runs itself', flow('{id: a, type: workflow, workflow: flow}'), /runs itself: flow → flow/],
    [
      'a branch that is in two branches',
      flow(
        '{id: p, type: parallel, parallel_nodes: [a, b]}',
        '{id: a, goal: A, next: [c]}',
        '{id: b, goal: B, next: [c]}',
        '{id: c, goal: C}',
      ),
      /`c` is in the branch `a` and in this one. \| Where branches meet is after the parallel node/,
    ],
    [
      'a way into a branch',
      flow(
        '{id: x, goal: X, next: [p, a]}',
        '{id: p, type: parallel, parallel_nodes: [a, b], next: []}',
        '{id: a, goal: A}',
        '{id: b, goal: B}',
      ),
      /`x` leads to `a`, which is part of the branch/,
    ],
    [
      'a beginning within a branch',
      flow('{id: a, goal: A}', '{id: p, type: parallel, parallel_nodes: [a], next: []}'),
      /cannot begin within a branch/,
    ],
    ['a tag', flow('{id: a, goal: !!python/object:os.system A}'), /./],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { errors } = await faultsOf(text);
      expect(errors).not.to.deep.equal([]);
      expect(errors.join('\n')).to.match(fault);
    });
  }

  it('refuses names that every object has', async () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const { errors } = await faultsOf(`f:\n  metadata: {${name}: {polluted: true}}\n  nodes: [{id: a, goal: A}]`);
      expect(errors).to.deep.equal([`2:14 \`${name}\` cannot be used as a name.`]);
    }
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  it('refuses aliases that come to too much, and those within themselves', async () => {
    const bomb = Array.from(
      { length: 12 },
      (_, n) =>
        `a${n}: &a${n} [${
          n === 0
            ? 'x'
            : Array(9)
                .fill(`*a${n - 1}`)
                .join(',')
        }]`,
    ).join('\n');
    expect((await faultsOf(bomb)).errors.join()).to.match(/more than 20000 values/);
    expect((await faultsOf('f: &f {nodes: [*f]}')).errors.join()).to.match(/within what it stands for/);
  });

  it('refuses what is nested too deeply', async () => {
    expect((await faultsOf(`f: ${'['.repeat(100)}${']'.repeat(100)}`)).errors.join()).to.match(/deeper than 40 levels/);
    expect((await faultsOf(`f: ${'['.repeat(50_000)}`)).errors).not.to.deep.equal([]);
  });

  it('takes values from aliases', async () => {
    const spec = await readOne(
      'f:\n  metadata: {tools: &tools [search]}\n  nodes: [{id: a, type: compute, tools: *tools}]',
    );
    expect(nodeOf(spec, 'a', 'compute').tools).to.deep.equal(['search']);
  });
});
