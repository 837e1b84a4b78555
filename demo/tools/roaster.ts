/** The roaster, whose line is busy: what a workflow does about that is to call again. */
import { defineTool } from '../../src/index.ts';
import type { Tool } from '../../src/index.ts';

/** How often the line is busy before somebody answers. */
const BUSY = 2;

/** The tool that asks the roaster for a day. */
export function roasterTools(): readonly Tool[] {
  let calls = 0;
  return [
    defineTool<{ readonly bags: number }>({
      name: 'ask_roaster',
      description: 'Ask the roaster on which day a tasting could be',
      category: 'shop',
      effect: 'read',
      input: {
        type: 'object',
        required: ['bags'],
        additionalProperties: false,
        properties: { bags: { type: 'integer', minimum: 1, description: 'How many bags are to be tasted' } },
      },
      run({ bags }) {
        if (calls++ % (BUSY + 1) < BUSY) throw new Error('The line of the roaster is busy.');
        return { message: `The roaster has ${bags} bags ready on Tuesday.`, day: 'Tuesday' };
      },
    }),
  ];
}
