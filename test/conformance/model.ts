/** What every model must do. Each adapter's test runs this suite. */
import { expect } from 'chai';
import { isAgentError } from '../../src/core/index.ts';
import type { Message, Model, ModelPart, ModelRequest, ModelTool } from '../../src/core/index.ts';
import { PLAIN } from '../models/plain-tool.ts';

const tool: ModelTool = {
  ...PLAIN,
  name: 'greet',
  description: 'Greet somebody by name',
  input: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
  examples: ['say hello to Ada'],
};

const ask = (text: string): Message => ({ id: 'u', at: 0, role: 'user', content: [{ type: 'text', text }] });
const request = (messages: readonly Message[], tools: readonly ModelTool[] = [tool]): ModelRequest => ({
  messages,
  tools,
  now: Date.UTC(2026, 0, 1),
});

async function answer(model: Model, to: ModelRequest, signal = new AbortController().signal): Promise<ModelPart[]> {
  const parts: ModelPart[] = [];
  for await (const part of model.stream(to, { signal })) parts.push(part);
  return parts;
}

export function testModel(name: string, make: () => Model): void {
  describe(`${name} as a model`, () => {
    const conversations: readonly (readonly [string, ModelRequest])[] = [
      ['a request that means a tool', request([ask('say hello to Ada')])],
      ['a request that means nothing', request([ask('what is the meaning of life')])],
      ['no tools', request([ask('say hello to Ada')], [])],
      ['an empty message', request([ask('')])],
      ['text of a megabyte', request([ask('hello '.repeat(180_000))])],
    ];
    for (const [what, to] of conversations) {
      it(`ends with one finish, and nothing after it, for ${what}`, async () => {
        const parts = await answer(make(), to);
        expect(parts.filter(({ type }) => type === 'finish')).to.have.length(1);
        const last = parts.at(-1);
        expect(last?.type).to.equal('finish');
        const calls = parts.some(({ type }) => type === 'tool-call');
        expect(last?.type === 'finish' && last.reason === 'tool-calls').to.equal(calls);
      });
    }

    it('calls only tools that it was given', async () => {
      for (const part of await answer(make(), request([ask('say hello to Ada')]))) {
        if (part.type === 'tool-call') expect(part.name).to.equal('greet');
      }
    });

    it('stops with a typed error when it is aborted', async () => {
      let error: unknown;
      try {
        await answer(make(), request([ask('say hello to Ada')]), AbortSignal.abort());
      } catch (caught) {
        error = caught;
      }
      expect(isAgentError(error) && error.code).to.equal('aborted');
    });
  });
}
