/**
 * The vertical `forms`: has an assistant fill in the forms of a page from what somebody says, and send them once that
 * person has approved what is sent. This entry is its manifest; the code is loaded when the vertical is used.
 *
 * @example
 * await useVertical(agent, forms, { grant: ['page:read', 'page:act'], within: '#booking' });
 *
 * @module
 */
import type { Vertical } from './verticals/index.ts';

/** Its manifest. */
export const forms: Vertical = {
  id: 'forms',
  version: '1.0.0',
  name: 'Forms',
  engine: '^0.1.0',
  capabilities: ['page:read', 'page:act'],
  tools: [
    { name: 'list_forms', effect: 'read', capabilities: ['page:read'] },
    { name: 'fill_*', effect: 'write', danger: 'low', capabilities: ['page:read', 'page:act'] },
    { name: 'send_*', effect: 'navigate', danger: 'high', capabilities: ['page:read', 'page:act'] },
  ],
  prompts: {
    instructions:
      'The tools that begin with fill_ fill in forms of the page that the person looks at. Give them only what the person has said, ' +
      'never what you guess, and ask for what is still needed. Call a tool that begins with send_ only when the person wants the form to be sent.',
    starters: ['Fill in the form', 'What does the form still need?'],
  },
  page: () => import('./forms/index.ts'),
};
