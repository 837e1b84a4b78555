import { expect } from 'chai';
import type { ModelRequest } from '../../src/core/index.ts';
import { call, say } from '../../src/models/index.ts';
import type { ScriptedAnswer } from '../../src/models/index.ts';
import { converse, eraseAll, tool } from './conversation.ts';

const schema = {
  type: 'object',
  required: ['total'],
  properties: { total: { type: 'number' }, currency: { enum: ['EUR', 'USD'] } },
  additionalProperties: false,
};

describe('an answer by a schema', () => {
  afterEach(eraseAll);

  it('is data in the result, and the model gets the schema', async () => {
    const asked: ModelRequest[] = [];
    const answer: ScriptedAnswer = (request) => {
      asked.push(request);
      return say('{"total": 3.5, "currency": "EUR"}');
    };
    const { output, status } = await converse([answer]).thread().send('what does it cost?', { schema });
    expect([status, output]).to.deep.equal(['completed', { total: 3.5, currency: 'EUR' }]);
    expect(asked[0]?.schema).to.deep.equal(schema);
  });

  it('may come after calls of tools', async () => {
    const agent = converse([call('price', {}), say('```json\n{"total": 2}\n```')]);
    agent.tool(tool('price', 'read', { run: () => 2 }));
    const { output, toolCalls } = await agent.thread().send('what does it cost?', { schema });
    expect([output, toolCalls.length]).to.deep.equal([{ total: 2 }, 1]);
  });

  it('is asked for once more where it does not fit, with what is wrong', async () => {
    const asked: ModelRequest[] = [];
    const mended: ScriptedAnswer = (request) => {
      asked.push(request);
      return say('{"total": 4}');
    };
    const { output } = await converse([say('It is 4 euros.'), mended])
      .thread()
      .send('what?', { schema });
    expect(output).to.deep.equal({ total: 4 });
    const last = asked[0]?.messages.at(-1);
    expect(last?.role).to.equal('system');
    expect(last?.content[0]).to.have.property('text').that.includes('does not fit the schema');
  });

  it('fails the turn where it does not fit the second time either; the next one begins anew', async () => {
    const wrong = say('{"total": "four"}');
    const thread = converse([wrong, wrong, wrong, say('{"total": 4}')]).thread();
    const { status, error } = await thread.send('what?', { schema });
    expect([status, error?.code]).to.deep.equal(['failed', 'invalid-output']);
    expect((error?.details as { readonly issues: readonly string[] }).issues[0]).to.include('total');
    expect((await thread.send('and now?', { schema })).output).to.deep.equal({ total: 4 });
  });

  it('is not asked for by the next message, which has none', async () => {
    const thread = converse([say('{"total": 1}'), say('Hello.')]).thread();
    await thread.send('what?', { schema });
    const { text, output } = await thread.send('hello');
    expect([text, output]).to.deep.equal(['Hello.', undefined]);
  });
});
