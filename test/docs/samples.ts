/**
 * Reads the code samples out of the documentation. A sample needs no marker: its language, what it imports and the name
 * in its first comment say where it runs. What a reader need not see stands in a comment before it, with what comes after
 * the sample behind a line of three dashes:
 *
 *     <!-- sample
 *     const session = { token: async () => 'token' };
 *     ---
 *     if (answer === undefined) throw new Error('nothing was answered');
 *     -->
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Sample {
  /** The page that it stands on, as a path from the root. */
  readonly page: string;
  /** The line of its first line of code. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** The file that its first line names, such as `my-worker.ts` in `// my-worker.ts`. */
  readonly name: string | undefined;
  readonly before: string;
  readonly after: string;
}

const FENCE =
  /(?:^[ \t]*<!-- sample\n(?<hidden>[^]*?)^[ \t]*-->\n\s*)?^(?<indent> *)```(?<language>\S*)\n(?<code>[^]*?)^ *```$/gm;
const NAME = /^(?:\/\/|#|<!--) ([\w./-]+\.\w+)(?: -->)?\n/;

/** The samples of a page, in their order. */
export function samplesOf(page: string, text: string): Sample[] {
  return [...text.matchAll(FENCE)].map((match) => {
    const { hidden = '', indent = '', language = '', code = '' } = match.groups ?? {};
    const plain = code.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    const [before = '', after = ''] = hidden.split(/^---\n/m);
    const line = text.slice(0, match.index + match[0].lastIndexOf(code)).split('\n').length;
    return { page, line, language, code: plain, name: NAME.exec(plain)?.[1], before, after };
  });
}

/** The pages that a reader follows, by their paths from the root: all but what was decided once and what has changed. */
export function readPages(root: string): Readonly<Record<string, string>> {
  const below = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md') && !name.startsWith('docs/decisions/'));
  return Object.fromEntries(
    ['README.md', 'CONTRIBUTING.md', ...below.sort()].map((name) => [name, readFileSync(join(root, name), 'utf8')]),
  );
}
