/** Which tools a model is told of within a budget, and that this is worked out once. */
import { expect } from 'chai';
import type { Tool } from '../../src/core/index.ts';
import { createSelector, createToolRegistry, createToolSet, defineTool } from '../../src/tools/index.ts';
import type { Selected, ToolDefinition } from '../../src/tools/index.ts';

const TEXT = 'that the person at the page has asked for with so many words '.repeat(6);

const sketch = (name: string, changes: Partial<ToolDefinition<never, unknown>> = {}): Tool =>
  defineTool<never>({
    name,
    description: `${name} ${TEXT}`,
    effect: 'read',
    input: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string', description: TEXT }, note: { type: 'string' } },
    },
    run: () => name,
    ...changes,
  });

const NAMES = 'apple banana cherry damson elder fig grape hazel iris juniper'.split(' ');

function market(changes: Readonly<Record<string, Partial<ToolDefinition<never, unknown>>>> = {}) {
  const registry = createToolRegistry();
  for (const name of NAMES) registry.add(sketch(name, changes[name]));
  return { registry, set: createToolSet(registry, 'full'), select: createSelector(registry) };
}

const namesOf = (selected: readonly Selected[]): string => selected.map(({ entry }) => entry.tool.name).join(' ');
const tokensOf = (selected: readonly Selected[]): number =>
  selected.reduce((sum, { entry, form }) => sum + entry.forms[form].tokens, 0);

describe('the tools that a model is told of', () => {
  it('are all in full in the order of their coming, where they fit exactly', () => {
    const { registry, set, select } = market();
    const tokens = registry.list().reduce((sum, { forms }) => sum + forms.full.tokens, 0);
    for (const budget of [tokens, Infinity]) {
      const selected = select(set, 'juniper', { tokens: budget });
      expect(namesOf(selected)).to.equal(NAMES.join(' '));
      expect(selected.every(({ form }) => form === 'full')).to.equal(true);
    }
    expect(namesOf(select(set, 'juniper', { tokens: tokens - 1 }))).not.to.equal(NAMES.join(' '));
  });

  it('are those that fit the message first, ever more briefly, and then the others in their order', () => {
    const { registry, set, select } = market();
    const { full, compact, stub } = registry.get('iris').forms;
    const tokens = 2 * full.tokens + 2 * compact.tokens + 3 * stub.tokens;
    const selected = select(set, 'juniper or iris', { tokens });
    expect(namesOf(selected)).to.match(/^(iris juniper|juniper iris) apple banana /);
    const forms = selected.map(({ form }) => form);
    expect(forms).to.deep.equal([...forms].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)));
    expect(new Set(forms)).to.deep.equal(new Set(ORDER));
    expect(tokensOf(selected)).to.be.at.most(tokens);
    const inFull = selected.filter(({ form }) => form === 'full');
    expect(tokensOf(inFull)).to.be.at.most(tokens / 2);
  });

  it('are those that are mandatory, first and in full, also over the budget', () => {
    const { set, select } = market({ grape: { mandatory: true }, cherry: { mandatory: true } });
    const selected = select(set, 'juniper', { tokens: 1 });
    expect(namesOf(selected)).to.equal('cherry grape');
    expect(selected.every(({ form }) => form === 'full')).to.equal(true);
    expect(namesOf(select(set, 'juniper', { tokens: 600 }))).to.match(/^cherry grape juniper/);
  });

  it('never are more than the budget allows, nor one twice', () => {
    const { set, select } = market();
    for (let tokens = 0; tokens < 2500; tokens += 50) {
      const selected = select(set, 'fig and apple', { tokens });
      expect(tokensOf(selected)).to.be.at.most(tokens);
      expect(new Set(selected.map(({ entry }) => entry)).size).to.equal(selected.length);
    }
  });

  it('are only those of the set, and none that is disabled or gives way', () => {
    const { registry, select } = market();
    registry.add(sketch('iris', { keywords: ['juniper'] }), { source: 'mcp' });
    registry.enable('hazel', false);
    const set = createToolSet(registry, { tools: ['iris', 'hazel', 'fig'] });
    for (const tokens of [Infinity, 200]) {
      const selected = select(set, 'hazel juniper iris fig', { tokens });
      expect(namesOf(selected).split(' ').sort().join(' ')).to.equal('fig iris');
      expect(selected.every(({ entry }) => entry.source === 'site')).to.equal(true);
    }
  });

  it('are ranked however many match', () => {
    const registry = createToolRegistry();
    for (let i = 0; i < 600; i++) registry.add(sketch(`t${i}`, { keywords: i < 300 ? [] : ['wanted'] }));
    const selected = createSelector(registry)(createToolSet(registry, 'full'), 'wanted', { tokens: 45_000 });
    expect(selected.length).to.be.above(300);
    expect(selected.slice(0, 300).every(({ entry }) => entry.tool.keywords.length > 0)).to.equal(true);
  });
});

const ORDER: readonly Selected['form'][] = ['full', 'compact', 'stub'];

describe('a selection', () => {
  it('is worked out once for a message, a budget and a set', () => {
    const { registry, set, select } = market();
    const first = select(set, 'fig', { tokens: 500 });
    expect(select(set, 'fig', { tokens: 500 })).to.equal(first);
    expect(select(set, 'iris', { tokens: 500 })).not.to.deep.equal(first);
    expect(select(set, 'fig', { tokens: 600 })).not.to.deep.equal(first);
    expect(select(createToolSet(registry, { tools: ['fig'] }), 'fig', { tokens: 500 })).not.to.deep.equal(first);
  });

  it('is worked out anew when the tools have changed', () => {
    const { registry, set, select } = market();
    const first = select(set, 'fig', { tokens: 500 });
    registry.enable('fig', false);
    expect(namesOf(first)).to.include('fig');
    expect(namesOf(select(set, 'fig', { tokens: 500 }))).not.to.include('fig');
  });

  it('is kept for some messages and not for all that ever were', () => {
    const { set, select } = market();
    const first = select(set, 'fig', { tokens: 500 });
    for (let i = 0; i < 10; i++) select(set, `fig ${i}`, { tokens: 500 });
    expect(select(set, 'fig', { tokens: 500 })).to.equal(first);
    for (let i = 0; i < 100; i++) select(set, `fig ${i}`, { tokens: 500 });
    const again = select(set, 'fig', { tokens: 500 });
    expect(again).not.to.equal(first);
    expect(again).to.deep.equal(first);
  });
});
