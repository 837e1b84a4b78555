/**
 * Verticals and the vertical `forms` in one file, for pages of the script tag:
 *
 * `const { forms, useVertical } = await import('./inpage-forms.js');`
 *
 * @module
 */
export { forms } from './forms.ts';
export { defineVertical, useVertical, useVerticals, VERSION, withVerticals } from './verticals.ts';
