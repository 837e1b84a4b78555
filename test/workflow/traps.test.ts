/** What other readers of the format take in silence. */
import { expect } from 'chai';
import { faultsOf, flow, nodeOf, readOne, strictFlow } from './reading.ts';

const TWO = '{id: x, goal: X}';
const LAST = '{id: y, goal: Y, next: []}';

describe('the silent traps of the format', () => {
  it('reads branches that YAML takes for booleans as the words that they are', async () => {
    for (const [yes, no] of [
      ['true', 'false'],
      ['"true"', '"false"'],
      ['True', 'False'],
    ] as const) {
      const spec = await readOne(
        flow(
          `{id: c, type: condition, condition: a > 1, branches: {${yes}: x, ${no}: y}}`,
          '{id: x, goal: X, next: []}',
          LAST,
        ),
      );
      expect(nodeOf(spec, 'c', 'condition').branches).to.deep.equal({ true: 'x', false: 'y' });
    }
  });

  it('says that yes and no are texts', async () => {
    const nodes = ['{id: c, type: condition, condition: a > 1, branches: {yes: x, default: y}}', TWO, LAST];
    expect((await faultsOf(flow(...nodes))).notes).to.deep.equal([
      '3:61 `yes` is a text here, which no comparison gives. | Write `true`.',
    ]);
    expect((await faultsOf(strictFlow(...nodes))).errors).to.have.length(1);
  });

  it('keeps the whole path of a reference', async () => {
    const spec = await readOne(flow('{id: a, type: compute, tools: [t], inputs: {q: $ctx.symbol, deep: $ctx.a.b.c}}'));
    expect(nodeOf(spec, 'a', 'compute').inputs).to.deep.equal({ q: '$ctx.symbol', deep: '$ctx.a.b.c' });
  });

  it('says when something only looks like a reference', async () => {
    const { notes } = await faultsOf(flow('{id: a, type: compute, tools: [t], inputs: {q: $context.symbol}}'));
    expect(notes).to.deep.equal([
      '3:54 This looks like a reference but is taken as it stands. | References begin with `$ctx.` or `$errors.`; `$$` stands for `$`.',
    ]);
  });

  for (const [alias, field, node] of [
    ['forbidden_tools', 'blocked_tools', '{id: a, goal: A, forbidden_tools: [pay]}'],
    ['error_strategy', 'on_error', '{id: a, goal: A, error_strategy: continue}'],
    ['retry_attempts', 'retry', '{id: a, goal: A, retry_attempts: 2}'],
    ['options', 'choices', '{id: a, type: hitl, hitl_type: choice, prompt: Which?, options: [x, y]}'],
    ['nodes', 'parallel_nodes', '{id: a, type: parallel, nodes: [x]}'],
    ['join', 'join_strategy', '{id: a, type: parallel, parallel_nodes: [x], join: any}'],
    ['wait_for', 'join_strategy', '{id: a, type: parallel, parallel_nodes: [x], wait_for: all}'],
  ] as const) {
    it(`reads \`${alias}\` as \`${field}\`, and says so`, async () => {
      const more = node.includes('parallel') ? [TWO] : [];
      const message = `\`${alias}\` is no field of`;
      const { errors, notes } = await faultsOf(flow(node, ...more));
      expect(errors).to.deep.equal([]);
      expect(notes.join()).to.contain(message).and.to.contain(`Write \`${field}\``);
      expect((await faultsOf(strictFlow(node, ...more))).errors.join()).to.contain(message);
    });
  }

  it('honours what is read under another name', async () => {
    const spec = await readOne(
      flow('{id: a, goal: A, forbidden_tools: [pay], error_strategy: continue, retry_attempts: 2}'),
    );
    expect(spec.nodes[0]).to.deep.include({ onError: 'continue', retry: { attempts: 2 } });
    expect(spec.nodes[0]?.constraints.blockedTools).to.deep.equal(['pay']);
  });

  it('says that a transform has no input, output or params', async () => {
    const { errors } = await faultsOf(
      strictFlow('{id: a, type: transform, transform: "x = 1", input: y, output: z, params: {n: 1}}'),
    );
    expect(errors.map((error) => error.split(' ')[1])).to.deep.equal(['`input`', '`output`', '`params`']);
  });

  it('refuses expressions that would be compared as text, or do nothing', async () => {
    const condition = (text: string): string =>
      `{id: c, type: condition, condition: '${text}', branches: {true: x, false: x}}`;
    expect((await faultsOf(flow(condition('a > 1 and b > 2'), TWO))).errors).to.deep.equal([]);
    expect((await faultsOf(flow(condition('a > 1 and then b'), TWO))).errors.join()).to.match(
      /^3:59 The condition cannot be read: The expression should end here, not `b`/,
    );
    expect((await faultsOf(flow(condition('a = 1'), TWO))).errors.join()).to.match(/a comparison is `==`/);
    const { errors } = await faultsOf(flow('{id: t, type: transform, transform: "answer == 1"}'));
    expect(errors).to.deep.equal([
      '3:51 The transform cannot be read: This is no assignment: there should be `=` here. | Write `=` to assign.',
    ]);
  });

  it('says where in a text of several lines the fault is', async () => {
    const { errors } = await faultsOf(
      'f:\n  nodes:\n    - id: t\n      type: transform\n      transform: |\n        a = 1\n        b = lenn(a)\n',
    );
    expect(errors).to.deep.equal([
      '7:13 The transform cannot be read: There is no function `lenn`. | Did you mean `len`?',
    ]);
  });

  it('accepts roles that nobody knows', async () => {
    expect((await faultsOf(strictFlow('{id: a, role: analyst, goal: A}'))).errors).to.deep.equal([]);
  });

  it('says when a condition may match no branch', async () => {
    const { notes } = await faultsOf(
      flow('{id: c, type: condition, condition: kind, branches: {bill: x}}', '{id: x, goal: X}'),
    );
    expect(notes).to.deep.equal([
      '3:59 What matches no branch fails the run. | Write `default: …` as well, or both `true` and `false`.',
    ]);
  });

  it('says that silence is no yes', async () => {
    const { notes } = await faultsOf(
      flow('{id: a, type: hitl, prompt: Go?, timeout: 5, fallback: continue, default_value: true}'),
    );
    expect(notes).to.deep.equal(['3:72 Silence is no yes: `default_value` has no effect here. | Leave it out.']);
  });

  it('says when a handler of failures comes next by itself', async () => {
    const { notes } = await faultsOf(flow('{id: a, goal: A, on_error: h}', '{id: b, goal: B}', '{id: h, goal: H}'));
    expect(notes).to.deep.equal([
      '4:7 `b` goes on with `h`, which handles a failure, because it comes next. | Write `next: []` into `b` if it ends there.',
    ]);
  });

  it('counts iterations by node, so that a long chain is none', async () => {
    const chain = Array.from({ length: 40 }, (_, index) => `{id: n${index}, goal: G}`);
    expect((await readOne(flow(...chain))).execution.maxIterations).to.equal(25);
  });
});
