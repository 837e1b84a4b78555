import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { expect } from 'chai';
import * as v from 'valibot';
import { z } from 'zod';
import { toolSpec } from '../../src/core/index.ts';
import type { AgentError, InputIssue, Tool } from '../../src/core/index.ts';
import { defineTool } from '../../src/tools/define.ts';
import type { ToolDefinition } from '../../src/tools/define.ts';
import { compileInput } from '../../src/tools/validate.ts';
import { rejection } from '../helpers/rejection.ts';

const context = { signal: new AbortController().signal, idempotencyKey: '', progress: () => undefined };
const base = { name: 'do', description: 'Do it', effect: 'write' } as const;

interface Item {
  readonly n: number;
  readonly unit: string;
  readonly items: readonly { readonly name: number }[];
}

const echo = {
  ...base,
  run: (input: Item) => input,
  summary: ({ n, unit }: Item) => `${n} ${unit}`,
  undo: ({ input, output }: { readonly input: Item; readonly output: Item }) => [input, output],
};

/** The same schema in each library: a default, and names of which the length is taken. */
const LIBRARIES: Record<string, () => Tool> = {
  zod: () =>
    defineTool({
      ...echo,
      input: z.object({
        n: z.number(),
        unit: z.string().default('kg'),
        items: z.array(z.object({ name: z.string().transform((name) => name.length) })),
      }),
    }),
  valibot: () =>
    defineTool({
      ...echo,
      input: toStandardJsonSchema(
        v.object({
          n: v.number(),
          unit: v.optional(v.string(), 'kg'),
          items: v.array(
            v.object({
              name: v.pipe(
                v.string(),
                v.transform((name) => name.length),
              ),
            }),
          ),
        }),
      ),
    }),
  arktype: () =>
    defineTool({
      ...echo,
      input: type({
        n: 'number',
        unit: 'string = "kg"',
        items: type({ name: type('string').pipe((name) => name.length) }).array(),
      }),
    }),
};

function fault(definition: unknown): AgentError {
  try {
    defineTool(definition as ToolDefinition<unknown, unknown>);
  } catch (error) {
    return error as AgentError;
  }
  throw new Error('It was taken.');
}

for (const [library, make] of Object.entries(LIBRARIES)) {
  describe(`a tool with a schema of ${library}`, () => {
    const input = { n: 2, items: [{ name: 'Ada' }] };
    const output = { n: 2, unit: 'kg', items: [{ name: 3 }] };

    it('says what it takes as JSON Schema that goes over a port', () => {
      const tool = make();
      expect(tool.input.type).to.equal('object');
      expect(tool.input['properties']).to.include.keys('n', 'unit', 'items');
      expect(tool.input['required']).to.have.members(['n', 'items']);
      expect(Reflect.ownKeys(tool.input)).to.not.include.members(['$schema']);
      expect(Reflect.ownKeys(tool.input)).to.not.include.members(['~standard']);
      expect(structuredClone(toolSpec(tool))).to.deep.equal(toolSpec(tool));
    });

    it('is read by that JSON Schema, coercion and all', () => {
      expect(compileInput(make())({ n: '2', items: '[{"name":"Ada"}]' })).to.deep.equal(input);
    });

    it('runs, sums up and undoes with the output of the schema', async () => {
      const tool = make();
      expect(await tool.run(input, context)).to.deep.equal(output);
      expect(await tool.summary?.(input)).to.equal('2 kg');
      expect(await tool.undo?.({ input, output }, context)).to.deep.equal([output, output]);
    });

    it('checks an input with the schema, and names each place', async () => {
      const tool = make();
      expect(tool.checks).to.equal(true);
      expect(await tool.check?.(input)).to.deep.equal([]);
      const issues = (await tool.check?.({ n: 'x', items: [{ name: 'a' }, { name: 1 }] })) ?? [];
      expect(issues.map(({ path }) => path)).to.have.members(['n', 'items.1.name']);
      for (const issue of issues) expect(Object.keys(issue)).to.have.members(['path', 'message']);
      expect(((await tool.check?.(1)) ?? []).map(({ path }) => path)).to.deep.equal(['input']);
    });

    it('runs nothing on input that the schema refuses', async () => {
      const tool = make();
      const wrong = { n: 1, items: [{ name: 1 }] };
      for (const work of [
        async () => tool.run(wrong, context),
        async () => tool.summary?.(wrong),
        async () => tool.undo?.({ input: wrong, output }, context),
      ]) {
        const error = (await rejection(work())) as AgentError;
        expect(error).to.include({ code: 'invalid-tool-input' });
        const { issues } = error.details as { issues: readonly InputIssue[] };
        expect(issues.map(({ path }) => path)).to.deep.equal(['items.0.name']);
      }
    });
  });
}

describe('a Standard Schema', () => {
  it('may validate later', async () => {
    const input = z.object({ n: z.number().refine(async (n) => Promise.resolve(n > 1), 'Too small.') });
    const tool = defineTool({ ...base, input, run: ({ n }) => n });
    expect(await tool.check?.({ n: 1 })).to.deep.equal([{ path: 'n', message: 'Too small.' }]);
    expect(await tool.run({ n: 2 }, context)).to.equal(2);
  });

  it('is described by `jsonSchema` when it cannot describe itself, and says so when there is none', () => {
    const input = v.object({ n: v.number() });
    const jsonSchema = { type: 'object', properties: { n: { type: 'number' } } };
    expect(defineTool({ ...base, input, jsonSchema, run: ({ n }) => n }).input).to.deep.equal(jsonSchema);
    expect(fault({ ...base, input, run: () => 1 }).message)
      .to.include('toStandardJsonSchema')
      .and.include('@valibot/to-json-schema')
      .and.include('jsonSchema');
    const dated = z.object({ at: z.date() });
    expect(fault({ ...base, input: dated, run: () => 1 }).message)
      .to.include('Date')
      .and.include('jsonSchema');
    expect(defineTool({ ...base, input: dated, jsonSchema, run: () => 1 }).input).to.deep.equal(jsonSchema);
  });

  it('is of type object', () => {
    for (const input of [z.string(), type('string'), z.union([z.object({}), z.object({ a: z.string() })])]) {
      expect(fault({ ...base, input, run: () => 1 })).to.include({ code: 'invalid-tool' });
    }
    const input = v.object({});
    expect(fault({ ...base, input, jsonSchema: { type: 'array' }, run: () => 1 }).message).to.include("'object'");
  });

  it('is of version 1', () => {
    const validate = (value: unknown) => ({ value });
    const good = { version: 1, vendor: 'own', validate };
    const jsonSchema = { type: 'object' };
    const define = (standard: unknown) => ({ ...base, input: { '~standard': standard }, jsonSchema, run: () => 1 });
    expect(defineTool(define(good) as unknown as ToolDefinition<unknown, unknown>).input).to.deep.equal(jsonSchema);
    for (const wrong of [{ ...good, version: 2 }, { ...good, vendor: 1 }, { ...good, validate: 1 }, null, 1]) {
      expect(fault(define(wrong)), JSON.stringify(wrong)).to.include({ code: 'invalid-tool' });
    }
  });

  it('keeps `this` for the functions of a definition', async () => {
    const definition = {
      ...base,
      word: 'hi',
      input: z.object({ n: z.number() }),
      run(this: { word: string }) {
        return this.word;
      },
      summary(this: { word: string }) {
        return this.word;
      },
    };
    const tool = defineTool(definition);
    expect(await tool.run({ n: 1 }, context)).to.equal('hi');
    expect(await tool.summary?.({ n: 1 })).to.equal('hi');
  });
});
