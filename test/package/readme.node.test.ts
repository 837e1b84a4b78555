import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { ensureDist, ROOT } from '../helpers/built.js';

ensureDist();

it('runs the engine sample of the README as it is written', () => {
  const readme = readFileSync(`${ROOT}README.md`, 'utf8');
  const sample = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].find(([, code]) => code?.includes('inpage/engine'))?.[1];
  assert.ok(sample, 'the README has the sample');
  const report = "console.log((await graph.getState('order-1')).state.amount);";
  const args = ['--input-type=module', '--eval', `${sample}\n${report}`];
  assert.equal(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }).trim(), '2');
});
