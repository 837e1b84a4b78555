/** The lights that the examples switch. */
import { defineTool } from '../../src/index.ts';
import type { Tool } from '../../src/index.ts';

export type Light = 'kitchen' | 'garden';
export type Lights = Readonly<Record<Light, 'on' | 'off'>>;

export const DARK: Lights = { kitchen: 'off', garden: 'off' };

/** The tool that switches them, whatever a page shows them with. */
export const switchLight = (set: (light: Light, state: 'on' | 'off') => void): Tool =>
  defineTool<{ light: Light; state: 'on' | 'off' }, { message: string }>({
    name: 'switch-light',
    description: 'Switch a light on or off',
    effect: 'write',
    danger: 'low',
    examples: ['turn on the kitchen light', 'switch the garden light off'],
    input: {
      type: 'object',
      required: ['light', 'state'],
      properties: { light: { enum: ['kitchen', 'garden'] }, state: { enum: ['on', 'off'] } },
    },
    run({ light, state }) {
      set(light, state);
      return { message: `The ${light} light is ${state} now.` };
    },
  });
