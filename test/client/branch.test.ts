import { expect } from 'chai';
import type { Message } from '../../src/index.ts';
import { say } from '../../src/models/index.ts';
import { converse, eraseAll } from '../agent/conversation.ts';

describe('the thread that this browser used last', () => {
  afterEach(eraseAll);

  it('is the copy of it that goes on in other words, and no copy of another thread', async () => {
    const agent = converse([say('Ada.'), say('Red.')]);
    const copies: string[] = [];
    for (const thread of [agent.thread(), agent.thread('beside')]) {
      await thread.send('a name');
      const [first] = ((await thread.state())?.state['messages'] ?? []) as readonly Message[];
      copies.push((await thread.branch(first?.id ?? '')).id);
    }
    expect(copies[0]).not.to.equal('main');
    expect(agent.thread().id).to.equal(copies[0]);
  });
});
