import { expect } from 'chai';
import type { AgentError } from '../../src/core/index.ts';
import { compileWorkflow } from '../../src/workflow/index.ts';
import type { AgentNodeSpec } from '../../src/workflow/index.ts';
import { deferred } from '../helpers/deferred.ts';
import { rejection } from '../helpers/rejection.ts';
import { flow, read } from './reading.ts';
import { dataOf, load, tool } from './running.ts';

const set = (id: string, text: string, more = ''): string =>
  `{id: ${id}, type: transform, transform: '${text}'${more}}`;
const failure = async (promise: Promise<unknown>): Promise<AgentError> => (await rejection(promise)) as AgentError;

describe('a compiled workflow', () => {
  it('goes from node to node, and gives the data that they have made', async () => {
    const text = flow(set('a', 'x = n + 1'), set('b', 'y.z = x * 2'));
    expect(await dataOf(text, { n: 1 })).to.deep.equal({ n: 1, x: 2, y: { z: 4 } });
  });

  it('is named and versioned by its document', async () => {
    const document = await read(flow(set('a', 'x = 1')));
    expect(compileWorkflow(document)).to.include({ id: 'flow', version: document.hash });
  });

  it('takes the branch that a value is named as, by its truth, or the default', async () => {
    const text = (condition: string, branches: string): string =>
      flow(
        `{id: c, type: condition, condition: '${condition}', branches: ${branches}}`,
        set('x', 'at = "x"', ', next: []'),
        set('y', 'at = "y"', ', next: []'),
      );
    const at = async (condition: string, branches: string, data = {}): Promise<unknown> =>
      (await dataOf(text(condition, branches), data))['at'];
    expect(await at('n > 1', '{true: x, false: y}', { n: 2 })).to.equal('x');
    expect(await at('n > 1', '{true: x, false: y}', { n: 1 })).to.equal('y');
    expect(await at('kind', '{bill: x, default: y}', { kind: 'bill' })).to.equal('x');
    expect(await at('kind', '{bill: x, default: y}', { kind: 'other' })).to.equal('y');
    expect(await at('hits', '{true: x, false: y}', { hits: ['one'] })).to.equal('x');
    expect(await at('hits', '{true: x, false: y}')).to.equal('y');
    expect(await at('n', '{1: x, 2: y}', { n: 2 })).to.equal('y');
  });

  it('fails where a condition has no branch for its value', async () => {
    const text = flow('{id: c, type: condition, condition: kind, branches: {bill: x}}', set('x', 'at = "x"'));
    expect(await failure(dataOf(text, { kind: 'other' })))
      .to.include({ code: 'node-failed' })
      .and.to.have.property('message')
      .that.contains('gave "other", for which there is no branch');
  });

  it('ends at `end` and where `next` is empty', async () => {
    expect(
      await dataOf(
        flow(
          set('a', 'x = 1', ', next: [end]'),
          '{id: c, type: condition, condition: x, branches: {true: end, false: a}, on_error: fail}',
        ).replace(', next: [end]', ', next: [c]'),
      ),
    ).to.deep.equal({ x: 1 });
    expect(await dataOf(flow(set('a', 'x = 1', ', next: []')))).to.deep.equal({ x: 1 });
  });

  it('asks registered conditions and transforms by name, and what they give may come later', async () => {
    const text = flow(
      '{id: c, type: condition, condition: is_big, branches: {true: t, false: end}}',
      '{id: t, type: transform, transform: shorten}',
    );
    const setting = {
      conditions: { is_big: async ({ n }: Readonly<Record<string, unknown>>) => Number(n) > 10 },
      transforms: {
        shorten: async ({ text: long }: Readonly<Record<string, unknown>>) => ({ text: String(long).slice(0, 2) }),
      },
    };
    expect(await dataOf(text, { n: 11, text: 'long' }, setting)).to.deep.equal({ n: 11, text: 'lo' });
    expect(await dataOf(text, { n: 9, text: 'long' }, setting)).to.deep.equal({ n: 9, text: 'long' });
  });

  it('says which names are not registered, all at once and at their places', async () => {
    const document = await read(
      flow(
        '{id: a, type: compute, handler: fetsh}',
        '{id: t, type: transform, transform: shorten}',
        '{id: g, goal: Go}',
      ),
    );
    const error = await failure(
      Promise.resolve().then(() => compileWorkflow(document, 'flow', { handlers: { fetch: () => 1 } })),
    );
    expect(error.code).to.equal('invalid-workflow');
    expect(error.message).to.contain(
      'workflow.yaml:3:39 No handler is registered as `fetsh`. (`fetsh`) Did you mean `fetch`?',
    );
    expect(error.message).to.contain('No transform is registered as `shorten`');
    expect(error.message).to.contain('`g` needs an agent, and there is none here');
  });

  it('refuses a workflow that the document does not have', async () => {
    const document = await read(flow(set('a', 'x = 1')));
    const error = await failure(Promise.resolve().then(() => compileWorkflow(document, 'flwo')));
    expect(error).to.include({ code: 'unknown-workflow', fix: 'Did you mean `flow`?' });
  });

  it('says where an expression failed', async () => {
    const error = await failure(dataOf(flow(set('a', 'x = n * 2')), { n: 'two' }));
    expect(error).to.include({ code: 'expression-failed' });
    expect(error.message).to.match(/\(workflow\.yaml:3:\d+\)$/);
  });

  describe('with several ways at once', () => {
    it('runs all of `next`, and waits where they meet', async () => {
      const text = flow(
        set('a', 'n = 1', ', next: [b, c]'),
        set('b', 'b = n', ', next: [b2]'),
        set('b2', 'b = b + 1', ', next: [m]'),
        set('c', 'c = n', ', next: [m]'),
        set('m', 'm = default(m, 0) + b + c'),
      );
      expect(await dataOf(text)).to.deep.equal({ n: 1, b: 2, c: 1, m: 3 });
    });

    it('names both nodes that write the same', async () => {
      const text = flow(
        set('a', 'n = 1', ', next: [b, c]'),
        set('b', 'x = 1', ', next: []'),
        set('c', 'x = 2', ', next: []'),
      );
      const error = await failure(dataOf(text));
      expect(error).to.include({ code: 'write-conflict' });
      expect(error.message).to.match(/"b".*"c"/);
    });
  });

  describe('with a loop', () => {
    const text = (most: string): string =>
      `flow:\n  max_iterations: ${most}\n  nodes:\n    - ${set('a', 'n = default(n, 0) + 1')}\n    - {id: c, type: condition, condition: n >= 5, branches: {true: end, false: a}}\n`;

    it('goes round until its condition ends it', async () => {
      expect(await dataOf(text('9'))).to.deep.equal({ n: 5 });
    });

    it('fails after as many rounds as `max_iterations` allows', async () => {
      const error = await failure(dataOf(text('3')));
      expect(error).to.include({ code: 'iteration-limit' });
      expect(error.message).to.contain('"a" has run 3 times');
    });

    it('does not take a long chain for one', async () => {
      const chain = Array.from({ length: 60 }, (_, index) => set(`n${index}`, `x = ${index}`));
      expect(await dataOf(flow(...chain))).to.deep.equal({ x: 59 });
    });
  });

  describe('with compute nodes', () => {
    it('calls a tool with what its inputs refer to', async () => {
      const search = tool('search', ({ q, n }) => [`${String(q)}-${String(n)}`]);
      const text = flow('{id: hits, type: compute, tools: [search], inputs: {q: $ctx.user.query, n: 3}}');
      expect(await dataOf(text, { user: { query: 'shoes' } }, { tools: [search] })).to.deep.include({
        hits: ['shoes-3'],
      });
    });

    it('calls several in their order, or at once, and keeps what each gave', async () => {
      const log: string[] = [];
      const one = tool('one', async () => {
        log.push('one begins');
        await Promise.resolve();
        log.push('one ends');
        return 1;
      });
      const two = tool('two', () => {
        log.push('two');
        return 2;
      });
      const node = (more: string): string => flow(`{id: all, type: compute, tools: [one, two]${more}}`);
      expect(await dataOf(node(''), {}, { tools: [one, two] })).to.deep.equal({ all: { one: 1, two: 2 } });
      expect(log.splice(0)).to.deep.equal(['one begins', 'one ends', 'two']);
      await dataOf(node(', parallel: true'), {}, { tools: [one, two] });
      expect(log).to.have.members(['one begins', 'two', 'one ends']);
      expect(log.indexOf('two')).to.be.below(2);
    });

    it('fails with the first tool that fails, or only when all do', async () => {
      const bad = tool('bad', () => {
        throw new Error('No stock.');
      });
      const good = tool('good', () => 'ok');
      const node = (tools: string, more = ''): string => flow(`{id: all, type: compute, tools: ${tools}${more}}`);
      expect(await failure(dataOf(node('[bad, good]'), {}, { tools: [bad, good] }))).to.include({
        code: 'tool-failed',
      });
      expect(await dataOf(node('[bad, good]', ', fail_fast: false'), {}, { tools: [bad, good] })).to.deep.equal({
        all: { bad: { error: 'No stock.' }, good: 'ok' },
      });
      expect(await failure(dataOf(node('[bad]', ', fail_fast: false'), {}, { tools: [bad] }))).to.include({
        code: 'tool-failed',
      });
    });

    it('calls a registered handler', async () => {
      const handlers = {
        total: ({ prices }: Readonly<Record<string, unknown>>) => (prices as number[]).reduce((a, b) => a + b),
      };
      expect(
        await dataOf(
          flow('{id: sum, type: compute, handler: total, inputs: {prices: $ctx.prices}}'),
          { prices: [1, 2] },
          { handlers },
        ),
      ).to.deep.include({ sum: 3 });
    });

    it('fails where an input refers to nothing', async () => {
      const error = await failure(
        dataOf(
          flow('{id: a, type: compute, tools: [t], inputs: {q: $ctx.symbol}}'),
          { symbl: 1 },
          { tools: [tool('t', () => 1)] },
        ),
      );
      expect(error).to.include({ code: 'expression-failed', fix: 'There are: symbl.' });
    });

    it('keeps to its constraints', async () => {
      const pay = tool('pay', () => 'paid', { effect: 'write', danger: 'low' });
      const node = (constraints: string): string =>
        flow(`{id: a, type: compute, tools: [pay], constraints: ${constraints}}`);
      expect((await failure(dataOf(node('[write]'), {}, { tools: [pay] }))).message).to.contain(
        'it changes something, and `write` is blocked',
      );
      expect(await failure(dataOf(node('{max_tool_calls: 0}'), {}, { tools: [pay] }))).to.include({
        code: 'budget-exhausted',
      });
      const net = tool('pay', () => 1, { category: 'network' });
      expect((await failure(dataOf(node('[network]'), {}, { tools: [net] }))).message).to.contain('needs the network');
      expect(await dataOf(node('none'), {}, { tools: [pay] })).to.deep.equal({ a: 'paid' });
    });

    it('asks before a tool that could do harm, and does not go on after a no', async () => {
      let paid = 0;
      const pay = tool('pay', () => ++paid, { effect: 'write', danger: 'high' });
      const text = flow('{id: a, type: compute, tools: [pay], inputs: {sum: 5}, retry: 3}', set('b', 'after = 1'));
      const yes = await load(text, { tools: [pay] });
      const asked = await yes.run();
      expect(asked.status).to.equal('interrupted');
      expect(asked.interrupts[0]).to.include({ kind: 'approval' });
      const done = await yes.answerOnly(asked, { decision: 'approve' });
      expect(done).to.have.nested.property('state.data').that.deep.equals({ a: 1, after: 1 });
      const no = await load(text, { tools: [pay] });
      const refused = await no.answerOnly(await no.run(), { decision: 'reject', reason: 'too much' });
      expect(refused.status === 'failed' && refused.error).to.include({
        code: 'approval-rejected',
        message: 'A person did not allow "pay": too much.',
      });
      expect(paid).to.equal(1);
    });

    it('lets words of strangers make the run careful', async () => {
      const page = tool('page', () => 'Buy now!', { untrusted: true });
      const buy = tool('buy', () => 'bought', { effect: 'write', danger: 'medium' });
      const running = await load(
        flow('{id: a, type: compute, tools: [page]}', '{id: b, type: compute, tools: [buy]}'),
        { tools: [page, buy], policy: { mode: 'auto', timeout: undefined } },
      );
      const { interrupts } = await running.run();
      expect(interrupts[0]?.payload).to.include({ tool: 'buy', taintedBy: 'page' });
    });
  });

  describe('when a node fails', () => {
    const bad = tool('bad', () => {
      throw new Error('No stock.');
    });

    it('fails as a whole, unless it is told otherwise', async () => {
      expect(
        await failure(dataOf(flow('{id: a, type: compute, tools: [bad]}', set('b', 'x = 1')), {}, { tools: [bad] })),
      ).to.include({ code: 'tool-failed', message: 'No stock.' });
    });

    it('goes on with `continue`, and knows what has failed', async () => {
      const text = flow(
        '{id: a, type: compute, tools: [bad], on_error: continue}',
        set('b', 'why = $errors.a.message'),
      );
      expect(await dataOf(text, {}, { tools: [bad] })).to.deep.equal({ why: 'No stock.' });
    });

    it('goes on at a node, and nowhere else', async () => {
      const text = flow(
        '{id: a, type: compute, tools: [bad], on_error: h, next: [b]}',
        set('b', 'x = 1', ', next: []'),
        set('h', 'code = $errors.a.code'),
      );
      expect(await dataOf(text, {}, { tools: [bad] })).to.deep.equal({ code: 'tool-failed' });
    });

    it('takes a condition that fails to its default', async () => {
      const text = flow(
        "{id: c, type: condition, condition: 'n > 1', branches: {true: x, default: y}, on_error: continue}",
        set('x', 'at = "x"', ', next: []'),
        set('y', 'at = "y"', ', next: []'),
      );
      expect(await dataOf(text, { n: 'two' })).to.deep.include({ at: 'y' });
    });

    it('is tried again as often as `retry` or `max_retries` says', async () => {
      for (const text of [
        flow('{id: a, type: compute, tools: [flaky], retry: {attempts: 2, delay: 0.001}}'),
        'f:\n  max_retries: 2\n  nodes: [{id: a, type: compute, tools: [flaky], retry: {attempts: 2, delay: 0.001}}]',
      ]) {
        let tries = 0;
        const flaky = tool('flaky', () => {
          if (++tries < 3) throw new Error('Busy.');
          return tries;
        });
        expect(await dataOf(text, {}, { tools: [flaky] })).to.deep.equal({ a: 3 });
      }
    });

    it('never makes a write again that may have had its effect', async () => {
      let tries = 0;
      const order = tool(
        'order',
        () => {
          tries++;
          throw new Error('Gone.');
        },
        { effect: 'write', danger: 'low' },
      );
      expect(
        await failure(dataOf(flow('{id: a, type: compute, tools: [order], retry: 3}'), {}, { tools: [order] })),
      ).to.include({ message: 'Gone.' });
      expect(tries).to.equal(1);
    });

    it('does not make finished calls again when a later one is tried again', async () => {
      const calls: string[] = [];
      const order = tool('order', () => calls.push('order'), { effect: 'write', danger: 'low' });
      const flaky = tool('flaky', () => {
        calls.push('flaky');
        if (calls.length < 4) throw new Error('Busy.');
        return 1;
      });
      await dataOf(
        flow('{id: a, type: compute, tools: [order, flaky], retry: {attempts: 3, delay: 0.001}}'),
        {},
        { tools: [order, flaky] },
      );
      expect(calls).to.deep.equal(['order', 'flaky', 'flaky', 'flaky']);
    });

    it('is stopped when its time is up', async () => {
      const stuck = tool('stuck', () => new Promise(() => undefined));
      const text = flow(
        '{id: a, type: compute, tools: [stuck], timeout: 0.02, on_error: continue}',
        set('b', 'why = $errors.a.code'),
      );
      expect(await dataOf(text, {}, { tools: [stuck] })).to.deep.equal({ why: 'node-timeout' });
    });

    it('goes on with the thread once the cause is mended', async () => {
      let isBroken = true;
      const mended = tool('mended', () => {
        if (isBroken) throw new Error('Down.');
        return 'up';
      });
      const running = await load(flow(set('x', 'n = default(n, 0) + 1'), '{id: a, type: compute, tools: [mended]}'), {
        tools: [mended],
      });
      expect((await running.run()).status).to.equal('failed');
      isBroken = false;
      const { state } = await running.run(null);
      expect(state.data).to.deep.equal({ n: 1, a: 'up' });
    });
  });

  describe('with agents', () => {
    it('asks them by the port, with templates, mappings, tools and budgets', async () => {
      const asked: unknown[] = [];
      const say = (
        spec: { id: string; role: string; toolBudget: number; tools?: readonly string[]; llm: object },
        prompt: string,
      ): string => {
        asked.push([spec.id, spec.role, prompt, spec.toolBudget, spec.tools, spec.llm]);
        return `about ${prompt}`;
      };
      const text = flow(
        '{id: a, role: analyst, goal: "Sum up {{topic}} for {who}", input_mapping: {topic: subject}, tools: [search], tool_budget: 3, constraints: {max_tool_calls: 2}, llm_config: {temperature: 0}, output: sum}',
      );
      expect(await dataOf(text, { subject: 'rain', who: 'Ada' }, { say })).to.deep.include({
        sum: 'about Sum up rain for Ada',
      });
      expect(asked).to.deep.equal([['a', 'analyst', 'Sum up rain for Ada', 2, ['search'], { temperature: 0 }]]);
    });

    it('tells them which tools their constraints allow', async () => {
      const pay = tool('pay', () => 1, { effect: 'write' });
      const allowed: boolean[] = [];
      await dataOf(
        flow('{id: a, goal: Go, constraints: [write]}', '{id: b, goal: Go}'),
        {},
        {
          say: ({ allows }) => {
            allowed.push(allows(pay));
            return '';
          },
        },
      );
      expect(allowed).to.deep.equal([false, true]);
    });

    it('holds what lies in a node to the constraints of that node, however deep', async () => {
      const pay = tool('pay', () => 1, { effect: 'write' });
      const find = tool('find', () => 1);
      const seen: Record<string, unknown> = {};
      const text = `${flow(
        '{id: p, type: parallel, parallel_nodes: [a, w], constraints: {write_allowed: false, max_tool_calls: 3}, next: [b]}',
        '{id: a, goal: Go, constraints: {blocked_tools: [find]}}',
        '{id: w, type: workflow, workflow: inner}',
        '{id: b, goal: Go}',
      )}inner: {nodes: [{id: t, type: team, goal: T, members: [{id: m, goal: G}, {id: n, goal: G}]}]}\n`;
      const say = ({ id, allows, toolBudget }: AgentNodeSpec): string => {
        seen[id] = [allows(pay), allows(find), toolBudget];
        return '';
      };
      await dataOf(text, {}, { say });
      expect(seen).to.deep.equal({
        ...{ a: [false, false, 3], 't.m': [false, true, 1], 't.n': [false, true, 1] },
        b: [true, true, 15],
      });
      const blocked = text.replace('{write_allowed: false, max_tool_calls: 3}', '[llm]');
      const error = (await rejection(load(blocked, { say: () => '' }))) as AgentError;
      expect(error.message).to.match(/:4:\d+ This agent needs a model, and `llm` is blocked around it/);
    });
  });

  describe('with a parallel node', () => {
    const branches = (join: string, ...nodes: readonly string[]): string =>
      flow(
        `{id: p, type: parallel, parallel_nodes: [a, b, c], join_strategy: ${join}}`,
        ...nodes,
        set('z', 'done = true'),
      );

    it('runs all branches at once, each of them to its end', async () => {
      const all = deferred<undefined>();
      let begun = 0;
      const say = async ({ id }: { id: string }): Promise<string> => {
        if (++begun === 3) all.resolve(undefined);
        await all.promise;
        return `${id} says`;
      };
      const text = branches(
        'all',
        '{id: a, goal: A, next: [a2]}',
        set('a2', 'a2 = a + "!"'),
        '{id: b, goal: B}',
        '{id: c, goal: C}',
      );
      expect(await dataOf(text, {}, { say })).to.deep.equal({
        a: 'a says',
        a2: 'a says!',
        b: 'b says',
        c: 'c says',
        done: true,
      });
    });

    it('fails when a branch fails, and honours its own `on_error`', async () => {
      const bad = tool('bad', () => {
        throw new Error('No.');
      });
      const nodes = ['{id: a, type: compute, tools: [bad]}', set('b', 'b = 1'), set('c', 'c = 1')];
      expect(await failure(dataOf(branches('all', ...nodes), {}, { tools: [bad] }))).to.include({ message: 'No.' });
      const tolerant = branches('all, on_error: continue', ...nodes);
      expect(await dataOf(tolerant, {}, { tools: [bad] })).to.deep.include({ done: true });
    });

    it('lets conditions and failures within a branch be', async () => {
      const bad = tool('bad', () => {
        throw new Error('No.');
      });
      const text = branches(
        'all',
        '{id: a, type: condition, condition: n > 1, branches: {true: a1, false: end}}',
        set('a1', 'a = "big"', ', next: []'),
        '{id: b, type: compute, tools: [bad], on_error: continue}',
        set('c', 'c = 1'),
      );
      expect(await dataOf(text, { n: 2 }, { tools: [bad] })).to.deep.equal({ n: 2, a: 'big', c: 1, done: true });
      expect(await dataOf(text, { n: 0 }, { tools: [bad] })).to.deep.equal({ n: 0, c: 1, done: true });
    });

    it('goes on as soon as one has succeeded, stops the others, and keeps nothing of them', async () => {
      for (const join of ['any', 'first']) {
        const stopped: string[] = [];
        const say = ({ id }: { id: string }, _: string, signal: AbortSignal): Promise<string> =>
          id === 'b'
            ? Promise.resolve('b')
            : new Promise(() => {
                signal.addEventListener('abort', () => stopped.push(id));
              });
        const text = branches(
          join,
          '{id: a, goal: A}',
          '{id: b, goal: B}',
          '{id: c0, goal: C, next: [c1]}',
          set('c1', 'c1 = 1'),
        ).replace('a, b, c]', 'a, b, c0]');
        const running = await load(text, { say });
        const result = await running.run();
        expect(result.state.data).to.deep.equal({ b: 'b', done: true });
        expect(stopped).to.have.members(['a', 'c0']);
        const ends = running.events.flatMap((event) =>
          event.type === 'node-end' ? [`${event.node} ${event.outcome}`] : [],
        );
        expect(ends).to.include.members(['a cancelled', 'b ok', 'c0 cancelled', 'p ok']);
        expect(ends).to.have.length(running.events.filter(({ type }) => type === 'node-start').length);
      }
    });

    it('waits for as many as are wanted, whatever fails before', async () => {
      const bad = tool('bad', () => {
        throw new Error('No.');
      });
      const two = branches('2', '{id: a, type: compute, tools: [bad]}', set('b', 'b = 1'), '{id: c, goal: C}');
      expect(await dataOf(two, {}, { tools: [bad], say: () => 'c' })).to.deep.equal({ b: 1, c: 'c', done: true });
      const error = await failure(dataOf(two, {}, { tools: [bad], say: () => Promise.reject(new Error('Nor I.')) }));
      expect(error.message).to.equal('Of "p" only 1 of 3 branches succeeded, and 2 are needed.');
    });

    it('takes a question back that a lost branch has asked', async () => {
      const slow = deferred<string>();
      const text = branches('any', '{id: a, type: hitl, prompt: Go?}', '{id: b, goal: B}', '{id: c, goal: C}');
      const running = await load(text, { say: ({ id }) => (id === 'b' ? slow.promise : new Promise(() => undefined)) });
      const run = running.run();
      slow.resolve('b');
      const result = await run;
      expect(result).to.include({ status: 'completed' });
      expect(result.interrupts).to.deep.equal([]);
      expect(result.state.data).to.deep.equal({ b: 'b', done: true });
    });

    it('puts together what the branches gave', async () => {
      const merged = async (a: string, b: string): Promise<unknown> =>
        (
          await dataOf(
            flow(
              '{id: p, type: parallel, parallel_nodes: [a, b], join_strategy: merge, output: all}',
              `{id: a, type: compute, handler: a}`,
              `{id: b, type: compute, handler: b}`,
            ),
            {},
            { handlers: { a: () => JSON.parse(a) as unknown, b: () => JSON.parse(b) as unknown } },
          )
        )['all'];
      expect(await merged('{"x": 1}', '{"y": 2}')).to.deep.equal({ x: 1, y: 2 });
      expect(await merged('[1]', '[2]')).to.deep.equal([1, 2]);
      expect(await merged('1', '[2]')).to.deep.equal({ a: 1, b: [2] });
    });
  });

  describe('with a workflow in it', () => {
    const text = (node: string): string =>
      `outer:\n  nodes:\n    - ${node}\n    - ${set('z', 'after = n')}\ninner:\n  nodes:\n    - ${set('a', 'x = n * 2')}\n    - ${set('b', 'n = 0')}\n`;

    it('gives it data of its own, and keeps what it made of them', async () => {
      expect(
        await dataOf(text('{id: s, type: workflow, workflow: inner, inputs: {n: $ctx.big}, output: res}'), {
          n: 1,
          big: 50,
        }),
      ).to.deep.equal({ n: 1, big: 50, res: { n: 0, x: 100 }, after: 1 });
    });

    it('lets it begin with all data, and keeps what it changed', async () => {
      expect(await dataOf(text('{id: s, type: workflow, workflow: inner}'), { n: 3, big: 50 })).to.deep.equal({
        n: 3,
        big: 50,
        s: { n: 0, x: 6 },
        after: 3,
      });
    });

    it('goes on after a question that is asked in it', async () => {
      const running = await load(
        `outer:\n  nodes:\n    - {id: s, type: workflow, workflow: inner, inputs: {n: 1}}\ninner:\n  nodes:\n    - {id: ask, type: hitl, hitl_type: input, prompt: "How many?"}\n`,
      );
      const { state } = await running.answerOnly(await running.run(), 5);
      expect(state.data).to.deep.equal({ s: { n: 1, ask: 5 } });
      expect(state.audit).to.have.length(1);
    });
  });

  describe('with a team', () => {
    const team = (more: string): string =>
      flow(
        `{id: t, type: team, goal: "Compare {{what}}", members: [{id: a, role: r, goal: Read, expertise: [law]}, {id: b, role: r, goal: Judge}, {id: c, role: r, goal: Sum up}], ${more}}`,
      );
    const prompts: Record<string, string> = {};
    const say = ({ id }: { id: string }, prompt: string): string => {
      prompts[id] = prompt;
      return `${id} says`;
    };

    it('has each see what was said before it, or only the one before it, or nothing', async () => {
      const data = await dataOf(team('team_formation: sequential'), { what: 'offers' }, { say });
      expect(data['team_result']).to.deep.equal({ a: 't.a says', b: 't.b says', c: 't.c says' });
      expect(prompts['t.a']).to.equal(
        'The goal of the team: Compare offers\n\nYour part: Read\n\nYou know about: law.',
      );
      expect(prompts['t.c']).to.contain('a said:\nt.a says').and.to.contain('b said:\nt.b says');
      await dataOf(team('team_formation: pipeline'), { what: 'offers' }, { say });
      expect(prompts['t.c']).to.contain('b said:').and.not.to.contain('a said:');
      await dataOf(team('team_formation: parallel'), { what: 'offers' }, { say });
      expect(prompts['t.c']).not.to.contain('said:');
    });

    it('gives a list, and goes on without those that fail unless told otherwise', async () => {
      const failing = (spec: { id: string }): string => {
        if (spec.id === 't.b') throw new Error('Ill.');
        return spec.id;
      };
      for (const formation of ['sequential', 'parallel']) {
        const data = await dataOf(
          team(`team_formation: ${formation}, merge_strategy: list, output: all`),
          { what: 'x' },
          { say: failing },
        );
        expect(data['all']).to.deep.equal(['t.a', null, 't.c']);
      }
      expect(await failure(dataOf(team('continue_on_error: false'), { what: 'x' }, { say: failing }))).to.include({
        message: 'Node "b" failed: Ill.',
      });
    });

    it('goes round until more than half agree, or the rounds are over', async () => {
      let calls = 0;
      const settling = (_: unknown, prompt: string): string => {
        calls++;
        return prompt.includes(' said:') ? 'I see.\nANSWER: Blue' : `ANSWER: ${calls}`;
      };
      expect(
        (await dataOf(team('team_formation: consensus'), { what: 'x' }, { say: settling }))['team_result'],
      ).to.deep.include({ agreed: true, answer: 'Blue' });
      expect(calls).to.equal(6);
      calls = 0;
      const never = (): string => `ANSWER: ${++calls}`;
      expect(
        (await dataOf(team('team_formation: consensus, max_iterations: 2'), { what: 'x' }, { say: never }))[
          'team_result'
        ],
      ).to.deep.include({ agreed: false, answer: null });
      expect(calls).to.equal(6);
    });
  });
});
