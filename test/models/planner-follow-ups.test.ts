import { expect } from 'chai';
import type { Message, ModelTool } from '../../src/core/index.ts';
import { CLASSES, gym } from './planner-gym.ts';
import { answer, NOW, user } from './planner-talk.ts';
import type { Answer } from './planner-talk.ts';
import { office } from './planner-tools.ts';

interface Call {
  readonly tool: string;
  readonly input: object;
  readonly result?: unknown;
}

/** The answer to something that is said after a call. */
function after({ tool, input, result = null }: Call, said: string, tools: readonly ModelTool[] = gym): Promise<Answer> {
  const messages: readonly Message[] = [
    user('u0', 'before'),
    { id: 'a0', at: NOW, role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c0', toolName: tool, input }] },
    {
      ...{ id: 't0', at: NOW, role: 'tool' },
      content: [{ type: 'tool-result', toolCallId: 'c0', toolName: tool, output: { type: 'json', value: result } }],
    },
    { id: 'a1', at: NOW, role: 'assistant', content: [{ type: 'text', text: 'Done.' }] },
    user('u1', said),
  ];
  return answer(tools, messages);
}
const goesOn = (before: Call, said: string, name: string, input: object, tools?: readonly ModelTool[]): void => {
  it(`“${said}” after ${before.tool} calls ${name}`, async () => {
    expect((await after(before, said, tools)).calls).to.deep.equal([{ name, input }]);
  });
};

describe('planner after a call', () => {
  const joined = { tool: 'join_class', input: { class: 'yg1', places: 2 } };
  const heated = { tool: 'heating.set', input: { room: 'kitchen', degrees: 20 } };
  const statement = { tool: 'get_statement', input: { month: '2026-03', type: 'csv' } };

  describe('keeps what is not said anew', () => {
    goesOn(heated, 'and the office', 'heating.set', { room: 'office', degrees: 20 }, office);
    goesOn(heated, 'make that 22', 'heating.set', { room: 'kitchen', degrees: 22 }, office);
    goesOn(heated, 'same for the bedroom', 'heating.set', { room: 'bedroom', degrees: 20 }, office);
    goesOn(statement, 'what about april?', 'get_statement', { month: '2026-04', type: 'csv' });
    goesOn(statement, 'as pdf please', 'get_statement', { month: '2026-03', type: 'pdf' });
  });

  it('says so when nothing takes a call back', async () => {
    const { calls, text } = await after({ tool: 'timer.start', input: { minutes: 5 } }, 'undo that', office);
    expect([calls, text]).to.deep.equal([[], 'I do not know how to take that back.']);
  });

  describe('corrects', () => {
    goesOn(joined, 'make that three', 'change_places', { class: 'yg1', places: 3 });
    goesOn(joined, 'no, the other one', 'join_class', { class: 'yg2', places: 2 });
    goesOn({ tool: 'switch_fan', input: { fan: 'left', state: 'on' } }, 'the other one', 'switch_fan', {
      fan: 'right',
      state: 'on',
    });
  });

  describe('undoes', () => {
    goesOn(joined, 'undo that', 'leave_class', { class: 'yg1' });
    goesOn({ tool: 'switch_fan', input: { fan: 'left', state: 'on' } }, 'undo that', 'switch_fan', {
      fan: 'left',
      state: 'off',
    });
    it('nothing that has no opposite', async () => {
      expect((await after(statement, 'undo that')).calls).to.deep.equal([]);
    });
  });

  describe('knows what was shown', () => {
    const shown = { tool: 'find_classes', input: { topic: 'yoga' }, result: CLASSES };
    goesOn(shown, 'join the second one', 'join_class', { class: 'yg2' });
    goesOn(shown, 'join the last one', 'join_class', { class: 'spn' });
  });

  it('follows another request', async () => {
    expect((await after(joined, 'rent a squash court tomorrow from 2 pm to 3 pm')).call?.name).to.equal('rent_court');
    expect((await after({ tool: 'gone', input: {} }, 'join spinning')).call?.name).to.equal('join_class');
  });
  it('leaves thanks alone', async () => {
    expect((await after(joined, 'thanks, that’s great')).text).to.equal('You are welcome.');
  });
});
