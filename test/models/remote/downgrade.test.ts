import { expect } from 'chai';
import type { JsonSchema, ModelRequest } from '../../../src/core/index.ts';
import { remoteModel } from '../../../src/models/index.ts';
import type { RemoteModelInit } from '../../../src/models/index.ts';
import type { Step } from '../../helpers/model-server.d.ts';
import { openSession } from '../../helpers/model-session.ts';
import { asking, assistant, callsOf, find, finishOf, greet, noticesOf, partsOf, result, textOf, user } from './talk.ts';

const schema: JsonSchema = { type: 'object', required: ['n'], properties: { n: { type: 'number' } } };

const refusing = (status: number, message: string): Step => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: { message } }),
});

const saying = (...texts: string[]): Step => ({
  events: [
    ...texts.map((content) => ({ choices: [{ delta: { content } }] })),
    { choices: [{ delta: {}, finish_reason: 'stop' }] },
    '[DONE]',
  ],
});

const answering = (json: string): Step => ({
  events: [
    { choices: [{ delta: { tool_calls: [{ index: 0, id: 'c', function: { name: 'give_answer', arguments: '' } }] } }] },
    ...Array.from(json, (text) => ({
      choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: text } }] } }],
    })),
    { choices: [{ delta: {}, finish_reason: 'tool_calls' }] },
    '[DONE]',
  ],
});

/** Plays a script, asking for each request; returns what was asked and what came. */
async function play(
  script: readonly (string | Step)[],
  requests: readonly Partial<ModelRequest>[],
  config: Partial<RemoteModelInit> = {},
): Promise<{
  bodies: readonly Record<string, unknown>[];
  answers: Awaited<ReturnType<typeof partsOf>>[];
  nativeTools: boolean;
}> {
  const session = await openSession();
  await session.script(script);
  const model = remoteModel({ endpoint: session.endpoint, model: 'text', ...config });
  const answers = [];
  for (const request of requests) answers.push(await partsOf(model, asking(request)));
  return { bodies: await session.bodies(), answers, nativeTools: model.nativeTools };
}

const lastText = (body: Record<string, unknown> | undefined): string =>
  JSON.stringify((body?.messages as unknown[]).at(-1));

describe('a server that does not take', () => {
  it('`stream_options` is asked without, which is said once and remembered', async () => {
    const { bodies, answers } = await play([{ refuse: ['stream_options'] }], [{}, {}]);
    expect(bodies.map((body) => 'stream_options' in body)).to.deep.equal([true, false, false]);
    expect(answers.map((parts) => noticesOf(parts).map(([code]) => code))).to.deep.equal([['model-downgraded'], []]);
    expect(noticesOf(answers[0] ?? [])[0]?.[1]).to.match(/^"text" at 127\.0\.0\.1:\d+ does not count tokens\.$/);
    expect(textOf(answers[1] ?? [])).to.equal('Hello from the server.');
  });

  it('a schema is made to call a tool, then any tool, then asked to, then to write JSON', async () => {
    const { bodies, answers } = await play(
      [
        { refuse: ['response_format'] },
        refusing(400, "tool_choice 'named' is not supported"),
        refusing(400, 'Only `auto` is taken for tool_choice'),
        answering('{"n": 1}'),
        answering('{"n": 2}'),
        refusing(400, 'm does not support tools'),
        saying('Here it is:\n```json\n', '{"n":', ' 3}\n```'),
      ],
      [{ schema }, { schema }, { schema }],
    );
    expect(bodies.map(({ tool_choice }) => tool_choice)).to.deep.equal([
      undefined,
      { type: 'function', function: { name: 'give_answer' } },
      'required',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(bodies.map((body) => 'response_format' in body)).to.deep.equal([
      true,
      ...Array.from({ length: 6 }, () => false),
    ]);
    expect(bodies.map((body) => 'tools' in body)).to.deep.equal([false, true, true, true, true, true, false]);
    expect(lastText(bodies[3])).to.include('Answer by calling give_answer');
    expect(lastText(bodies[6])).to.include('for this schema');
    expect(answers.map((parts) => textOf(parts))).to.deep.equal(['{"n": 1}', '{"n": 2}', '{"n":3}']);
    expect(answers.map(finishOf)).to.deep.equal([
      ['stop', 0, 0],
      ['stop', 0, 0],
      ['stop', 0, 0],
    ]);
    expect(answers.map((parts) => noticesOf(parts).length)).to.deep.equal([3, 0, 1]);
  });

  it('a schema may still call other tools before it answers', async () => {
    const { bodies, answers } = await play(
      [{ refuse: ['response_format'] }, 'calls'],
      [{ schema, tools: [greet, find] }],
    );
    expect(bodies[1]?.tool_choice).to.equal('required');
    expect(callsOf(answers[0] ?? [])).to.deep.equal([
      ['greet', { name: 'Ada' }],
      ['find', { query: 'Müsli 🥣' }],
    ]);
    expect(finishOf(answers[0] ?? [])).to.deep.equal(['tool-calls', 11, 5]);
  });

  it('a schema that is no object is asked to write JSON', async () => {
    const list = { type: 'array', items: { type: 'number' } };
    const { bodies, answers } = await play(
      [{ refuse: ['response_format'] }, saying('It is [1,', ' 2].')],
      [{ schema: list }],
    );
    expect(bodies[1]).not.to.have.property('tools');
    expect(textOf(answers[0] ?? [])).to.equal('[1,2]');
  });

  it('`tool_choice: none` is told in words', async () => {
    const { bodies } = await play([{ refuse: ['tool_choice'] }], [{ tools: [greet], toolChoice: 'none' }]);
    expect(bodies[1]).not.to.have.property('tool_choice');
    expect(lastText(bodies[1])).to.include('Call no other tools.');
  });

  for (const said of [
    'registry.ollama.ai/library/gemma:latest does not support tools',
    'No endpoints found that support tool use.',
    '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    'tools param requires --jinja flag',
    '`tool calling` is not supported with this model',
    'Function calling is not enabled for this model',
  ]) {
    it(`tools gets them in words: ${said}`, async () => {
      const status = said.includes('jinja') ? 500 : said.includes('endpoints') ? 404 : 400;
      const { bodies, answers, nativeTools } = await play(
        [
          refusing(status, said),
          saying('I will. ', '{"tool_ca', 'lls":[{"name":"greet","arguments":{"name":"Ada"}}]}'),
        ],
        [{ tools: [greet], instructions: 'Be kind.' }],
      );
      expect(bodies[1]).not.to.have.property('tools');
      expect((bodies[1]?.messages as { content: string }[])[0]?.content).to.match(/^Be kind\.\n\nYour tools: .*greet/s);
      expect(textOf(answers[0] ?? [])).to.equal('I will. ');
      expect(callsOf(answers[0] ?? [])).to.deep.equal([['greet', { name: 'Ada' }]]);
      expect(finishOf(answers[0] ?? [])).to.deep.equal(['tool-calls', 0, 0]);
      expect(nativeTools).to.be.false;
    });
  }

  it('tools gets earlier calls and results in words, and its own words as they are', async () => {
    const messages = [
      user('Go'),
      assistant('', ['a', 'greet', { name: 'Ada' }]),
      result('a', 'greet', { type: 'json', value: 'Hello Ada' }),
    ];
    for (const provider of ['openai', 'anthropic'] as const) {
      const { bodies } = await play([{ refuse: ['tools'] }], [{ tools: [greet], messages }], { provider });
      const told = JSON.stringify(bodies[1]?.messages);
      expect(told).to.include('Result of greet: Hello Ada').and.include('tool_calls').and.include('greet');
      expect(told).not.to.include('tool_use').and.not.to.include('tool_call_id');
    }
    const { answers } = await play(
      [{ refuse: ['tools'] }, saying('Use `a', '` or { b }', ', or [c].')],
      [{ tools: [greet], messages }],
    );
    expect(textOf(answers[0] ?? [])).to.equal('Use `a` or { b }, or [c].');
    expect(finishOf(answers[0] ?? [])).to.deep.equal(['stop', 0, 0]);
  });

  for (const written of [
    '{"name":"greet","arguments":{"name":"Ada"}}',
    '[{"name":"greet","input":{"name":"Ada"}}]',
    '```json\n{"tool_calls":[{"name":"greet","arguments":{"name":"Ada"}}]}\n```',
    '<tool_call>\n{"name": "greet", "arguments": {"name": "Ada"}}\n</tool_call>',
  ]) {
    it(`tools may write a call as ${written}`, async () => {
      const { answers } = await play([{ refuse: ['tools'] }, saying(written)], [{ tools: [greet] }]);
      expect(callsOf(answers[0] ?? [])).to.deep.equal([['greet', { name: 'Ada' }]]);
    });
  }

  it('system messages gets them as the user’s', async () => {
    const messages = [
      user('Go'),
      { id: 's', at: 0, role: 'system', content: [{ type: 'text', text: 'Be brief.' }] } as const,
    ];
    const { bodies } = await play([refusing(500, 'System message must be at the beginning.')], [{ messages }]);
    expect(bodies[1]?.messages).to.deep.equal([
      { role: 'user', content: 'Go\n\n<site-note>\nBe brief.\n</site-note>' },
    ]);
  });

  it('a schema natively is asked by tool in the manner of Anthropic too', async () => {
    const { bodies } = await play(
      [{ refuse: ['output_config'] }, refusing(400, 'Thinking may not be enabled when tool_choice forces tool use.')],
      [{ schema }],
      { provider: 'anthropic' },
    );
    expect(bodies[1]?.tools).to.deep.equal([
      { name: 'give_answer', description: 'Gives the answer.', input_schema: schema },
    ]);
    expect(bodies[1]?.tool_choice).to.deep.equal({ type: 'tool', name: 'give_answer' });
    expect(bodies[2]?.tool_choice).to.deep.equal({ type: 'any' });
  });
});

it('does not take a fault of a tool’s schema for a server without tools', async () => {
  const session = await openSession();
  await session.script([refusing(400, "Invalid schema for function 'greet': 'required' is required to be supplied")]);
  const model = remoteModel({ endpoint: session.endpoint, model: 'text' });
  let error: unknown;
  try {
    await partsOf(model, asking({ tools: [greet] }));
  } catch (caught) {
    error = caught;
  }
  expect(error)
    .to.have.property('message')
    .that.matches(/Invalid schema for function/);
  expect(model.nativeTools).to.be.true;
});
