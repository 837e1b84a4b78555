import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { check } from './reading.ts';

const SAMPLE = `workflows:
  answer:
    description: &d "Answers {{question}}"
    execution: {timeout: 60, max_iterations: 20, max_retries: 1}
    nodes:
      - {id: fetch, type: compute, tools: [search], inputs: {q: $ctx.question}, output: hits, constraints: [llm, write], timeout: 10, next: [enough]}
      - {id: enough, type: condition, condition: "len(hits) > 2", branches: {true: both, false: ask}}
      - {id: ask, type: hitl, hitl_type: input, prompt: "Narrow it?", context_keys: [hits], timeout: 120, fallback: continue, default_value: ""}
      - {id: both, type: parallel, parallel_nodes: [summary, risks], join_strategy: all, next: [again]}
      - {id: summary, role: researcher, goal: *d, tool_budget: 5, on_error: continue}
      - {id: risks, role: reviewer, goal: "List risks in {{hits}}", llm_config: {temperature: 0.2}}
      - {$ref: "#fetch", id: again, next: [done]}
      - {id: done, type: transform, transform: "answer = ctx.summary"}
`;

const BITS = [
  '\n',
  '  ',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '|',
  '&a',
  '*a',
  '*d',
  '!!str',
  '#',
  '%',
  '@',
  '`',
  ',',
  'true',
  'null',
  '1e9',
  '-1',
  '.inf',
  '~',
  '<<: *d',
  '$ref: "#x"',
  '__proto__',
  'constructor',
  'nodes',
  'id',
  'type',
  'next',
  'end',
  'team',
  'workflow',
  '$env.X',
  '${Y:-1}',
  '{{',
  '}}',
  '---',
  '...',
  '\t',
  '\0',
  '💥',
  '\u2028',
];

/** A text of which some places have been cut out or written over. */
const mutated = (most: number, longest: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.nat(SAMPLE.length),
        cut: fc.nat(longest),
        put: fc.oneof(fc.constantFrom(...BITS), fc.string({ maxLength: 8 }), fc.constant('')),
      }),
      { minLength: 1, maxLength: most },
    )
    .map((all) => all.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), SAMPLE));

const piles = fc.array(fc.constantFrom(...BITS), { maxLength: 60 }).map((bits) => bits.join(''));

describe('any text', () => {
  it('is read, or refused with every fault at its place', async () => {
    let good = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          { weight: 3, arbitrary: mutated(1, 1) },
          { weight: 3, arbitrary: mutated(6, 40) },
          { weight: 1, arbitrary: piles },
        ),
        async (text) => {
          const { document, errors, notes } = await check(text, { load: () => SAMPLE });
          assert.equal(document === undefined, errors.length > 0);
          const lines = text.split('\n').length;
          for (const { file, line, column, message } of [...errors, ...notes]) {
            assert.ok(message !== '' && column >= 1 && line >= 1);
            assert.ok(file !== 'workflow.yaml' || line <= lines);
          }
          if (!document) return;
          good++;
          assert.equal(JSON.stringify(structuredClone(document)), JSON.stringify(document));
        },
      ),
      { numRuns: 5000 },
    );
    assert.ok(good > 100, `${good} were read; were all refused, this would show nothing`);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });
});
