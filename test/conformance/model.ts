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

const conversation: readonly Message[] = [
  ask('say hello to Bob'),
  {
    ...{ id: 'a', at: 1, role: 'assistant' },
    content: [
      { type: 'reasoning', text: 'Bob is somebody.', meta: { by: 'somebody else' } },
      { type: 'text', text: 'I do.' },
      { type: 'tool-call', toolCallId: 'run:1:0', toolName: 'greet', input: { name: 'Bob' } },
    ],
  },
  {
    ...{ id: 't', at: 2, role: 'tool' },
    content: [
      { type: 'tool-result', toolCallId: 'run:1:0', toolName: 'greet', output: { type: 'json', value: 'Hello Bob' } },
    ],
  },
  { id: 's', at: 3, role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
  ask('say hello to Ada'),
];

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

    it('calls only tools that it was given, with JSON that fits what it has streamed of it', async () => {
      const parts = await answer(make(), request([ask('say hello to Ada')]));
      for (const part of parts) {
        if (part.type !== 'tool-call') continue;
        expect(part.name).to.equal('greet');
        expect(JSON.parse(JSON.stringify(part.input))).to.deep.equal(part.input);
        const streamed = parts.flatMap((delta) =>
          delta.type === 'tool-input-delta' && delta.id === part.id ? [delta.text] : [],
        );
        if (streamed.length > 0) expect(JSON.parse(streamed.join(''))).to.deep.equal(part.input);
      }
    });

    it('calls no tool when it must not', async () => {
      const parts = await answer(make(), { ...request([ask('what is the meaning of life')]), toolChoice: 'none' });
      expect(parts.map(({ type }) => type)).not.to.include('tool-call');
    });

    it('says only what has words, and counts tokens in whole numbers', async () => {
      for (const part of await answer(make(), request([ask('what is the meaning of life')]))) {
        if (part.type === 'text-delta' || part.type === 'reasoning-delta') expect(part.text).not.to.equal('');
        if (part.type !== 'finish') continue;
        for (const tokens of [part.inputTokens, part.outputTokens]) {
          expect(Number.isInteger(tokens) && tokens >= 0).to.be.true;
        }
      }
    });

    it('goes on from a conversation of every kind of message', async () => {
      const { length } = await answer(make(), request(conversation));
      expect(length).to.be.greaterThan(0);
    });

    it('answers two requests at once, each with its own', async () => {
      const model = make();
      const two = [request([ask('say hello to Ada')]), request([ask('what is the meaning of life')])];
      const both = await Promise.all(two.map((to) => answer(model, to)));
      for (const parts of both) expect(parts.filter(({ type }) => type === 'finish')).to.have.length(1);
    });

    it('stops at any part with a typed error, and says nothing more', async () => {
      const { length } = await answer(make(), request([ask('say hello to Ada')]));
      for (let at = 1; at < length; at++) {
        const controller = new AbortController();
        const parts: ModelPart[] = [];
        let error: unknown;
        try {
          const stream = make().stream(request([ask('say hello to Ada')]), { signal: controller.signal });
          for await (const part of stream) {
            parts.push(part);
            if (parts.length === at) controller.abort();
          }
        } catch (caught) {
          error = caught;
        }
        expect(isAgentError(error) && error.code).to.equal('aborted');
        expect(parts).to.have.length(at);
      }
    });

    it('can be left in the middle', async () => {
      for await (const part of make().stream(request([ask('say hello to Ada')]), {
        signal: new AbortController().signal,
      })) {
        expect(part.type).not.to.equal('');
        break;
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
