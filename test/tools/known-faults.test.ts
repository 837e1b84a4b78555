/** What is known to go wrong with tools, categories and approvals elsewhere, each as the behaviour that is right. */
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/define.ts';
import type { InpageChat } from '../../components/index.ts';
import type { ApprovalRequest, JsonSchema } from '../../src/index.ts';
import { call, say } from '../../src/models/index.ts';
import { createToolRegistry, createToolSet, defineTool } from '../../src/tools/index.ts';
import { compileInput } from '../../src/tools/validate.ts';
import { calls, converse, eraseAll, freshNamespace, tool } from '../agent/conversation.ts';
import { deferred } from '../helpers/deferred.ts';
import { fixture, until } from '../helpers/fixture.ts';
import { Bench, Run } from './call-scope.ts';

const sketch = (name: string, category = 'custom') =>
  defineTool({ name, description: `Do ${name}`, effect: 'read', category, run: () => name });

describe('a registry of tools', () => {
  it('reads a schema once, not at every call', () => {
    let copies = 0;
    const toJSON = (): object => {
      copies++;
      return { type: 'object', properties: { n: { type: 'integer' } } };
    };
    // Reading one begins with a copy by way of JSON.
    const read = compileInput({ ...sketch('x'), input: { ...(toJSON() as JsonSchema), toJSON } });
    copies = 0;
    for (let i = 0; i < 10; i++) read({ n: i });
    expect(copies).to.equal(0);
    const registry = createToolRegistry();
    registry.add(sketch('x'));
    expect(registry.get('x').read).to.equal(registry.get('x').read);
  });

  it('gives the same list until something changes, and sees what is changed', () => {
    const registry = createToolRegistry();
    registry.add(sketch('a'));
    const list = registry.list();
    expect(registry.list()).to.equal(list);
    registry.enable('a', false);
    expect(registry.list().map(({ tool: { name } }) => name)).to.deep.equal([]);
  });

  it('counts a batch as one change', () => {
    const registry = createToolRegistry();
    const before = registry.version;
    registry.batch(() => {
      for (let i = 0; i < 100; i++) registry.add(sketch(`t${i}`));
    });
    expect(registry.version).to.equal(before + 1);
  });
});

describe('a category', () => {
  it('forgets nothing when another one changes', () => {
    const registry = createToolRegistry();
    const { categories } = registry;
    registry.add(sketch('a', 'page'));
    const page = categories.get('page');
    const version = categories.version('page');
    registry.add(sketch('b', 'search'));
    categories.register('mine', ['b']);
    expect(categories.get('page')).to.equal(page);
    expect(categories.version('page')).to.equal(version);
  });

  it('sees a tool that is registered later, and one that changes', () => {
    const registry = createToolRegistry();
    registry.categories.register('mine', ['later']);
    expect([...registry.categories.get('mine')]).to.deep.equal([]);
    const remove = registry.add(sketch('later'));
    expect([...registry.categories.get('mine')]).to.deep.equal(['later']);
    remove();
    registry.add(sketch('later', 'mine'));
    registry.enable('later', false);
    expect([...registry.categories.get('mine')]).to.deep.equal([]);
  });

  it('has its own members, the listed ones and the extensions: none hides another', () => {
    const registry = createToolRegistry();
    for (const [name, category] of [
      ['a', 'core'],
      ['b', 'custom'],
      ['c', 'custom'],
    ] as const)
      registry.add(sketch(name, category));
    registry.categories.extend('core', ['b']);
    registry.categories.extend('core', ['c']);
    expect([...registry.categories.get('core')].sort()).to.deep.equal(['a', 'b', 'c']);
  });

  it('is not copied for each reader', () => {
    const registry = createToolRegistry();
    registry.add(sketch('a', 'core'));
    expect(registry.categories.get('core')).to.equal(registry.categories.get('core'));
  });

  it('that is extended is seen by tool sets made before', () => {
    const registry = createToolRegistry();
    registry.add(sketch('a', 'mine'));
    registry.add(sketch('b'));
    const set = createToolSet(registry, { categories: ['mine'] });
    expect(set.has('b')).to.equal(false);
    registry.categories.extend('mine', ['b']);
    expect(set.has('b')).to.equal(true);
  });
});

describe('the executor', () => {
  it('looks into its cache only for a call that is allowed', async () => {
    const bench = new Bench();
    bench.add('read', 'low', { cacheTtl: 60_000 });
    await bench.call();
    bench.registry.enable('do', false);
    expect((await bench.call()).error).to.include({ code: 'tool-disabled' });
  });

  it('never makes a write that throws a second time', async () => {
    let runs = 0;
    const bench = new Bench();
    bench.add('write', 'low', {
      run: () => {
        runs++;
        throw new Error('It broke.');
      },
    });
    await bench.call();
    expect(runs).to.equal(1);
  });

  it('has a write wait for the read before it', async () => {
    const log: string[] = [];
    const agent = converse([calls(['look'], ['put'])]);
    const slow = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      log.push('looked');
    };
    agent.tool(tool('look', 'read', { reads: ['a'], run: slow }));
    agent.tool(tool('put', 'write', { writes: ['a'], run: () => void log.push('put') }));
    await agent.thread().send('go');
    expect(log).to.deep.equal(['looked', 'put']);
  });
});

describe('an approval', () => {
  afterEach(eraseAll);

  it('is not given by a gate that crashes', async () => {
    const crash = { name: 'crash', before: () => JSON.parse('{') as unknown };
    const bench = new Bench({ middleware: [crash] });
    bench.add('write', 'high');
    expect((await bench.call()).error).to.include({ code: 'tool-denied' });
    expect(bench.runs).to.deep.equal([]);
  });

  it('is not given where nobody is there to ask', async () => {
    let runs = 0;
    const agent = converse([call('wipe', {})]);
    agent.tool(tool('wipe', 'write', { danger: 'high', run: () => ++runs }));
    const { status } = await agent.thread().send('wipe');
    await agent.close();
    expect([status, runs]).to.deep.equal(['interrupted', 0]);
  });

  it('is not given by time, and says until when it may be answered', async () => {
    const bench = new Bench({ timeout: 1000 });
    bench.add('write', 'high');
    expect(((await bench.ask()).payload as ApprovalRequest).expiresAt).to.equal(2000);
  });

  it('is there again after a reload, with the same id, and neither stuck nor resolved', async () => {
    const namespace = freshNamespace();
    const before = converse([call('wipe', {})], { namespace });
    before.tool(tool('wipe', 'write', { danger: 'high' }));
    const asked = await before.thread().send('wipe');
    await before.close();
    const after = converse([say('Gone.')], { namespace });
    after.tool(tool('wipe', 'write', { danger: 'high' }));
    const open = (await after.thread().state())?.interrupts ?? [];
    expect(open).to.deep.equal(asked.interrupts);
    expect((await after.thread().answer(open[0]?.id ?? '', { decision: 'approve' })).status).to.equal('completed');
  });

  it('is shown in the chat, and can be answered there', async () => {
    const agent = converse([call('wipe', {}), say('Gone.')]);
    agent.tool(tool('wipe', 'write', { danger: 'high', input: { type: 'object' } }));
    await agent.thread('odd').send('wipe');
    const chat = await fixture<InpageChat>(html`<inpage-chat .agent=${agent} thread="odd"></inpage-chat>`);
    const question = (): Element | null | undefined => chat.shadowRoot?.querySelector('[part~=question]');
    await until(question, 'the question is shown');
    expect(question()?.querySelectorAll('button').length).to.be.at.least(2);
  });

  it('can be stopped after a reload, like the run that it belongs to', async () => {
    const namespace = freshNamespace();
    const before = converse([call('wipe', {})], { namespace });
    before.tool(tool('wipe', 'write', { danger: 'high' }));
    const asked = await before.thread().send('wipe');
    await before.close();
    const begun = deferred<undefined>();
    const after = converse([say('Gone.')], { namespace });
    after.tool(
      tool('wipe', 'write', {
        danger: 'high',
        run: () => {
          begun.resolve(undefined);
          return new Promise(() => undefined);
        },
      }),
    );
    const answering = after.thread().answer(asked.interrupts[0]?.id ?? '', { decision: 'approve' });
    await begun.promise;
    await after.thread().stop();
    expect((await answering).status).to.equal('cancelled');
  });

  it('for once is neither for the message nor for the session', async () => {
    const bench = new Bench();
    bench.add('write', 'medium');
    const run = new Run();
    run.answers.set('c1', { decision: 'approve', scope: 'once' });
    await bench.call({}, run);
    expect((await bench.ask({}, new Run(), { toolCallId: 'c2' })).kind).to.equal('approval');
    expect(bench.grants).to.deep.equal([]);
  });

  it('is not asked for where the tool only reads', async () => {
    const bench = new Bench();
    bench.add('read', 'high');
    expect((await bench.call()).outcome).to.equal('ok');
  });
});
