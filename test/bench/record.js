/**
 * Keeps what was measured for docs/sizes.md: reads the output of a bench or of size-limit and puts it into results.json.
 *
 *     npm run bench -- engine | node test/bench/record.js
 *     npx size-limit --json | node test/bench/record.js
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, loadavg, platform } from 'node:os';
import { text } from 'node:stream/consumers';

const FILE = new URL('results.json', import.meta.url);

const results = JSON.parse(readFileSync(FILE, 'utf8'));
// Before the output ends, what is measured is part of the load.
const [load = 0] = loadavg();
const said = await text(process.stdin);
const when = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${String(availableParallelism())} cores, ${platform()} ${arch()}`,
  load: Math.round(load),
};
for (const [, line] of said.matchAll(/^RESULT (\{.*\})$/gm)) {
  const { suite, figures } = JSON.parse(line);
  results.speeds[suite] = { ...when, figures: { ...results.speeds[suite]?.figures, ...figures } };
}
if (said.trimStart().startsWith('[')) {
  const sizes = JSON.parse(said).map(({ name, size, sizeLimit }) => ({ name, size, limit: sizeLimit }));
  results.sizes = { date: when.date, sizes };
}
writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
