/** What must not compile of tools. Each marked line is an error; the type check fails when one of them is none. */
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import * as v from 'valibot';
import { z } from 'zod';
import { defineTool } from '../../src/tools/define.ts';

const base = { name: 'x', description: 'x', effect: 'write' } as const;
const zod = z.object({ n: z.number(), unit: z.string().default('kg') });
const valibot = v.object({ n: v.number(), unit: v.optional(v.string(), 'kg') });
const arktype = type({ n: 'number', unit: 'string = "kg"' });

// What a schema gives is what the functions get, with no word about it.
defineTool({ ...base, input: zod, run: ({ n, unit }) => n.toFixed() + unit.trim() });
defineTool({
  ...base,
  input: valibot,
  jsonSchema: { type: 'object' },
  run: ({ n, unit }) => n.toFixed() + unit.trim(),
});
defineTool({ ...base, input: toStandardJsonSchema(valibot), run: ({ n, unit }) => n.toFixed() + unit.trim() });
defineTool({ ...base, input: arktype, run: ({ n, unit }) => n.toFixed() + unit.trim() });
defineTool({
  ...base,
  input: zod,
  run: ({ n }) => Promise.resolve({ total: n }),
  summary: ({ unit }) => unit.trim(),
  undo: ({ input, output }) => input.n - output.total,
});
defineTool<{ n: number }, string>({ ...base, input: { type: 'object' }, run: ({ n }) => n.toFixed() });

// @ts-expect-error the schema of zod has no such property
defineTool({ ...base, input: zod, run: ({ m }) => String(m) });
// @ts-expect-error neither has that of valibot
defineTool({ ...base, input: toStandardJsonSchema(valibot), run: ({ m }) => String(m) });
// @ts-expect-error nor that of arktype
defineTool({ ...base, input: arktype, run: ({ m }) => String(m) });
// @ts-expect-error a number is no text
defineTool({ ...base, input: zod, run: ({ n }) => n satisfies string });
// @ts-expect-error a summary gets the same input
defineTool({ ...base, input: zod, run: () => 1, summary: ({ m }) => String(m) });
// @ts-expect-error an undo gets what the tool gave
defineTool({ ...base, input: zod, run: ({ n }) => ({ total: n }), undo: ({ output }) => String(output.sum) });
// @ts-expect-error a summary is a sentence
defineTool({ ...base, input: zod, run: () => 1, summary: ({ n }) => n });
// @ts-expect-error the types that are given are those of the input
defineTool<{ n: number }>({ ...base, input: { type: 'object' }, run: ({ m }) => String(m) });
// @ts-expect-error retries are a number
defineTool({ ...base, input: zod, run: () => 1, retries: '2' });
// @ts-expect-error what is changed comes as a list
defineTool({ ...base, input: zod, run: () => 1, writes: 'cart' });
