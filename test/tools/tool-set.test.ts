/** Tool sets: recipes that are followed by what comes later. */
import { expect } from 'chai';
import type { Tool, ToolSetPreset, ToolSetRecipe } from '../../src/core/index.ts';
import { createToolRegistry, createToolSet, defineTool } from '../../src/tools/index.ts';

const sketch = (name: string, category = 'custom'): Tool =>
  defineTool({ name, description: `Do ${name}`, effect: 'read', category, run: () => name });

function market() {
  const registry = createToolRegistry();
  registry.add(sketch('core', 'core'));
  registry.add(sketch('page', 'page'));
  registry.add(sketch('net', 'network'));
  registry.add(sketch('shop', 'commerce'), { source: 'vertical' });
  registry.add(sketch('far', 'core'), { source: 'mcp' });
  registry.add(sketch('web', 'page'), { source: 'webmcp' });
  const names = (recipe: ToolSetRecipe | ToolSetPreset): string =>
    [...createToolSet(registry, recipe).names()].sort().join(' ');
  return { registry, names };
}

describe('a tool set', () => {
  for (const [preset, names] of [
    ['minimal', 'core far'],
    ['default', 'core net page shop'],
    ['offline', 'core page shop'],
    ['full', 'core far net page shop web'],
  ] as const) {
    it(`that is ${preset} has what its name says`, () => {
      expect(market().names(preset)).to.equal(names);
    });
  }

  for (const [what, recipe, names] of [
    ['nothing', {}, ''],
    ['tools', { tools: ['page', 'none'] }, 'page'],
    ['categories', { categories: ['page', 'commerce'] }, 'page shop web'],
    ['sources', { sources: ['mcp', 'webmcp'] }, 'far web'],
    ['a union of all three', { tools: ['net'], categories: ['commerce'], sources: ['mcp'] }, 'far net shop'],
    ['less than excluded tools', { sources: ['site'], exclude: { tools: ['net'] } }, 'core page'],
    ['less than excluded categories', { sources: ['site'], exclude: { categories: ['network'] } }, 'core page'],
    ['nothing that is both named and excluded', { tools: ['net'], exclude: { tools: ['net'] } }, ''],
  ] as const) {
    it(`of a recipe has ${what}`, () => {
      expect(market().names(recipe)).to.equal(names);
    });
  }

  it('sees what comes later: tools, members, extensions and categories', () => {
    const registry = createToolRegistry();
    const set = createToolSet(registry, { tools: ['single'], categories: ['later', 'page'] });
    const steps: readonly [string, () => unknown][] = [
      ['single', () => registry.add(sketch('single'))],
      ['member', () => registry.add(sketch('member', 'page'))],
      [
        'listed',
        () => {
          registry.add(sketch('listed'));
          registry.categories.register('later', ['listed']);
        },
      ],
      [
        'extended',
        () => {
          registry.add(sketch('extended'));
          registry.categories.extend('later', ['extended']);
        },
      ],
    ];
    for (const [name, step] of steps) {
      expect(set.has(name)).to.equal(false);
      step();
      expect(set.has(name)).to.equal(true);
    }
  });

  it('leaves out a tool also by its alias', () => {
    const registry = createToolRegistry();
    registry.add(defineTool({ name: 'pay', aliases: ['buy'], description: 'Pay', effect: 'read', run: () => 1 }));
    expect(createToolSet(registry, { sources: ['site'], exclude: { tools: ['buy'] } }).has('pay')).to.equal(false);
  });

  it('has no tool that is disabled or withdrawn', () => {
    const registry = createToolRegistry();
    const withdraw = registry.add(sketch('a', 'page'));
    for (const recipe of [{ tools: ['a'] }, { categories: ['page'] }, { sources: ['site'] }] as const) {
      const set = createToolSet(registry, recipe);
      expect(set.has('a')).to.equal(true);
      registry.enable('a', false);
      expect(set.has('a')).to.equal(false);
      registry.enable('a', true);
      expect(set.has('a')).to.equal(true);
    }
    const set = createToolSet(registry, 'full');
    withdraw();
    expect(set.has('a')).to.equal(false);
  });

  it('is worked out anew only when a category that it names has changed', () => {
    const { registry } = market();
    const set = createToolSet(registry, { categories: ['core'], exclude: { categories: ['network'] } });
    const names = set.names();
    registry.add(sketch('other', 'page'));
    registry.categories.register('mine', ['other']);
    expect(set.names()).to.equal(names);
    registry.add(sketch('more', 'core'));
    const more = set.names();
    expect([...more].sort()).to.deep.equal(['core', 'far', 'more']);
    registry.categories.extend('network', ['more']);
    expect(set.has('more')).to.equal(false);
    expect([...more]).to.include('more');
  });

  it('gives names that nobody can change', () => {
    const names = createToolSet(market().registry, 'full').names() as Set<string>;
    expect(() => names.add('evil')).to.throw(TypeError);
    expect(names.has('evil')).to.equal(false);
  });

  it('is refused when its recipe is none', () => {
    const { registry } = market();
    for (const recipe of ['other', 'toString', null, 7, { tool: [] }, { tools: 'a' }, { exclude: { tools: [1] } }]) {
      // What a page of plain JavaScript may pass.
      expect(() => createToolSet(registry, recipe as ToolSetPreset))
        .to.throw()
        .with.property('code', 'invalid-option');
    }
  });
});
