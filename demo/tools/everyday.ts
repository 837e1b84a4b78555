/** Tools for small questions of every day: units, arithmetic, the time. */
import { defineTool } from '../../src/index.ts';
import type { Tool } from '../../src/index.ts';
import { calculate } from '../calculate.ts';
import { formatDateTime, formatNumber } from '../format.ts';
import { convert, UNIT_NAMES, UNIT_WORDS, unitSymbol } from '../units.ts';

interface ConvertInput {
  readonly value: number;
  readonly from: string;
  readonly to: string;
}

/** The tools that need neither the shop nor the page. */
export function everydayTools(): readonly Tool[] {
  return [
    defineTool<ConvertInput>({
      name: 'convert_units',
      description: 'Convert an amount between units of length, weight, volume or temperature',
      category: 'everyday',
      effect: 'read',
      reads: [],
      examples: [
        'convert 10 kilometres to miles',
        'how many ounces are 250 grams?',
        'what is 93 celsius in fahrenheit?',
        '2 cups in ml',
      ],
      input: {
        type: 'object',
        required: ['value', 'from', 'to'],
        additionalProperties: false,
        properties: {
          value: { type: 'number', description: 'The amount to convert' },
          from: { type: 'string', enum: UNIT_NAMES, description: `The unit of the amount: ${UNIT_WORDS}` },
          to: { type: 'string', enum: UNIT_NAMES, description: `The unit that is wanted: ${UNIT_WORDS}` },
        },
      },
      run({ value, from, to }) {
        const result = convert(value, from, to);
        const message = `${formatNumber(value)} ${unitSymbol(from)} = ${formatNumber(result)} ${unitSymbol(to)}.`;
        return { message, result, unit: unitSymbol(to) };
      },
    }),

    defineTool<{ readonly expression: string }>({
      name: 'calculate',
      description: 'Calculate arithmetic: plus, minus, times, divided by, percent, powers and brackets',
      category: 'everyday',
      effect: 'read',
      reads: [],
      examples: [
        'what is 18% of 64.50?',
        'calculate 12 * (3 + 4)',
        'how much is 129 divided by 6',
        '80 minus 15 percent',
      ],
      input: {
        type: 'object',
        required: ['expression'],
        additionalProperties: false,
        properties: {
          expression: {
            type: 'string',
            minLength: 1,
            maxLength: 200,
            description: 'Arithmetic expression, such as 2 * (3 + 4) or 18% of 64.50',
          },
        },
      },
      run({ expression }) {
        const result = calculate(expression);
        return { message: `${expression} = ${formatNumber(result)}`, result };
      },
    }),

    defineTool({
      name: 'tell_time',
      description: 'Tell the time and the date of today',
      category: 'everyday',
      effect: 'read',
      reads: [],
      examples: ['what time is it?', 'what is the date today?', 'which day of the week is it?'],
      input: { type: 'object', properties: {}, additionalProperties: false },
      run() {
        const now = new Date();
        return { message: `It is ${formatDateTime(now)}.`, now: now.toISOString() };
      },
    }),
  ];
}
