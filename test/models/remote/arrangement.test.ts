import { expect } from 'chai';
import fc from 'fast-check';
import type { Message } from '../../../src/core/index.ts';
import { remoteModel } from '../../../src/models/index.ts';
import { asking, assistant, partsOf, result, system, user } from './talk.ts';

/** A model whose server hears everything and says nothing; with what it heard last. */
function listening(provider: 'openai' | 'anthropic'): (messages: readonly Message[]) => Promise<Sent[]> {
  let heard = '';
  const model = remoteModel({
    ...{ provider, endpoint: 'https://example.com', model: 'm' },
    async fetch(_url, init) {
      heard = init.body as string;
      return new Response('data: {"type":"message_stop"}\n\ndata: [DONE]\n\n');
    },
  });
  return async (messages) => {
    await partsOf(model, asking({ messages }));
    return (JSON.parse(heard) as { messages: Sent[] }).messages;
  };
}

interface Sent {
  readonly role: string;
  readonly content: string | null | readonly Record<string, string | undefined>[];
  readonly tool_calls?: readonly { readonly id: string }[];
  readonly tool_call_id?: string;
}

/** Any conversation, also one that no agent would have: results that come late, twice, never, or for no call. */
const conversations: fc.Arbitrary<readonly Message[]> = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 3 }).map((text) => () => user(text)),
      fc.constant(() => system('Be brief.')),
      fc.tuple(fc.string({ maxLength: 3 }), fc.uniqueArray(fc.nat(8), { maxLength: 3 })).map(
        ([text, ids]) =>
          () =>
            assistant(text, ...ids.map((id) => [`call:${id}`, 'greet', { id }] as const)),
      ),
      fc.nat(8).map((id) => () => result(`call:${id}`, 'greet', { type: 'json', value: id })),
    ),
    { maxLength: 12 },
  )
  .map((made) => {
    const called = new Set<string>();
    // An agent gives each call an id of its own.
    return made.flatMap((make) => {
      const message = make();
      const ids =
        message.role === 'assistant'
          ? message.content.flatMap((part) => ('toolCallId' in part ? part.toolCallId : []))
          : [];
      if (ids.some((id) => called.has(id))) return [];
      for (const id of ids) called.add(id);
      return [message];
    });
  });

const parts = ({ content }: Sent): readonly Record<string, string | undefined>[] =>
  content === null || typeof content === 'string' ? [] : content;

describe('any conversation, as a server gets it,', () => {
  it('has in the manner of OpenAI the results of an answer’s calls right behind it, each once', async () => {
    const tell = listening('openai');
    await fc.assert(
      fc.asyncProperty(conversations, async (messages) => {
        const sent = await tell(messages);
        expect(sent).not.to.be.empty;
        let open: string[] = [];
        for (const { role, tool_calls, tool_call_id = '', content } of sent) {
          if (role === 'tool') {
            expect(open).to.include(tool_call_id);
            open = open.filter((id) => id !== tool_call_id);
            continue;
          }
          expect(open).to.be.empty;
          open = (tool_calls ?? []).map(({ id }) => id);
          if (role === 'assistant') expect(content !== null || open.length > 0).to.be.true;
        }
        expect(open).to.be.empty;
      }),
    );
  });

  it('alternates in the manner of Anthropic, with results first, and nothing empty', async () => {
    const tell = listening('anthropic');
    await fc.assert(
      fc.asyncProperty(conversations, async (messages) => {
        const sent = await tell(messages);
        let open: (string | undefined)[] = [];
        for (const [at, message] of sent.entries()) {
          expect(message.role).to.equal(at % 2 === 0 ? 'user' : 'assistant');
          expect(parts(message)).not.to.be.empty;
          for (const part of parts(message)) if (part.type === 'text') expect(part.text?.trim()).not.to.equal('');
          const results = parts(message).filter(({ type }) => type === 'tool_result');
          expect(parts(message).slice(0, results.length)).to.deep.equal(results);
          expect(results.map(({ tool_use_id }) => tool_use_id)).to.have.members(open);
          open = parts(message).flatMap(({ type, id }) => (type === 'tool_use' ? [id] : []));
        }
        expect(sent.at(-1)?.role).to.equal('user');
        expect(open).to.be.empty;
      }),
    );
  });

  it('is the same whether it was told in steps or at once', async () => {
    for (const provider of ['openai', 'anthropic'] as const) {
      await fc.assert(
        fc.asyncProperty(conversations, fc.array(fc.nat(12), { maxLength: 4 }), async (messages, steps) => {
          const tell = listening(provider);
          for (const step of steps) await tell(messages.slice(0, step));
          expect(await tell(messages)).to.deep.equal(await listening(provider)(messages));
        }),
      );
    }
  });
});
