import { expect } from 'chai';
import { call, say } from '../../src/models/index.ts';
import { rejection } from '../helpers/rejection.ts';
import { converse, eraseAll, tool } from './conversation.ts';

afterEach(eraseAll);

describe('agent.tools', () => {
  it('finds the tool that is used of two with one name', async () => {
    const agent = converse([]);
    agent.tool(tool('pay', 'write', { danger: 'high' }));
    agent.tool(tool('pay', 'read'), { source: 'mcp' });
    expect((await agent.tools.search('pay')).map(({ source, danger }) => [source, danger])).to.deep.equal([
      ['site', 'high'],
    ]);
    const clashes = (await agent.tools.list()).flatMap(({ clash }) => clash ?? []);
    expect(clashes).to.deep.equal(['The tool of this name from site is used, because site comes before mcp.']);
  });

  it('takes tools out of use and back, over the port', async () => {
    const agent = converse([call('look', {}), say('No.'), call('look', {}), say('Yes.')]);
    agent.tool(tool('look', 'read'));
    await agent.tools.disable('look');
    expect((await agent.thread().send('look')).toolCalls[0]?.error?.code).to.equal('tool-disabled');
    await agent.tools.enable('look');
    expect((await agent.thread().send('look')).toolCalls[0]?.outcome).to.equal('ok');
  });

  it('groups tools, uses a group, and takes no more once it is frozen', async () => {
    const agent = converse([call('look', {}), say('No.')]);
    agent.tool(tool('look', 'read'));
    agent.tool(tool('put', 'write'));
    await agent.tools.registerCategory('mine', ['put']);
    await agent.tools.use({ categories: ['mine'] });
    expect((await agent.tools.list()).map(({ name, granted }) => [name, granted])).to.deep.equal([
      ['look', false],
      ['put', true],
    ]);
    expect((await agent.thread().send('look')).toolCalls[0]?.error?.code).to.equal('tool-not-granted');
    await agent.tools.freeze();
    expect(await rejection(agent.tools.extendCategory('mine', ['look']))).to.include({ code: 'tools-frozen' });
    await agent.tools.extendCategory('mine', ['look'], { allowRuntime: true });
    expect((await agent.tools.categories())['mine']).to.have.members(['put', 'look']);
  });
});

describe('the tools of a worker', () => {
  it('may name a category that the worker adds others to', async () => {
    const tools = [tool('look', 'read', { category: 'mine' }), tool('put', 'write')];
    const agent = converse([], { host: { tools, categories: { mine: ['put'], core: ['look'] } } });
    expect(await agent.tools.categories()).to.deep.include({ mine: ['look', 'put'], core: ['look'] });
  });

  it('keep their own data as it is: what is stored of it is a copy', async () => {
    const cart = [{ id: 1 }];
    const agent = converse([call('look', {}), say('One.')], {
      host: { tools: [tool('look', 'read', { run: () => cart })] },
    });
    const { toolCalls } = await agent.thread().send('look');
    expect(toolCalls[0]?.output).to.deep.equal([{ id: 1 }]);
    expect([cart, ...cart].map(Object.isFrozen)).to.deep.equal([false, false]);
  });
});
