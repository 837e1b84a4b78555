/** Tools for the page itself: its theme and which view is shown. */
import { defineTool } from '../../src/index.ts';
import type { Tool } from '../../src/index.ts';
import { VIEWS } from '../router.ts';
import type { Router, View } from '../router.ts';
import { THEMES } from '../state.ts';
import type { Theme } from '../state.ts';
import type { Store } from '../store.ts';

const ARRIVALS: Readonly<Record<View, string>> = {
  shop: 'Here is the shop.',
  visit: 'Here you can book a tasting.',
  cart: 'Here is your cart.',
  todos: 'Here are your to-dos.',
  tasting: 'Here is the plan of a tasting.',
  settings: 'Here are the settings.',
};

/** The tools that change how the page looks and what it shows. */
export function pageTools(store: Store, router: Router): readonly Tool[] {
  return [
    defineTool<{ readonly theme: Theme }, { readonly before: Theme }>({
      name: 'switch_theme',
      description: 'Switch the colour theme of the page: light mode, dark mode, or the one of the system',
      category: 'page',
      effect: 'write',
      danger: 'low',
      examples: [
        'switch to dark mode',
        'use the light theme',
        'make the page follow my system colours',
        'turn on night mode',
      ],
      writes: ['theme'],
      input: {
        type: 'object',
        required: ['theme'],
        additionalProperties: false,
        properties: {
          theme: {
            type: 'string',
            enum: THEMES,
            description: 'light (bright, day), dark (night, black), or system (automatic, as the device is set)',
          },
        },
      },
      run({ theme }) {
        const before = store.state.theme;
        store.update((state) => ({ ...state, theme }));
        const message =
          theme === 'system' ? 'The page follows your system’s theme now.' : `The ${theme} theme is on now.`;
        return { message, theme, before };
      },
      undo: ({ output }) => {
        store.update((state) => ({ ...state, theme: output.before }));
      },
    }),

    defineTool<{ readonly view: View }>({
      name: 'go_to',
      description: 'Go to a view of the page: open the shop, the cart, the to-dos or the settings',
      category: 'page',
      effect: 'navigate',
      examples: ['go to my cart', 'open the settings', 'take me back to the shop', 'show the to-do page'],
      writes: ['view'],
      input: {
        type: 'object',
        required: ['view'],
        additionalProperties: false,
        properties: {
          view: {
            type: 'string',
            enum: VIEWS,
            description:
              'shop (catalogue, products), visit (the form for a visit), cart (basket, orders), todos (to-dos, tasks), tasting (plan) or settings (preferences)',
          },
        },
      },
      run({ view }) {
        router.go(view);
        return { message: ARRIVALS[view], view };
      },
    }),
  ];
}
