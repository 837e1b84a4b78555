/** All drawings of the shop. Lit templates, so that they are part of the page and need no request. */
import type { TemplateResult } from 'lit';
import { handGrinder, milkJug, paperFilters } from './accessories.ts';
import { decafBeans, espressoBeans, geisha, houseBlend, yirgacheffe } from './bags.ts';
import { dripper, frenchPress, kettle, mokaPot } from './brewers.ts';
import { espressoCup, mug, travelMug } from './cups.ts';

export { emptyCup, emptyNote, emptySearch } from './scenes.ts';

const DRAWINGS: Readonly<Record<string, TemplateResult>> = {
  'espresso-beans': espressoBeans,
  'house-blend': houseBlend,
  yirgacheffe,
  'decaf-beans': decafBeans,
  geisha,
  dripper,
  'french-press': frenchPress,
  'moka-pot': mokaPot,
  kettle,
  'espresso-cup': espressoCup,
  mug,
  'travel-mug': travelMug,
  'paper-filters': paperFilters,
  'hand-grinder': handGrinder,
  'milk-jug': milkJug,
};

/** The drawing of a product; undefined when there is none. */
export function drawingOf(productId: string): TemplateResult | undefined {
  return DRAWINGS[productId];
}
