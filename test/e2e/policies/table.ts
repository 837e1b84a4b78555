/** The table of docs/csp.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../../helpers/built.js';

const PATH = `${ROOT}docs/csp.md`;

/** What stands around it, so that it is found. */
const [BEGIN, END] = ['<!-- table: test/e2e/policies.node.test.ts writes it -->\n', '<!-- end of table -->'];

const HEAD = ['Policy', 'Script tag', 'Bundled app', 'Tag with a worker of the site’s'];

const around = (): [string, string, string] => {
  const [before = '', rest = ''] = readFileSync(PATH, 'utf8').split(BEGIN);
  const [table = '', after = ''] = rest.split(END);
  return [before, table, after];
};

/** What stands in the table, by the name of a row: one text for each column after that. */
export function readTable(): ReadonlyMap<string, readonly string[]> {
  const rows = around()[1].trim().split('\n').slice(2);
  return new Map(
    rows.map((row) => {
      const [name = '', ...cells] = row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [name, cells];
    }),
  );
}

/** Puts a table in the place of the one that is there. */
export async function writeTable(rows: readonly (readonly string[])[]): Promise<void> {
  const [before, , after] = around();
  const lines = [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const text = `${before}${BEGIN}\n${lines.join('\n')}\n\n${END}${after}`;
  writeFileSync(PATH, await format(text, { ...(await resolveConfig(PATH)), filepath: PATH }));
}
