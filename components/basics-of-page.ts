/** In the parts of the script tag, and in the place of what all elements have: the page's half has it already. */
import type { PartScript } from '../src/parts/index.ts';
import type { basics } from './shared.ts';

/** @see basics */
export const { addEnglish, controls, icon, icons, tokens, WordedElement } = (document.currentScript as PartScript).tag
  ?.shared as typeof basics;
