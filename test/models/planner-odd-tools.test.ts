import { expect } from 'chai';
import type { ModelTool } from '../../src/core/index.ts';
import { market } from './planner-market.ts';
import { say } from './planner-talk.ts';
import { tool } from './planner-tools.ts';

const SAID = [
  '',
  'add a tent',
  'go to my basket',
  'odd',
  'do the odd thing',
  'how much is 3 and 4?',
  'help',
  'yes',
  '%$([',
];

/** What a page may register from code that no type checker has seen. */
const ODD: Record<string, unknown> = {
  'has no examples': { examples: undefined },
  'has an empty list of examples': { examples: [] },
  'has empty examples': { examples: ['', '  ', '!?'] },
  'has examples of other kinds': { examples: [1, null, {}, 'do the odd thing'] },
  'has no description': { description: undefined, examples: [] },
  'has an empty description': { description: '', examples: [] },
  'has nothing but its name': { description: undefined, examples: undefined, input: undefined },
  'has a schema without properties': { input: {} },
  'has a schema that is no object': { input: 'text' },
  'has properties that are no schemas': {
    input: { type: 'object', properties: { a: null, b: 3, c: [] }, required: 'a' },
  },
  'has odd enums': { input: { type: 'object', properties: { a: { enum: [null, {}, Object.create(null)] } } } },
  'has wrong patterns': { input: { type: 'object', properties: { a: { type: 'string', pattern: '(' } } } },
  'tells no effect and no danger': { effect: undefined, danger: undefined },
  'has a suggest that gives no list': { suggests: true, suggest: () => 7 },
  'has a suggest that throws': {
    suggests: true,
    suggest: () => {
      throw new Error('offline');
    },
  },
  'says that it suggests, and does not': { suggests: true, suggest: undefined },
};

describe('planner with a tool that', () => {
  for (const [how, change] of Object.entries(ODD)) {
    it(`${how}, serves the other tools as ever`, async () => {
      const input = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
      const odd: ModelTool = Object.assign(
        tool({ name: 'odd_thing', description: 'Do the odd thing', examples: ['do the odd thing'], input }),
        change,
      );
      for (const said of SAID) await say([odd], said);
      for (const said of SAID) await say([...market(), odd], said);
      expect((await say([...market(), odd], 'add a tent')).call?.name).to.equal('basket_add');
      expect((await say([...market(), odd], 'go to my basket')).call?.name).to.equal('page_show');
    });
  }

  const COLOUR = { type: 'string', enum: ['red', 'blue'] };
  const WRITTEN: Record<string, object> = {
    'a reference': { $defs: { Colour: COLOUR }, properties: { colour: { $ref: '#/$defs/Colour' } } },
    'a reference for the whole': {
      $ref: '#/$defs/Mug',
      $defs: { Mug: { properties: { colour: COLOUR }, required: ['colour'] } },
    },
    'null or a value': { properties: { colour: { anyOf: [COLOUR, { type: 'null' }] } } },
    'one of all': { properties: { colour: { allOf: [COLOUR] } } },
  };
  for (const [how, schema] of Object.entries(WRITTEN)) {
    it(`writes its schema with ${how}, has its field filled`, async () => {
      const input = { type: 'object', required: ['colour'], ...schema };
      const paint = tool({ name: 'mug_paint', description: 'Paint a mug', examples: ['paint the mug red'], input });
      expect((await say([paint], 'paint the mug blue')).call?.input).to.deep.equal({ colour: 'blue' });
    });
  }
  it('has a schema that refers to itself is read', async () => {
    const input = { type: 'object', properties: { next: { $ref: '#' }, size: { type: 'integer' } } };
    const grow = tool({ name: 'grow', description: 'Grow', examples: ['grow to size 3'], input });
    expect((await say([grow], 'grow to size 4')).call?.input).to.deep.equal({ size: 4 });
  });

  it('has neither examples nor a description is found by its name', async () => {
    const nothing: Record<string, unknown> = { examples: undefined, input: undefined };
    const bare: ModelTool = Object.assign(tool({ name: 'reset_clock', description: '', examples: [] }), nothing);
    expect((await say([...market(), bare], 'reset the clock')).call?.name).to.equal('reset_clock');
  });
});
