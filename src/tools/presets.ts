/** The categories that are built in, and the tool sets that have a name. */
import { TOOL_SOURCES } from '../core/index.ts';
import type { ToolSetPreset, ToolSetRecipe } from '../core/index.ts';

/**
 * What tools of web pages are about. `core` is for those that are always of use, `network` for those that need the
 * network, `custom` for those that name none.
 */
export const CATEGORIES: readonly string[] = [
  'core',
  'search',
  'navigation',
  'page',
  'commerce',
  'account',
  'content',
  'communication',
  'scheduling',
  'data',
  'settings',
  'network',
  'custom',
];

/** The recipes of the named sets. */
export const PRESETS: Readonly<Record<ToolSetPreset, ToolSetRecipe>> = {
  minimal: { categories: ['core'] },
  default: { sources: ['site', 'vertical'] },
  offline: { sources: ['site', 'vertical'], exclude: { categories: ['network'] } },
  full: { sources: TOOL_SOURCES },
};
