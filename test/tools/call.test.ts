import { expect } from 'chai';
import { callTool, createToolRegistry, defineTool, needsApproval } from '../../src/tools/index.ts';
import type { ToolDefinition } from '../../src/tools/index.ts';
import { rejection } from '../helpers/rejection.ts';

const definition: ToolDefinition<{ n: number }, unknown> = {
  name: 'double',
  description: 'Double a number',
  effect: 'read',
  input: {
    type: 'object',
    required: ['n'],
    additionalProperties: false,
    properties: { n: { type: 'integer', minimum: 1 }, deep: { type: 'object', properties: { x: { type: 'string' } } } },
  },
  run: ({ n }) => n * 2,
};

const entryOf = (changes: Partial<ToolDefinition<{ n: number }, unknown>> = {}) => {
  const registry = createToolRegistry();
  registry.add(defineTool({ ...definition, ...changes }));
  return registry.get('double');
};

const context = (signal = new AbortController().signal) => ({
  signal,
  idempotencyKey: 'key',
  progress: () => undefined,
});

describe('callTool', () => {
  it('gives what the tool returns', async () => {
    expect(await callTool(entryOf(), { n: 4 }, context())).to.deep.equal({ outcome: 'ok', output: 8 });
  });

  it('never runs a tool on input that breaks its schema, and names the path', async () => {
    let runs = 0;
    const entry = entryOf({ run: () => runs++ });
    const inputs: readonly (readonly [unknown, string])[] = [
      [{ n: 0 }, 'n'],
      [{ n: 'two' }, 'n'],
      [{}, 'input'],
      [{ n: 1, deep: { x: 1 } }, 'deep.x'],
      [null, 'input'],
      [{ n: 1, other: 2 }, 'other'],
    ];
    for (const [input, path] of inputs) {
      const result = await callTool(entry, input, context());
      expect(result.outcome).to.equal('failed');
      if (result.outcome !== 'failed') continue;
      expect(result.error.code).to.equal('invalid-tool-input');
      const { issues } = result.error.details as { issues: { path: string }[] };
      expect(issues.map((issue) => issue.path)).to.include(path);
    }
    expect(runs).to.equal(0);
  });

  it('turns what a tool throws into a typed failure with its sentence', async () => {
    const entry = entryOf({
      run: () => {
        throw new RangeError('Sold out.');
      },
    });
    const result = await callTool(entry, { n: 1 }, context());
    expect(result.outcome === 'failed' && result.error).to.include({ code: 'tool-failed', message: 'Sold out.' });
  });

  it('gives up on a tool that never ends, and aborts it', async () => {
    let aborted = false;
    const entry = entryOf({
      timeout: 20,
      run: (_, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => (aborted = true));
        }),
    });
    const result = await callTool(entry, { n: 1 }, context());
    expect(result.outcome === 'failed' && result.error.code).to.equal('tool-timeout');
    expect(aborted).to.equal(true);
  });

  it('rejects, and aborts the tool, when the run is stopped', async () => {
    const stop = new AbortController();
    let aborted = false;
    const entry = entryOf({
      run: (_, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => (aborted = true));
        }),
    });
    const call = callTool(entry, { n: 1 }, context(stop.signal));
    stop.abort();
    expect(await rejection(call)).to.include({ code: 'aborted' });
    expect(aborted).to.equal(true);
  });
});

describe('the tool registry', () => {
  it('explains a name that is taken and a name that is not there', () => {
    const registry = createToolRegistry();
    const remove = registry.add(defineTool(definition));
    expect(() => registry.add(defineTool(definition)))
      .to.throw()
      .with.property('code', 'tool-exists');
    expect(() => registry.get('triple'))
      .to.throw()
      .with.property('fix', 'Use one of: double.');
    remove();
    remove();
    expect(registry.list()).to.deep.equal([]);
    registry.add(defineTool(definition));
    remove();
    expect(registry.list()).to.have.length(1);
  });

  it('gives the same list until something changes', () => {
    const registry = createToolRegistry();
    registry.add(defineTool(definition));
    const list = registry.list();
    expect(registry.list()).to.equal(list);
    registry.add(defineTool({ ...definition, name: 'other' }));
    expect(registry.list()).to.have.length(2);
    expect(list).to.have.length(1);
  });

  it('refuses a schema that cannot be read', () => {
    const tool = defineTool({ ...definition, input: { type: 'object', $ref: '#/nowhere' } });
    const registry = createToolRegistry();
    expect(() => {
      registry.add(tool);
      registry.get('double').check({ n: 1 });
    }).to.throw();
  });
});

describe('needsApproval', () => {
  const table = [
    ['read', 'high', false],
    ['write', 'low', false],
    ['write', 'medium', true],
    ['write', 'high', true],
    ['navigate', 'low', false],
    ['navigate', 'high', true],
  ] as const;
  for (const [effect, danger, asks] of table) {
    it(`${asks ? 'asks' : 'does not ask'} before a ${effect} of ${danger} danger`, () => {
      expect(needsApproval(defineTool({ ...definition, effect, danger }))).to.equal(asks);
    });
  }
});
