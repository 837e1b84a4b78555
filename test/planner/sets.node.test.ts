import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isRecord } from '../../src/core/index.ts';
import { compileInput } from '../../src/tools/validate.ts';
import { readSet } from './sets.ts';
import type { Call, Case, Input, SetTool } from './sets.ts';
import { stubOf } from './stub-tool.ts';

/** Failures name ids alone: the texts of the frozen set are not to be read. */
for (const [name, least] of [
  ['dev', 400],
  ['frozen', 400],
  ['check', 280],
  ['probe', 280],
  ['trial', 280],
] as const) {
  describe(`the ${name} set`, () => {
    const { tools, cases } = readSet(name);
    const toolOf = ({ domain }: Case, tool: string): SetTool | undefined =>
      tools[domain]?.find((one) => one.name === tool);
    const turnsOf = ({ say }: Case): readonly string[] => (typeof say === 'string' ? [say] : say);
    const faulty = (holds: (one: Case) => boolean): readonly string[] =>
      cases.filter((one) => !holds(one)).map(({ id }) => id);

    const fits = (one: Case, { tool: called, input }: Call): boolean => {
      const tool = toolOf(one, called);
      if (tool === undefined) return false;
      try {
        compileInput(stubOf(tool))(input);
      } catch {
        return false;
      }
      return Object.entries(tool.suggest ?? {}).every(([field, known]) => {
        const values: readonly unknown[] = [input[field] ?? []].flat();
        return values.every((value) => known.some((candidate) => candidate.value === value));
      });
    };
    const has = (schema: unknown, [key, ...rest]: readonly string[]): boolean => {
      if (key === undefined) return true;
      const properties = isRecord(schema) ? schema['properties'] : undefined;
      return isRecord(properties) && key in properties && has(properties[key], rest);
    };

    it('has tools that can be defined, each name once on a site', () => {
      for (const all of Object.values(tools)) {
        assert.equal(new Set(all.map((tool) => tool.name)).size, all.length);
        for (const tool of all) stubOf(tool);
      }
    });

    it('has cases of its sites, each id and each wording once', () => {
      assert.ok(cases.length > least);
      assert.deepEqual(
        faulty(({ domain }) => domain in tools),
        [],
      );
      for (const texts of [cases.map(({ id }) => id), cases.map((one) => turnsOf(one).join('\n'))]) {
        assert.equal(new Set(texts).size, texts.length);
      }
    });

    it('says when each case is said, in local time, and what each earlier turn did', () => {
      assert.deepEqual(
        faulty(({ now }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(now)),
        [],
      );
      assert.deepEqual(
        faulty((one) => turnsOf(one).length === (one.before?.length ?? 0) + 1 && turnsOf(one).every(Boolean)),
        [],
      );
    });

    it('wants calls or nothing, and answers what must be asked', () => {
      const isWhole = ({ expect: { calls = [], nothing, ask, then } }: Case): boolean =>
        (nothing === true) === (calls.length === 0) && (ask === undefined) === (then === undefined);
      assert.deepEqual(faulty(isWhole), []);
      const isKnown = (one: Case): boolean => {
        const { ask, field, calls = [] } = one.expect;
        const asked = ask === 'choice' ? field : ask;
        return asked === undefined || has(toolOf(one, calls[0]?.tool ?? '')?.input, asked.split('.'));
      };
      assert.deepEqual(faulty(isKnown), []);
    });

    it('has inputs that fit the schemas and the candidates of their tools', () => {
      const inputsOf = ({ expect: { calls = [] }, before = [] }: Case): readonly Call[] => [
        ...calls.flatMap(({ tool, input, also = [] }) => [input, ...also].map((one: Input) => ({ tool, input: one }))),
        ...before.filter((earlier) => earlier !== null),
      ];
      assert.deepEqual(
        faulty((one) => inputsOf(one).every((call) => fits(one, call))),
        [],
      );
    });
  });
}
