import { expect } from 'chai';
import type { AssistantMessage, ModelPart } from '../../../src/core/index.ts';
import { answerOf } from '../../../src/agent/answer.ts';
import type { AgentScope } from '../../../src/agent/context.ts';
import { remoteModel } from '../../../src/models/index.ts';
import type { RemoteModelInit } from '../../../src/models/index.ts';
import { openSession } from '../../helpers/model-session.ts';
import type { Session } from '../../helpers/model-session.ts';
import { asking, callsOf, finishOf, greet, partsOf, result, textOf, user } from './talk.ts';

const chunk = (delta: object, finish_reason: string | null = null): object => ({
  choices: [{ index: 0, delta, finish_reason }],
});

const calling = (index: number, name: string, args: string, more: object = {}): object =>
  chunk({ tool_calls: [{ index, id: `c${index}`, type: 'function', function: { name, arguments: args }, ...more }] });

async function answering(events: readonly unknown[], config: Partial<RemoteModelInit> = {}): Promise<ModelPart[]> {
  const session = await openSession();
  await session.script([{ events: [...events] }]);
  const model = remoteModel({ endpoint: session.endpoint, model: 'm', ...config });
  return partsOf(model, asking({ tools: [greet] }));
}

/** What the server gets back of its answer, once its call has been made. */
async function givenBack(events: readonly unknown[], config: Partial<RemoteModelInit> = {}): Promise<unknown> {
  const session: Session = await openSession();
  await session.script([{ events: [...events] }]);
  const model = remoteModel({ endpoint: session.endpoint, model: 'm', ...config });
  const { signal } = new AbortController();
  const ctx = { context: { model, now: () => 0 }, runId: 'r', step: 1, signal } as unknown as AgentScope;
  const request = asking({ tools: [greet] });
  const answer: AssistantMessage = await answerOf(request, ctx, () => undefined, 'm1');
  const given = result('r:1:0', 'greet', { type: 'json', value: 'Hi' });
  await partsOf(model, { ...request, messages: [user('Hello'), answer, given] });
  const body = (await session.bodies())[1] as { messages: { content: unknown }[] };
  return body.messages[1];
}

describe('an answer in the manner of OpenAI', () => {
  it('that is cut off before the input of a call has begun makes no call', async () => {
    const parts = await answering([calling(0, 'greet', ''), chunk({}, 'length')]);
    expect(callsOf(parts)).to.deep.equal([]);
    expect((finishOf(parts) as unknown[])[0]).to.equal('length');
  });

  it('that is a refusal says so', async () => {
    const parts = await answering([
      chunk({ role: 'assistant', content: null, refusal: '' }),
      chunk({ refusal: 'I ' }),
      chunk({ refusal: 'cannot.' }),
      chunk({}, 'stop'),
    ]);
    expect(textOf(parts)).to.equal('I cannot.');
  });

  it('gets its thoughts back although it has said something after them', async () => {
    const back = await givenBack([
      chunk({ reasoning_content: 'Ada, so greet.' }),
      chunk({ content: 'One moment.' }),
      calling(0, 'greet', '{"name":"Ada"}'),
      chunk({}, 'tool_calls'),
    ]);
    expect(back).to.include({ content: 'One moment.', reasoning_content: 'Ada, so greet.' });
  });

  it('gets what came with a call back with that call, whatever its number was', async () => {
    const back = (await givenBack([
      calling(1, 'greet', '{"name":"Ada"}', { extra_content: { signature: 'abc' } }),
      chunk({}, 'tool_calls'),
    ])) as { tool_calls: object[] };
    expect(back.tool_calls[0]).to.deep.include({ extra_content: { signature: 'abc' } });
  });
});

describe('an answer in the manner of Anthropic', () => {
  it('gets its blocks back in their order, also thoughts that nobody can read', async () => {
    const back = (await givenBack(
      [
        {
          type: 'message_start',
          message: { role: 'assistant', content: [], usage: { input_tokens: 1, output_tokens: 1 } },
        },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'One moment.' } },
        { type: 'content_block_stop', index: 0 },
        { type: 'content_block_start', index: 1, content_block: { type: 'redacted_thinking', data: 'xyz' } },
        { type: 'content_block_stop', index: 1 },
        {
          type: 'content_block_start',
          index: 2,
          content_block: { type: 'tool_use', id: 't', name: 'greet', input: {} },
        },
        { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"name":"Ada"}' } },
        { type: 'content_block_stop', index: 2 },
        { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 5 } },
        { type: 'message_stop' },
      ],
      { provider: 'anthropic' },
    )) as { content: { type: string }[] };
    expect(back.content.map(({ type }) => type)).to.deep.equal(['text', 'redacted_thinking', 'tool_use']);
  });
});
