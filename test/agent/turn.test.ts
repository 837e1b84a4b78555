import { expect } from 'chai';
import { lastTurn, userMessage } from '../../src/agent/index.ts';
import { closed } from '../../src/agent/model-node.ts';
import type { Message } from '../../src/core/index.ts';

const user = (text: string): Message => userMessage(text, text, 0);
const calls = (...ids: string[]): Message => ({
  id: ids.join(),
  at: 0,
  role: 'assistant',
  content: ids.map((id) => ({ type: 'tool-call', toolCallId: id, toolName: 'buy', input: { id } })),
});
const said = (text: string): Message => ({ id: text, at: 0, role: 'assistant', content: [{ type: 'text', text }] });
const denied = (id: string): Message => ({
  id: `${id}:result`,
  at: 0,
  role: 'tool',
  content: [{ type: 'tool-result', toolCallId: id, toolName: 'buy', output: { type: 'execution-denied' } }],
});

describe('lastTurn', () => {
  it('is what happened since the last message of a person', () => {
    const messages = [user('a'), said('old'), user('b'), calls('1', '2'), denied('1'), said('x'), said('y')];
    expect(lastTurn(messages)).to.deep.equal({
      text: 'x\n\ny',
      toolCalls: [
        { callId: '1', tool: 'buy', input: { id: '1' }, outcome: 'denied' },
        { callId: '2', tool: 'buy', input: { id: '2' }, outcome: 'unknown' },
      ],
    });
  });

  it('is empty without messages', () => {
    expect(lastTurn([])).to.deep.equal({ text: '', toolCalls: [] });
  });
});

describe('closed', () => {
  it('tells the outcome of every call without a result as unknown, and leaves the others alone', () => {
    const cut = closed([user('a'), calls('1', '2'), denied('1')], 5);
    expect(cut.map(({ content }) => content[0]?.toolCallId)).to.deep.equal(['2']);
    const output = cut[0]?.content[0]?.output;
    expect(output?.type === 'error-json' && output.value.code).to.equal('aborted');
    expect(closed([user('a'), calls('1', '2'), denied('1'), ...cut], 6)).to.deep.equal([]);
  });
});
