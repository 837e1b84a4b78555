/** Workflows as a part of a worker of a site's own: what the page's handle does with them. */
import { expect } from 'chai';
import type { ModelRequest } from '../../src/core/index.ts';
import { call, createScriptedModel, say } from '../../src/models/index.ts';
import { watchThread } from '../../src/index.ts';
import { workflows } from '../../src/serve.ts';
import type { WorkflowPartOptions } from '../../src/serve.ts';
import type { Agent, AgentWorkflows, ThreadView, WorkflowStream } from '../../src/index.ts';
import type { WorkflowEvent } from '../../src/workflow/index.ts';
import type { ScriptedAnswer } from '../../src/models/index.ts';
import { converse, eraseAll, tool } from '../agent/conversation.ts';
import { deferred } from '../helpers/deferred.ts';
import { until } from '../helpers/fixture.ts';
import { rejection } from '../helpers/rejection.ts';

interface Opened {
  readonly agent: Agent;
  readonly flows: AgentWorkflows;
}

/** A host with workflows, and a model that follows a script. */
async function open(options: WorkflowPartOptions = {}, script: readonly ScriptedAnswer[] = []): Promise<Opened> {
  const agent = converse(script, { host: { parts: [workflows(options)] }, instructions: 'You are the shop.' });
  return { agent, flows: await agent.workflows() };
}

async function eventsOf(run: WorkflowStream): Promise<readonly WorkflowEvent[]> {
  const events: WorkflowEvent[] = [];
  try {
    for await (const event of run) events.push(event);
  } catch {
    // What it failed with is in its result.
  }
  return events;
}

const flow = (...nodes: readonly string[]): string =>
  `flow:\n  nodes:\n${nodes.map((node) => `    - ${node}\n`).join('')}`;

afterEach(eraseAll);

describe('agents in workflows', () => {
  const TEXT = flow(
    `{ id: find, role: researcher, goal: 'Find {{what}}', tools: [search], tool_budget: 3 }`,
    `{ id: tell, role: writer, goal: 'Tell about {{find}}', tools: [] }`,
  );

  it('think and call tools as the assistant does, each with words and tools of its own, and tell it as they do', async () => {
    const asked: ModelRequest[] = [];
    const script = [call('search', { q: 'shoes' }), say('shoe 7'), say('It is nice.')].map(
      (answer) => (request: ModelRequest) => {
        asked.push(request);
        return answer;
      },
    );
    const { agent, flows } = await open({}, script);
    agent.tool(tool('search', 'read', { run: () => 'shoe 7' }));
    agent.tool(tool('order', 'write'));
    const run = flows.stream(TEXT, { what: 'shoes' });
    const events = await eventsOf(run);
    expect((await run.result).data).to.deep.equal({ what: 'shoes', find: 'shoe 7', tell: 'It is nice.' });
    expect(asked.map(({ instructions, tools }) => [instructions, tools.map(({ name }) => name)])).to.deep.equal([
      ['You are the researcher.', ['search']],
      ['You are the researcher.', ['search']],
      ['You are the writer.', []],
    ]);
    const said = events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : [])).join('');
    expect(said).to.include('It is nice.');
    expect(events.map(({ type }) => type)).to.include.members(['tool-call', 'tool-start', 'tool-end', 'progress']);
    expect(events.filter(({ type }) => type === 'run-end')).to.have.length(1);
    expect(events.at(-1)).to.include({ type: 'run-end', status: 'completed' });
  });

  it('write as their `llm_config` says, each by its own', async () => {
    const asked: unknown[] = [];
    const { flows } = await open(
      {},
      [say('A'), say('B')].map((answer) => ({ settings, stop }: ModelRequest) => {
        asked.push([settings, stop]);
        return answer;
      }),
    );
    const settings = '{ temperature: 0, max_tokens: 50, top_p: 0.5, stop_sequences: [END] }';
    await flows.execute(flow(`{ id: a, goal: A, llm_config: ${settings} }`, '{ id: b, goal: B }'));
    expect(asked).to.deep.equal([
      [{ temperature: 0, max_tokens: 50, top_p: 0.5 }, ['END']],
      [undefined, undefined],
    ]);
  });

  it('are of the model that their profile names, or else their hint; where there is none, a note says so', async () => {
    const fast = { ...createScriptedModel([say('Fast A'), say('Fast B')]), id: 'fast' };
    const { flows } = await open({ profiles: { fast: () => fast } }, [say('C')]);
    const text = flow(
      '{ id: a, goal: A, profile: fast }',
      '{ id: b, goal: B, llm_config: { model_hint: fast } }',
      '{ id: c, goal: C, profile: slow }',
    );
    expect((await flows.execute(text)).data).to.deep.equal({ a: 'Fast A', b: 'Fast B', c: 'C' });
    expect((await flows.validate(text)).map(({ line, message }) => [line, message])).to.deep.equal([
      [5, 'There is no model `slow` here, so that `profile` has no effect.'],
    ]);
  });

  it('note that an assistant by rules heeds no `llm_config`', async () => {
    const rules = { ...createScriptedModel([]), generative: false };
    const { flows } = await open({ profiles: { rules: () => rules } });
    const notes = await flows.validate(flow('{ id: a, goal: A, profile: rules, llm_config: { temperature: 0 } }'));
    expect(notes.map(({ severity, message }) => [severity, message])).to.deep.equal([
      ['note', 'This assistant follows rules, so that `llm_config` has no effect.'],
    ]);
  });

  it('may not call what the constraints of their node do not allow', async () => {
    const { agent, flows } = await open({}, [call('order', {}), say('I could not.')]);
    let orders = 0;
    agent.tool(tool('order', 'write', { run: () => ++orders }));
    const text = flow(`{ id: go, goal: Order, constraints: [write] }`);
    expect((await flows.execute(text)).data).to.deep.equal({ go: 'I could not.' });
    expect(orders).to.equal(0);
  });
});

describe('questions of workflows', () => {
  const ASK = `{ id: ok, type: hitl, hitl_type: review, prompt: 'Good?', context_keys: [draft] }`;
  const SET = `{ id: set, type: transform, transform: draft = "a" }`;
  const LAST = `{ id: last, type: transform, transform: said = draft + "!" }`;

  it('are answered: what was changed goes on, and who said so is kept', async () => {
    const { agent, flows } = await open();
    const asked = await flows.execute(flow(SET, ASK, LAST), {}, { threadId: 't' });
    expect(asked.status).to.equal('interrupted');
    const [question] = asked.interrupts;
    expect(question?.payload).to.deep.include({ hitl: 'review', prompt: 'Good?', context: { draft: 'a' } });
    const answers = { [question?.id ?? '']: { decision: 'approve', input: { draft: 'b' } } };
    const run = flows.resume(flow(SET, ASK, LAST), 't', answers, { by: 'Ada' });
    const events = await eventsOf(run);
    const { status, data, audit } = await run.result;
    expect([status, data]).to.deep.equal(['completed', { draft: 'b', ok: true, said: 'b!' }]);
    expect(audit[0]).to.include({ node: 'ok', by: 'Ada', outcome: 'approved' });
    expect(audit[0]?.at).to.be.at.least(audit[0]?.asked ?? Infinity);
    // Progress goes on where it was.
    expect(events.find(({ type }) => type === 'progress')).to.deep.equal({ type: 'progress', value: 1 / 3 });
    expect((await agent.thread('t').state())?.state['audit']).to.deep.equal(audit);
  });

  it('that nobody answers in time are given up by themselves', async () => {
    const { agent, flows } = await open();
    const node = `{ id: ok, type: hitl, hitl_type: choice, prompt: '?', choices: [1, 2], timeout: 0.05, fallback: continue, default_value: 2 }`;
    expect((await flows.execute(flow(node), {}, { threadId: 't' })).status).to.equal('interrupted');
    let state: ThreadView['state'] = {};
    const stop = watchThread(agent.thread('t'), (view) => (state = view.state));
    await until(
      () => state['audit'] !== undefined && (state['audit'] as readonly unknown[]).length > 0,
      'it was given up',
    );
    stop();
    expect(state['data']).to.deep.equal({ ok: 2 });
  });

  it('are answered together, by one run', async () => {
    const { flows } = await open();
    const text = flow(
      `{ id: both, type: parallel, parallel_nodes: [a, b] }`,
      `{ id: a, type: hitl, hitl_type: input, prompt: A? }`,
      `{ id: b, type: hitl, hitl_type: confirmation, prompt: B? }`,
    );
    const { interrupts } = await flows.execute(text, {}, { threadId: 't' });
    const answers = Object.fromEntries(
      interrupts.map(({ id, payload }) => [
        id,
        (payload as { node: string }).node === 'a' ? 'tea' : { decision: 'approve' },
      ]),
    );
    expect(Object.keys(answers)).to.have.length(2);
    expect(await flows.resume(text, 't', answers).result).to.deep.include({
      status: 'completed',
      data: { a: 'tea', b: true },
    });
  });

  it('about a tool are asked as those of the assistant are', async () => {
    const { agent, flows } = await open();
    let orders = 0;
    agent.tool(tool('order', 'write', { danger: 'high', run: () => ++orders }));
    const text = flow(`{ id: go, type: compute, tools: [order], inputs: { n: 1 } }`);
    const { interrupts } = await flows.execute(text, {}, { threadId: 't' });
    expect(interrupts[0]).to.include({ kind: 'approval' });
    const id = interrupts[0]?.id ?? '';
    expect(await rejection(flows.resume(text, 't', { [id]: 'yes' }).result)).to.include({ code: 'invalid-answer' });
    expect((await flows.resume(text, 't', { [id]: { decision: 'approve' } }).result).data).to.deep.equal({ go: 1 });
  });
});

describe('a run of a workflow', () => {
  it('uses the functions of its worker, tries again, and is given what pure nodes gave before', async () => {
    let tries = 0;
    let sums = 0;
    const { flows } = await open({
      handlers: {
        flaky() {
          if (++tries < 3) throw new Error('Busy.');
          return tries;
        },
        sum: ({ of }) => {
          sums++;
          return (of as readonly number[]).reduce((a, b) => a + b, 0);
        },
      },
    });
    const text = flow(
      `{ id: a, type: compute, handler: flaky, retry: { attempts: 2, delay: 0.001 } }`,
      `{ id: b, type: compute, handler: sum, inputs: { of: $ctx.list }, pure: v1 }`,
    );
    expect((await flows.execute(text, { list: [1, 2] })).data).to.deep.equal({ list: [1, 2], a: 3, b: 3 });
    await flows.execute(text, { list: [1, 2] });
    expect(sums).to.equal(1);
    await flows.invalidate('flow');
    await flows.execute(text, { list: [1, 2] });
    expect(sums).to.equal(2);
  });

  it('is cancelled from the page, and goes on from there', async () => {
    const began = deferred<undefined>();
    let isSlow = true;
    const { flows } = await open({
      handlers: {
        slow(_, __, { signal }) {
          began.resolve(undefined);
          if (!isSlow) return 'done';
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              reject(new Error('stopped'));
            });
          });
        },
      },
    });
    const text = flow(`{ id: a, type: transform, transform: x = 1 }`, `{ id: b, type: compute, handler: slow }`);
    const run = flows.stream(text, {}, { threadId: 't' });
    await began.promise;
    run.cancel();
    expect(await run.result).to.deep.include({ status: 'cancelled', data: { x: 1 } });
    isSlow = false;
    expect((await flows.resume(text, 't').result).data).to.deep.equal({ x: 1, b: 'done' });
  });

  it('ends when its time is over, as its events say, and goes on', async () => {
    let isSlow = true;
    const { flows } = await open({ handlers: { slow: () => (isSlow ? new Promise(() => undefined) : 1) } });
    const text = `flow:\n  execution: { timeout: 0.05 }\n  nodes: [{ id: a, type: compute, handler: slow }]`;
    const run = flows.stream(text, {}, { threadId: 't' });
    const events = await eventsOf(run);
    expect((await run.result).error).to.include({ code: 'workflow-timeout' });
    expect(events.at(-1)).to.include({ type: 'run-end', status: 'failed' });
    isSlow = false;
    expect((await flows.resume(text, 't').result).data).to.deep.equal({ a: 1 });
  });

  it('is not begun for a text with faults, which are all told', async () => {
    const { flows } = await open();
    const unread = flow(`{ id: a, type: transform, transform: 'x = = 1' }`);
    const unknown = flow(`{ id: a, type: compute, handler: gone }`);
    expect(await rejection(flows.execute(unknown))).to.include({ code: 'invalid-workflow' });
    expect((await flows.validate(unknown)).map(({ line, message }) => [line, message])).to.deep.equal([
      [3, 'No handler is registered as `gone`.'],
    ]);
    expect((await flows.validate(unread)).map(({ severity }) => severity)).to.deep.equal(['error']);
    expect(await flows.validate(flow(`{ id: a, type: transform, transform: x = 1 }`))).to.deep.equal([]);
    expect(await rejection(flows.execute(unread))).to.include({ code: 'invalid-workflow' });
  });
});
