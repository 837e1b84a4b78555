/** The forms in which a model is told of a tool. */
import { expect } from 'chai';
import * as fc from 'fast-check';
import type { JsonSchema } from '../../src/core/index.ts';
import { createToolRegistry, defineTool } from '../../src/tools/index.ts';
import type { RegisteredTool } from '../../src/tools/index.ts';

function formsOf(description: string, input: JsonSchema = { type: 'object' }): RegisteredTool['forms'] {
  const registry = createToolRegistry();
  registry.add(defineTool<never>({ name: 'do', description, effect: 'read', input, run: () => 1 }));
  return registry.get('do').forms;
}

const LONG = 'Puts products into the basket of the person at the page, '.repeat(8);
const length = (text: unknown): number => Array.from(String(text)).length;

describe('the form of a tool', () => {
  const input = {
    type: 'object',
    title: 'Basket',
    required: ['title'],
    additionalProperties: false,
    properties: {
      title: { type: 'string', description: LONG, examples: ['x'], default: 'x', title: 'Title', minLength: 1 },
      size: { enum: ['s', { title: 'kept', default: 'kept' }], description: 'Short' },
      default: { type: 'array', items: { type: 'object', properties: { n: { type: 'integer', default: 1 } } } },
    },
  };

  it('in full is the tool as it is', () => {
    const { full } = formsOf(LONG, input);
    expect(full).to.include({ name: 'do', description: LONG });
    expect(full.input).to.deep.equal(input);
  });

  it('that is compact has short descriptions and no remarks, but all that the input must be', () => {
    const { description, input: compact } = formsOf(LONG, input).compact;
    expect(length(description)).to.be.within(120, 150);
    const { title } = compact['properties'] as { title: { description: string } };
    expect(length(title.description)).to.be.within(30, 50);
    expect(compact).to.deep.equal({
      type: 'object',
      required: ['title'],
      additionalProperties: false,
      properties: {
        title: { type: 'string', description: title.description, minLength: 1 },
        size: { enum: ['s', { title: 'kept', default: 'kept' }], description: 'Short' },
        default: { type: 'array', items: { type: 'object', properties: { n: { type: 'integer' } } } },
      },
    });
  });

  it('that is compact keeps properties that are named like remarks wherever names stand', () => {
    const schema = {
      type: 'object',
      patternProperties: { title: { type: 'string', title: 'gone' } },
      dependentRequired: { title: ['examples'] },
      $defs: { default: { type: 'string' } },
    };
    expect(formsOf('x', schema).compact.input).to.deep.equal({
      ...schema,
      patternProperties: { title: { type: 'string' } },
    });
  });

  it('that is a stub has what must be given, with its type and values only', () => {
    const stub = formsOf(LONG, { ...input, required: ['title', 'size', 'open'] }).stub;
    expect(length(stub.description)).to.be.within(40, 60);
    expect(stub.input).to.deep.equal({
      type: 'object',
      required: ['title', 'size', 'open'],
      properties: { title: { type: 'string' }, size: { enum: input.properties.size.enum } },
    });
    expect(formsOf('x').stub.input).to.deep.equal({ type: 'object' });
  });

  it('is made once and cannot be changed', () => {
    const forms = formsOf(LONG, input);
    for (const form of ['full', 'compact', 'stub'] as const) {
      expect(forms[form]).to.equal(forms[form]);
      expect(forms[form]).to.satisfy(Object.isFrozen);
    }
  });

  it('counts a quarter of the characters of its JSON as tokens, and a begun one as one', () => {
    const { full, compact, stub } = formsOf(LONG, input);
    for (const { tokens, ...told } of [full, compact, stub]) {
      expect(tokens).to.equal(Math.ceil(JSON.stringify(told).length / 4));
    }
    expect(stub.tokens).to.be.below(compact.tokens);
    expect(compact.tokens).to.be.below(full.tokens);
  });

  it('cuts at a word, and never through a character', () => {
    const words = /^Puts( \S+)* (\S+)…$/.exec(formsOf(LONG).stub.description)?.[2];
    expect(LONG.split(' ')).to.include(words);
    expect(formsOf('👍'.repeat(200)).compact.description).to.equal(`${'👍'.repeat(149)}…`);
  });

  it('leaves a text alone that is short enough, and begins like one that is not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), (text) => {
        const description = `x${text}x`;
        for (const [form, limit] of [
          ['compact', 150],
          ['stub', 60],
        ] as const) {
          const told = formsOf(description)[form].description;
          if (length(description) <= limit) expect(told).to.equal(description);
          else {
            expect(length(told)).to.be.at.most(limit);
            expect(description.startsWith(told.slice(0, -1)) && told.endsWith('…')).to.equal(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
