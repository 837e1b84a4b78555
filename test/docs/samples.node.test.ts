import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ensureDist, ROOT } from '../helpers/built.js';
import { openSampleSite, type SampleSite } from './sample-site.ts';
import { readPages, samplesOf } from './samples.ts';

const BROKEN: readonly (readonly [what: string, sample: string, fault: RegExp])[] = [
  ['uses what the package does not export', "```ts\nimport { createAgents } from 'inpage';\n```", /createAgents/],
  [
    'throws in Node',
    "```ts\nimport { START } from 'inpage/engine';\nthrow new Error(`no ${START}`);\n```",
    /no __start__/,
  ],
  [
    'throws in a page',
    "```ts\nimport { createAgent } from 'inpage';\ncreateAgent({ namespace: 'a b' });\n```",
    /no namespace/,
  ],
  [
    'has a worker that does not start',
    "```ts\nimport { serve } from 'inpage/worker';\nserve({});\nthrow new Error('broken');\n```",
    /broken|worker/,
  ],
  ['has a tool that does not do what it names as an example', broken('unlock the moon'), /answered with/],
  ['logs an error', '```html\n<inpage-chat></inpage-chat>\n<img src="missing.png" />\n```', /404/],
  ['names no script of the package', '```sh\nnpm ci && npm run fly\n```', /npm run fly/],
  ['is no JSON', '```json\n{ a: 1 }\n```', /JSON/],
  ['is no workflow', '```yaml\ninpage: 1\nworkflows: { a: { nodes: [{ id: b, type: magic }] } }\n```', /magic/],
  ['is in a language that nobody runs', '```python\nprint(1)\n```', /python/],
];

function broken(example: string): string {
  const tool = `{ name: 'greet', description: 'Greet', effect: 'read', examples: ['${example}'], run() { throw new Error('no'); } }`;
  return `\`\`\`html\n<script>(window.inpage ??= []).push((agent) => agent.tool(${tool}));</script>\n<script defer src="/inpage.js"></script>\n\`\`\``;
}

const samples = Object.entries(readPages(ROOT))
  .flatMap(([page, text]) => samplesOf(page, text))
  // Pictures made of letters, and shapes of types.
  .filter(({ language }) => language !== 'text');
const brokenSamples = samplesOf('broken.md', BROKEN.map(([, sample]) => sample).join('\n\n'));

let site: SampleSite;
before(async () => {
  ensureDist();
  site = await openSampleSite([...samples, ...brokenSamples]);
});
after(() => site.close());

// They wait for their pages more than they compute, and each has a visitor of its own.
describe('a sample of the documentation', { concurrency: 3 }, () => {
  for (const sample of samples) {
    it(`works: ${sample.page}:${sample.line} (${sample.name ?? sample.language})`, () => site.check(sample));
  }
});

describe('the check of a sample', () => {
  for (const [i, [what, , fault]] of BROKEN.entries()) {
    it(`fails when the sample ${what}`, async () => {
      const sample = brokenSamples[i];
      assert.ok(sample);
      await assert.rejects(site.check(sample), fault);
    });
  }
});
