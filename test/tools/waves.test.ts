import { expect } from 'chai';
import fc from 'fast-check';
import type { ToolCallPart, ToolSpec } from '../../src/core/index.ts';
import { defineTool } from '../../src/tools/index.ts';
import { conflicts, footprint } from '../../src/tools/resources.ts';
import { compileInput } from '../../src/tools/validate.ts';
import { planWaves } from '../../src/tools/waves.ts';

const run = (): void => undefined;
const input = { type: 'object', properties: { id: { type: 'string' } } };

const TOOLS: Readonly<Record<string, ToolSpec>> = {
  look: defineTool({ name: 'look', description: 'look', effect: 'read', input, reads: ['cart/{id}'], run }),
  count: defineTool({ name: 'count', description: 'count', effect: 'read', input, reads: ['cart'], run }),
  put: defineTool({ name: 'put', description: 'put', effect: 'write', input, writes: ['cart/{id}'], run }),
  clear: defineTool({ name: 'clear', description: 'clear', effect: 'write', input, writes: ['cart'], run }),
  note: defineTool({ name: 'note', description: 'note', effect: 'write', input, writes: ['notes'], run }),
  weather: defineTool({ name: 'weather', description: 'weather', effect: 'read', input, reads: [], run }),
  readAny: defineTool({ name: 'readAny', description: 'read', effect: 'read', input, run }),
  writeAny: defineTool({ name: 'writeAny', description: 'write', effect: 'write', input, run }),
  go: defineTool({ name: 'go', description: 'go', effect: 'navigate', input, run }),
  leave: defineTool({ name: 'leave', description: 'leave', effect: 'navigate', input, writes: ['view'], run }),
  copy: defineTool({
    name: 'copy',
    description: 'copy',
    effect: 'write',
    input,
    reads: ['cart'],
    writes: ['notes'],
    run,
  }),
};

const find = (name: string) => {
  const tool = TOOLS[name];
  return tool && { tool, read: compileInput(tool) };
};

/** `put x` is a call of `put` with the id x. */
const callsOf = (texts: readonly string[]): readonly ToolCallPart[] =>
  texts.map((text, index) => {
    const [toolName = '', id] = text.split(' ');
    return { type: 'tool-call', toolCallId: String(index), toolName, input: id === undefined ? {} : { id } };
  });

/** The waves as text: those of a wave joined by `+`, with what repeats a call in parentheses. */
const waves = (...texts: readonly string[]): string =>
  planWaves(callsOf(texts), find)
    .map((wave) => wave.map(({ id, repeats }) => id + (repeats.length > 0 ? `(${repeats.join()})` : '')).join('+'))
    .join(' | ');

describe('the order of the calls of one message', () => {
  it('makes reads at once', () => {
    expect(waves('look 1', 'look 2', 'readAny', 'count')).to.equal('');
  });

  it('has a read wait for an earlier write of the same thing', () => {
    expect(waves('put 1', 'look 1')).to.equal('0 | 1');
  });

  it('has a write wait for an earlier read of the same thing', () => {
    expect(waves('look 1', 'put 1')).to.equal('0 | 1');
  });

  it('has a write wait for an earlier, different write of the same thing', () => {
    expect(waves('clear', 'put 1')).to.equal('0 | 1');
  });

  it('makes writes of different things at once', () => {
    expect(waves('put 1', 'put 2', 'note')).to.equal('');
  });

  it('makes nothing beside a call that may leave the page, whatever it says that it changes', () => {
    expect(waves('put 1', 'leave', 'note')).to.equal('0 | 1 | 2');
  });

  it('knows that a thing holds what is below it, and not what only begins with the same letters', () => {
    expect(waves('put 1', 'count')).to.equal('0 | 1');
    expect(waves('put 1', 'look 12')).to.equal('');
  });

  it('takes a call whose resource cannot be told for one of all that its template could mean', () => {
    expect(waves('put', 'look 7')).to.equal('0 | 1');
    expect(waves('put', 'note')).to.equal('');
  });

  it('takes a tool that declares nothing for one that may touch anything', () => {
    expect(waves('writeAny', 'look 1')).to.equal('0 | 1');
    expect(waves('readAny', 'put 1')).to.equal('0 | 1');
    expect(waves('put 1', 'go', 'note')).to.equal('0 | 1 | 2');
  });

  it('lets a tool that says that it touches nothing pass everything', () => {
    expect(waves('writeAny', 'weather')).to.equal('');
  });

  it('minds what a write reads', () => {
    expect(waves('put 1', 'copy')).to.equal('0 | 1');
    expect(waves('copy', 'put 1')).to.equal('0 | 1');
  });

  it('makes a call once that is made twice, read or write', () => {
    expect(waves('look 1', 'look 1', 'look 1')).to.equal('0(1,2)');
    expect(waves('put 1', 'put 1')).to.equal('0(1)');
  });

  it('makes it again when something between the two could change what it gives', () => {
    expect(waves('look 1', 'put 1', 'look 1')).to.equal('0 | 1 | 2');
    expect(waves('look 1', 'put 2', 'look 1')).to.equal('0(2)+1');
  });

  it('goes by the input that a call will run with, however that is written', () => {
    const numbered = { type: 'object', properties: { id: { type: 'integer' } } };
    const spec = {
      name: 'set',
      description: 'set',
      effect: 'write',
      input: numbered,
      writes: ['n/{id}'],
      run,
    } as const;
    const tool = defineTool(spec);
    const sevens = [{ id: 7 }, { id: ' 7.0' }, { id: 8 }].map((given, index) => ({
      ...{ type: 'tool-call', toolCallId: String(index), toolName: 'set', input: given },
    })) as readonly ToolCallPart[];
    const planned = planWaves(sevens, () => ({ tool, read: compileInput(tool) }));
    expect(planned).to.deep.equal([
      [
        { id: '0', repeats: ['1'] },
        { id: '2', repeats: [] },
      ],
    ]);
  });

  it('keeps calls of unknown tools, which fail by themselves', () => {
    expect(waves('nothing', 'put 1')).to.equal('');
  });

  it('never puts two calls into the wrong order, and loses none', () => {
    const texts = fc.array(fc.constantFrom(...Object.keys(TOOLS).flatMap((name) => [name, `${name} 1`, `${name} 2`])), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(texts, (asked) => {
        const calls = callsOf(asked);
        const planned = planWaves(calls, find);
        const plan = planned.length > 0 ? planned : [calls.map(({ toolCallId: id }) => ({ id, repeats: [] }))];
        const place = new Map(plan.flatMap((wave, index) => wave.map(({ id }) => [id, index] as const)));
        const all = plan.flat().flatMap(({ id, repeats }) => [id, ...repeats]);
        expect([...all].sort()).to.deep.equal(calls.map(({ toolCallId }) => toolCallId).sort());
        const printOf = ({ toolName, input: value }: ToolCallPart) => footprint(TOOLS[toolName] as ToolSpec, value);
        calls.forEach((later, index) => {
          for (const earlier of calls.slice(0, index)) {
            const [a, b] = [place.get(earlier.toolCallId), place.get(later.toolCallId)];
            if (a === undefined || b === undefined || !conflicts(printOf(earlier), printOf(later))) continue;
            expect(a).to.be.below(b);
          }
        });
      }),
    );
  });
});
