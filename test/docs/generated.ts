/** What of the documentation is made of something else: `npm run docs` writes it, and a test holds it to that. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { apiPage } from './api.ts';
import { layersTable } from './layers-table.ts';
import { llmsText } from './llms.ts';
import { readResults, sizesPage } from './sizes.ts';

/** The makers, by the path from the root of what they make. `llms.txt` reads the others, so it comes last. */
export const MAKERS: Readonly<Record<string, (root: string) => string>> = {
  'docs/api.md': apiPage,
  'docs/sizes.md': (root) => sizesPage(readResults(root)),
  'CONTRIBUTING.md': withLayers,
  'llms.txt': llmsText,
};

/** What a file has to be, in the style of the others. */
export async function made(path: string, root: string): Promise<string> {
  const text = MAKERS[path]?.(root);
  if (text === undefined) throw new Error(`Nothing makes ${path}.`);
  return format(text, { ...(await resolveConfig(join(root, 'docs/api.md'))), parser: 'markdown' });
}

/** CONTRIBUTING.md as it is, with the table between its two marks made anew. */
function withLayers(root: string): string {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  return text.replace(/(<!-- layers -->)[^]*?(<!-- \/layers -->)/, `$1\n\n${layersTable()}\n\n$2`);
}
