/**
 * Scores the local planner beside a baseline: `npm run score -- dev`, with `--kind dates` for one kind, `--model planner`
 * for one of the two, and `--failures` for what went wrong. The last line is `RESULT` and the figures as JSON.
 */
import { setMaxListeners } from 'node:events';
import { parseArgs } from 'node:util';
import { createPlanner } from '../../src/models/index.ts';
import { createBaseline } from './baseline.ts';
import { figuresOf } from './figures.ts';
import { isRight } from './judge.ts';
import { score } from './score.ts';
import { readSet } from './sets.ts';
import { classTable, failureText, figureTable } from './tables.ts';

// One zone for all, so that a change of clocks somewhere does not change the score there.
process.env.TZ = 'UTC';
// A model may ask many tools for candidates at once, and each question listens for the end of the run.
setMaxListeners(0);

/** @type {Record<string, () => import('../../src/core/index.ts').Model>} */
const MODELS = { planner: createPlanner, baseline: createBaseline };

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { failures: { type: 'boolean' }, kind: { type: 'string' }, model: { type: 'string' } },
});
const [name] = positionals;
if (name !== 'dev' && name !== 'frozen' && name !== 'check' && name !== 'probe' && name !== 'trial') {
  fail('Name a set: dev, frozen, check, probe or trial.');
}
if (name === 'frozen' && values.failures) fail('The frozen set gives its totals only, or it would be tuned on.');
const set = readSet(name);
if (values.kind !== undefined && !set.cases.some(({ kind }) => kind === values.kind)) {
  fail(`There is no kind ${values.kind}: choose from ${[...new Set(set.cases.map(({ kind }) => kind))].join(', ')}.`);
}
if (values.model !== undefined && !(values.model in MODELS)) {
  fail(`There is no model ${values.model}: choose from ${Object.keys(MODELS).join(', ')}.`);
}

const result = {};
for (const [model, create] of Object.entries(MODELS)) {
  if (values.model !== undefined && values.model !== model) continue;
  const verdicts = await score(set, create(), values.kind);
  const figures = figuresOf(verdicts);
  if (values.failures)
    console.log(
      verdicts
        .filter((verdict) => !isRight(verdict))
        .map(failureText)
        .join('\n\n') + '\n',
    );
  console.log(`${model}, ${name}\n`);
  console.log(classTable('kind', verdicts, ({ one }) => one.kind) + '\n');
  console.log(classTable('site', verdicts, ({ one }) => one.domain) + '\n');
  console.log(figureTable(figures) + '\n');
  result[model] = figures;
}
console.log(`RESULT ${JSON.stringify({ set: name, ...(values.kind ? { kind: values.kind } : {}), ...result })}`);

/** @param {string} sentence @returns {never} */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
