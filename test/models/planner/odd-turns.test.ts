import { expect } from 'chai';
import type { Message, ModelTool } from '../../../src/core/index.ts';
import { answer, NOW, say, user } from '../planner-talk.ts';
import type { Answer } from '../planner-talk.ts';
import { tasks, theatre } from '../planner-theatre.ts';
import { office, tool } from '../planner-tools.ts';
import { harbour } from './harbour.ts';

const lit = { tool: 'light.set', input: { room: 'kitchen', state: 'on' } };

/** The answer to something that is said after a call. */
function after(tools: readonly ModelTool[], call: { tool: string; input: object }, said: string): Promise<Answer> {
  const messages: readonly Message[] = [
    user('u0', 'before'),
    {
      ...{ id: 'a0', at: NOW, role: 'assistant' },
      content: [{ type: 'tool-call', toolCallId: 'c0', toolName: call.tool, input: call.input }],
    },
    {
      ...{ id: 't0', at: NOW, role: 'tool' },
      content: [{ type: 'tool-result', toolCallId: 'c0', toolName: call.tool, output: { type: 'json', value: null } }],
    },
    { id: 'a1', at: NOW, role: 'assistant', content: [{ type: 'text', text: 'Done.' }] },
    user('u1', said),
  ];
  return answer(tools, messages);
}

describe('planner in odd turns', () => {
  for (const said of ['and not the office', 'but not the office', 'at 8']) {
    it(`“${said}” after a lamp was lit calls nothing`, async () => {
      expect((await after(office, lit, said)).calls).to.deep.equal([]);
    });
  }
  for (const said of ['undo the alarm', 'revert to dark mode', 'reverse the car']) {
    it(`“${said}” takes back no other call`, async () => {
      expect((await after(office, lit, said)).calls).to.deep.equal([]);
    });
  }
  it('“not T-4” deletes T-4 no second time', async () => {
    expect((await after(tasks, { tool: 'delete_task', input: { task: 'T-4' } }, 'not T-4')).calls).to.deep.equal([]);
  });
  it('a marked request to another tool is that tool’s', async () => {
    const { calls } = await after(office, lit, 'and disable the alarm');
    expect(calls).to.deep.equal([{ name: 'alarm.disable', input: {} }]);
  });
  it('a day that is put beside a telephone is no telephone number', async () => {
    const lost = { tool: 'report_loss', input: { item: 'a paddle' } };
    expect((await after(harbour, lost, 'and an oar, on 2026-11-20')).calls).not.to.deep.include({
      name: 'report_loss',
      input: { item: 'an oar', phone: '2026-11-20' },
    });
  });

  describe('takes for the text that it asked for', () => {
    for (const said of [
      'cancel please',
      'forget about it',
      'actually, I changed my mind',
      'what do you mean?',
      'why?',
      'help',
    ]) {
      it(`not “${said}”`, async () => {
        expect((await say(tasks, 'create a task', said)).calls).to.deep.equal([]);
      });
    }
    it('what else is said', async () => {
      const { calls } = await say(tasks, 'create a task', 'cancel the lease');
      expect(calls).to.deep.equal([{ name: 'create_task', input: { title: 'cancel the lease' } }]);
    });
  });

  it('leaves out of an answer neither another thing nor a time', async () => {
    expect((await say(theatre, 'buy tickets for hamlet', 'two for jazz night')).calls).to.deep.equal([]);
    expect((await say(office, 'turn on the light', 'the kitchen, tomorrow')).calls).to.deep.equal([]);
  });

  it('finds one of ten thousand values in a message of many words', async () => {
    const values = Array.from({ length: 10_000 }, (_, at) => `value ${at}`);
    const big = tool({
      ...{ name: 'big_choice', description: 'Sets the choice', examples: [] },
      input: { type: 'object', properties: { choice: { type: 'string', enum: values } }, required: ['choice'] },
    });
    expect((await say([big], 'set the choice to value 9999')).call?.input).to.deep.equal({ choice: 'value 9999' });
    expect((await say([big], `set ${'value '.repeat(300)}`)).calls).to.deep.equal([]);
  });
});
