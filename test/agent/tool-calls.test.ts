import { expect } from 'chai';
import type { Message, RunEvent, ThreadView } from '../../src/index.ts';
import { watchThread } from '../../src/index.ts';
import type { ModelRequest } from '../../src/core/index.ts';
import { call, say } from '../../src/models/index.ts';
import { deferred } from '../helpers/deferred.ts';
import { rejection } from '../helpers/rejection.ts';
import { calls, converse, eraseAll, tool } from './conversation.ts';

afterEach(eraseAll);

describe('the calls of one message', () => {
  it('are made in their order where one changes what another reads, and at once elsewhere', async () => {
    const log: string[] = [];
    const slow = (name: string) => async (): Promise<string> => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 10));
      log.push(`${name} ends`);
      return name;
    };
    const agent = converse([calls(['look'], ['put'], ['weather'], ['look', { again: true }])]);
    agent.tool(tool('look', 'read', { reads: ['cart'], run: slow('look') }));
    agent.tool(tool('put', 'write', { writes: ['cart'], run: slow('put') }));
    agent.tool(tool('weather', 'read', { reads: [], run: slow('weather') }));
    const { toolCalls } = await agent.thread().send('go');
    expect(toolCalls.map(({ outcome }) => outcome)).to.deep.equal(['ok', 'ok', 'ok', 'ok']);
    expect(log.slice(0, 2)).to.deep.equal(['look begins', 'weather begins']);
    const order = ['look begins', 'look ends', 'put begins', 'put ends', 'look begins', 'look ends'];
    expect(log.filter((line) => !line.startsWith('weather'))).to.deep.equal(order);
  });

  it('run once when they are the same, and each gets the result', async () => {
    let runs = 0;
    const agent = converse([calls(['count'], ['count'], ['count', { n: 1 }])]);
    agent.tool(tool('count', 'write', { idempotent: true, writes: ['n'], run: () => ++runs }));
    const events: RunEvent[] = [];
    const thread = agent.thread();
    thread.subscribe((batch) => events.push(...batch));
    const { toolCalls } = await thread.send('go');
    expect(toolCalls.map(({ output }) => output)).to.deep.equal([1, 1, 2]);
    const ends = events.flatMap((event) => (event.type === 'tool-end' ? [event.outcome] : []));
    expect(ends).to.deep.equal(['ok', 'cached', 'ok']);
  });

  it('wait for the person only where they depend on what the person is asked about', async () => {
    const ran: string[] = [];
    const note = (name: string) => (): void => void ran.push(name);
    const agent = converse([calls(['pay'], ['weather'], ['receipt'])]);
    agent.tool(tool('pay', 'write', { danger: 'high', writes: ['orders'], run: note('pay') }));
    agent.tool(tool('weather', 'read', { reads: [], run: note('weather') }));
    agent.tool(tool('receipt', 'read', { reads: ['orders'], run: note('receipt') }));
    const thread = agent.thread();
    const { interrupts } = await thread.send('go');
    expect(ran).to.deep.equal(['weather']);
    await thread.answer(interrupts[0]?.id ?? '', { decision: 'approve' });
    expect(ran).to.deep.equal(['weather', 'pay', 'receipt']);
  });
});

describe('a large output', () => {
  it('is shown by its beginning and read on page by page, also after a reload', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `row ${index}, ${'x'.repeat(15)}`).join('\n');
    const pages: string[] = [];
    const readOn = ({ messages, tools }: ModelRequest) => {
      expect(tools.map(({ name }) => name)).to.include('read_output');
      // Between the pages the model gets advice.
      const part = messages.findLast(({ role }) => role === 'tool')?.content[0];
      if (part?.type !== 'tool-result' || part.output.type !== 'json') throw new Error('no result');
      const value = part.output.value as { output: string; text?: string; next?: number };
      if (value.text !== undefined) pages.push(value.text);
      if (value.text !== undefined && value.next === undefined) return say('That is all.');
      return call('read_output', { output: value.output, ...(value.next === undefined ? {} : { from: value.next }) });
    };
    const agent = converse([call('dump', {}), ...Array.from({ length: 40 }, () => readOn)]);
    agent.tool(tool('dump', 'read', { run: () => rows }));
    const thread = agent.thread();
    const { text, toolCalls } = await thread.send('dump it');
    expect(text).to.equal('That is all.');
    expect(pages.join('')).to.equal(rows);
    expect(toolCalls.length).to.equal(1 + Math.ceil(rows.length / 50_000));
    const stored = (await thread.state())?.state['messages'] as readonly Message[];
    const first = stored.find(({ role }) => role === 'tool');
    expect(JSON.stringify(first).length).to.be.below(6_000);
  });

  it('is refused by its id and its length when something else is asked for', async () => {
    const agent = converse([call('dump', {}), calls(['read_output', { output: 'nothing' }])]);
    agent.tool(tool('dump', 'read', { run: () => 'y'.repeat(600_000) }));
    const { toolCalls } = await agent.thread().send('dump it');
    expect(toolCalls[1]?.error?.code).to.equal('invalid-tool-input');
    expect(toolCalls[1]?.error?.fix).to.include('(0 to 599999)');
  });
});

describe('taking a call back', () => {
  it('has the tool undo it, says so in the thread, and works once', async () => {
    const undone: unknown[] = [];
    const agent = converse([call('put', { n: 1 }), say('Put.')]);
    agent.tool(tool('put', 'write', { run: () => ({ id: 7 }), undo: (done) => void undone.push(done) }));
    const thread = agent.thread();
    const views: ThreadView[] = [];
    const stop = watchThread(thread, (view) => views.push(view));
    const { toolCalls } = await thread.send('put it');
    const callId = toolCalls[0]?.callId ?? '';
    const results = async () =>
      ((await thread.state())?.state['messages'] as readonly Message[]).flatMap((message) =>
        message.role === 'tool' ? message.content.map(({ undo }) => undo) : [],
      );
    expect(await results()).to.deep.equal(['offered']);
    await thread.undo(callId);
    expect(undone).to.deep.equal([{ input: { n: 1 }, output: { id: 7 } }]);
    expect(await results()).to.deep.equal(['offered', 'done']);
    expect(await rejection(thread.undo(callId))).to.include({ code: 'undo-failed' });
    expect(undone).to.have.length(1);
    stop();
  });

  it('tells the model of it in the next turn', async () => {
    let told: unknown;
    const agent = converse([
      call('put', {}),
      say('Put.'),
      ({ messages }) => {
        const parts = messages.flatMap(({ content }) => content.filter(({ type }) => type === 'tool-result'));
        told = parts.map((part) => (part.type === 'tool-result' ? part.output : undefined));
        return say('I see.');
      },
    ]);
    agent.tool(tool('put', 'write', { undo: () => undefined }));
    const thread = agent.thread();
    const { toolCalls } = await thread.send('put it');
    await thread.undo(toolCalls[0]?.callId ?? '');
    await thread.send('and now?');
    expect(told).to.deep.equal([{ type: 'json', value: { message: 'The person took this back.' } }]);
  });

  it('leaves everything as it is when the tool cannot undo it any more', async () => {
    const agent = converse([calls(['put'], ['look'])]);
    const failing = (): never => {
      throw new Error('It has been shipped.');
    };
    agent.tool(tool('put', 'write', { undo: failing }));
    agent.tool(tool('look', 'read'));
    const thread = agent.thread();
    const { toolCalls } = await thread.send('put it');
    const version = (await thread.state())?.version;
    const [put = '', look = ''] = toolCalls.map(({ callId }) => callId);
    expect(await rejection(thread.undo(put))).to.include({ message: 'It has been shipped.' });
    expect(await rejection(thread.undo(look))).to.include({ code: 'undo-failed' });
    expect(await rejection(thread.undo('nothing'))).to.include({ code: 'undo-failed' });
    expect((await thread.state())?.version).to.equal(version);
  });
});

describe('stopping', () => {
  it('reaches a tool of the page within 100 ms', async () => {
    const begun = deferred<undefined>();
    let asked = 0;
    let reached = 0;
    const agent = converse([call('wait', {})]);
    agent.tool(
      tool('wait', 'read', {
        run: (_, { signal }) =>
          new Promise(() => {
            signal.addEventListener('abort', () => (reached = performance.now()));
            begun.resolve(undefined);
          }),
      }),
    );
    const thread = agent.thread();
    const turn = thread.send('wait');
    await begun.promise;
    asked = performance.now();
    await thread.stop();
    expect((await turn).status).to.equal('cancelled');
    expect(reached - asked).to.be.within(0, 100);
  });
});

describe('progress', () => {
  it('of a tool of the page comes as events of its call', async () => {
    const agent = converse([call('load', {})]);
    agent.tool(
      tool('load', 'read', {
        run: (_, context) => {
          context.progress({ ratio: 0.5 });
          return new Promise((resolve) => setTimeout(resolve, 20));
        },
      }),
    );
    const thread = agent.thread();
    const events: RunEvent[] = [];
    thread.subscribe((batch) => events.push(...batch));
    const { toolCalls } = await thread.send('load');
    const seen = events.flatMap((event) => (event.type === 'tool-progress' ? [[event.callId, event.value]] : []));
    expect(seen).to.deep.equal([[toolCalls[0]?.callId, { ratio: 0.5 }]]);
  });
});

describe('secrets', () => {
  it('that a tool gives never reach the thread, the events or the model', async () => {
    const seen: string[] = [];
    const agent = converse(
      [
        call('login', {}),
        ({ messages }) => {
          seen.push(JSON.stringify(messages));
          return say('In.');
        },
      ],
      { secretFields: ['loyaltyNumber'] },
    );
    agent.tool(tool('login', 'read', { run: () => ({ user: 'ada', password: 'hunter2', loyaltyNumber: 'L-77' }) }));
    const thread = agent.thread();
    thread.subscribe((batch) => seen.push(JSON.stringify(batch)));
    const { toolCalls } = await thread.send('log in');
    seen.push(JSON.stringify(toolCalls), JSON.stringify((await thread.state())?.state));
    expect(toolCalls[0]?.output).to.include({ user: 'ada' });
    expect(seen.join()).not.to.match(/hunter2|L-77/);
  });
});
