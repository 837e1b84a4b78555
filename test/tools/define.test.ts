import { expect } from 'chai';
import { toolSpec } from '../../src/core/index.ts';
import { createToolRegistry, defineTool } from '../../src/tools/index.ts';

const definition = {
  name: 'greet',
  description: 'Greet somebody',
  effect: 'read',
  input: { type: 'object', properties: { name: { type: 'string' } } },
  run: () => 'hello',
} as const;

describe('defineTool', () => {
  it('fills in what a definition may leave out', () => {
    expect(defineTool(definition)).to.include({ danger: 'low', category: 'custom', timeout: 30_000, suggests: false });
    expect(defineTool({ ...definition, effect: 'navigate' }).danger).to.equal('low');
  });

  it('takes a write for dangerous until it is said not to be', () => {
    expect(defineTool({ ...definition, effect: 'write' }).danger).to.equal('medium');
    expect(defineTool({ ...definition, effect: 'write', danger: 'low' }).danger).to.equal('low');
  });

  it('takes no input for a tool that names none', () => {
    const { name, description, effect, run } = definition;
    const registry = createToolRegistry();
    registry.add(defineTool({ name, description, effect, run }));
    expect(registry.get('greet').read({ name: 'Ada' })).to.deep.equal({});
  });

  it('names every fault of a definition at once', () => {
    const broken = {
      name: 'no spaces',
      effect: 'destroy',
      danger: 'none',
      timeout: Infinity,
      input: {},
      description: ' ',
      examples: [1],
    };
    let error: unknown;
    try {
      // A script tag has no type checker.
      defineTool(broken as unknown as typeof definition);
    } catch (caught) {
      error = caught;
    }
    expect(error).to.include({ code: 'invalid-tool' });
    for (const field of ['name', 'description', 'input', 'effect', 'danger', 'timeout', 'examples', 'run']) {
      expect((error as Error).message).to.include(`\`${field}\``);
    }
  });

  it('refuses what is no path, which would be in nobody’s way', () => {
    for (const path of ['cart/{name}', 'cart', '{name}', 'a b/c-{name}']) defineTool({ ...definition, reads: [path] });
    for (const path of ['cart/*', 'cart/', '/cart', 'a//b', 'cart/{name', 'cart/{}']) {
      expect(() => defineTool({ ...definition, reads: [path] }), path)
        .to.throw()
        .with.property('code', 'invalid-tool');
    }
  });

  it('keeps `this` for the functions of a definition', async () => {
    const greeting = {
      ...definition,
      word: 'hi',
      run(this: { word: string }) {
        return this.word;
      },
      suggest(this: { word: string }) {
        return [this.word];
      },
    };
    const tool = defineTool(greeting);
    const context = { signal: new AbortController().signal, idempotencyKey: '', progress: () => undefined };
    expect(tool.run({}, context)).to.equal('hi');
    expect(await tool.suggest?.('name', '')).to.deep.equal(['hi']);
  });

  it('gives a spec that can cross a port', () => {
    const tool = defineTool({ ...definition, suggest: () => [] });
    expect(structuredClone(toolSpec(tool))).to.deep.equal(toolSpec(tool));
  });
});
