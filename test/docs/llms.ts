/** Makes llms.txt: what the software is and which page tells what, for readers that are programs. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPages } from './samples.ts';

/** The groups, in the order of reading, by the beginning of the path of their pages. */
const GROUPS: readonly (readonly [title: string, begin: RegExp])[] = [
  ['Begin', /^(README|docs\/start\/)/],
  ['Guides', /^docs\/[\w-]+\.md$/],
  ['Work on it', /^CONTRIBUTING/],
];

export function llmsText(root: string): string {
  const pages = Object.entries(readPages(root));
  const groups = GROUPS.map(([title, begin]) => {
    const lines = pages.filter(([path]) => begin.test(path)).map(([path, text]) => line(path, text));
    return `## ${title}\n\n${lines.join('\n')}`;
  });
  const decisions = readdirSync(join(root, 'docs', 'decisions'))
    .sort()
    .map((name) => `- [${title(readFileSync(join(root, 'docs', 'decisions', name), 'utf8'))}](docs/decisions/${name})`);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  return `# inpage\n\n> ${summary(readme)}\n\n${groups.join('\n\n')}\n\n## Optional\n\n${decisions.join('\n')}\n`;
}

const line = (path: string, text: string): string => {
  const said = summary(text);
  return `- [${title(text)}](${path})${said === '' ? '' : `: ${said}`}`;
};

const title = (text: string): string => /^# (?:\d{4}-\d\d-\d\d: )?(.+)$/m.exec(text)?.[1] ?? '';

/** The first sentence of a page, without its marks. */
function summary(text: string): string {
  const [, prose = ''] = /^# .+\n\n([^]*?)\n\n/.exec(text) ?? [];
  const plain = prose.replaceAll(/\s+/g, ' ').replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1');
  return /^.*?\.(?= |$)/.exec(plain)?.[0] ?? '';
}
