/** Categories: what is in them, when they change, and that they are shared and not copied. */
import { expect } from 'chai';
import type { Tool } from '../../src/core/index.ts';
import { createToolRegistry, defineTool } from '../../src/tools/index.ts';

const sketch = (name: string, category = 'custom'): Tool =>
  defineTool({ name, description: `Do ${name}`, effect: 'read', category, run: () => name });

describe('the categories', () => {
  it('that are built in are there from the start, and empty', () => {
    const { categories } = createToolRegistry();
    const names =
      'core search navigation page commerce account content communication scheduling data settings network custom';
    expect(categories.names()).to.deep.equal(names.split(' '));
    for (const name of categories.names()) expect(categories.get(name).size).to.equal(0);
  });

  it('that a registered tool names are there', () => {
    const registry = createToolRegistry();
    registry.add(sketch('a', 'birds'));
    expect(registry.categories.names()).to.include('birds');
    expect([...registry.categories.get('birds')]).to.deep.equal(['a']);
  });

  it('that are known, built in or named by a tool cannot be registered again', () => {
    const { categories, add } = bound();
    add(sketch('a', 'birds'));
    categories.register('mine', []);
    for (const name of ['mine', 'core', 'birds']) {
      expect(() => {
        categories.register(name, ['a']);
      })
        .to.throw()
        .with.property('code', 'category-exists');
      expect(categories.get(name).size).to.equal(name === 'birds' ? 1 : 0);
    }
  });

  it('that are not there can be neither read nor extended', () => {
    const { categories } = createToolRegistry();
    expect(() => categories.get('none'))
      .to.throw()
      .with.property('code', 'unknown-category');
    expect(() => {
      categories.extend('none', []);
    })
      .to.throw()
      .with.property('code', 'unknown-category');
    expect(categories.version('none')).to.equal(0);
  });
});

function bound() {
  const registry = createToolRegistry();
  return { registry, categories: registry.categories, add: (tool: Tool): (() => void) => registry.add(tool) };
}

describe('the members of a category', () => {
  it('are those that name it, those that are listed and those of its extensions, each once', () => {
    const { categories, add } = bound();
    for (const name of ['own', 'both']) add(sketch(name, 'core'));
    for (const name of ['listed', 'extended']) add(sketch(name));
    categories.extend('core', ['listed', 'both']);
    categories.extend('core', ['extended', 'listed']);
    expect([...categories.get('core')].sort()).to.deep.equal(['both', 'extended', 'listed', 'own']);
  });

  it('are only those that are there and enabled', () => {
    const { registry, categories, add } = bound();
    categories.register('mine', ['a', 'b']);
    expect(categories.get('mine').size).to.equal(0);
    const withdraw = add(sketch('a'));
    expect([...categories.get('mine')]).to.deep.equal(['a']);
    registry.enable('a', false);
    expect(categories.get('mine').size).to.equal(0);
    expect(categories.get('custom').size).to.equal(0);
    registry.enable('a', true);
    expect([...categories.get('mine')]).to.deep.equal(['a']);
    withdraw();
    expect(categories.get('mine').size).to.equal(0);
  });

  it('follow the tool that is used of two with one name', () => {
    const registry = createToolRegistry();
    registry.add(sketch('a', 'data'), { source: 'mcp' });
    const withdraw = registry.add(sketch('a', 'page'));
    const sizes = (): readonly number[] => ['data', 'page'].map((name) => registry.categories.get(name).size);
    expect(sizes()).to.deep.equal([0, 1]);
    withdraw();
    expect(sizes()).to.deep.equal([1, 0]);
  });

  it('know all their categories', () => {
    const { categories, add } = bound();
    categories.register('mine', ['a']);
    categories.extend('core', ['a']);
    add(sketch('a', 'page'));
    expect(categories.of('a')).to.deep.equal(['page', 'mine', 'core']);
    expect(categories.of('none')).to.deep.equal([]);
  });
});

describe('the set of a category', () => {
  it('is the same object until the category changes, and another one then', () => {
    const { registry, categories, add } = bound();
    add(sketch('a', 'page'));
    const steps = [
      () => add(sketch('b', 'page')),
      () => {
        categories.extend('page', ['c']);
      },
      () => add(sketch('c')),
      () => {
        registry.enable('a', false);
      },
    ];
    for (const step of steps) {
      const before = categories.get('page');
      const version = categories.version('page');
      expect(categories.get('page')).to.equal(before);
      step();
      expect(categories.get('page')).not.to.equal(before);
      expect(categories.version('page')).to.be.above(version);
    }
  });

  it('is left alone by all that concerns other categories, and by tools that give way', () => {
    const { registry, categories, add } = bound();
    add(sketch('a', 'page'));
    const before = categories.get('page');
    const version = categories.version('page');
    const withdraw = add(sketch('b', 'search'));
    categories.register('mine', ['b', 'z']);
    categories.extend('core', ['b']);
    registry.enable('b', false);
    withdraw();
    registry.add(sketch('a', 'page'), { source: 'mcp' })();
    expect(categories.get('page')).to.equal(before);
    expect(categories.version('page')).to.equal(version);
  });

  it('cannot be used to change the category', () => {
    const { categories, add } = bound();
    add(sketch('a', 'page'));
    const set = categories.get('page') as Set<string>;
    for (const change of [
      () => set.add('b'),
      () => set.delete('a'),
      () => {
        set.clear();
      },
    ]) {
      expect(change).to.throw(TypeError);
    }
    expect([...categories.get('page')]).to.deep.equal(['a']);
  });

  it('does not change under those who hold it', () => {
    const { categories, add } = bound();
    add(sketch('a', 'page'));
    const held = categories.get('page');
    add(sketch('b', 'page'));
    expect([...held]).to.deep.equal(['a']);
  });
});
