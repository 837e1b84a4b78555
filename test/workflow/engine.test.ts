import { expect } from 'chai';
import { createMemoryCheckpointer } from '../../src/checkpoint/index.ts';
import { ResultCache, WorkflowEngine } from '../../src/workflow/index.ts';
import type { WorkflowDocument, WorkflowEngineOptions, WorkflowEvent, WorkflowRun } from '../../src/workflow/index.ts';
import { deferred } from '../helpers/deferred.ts';
import { rejection } from '../helpers/rejection.ts';
import { flow, read } from './reading.ts';
import { agents, contextWith, tool } from './running.ts';

const SET = '{id: a, type: transform, transform: "x = default(n, 0) + 1"}';
const ASK = '{id: ask, type: hitl, prompt: Go?, timeout: 60, fallback: skip}';
const engineOf = (more: Partial<WorkflowEngineOptions> = {}): WorkflowEngine =>
  new WorkflowEngine({ checkpointer: createMemoryCheckpointer(), read, ...more });

async function eventsOf(run: WorkflowRun): Promise<WorkflowEvent[]> {
  const events: WorkflowEvent[] = [];
  try {
    for await (const event of run) events.push(event);
  } catch {
    // A failed run is told by its last event, too.
  }
  return events;
}

const progressOf = (events: readonly WorkflowEvent[]): number[] =>
  events.flatMap((event) => (event.type === 'progress' ? [Math.round(event.value * 100)] : []));

describe('the workflow engine', () => {
  it('runs a document, or the text of one', async () => {
    const engine = engineOf();
    const text = flow(SET);
    expect(await engine.execute(text, { n: 1 })).to.deep.include({
      status: 'completed',
      data: { n: 1, x: 2 },
      errors: {},
      audit: [],
      interrupts: [],
    });
    expect((await engine.execute(await read(text))).data).to.deep.equal({ x: 1 });
  });

  it('reads no texts without a reader', async () => {
    const engine = new WorkflowEngine({ checkpointer: createMemoryCheckpointer() });
    expect(await rejection(engine.execute(flow(SET)))).to.include({ code: 'invalid-option' });
  });

  it('runs the workflow that is named', async () => {
    const engine = engineOf();
    const text = `one: {nodes: [${SET}]}\ntwo: {nodes: [{id: b, type: transform, transform: "y = 2"}]}`;
    expect((await engine.execute(text, {}, { workflow: 'two' })).data).to.deep.equal({ y: 2 });
    expect(await rejection(engine.execute(text))).to.include({ code: 'unknown-workflow' });
  });

  it('streams nodes, tool calls, progress and one end', async () => {
    const engine = engineOf({ context: () => contextWith({ tools: [tool('search', () => 1)] }) });
    const events = await eventsOf(
      engine.stream(
        await read(
          flow(
            SET,
            '{id: b, type: compute, tools: [search]}',
            '{id: p, type: parallel, parallel_nodes: [c, d]}',
            '{id: c, type: transform, transform: "c = 1", next: [c2]}',
            '{id: c2, type: transform, transform: "c2 = 1"}',
            '{id: d, type: transform, transform: "d = 1"}',
          ),
        ),
      ),
    );
    const types = new Set(events.map(({ type }) => type));
    expect([...types]).to.include.members([
      'run-start',
      'node-start',
      'node-end',
      'tool-call',
      'tool-start',
      'tool-end',
      'progress',
    ]);
    expect(events.filter(({ type }) => type === 'run-end')).to.have.length(1);
    const progress = progressOf(events);
    expect(progress).to.deep.equal([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).to.equal(100);
    expect(progress).to.include.members([17, 33]);
  });

  it('tells a failure as its last event, and throws it', async () => {
    const run = engineOf().stream(await read(flow('{id: a, type: transform, transform: "x = n * 2"}')), { n: 'two' });
    const events: WorkflowEvent[] = [];
    const error = await rejection(
      (async () => {
        for await (const event of run) events.push(event);
      })(),
    );
    expect(error).to.include({ code: 'expression-failed' });
    expect(events.at(-1)).to.include({ type: 'run-end', status: 'failed' });
    expect(progressOf(events)).to.deep.equal([]);
    expect((await run.result).error).to.include({ code: 'expression-failed' });
  });

  it('goes on with an answer in another engine, as after a reload, and says who gave it', async () => {
    const checkpointer = createMemoryCheckpointer();
    const document = await read(flow(ASK, SET));
    const asked = await engineOf({ checkpointer }).execute(document, { n: 1 }, { threadId: 't' });
    expect(asked).to.include({ status: 'interrupted', threadId: 't' });
    const later = engineOf({ checkpointer });
    const { status, data, audit } = await later.resume(
      structuredClone(document),
      't',
      { [asked.interrupts[0]?.id ?? '']: { decision: 'approve' } },
      { by: 'Ada' },
    ).result;
    expect({ status, data }).to.deep.equal({ status: 'completed', data: { n: 1, ask: true, x: 2 } });
    expect(audit[0]).to.include({ by: 'Ada', outcome: 'approved' });
  });

  it('gives up what nobody has answered in time, and takes no late yes', async () => {
    let time = 0;
    const engine = engineOf({ now: () => time });
    const document = await read(flow(ASK, SET));
    await engine.execute(document, {}, { threadId: 't' });
    expect(await engine.expire(document, 't')).to.equal(undefined);
    time = 60_000;
    expect((await engine.expire(document, 't'))?.data).to.deep.equal({ x: 1 });
    time = 0;
    const asked = await engine.execute(document, {}, { threadId: 'u' });
    time = 60_000;
    const late = await engine.resume(document, 'u', { [asked.interrupts[0]?.id ?? '']: { decision: 'approve' } })
      .result;
    expect(late.data).to.deep.equal({ x: 1 });
    expect(late.audit[0]).to.include({ outcome: 'expired' });
  });

  for (const [fallback, status, data] of [
    ['abort', 'failed', {}],
    ['continue', 'completed', { ask: 7, x: 1 }],
    ['skip', 'completed', { x: 1 }],
    ['retry', 'interrupted', {}],
  ] as const) {
    it(`gives up with \`${fallback}\` what was asked before a reload`, async () => {
      let time = 0;
      const checkpointer = createMemoryCheckpointer();
      // Each is all that a new page has.
      const reloaded = (): WorkflowEngine => engineOf({ checkpointer, now: () => time });
      const ask = `{id: ask, type: hitl, hitl_type: input, prompt: N?, timeout: 60, fallback: ${fallback}, default_value: 7}`;
      const document = await read(flow(ask, SET));
      await reloaded().execute(document, {}, { threadId: 't' });
      time = 60_000;
      const ended = await reloaded().expire(document, 't');
      expect([ended?.status, ended?.data]).to.deep.equal([status, data]);
      if (fallback !== 'retry') return;
      expect(await reloaded().expire(document, 't')).to.equal(undefined);
      const [open] = ended?.interrupts ?? [];
      expect(open?.payload).to.include({ expiresAt: 120_000 });
      const answered = await reloaded().resume(document, 't', { [open?.id ?? '']: 3 }).result;
      expect(answered.data).to.deep.equal({ ask: 3, x: 1 });
      expect(answered.audit.map(({ outcome }) => outcome)).to.deep.equal(['answered']);
    });
  }

  it('cancels what runs on a thread, and goes on from there', async () => {
    const began = deferred<undefined>();
    let isSlow = true;
    const agentNode = agents(() => {
      began.resolve(undefined);
      return isSlow ? new Promise(() => undefined) : 'done';
    });
    const engine = engineOf({ agentNode });
    const document = await read(flow(SET, '{id: g, goal: Go}'));
    const run = engine.execute(document, {}, { threadId: 't' });
    await began.promise;
    engine.cancel('t');
    expect(await run).to.deep.include({ status: 'cancelled', data: { x: 1 } });
    isSlow = false;
    expect((await engine.resume(document, 't').result).data).to.deep.equal({ x: 1, g: 'done' });
  });

  it('ends a run whose time is over, and says so', async () => {
    const engine = engineOf({ agentNode: agents(() => new Promise(() => undefined)) });
    const document = await read('f:\n  execution: {timeout: 0.03}\n  nodes: [{id: g, goal: Go}]');
    const run = engine.stream(document);
    const events = await eventsOf(run);
    expect(events.at(-1)).to.include({ type: 'run-end', status: 'failed' });
    expect(await run.result).to.include({ status: 'failed' });
    expect((await run.result).error).to.include({ code: 'workflow-timeout' });
  });

  it('finds the names that are not registered without running', async () => {
    const document = await read(flow('{id: a, type: compute, handler: gone}'));
    expect(
      engineOf()
        .validate(document)
        .map(({ line, message }) => [line, message]),
    ).to.deep.equal([[3, 'No handler is registered as `gone`.']]);
    expect(engineOf({ handlers: { gone: () => 1 } }).validate(document)).to.deep.equal([]);
  });
});

describe('what an engine has compiled', () => {
  it('is not read or built again for the same text, also while it is read', async () => {
    let reads = 0;
    const texts: string[] = [];
    const engine = engineOf({
      read: (text) => {
        reads++;
        texts.push(text);
        return read(text);
      },
    });
    await Promise.all([engine.execute(flow(SET)), engine.execute(flow(SET))]);
    await engine.execute(flow(SET));
    expect(reads).to.equal(1);
    await engine.execute(`${flow(SET)} `);
    expect(reads).to.equal(2);
    engine.invalidate('flow');
    await engine.execute(flow(SET));
    expect(reads).to.equal(3);
  });

  it('is not kept where reading failed', async () => {
    let isThere = false;
    const engine = engineOf({
      read: (text) =>
        read(text, { load: () => (isThere ? 'nodes: [{id: x, type: transform, transform: "x = 1"}]' : '') }),
    });
    const text = 'f: {nodes: [{$ref: "b.yaml#x"}]}';
    expect(await rejection(engine.execute(text))).to.be.an('error');
    isThere = true;
    expect((await engine.execute(text)).data).to.deep.equal({ x: 1 });
  });

  it('is found again for a copy of the document, as the worker gets one', async () => {
    const built: string[] = [];
    const engine = engineOf({
      agentNode: (spec) => {
        built.push(spec.id);
        return (state) => spec.keep(state, 'said');
      },
    });
    const document = await read(flow('{id: g, goal: Go}'));
    await engine.execute(document);
    await engine.execute(structuredClone(document));
    await engine.execute(document);
    expect(built).to.deep.equal(['g']);
    engine.invalidate('other');
    await engine.execute(document);
    expect(built).to.deep.equal(['g']);
    engine.invalidate('flow');
    await engine.execute(document);
    expect(built).to.deep.equal(['g', 'g']);
  });

  it('is another one once anything has changed, also in a file that it refers to, and in an engine with other functions', async () => {
    let shared = 'x = 5';
    const readWith = (text: string): Promise<WorkflowDocument> =>
      read(text, { load: () => `nodes: [{id: x, type: transform, transform: "${shared}"}]` });
    const engine = engineOf();
    const text = 'f: {nodes: [{$ref: "b.yaml#x"}]}';
    expect((await engine.execute(await readWith(text))).data).to.deep.equal({ x: 5 });
    shared = 'x = 6';
    expect((await engine.execute(await readWith(text))).data).to.deep.equal({ x: 6 });
    const reading = engineOf({ read: readWith });
    expect((await reading.execute(text)).data).to.deep.equal({ x: 6 });
    shared = 'x = 7';
    expect((await reading.execute(text)).data).to.deep.equal({ x: 7 });
    let WHAT = 'a';
    const filled = engineOf({ read: (other) => read(other, { env: { WHAT } }) });
    const told = flow(`{id: t, type: transform, transform: 'x = "$env.WHAT"'}`);
    expect((await filled.execute(told)).data).to.deep.equal({ x: 'a' });
    WHAT = 'b';
    expect((await filled.execute(told)).data).to.deep.equal({ x: 'b' });
    const call = await read(flow('{id: a, type: compute, handler: h}'));
    for (const n of [1, 2])
      expect((await engineOf({ handlers: { h: () => n } }).execute(call)).data).to.deep.equal({ a: n });
  });
});

describe('what pure nodes have given', () => {
  const NODE = '{id: a, type: compute, handler: h, inputs: {q: $ctx.q}, pure: v1}';

  it('is given again for the same inputs and the same data that were read, and for no others', async () => {
    let calls = 0;
    const h = ({ q }: Readonly<Record<string, unknown>>, data: Readonly<Record<string, unknown>>): unknown => {
      calls++;
      return `${String(q)} ${String(data['_user'])}`;
    };
    const engine = engineOf({ handlers: { h }, results: new ResultCache() });
    const document = await read(flow(NODE));
    const run = async (data: Readonly<Record<string, unknown>>): Promise<unknown> =>
      (await engine.execute(document, data)).data['a'];
    expect(await run({ q: 'x', _user: 1 })).to.equal('x 1');
    expect(await run({ q: 'x', _user: 1, unread: 2 })).to.equal('x 1');
    expect(calls).to.equal(1);
    expect(await run({ q: 'x', _user: 2 })).to.equal('x 2');
    expect(await run({ q: 'y', _user: 1 })).to.equal('y 1');
    expect(await run({ q: 'x' })).to.equal('x undefined');
    expect(calls).to.equal(4);
  });

  it('is forgotten with `invalidate`, by time, and with another tag, definition or function', async () => {
    let calls = 0;
    let time = 0;
    const results = new ResultCache({ ttl: 100, now: () => time });
    const h = (): number => ++calls;
    const engine = engineOf({ handlers: { h }, results });
    const run = async (node: string, from = engine): Promise<unknown> =>
      (await from.execute(await read(flow(node)), { q: 1 })).data['a'];
    expect([await run(NODE), await run(NODE)]).to.deep.equal([1, 1]);
    expect(await run(NODE.replace('v1', 'v2'))).to.equal(2);
    expect(await run(NODE.replace('pure', 'description: x, pure'))).to.equal(1);
    expect(await run(NODE.replace('inputs', 'retry: 1, inputs'))).to.equal(3);
    expect(await run(NODE, engineOf({ handlers: { h: () => 'other' }, results }))).to.equal('other');
    time = 100;
    expect(await run(NODE)).to.equal(4);
    engine.invalidate('flow');
    expect(await run(NODE)).to.equal(5);
  });

  it('is not taken for what only looks the same to an expression: another order, 0 and -0, nothing and null', async () => {
    const h = (_: unknown, { v }: Readonly<Record<string, unknown>>): string =>
      [JSON.stringify(v), Object.is(v, -0), String((v as { n?: unknown } | null)?.n)].join();
    const engine = engineOf({ handlers: { h }, results: new ResultCache() });
    const text = flow('{id: a, type: compute, handler: h, pure: v1}');
    for (const v of [{ x: 1, y: 2 }, { y: 2, x: 1 }, 0, -0, { n: null }, { m: null }, [null], null])
      expect((await engine.execute(text, { v })).data['a']).to.equal(h(undefined, { v }));
  });

  it('is not waited for from a run that is stopped', async () => {
    let calls = 0;
    const results = new ResultCache();
    const node = { workflow: 'flow', key: 'k', run: results };
    const data = {};
    const stopped = deferred<undefined>();
    const first = results.get(node, 1, data, async () => {
      calls++;
      await stopped.promise;
      throw new DOMException('Stopped.', 'AbortError');
    });
    const second = results.get(node, 1, data, () => ++calls);
    stopped.resolve(undefined);
    expect(await rejection(first)).to.include({ name: 'AbortError' });
    expect(await second).to.equal(2);
  });

  it('is not kept where it failed, nor for nodes that are not pure', async () => {
    let calls = 0;
    const h = (): number => {
      if (++calls < 2) throw new Error('Not yet.');
      return calls;
    };
    const engine = engineOf({ handlers: { h }, results: new ResultCache() });
    expect((await engine.execute(flow(NODE), { q: 1 })).status).to.equal('failed');
    expect((await engine.execute(flow(NODE), { q: 1 })).data['a']).to.equal(2);
    const plain = flow(NODE.replace(', pure: v1', ''));
    expect([
      (await engine.execute(plain, { q: 1 })).data['a'],
      (await engine.execute(plain, { q: 1 })).data['a'],
    ]).to.deep.equal([3, 4]);
  });

  it('is as many as were asked for, the newest', async () => {
    const results = new ResultCache({ entries: 3 });
    const engine = engineOf({ handlers: { h: ({ q }) => q }, results });
    const document = await read(flow(NODE));
    for (let q = 0; q < 10; q++) await engine.execute(document, { q });
    expect(results.size).to.equal(3);
  });
});
