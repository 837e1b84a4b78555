/**
 * The files in test/fixtures/workflows, each run by its own script, against the log of what happened: `name.yaml` and
 * `name.txt`. After a wanted change: UPDATE_LOGS=1 node --import tsx --test test/workflow/fixtures.node.test.ts
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createMemoryCheckpointer } from '../../src/checkpoint/index.ts';
import { isAgentError } from '../../src/core/index.ts';
import { compileWorkflow, faultLine } from '../../src/workflow/index.ts';
import { check } from './reading.ts';
import { agents, contextWith, Running } from './running.ts';
import { linesOf } from './event-log.ts';
import { functions, say, scriptOf, tools } from './fixture-world.ts';

const folder = new URL('../fixtures/workflows/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const names = readdirSync(folder).filter((name) => /^\d+.*\.yaml$/.test(name));

/** Reads, compiles and runs a file, answers what it asks by its script, and tells what happened. */
async function logOf(name: string): Promise<string> {
  const script = scriptOf(text(name));
  const { document, errors, notes } = await check(text(name), {
    file: name,
    env: { SHOP: 'Acme' },
    load: (path) => text(path),
  });
  const lines = [...errors, ...notes].map((fault) => `${fault.severity} ${faultLine(fault)}`);
  if (!document) return lines.join('\n');
  let time = 0;
  try {
    const graph = compileWorkflow(document, Object.keys(document.workflows)[0], {
      ...functions,
      agentNode: agents(say),
      now: () => ++time,
    });
    const running = new Running(
      graph.with({ checkpointer: createMemoryCheckpointer() }),
      contextWith({ tools: tools(), by: 'Ada' }),
    );
    let result = await running.run(script.data ?? {});
    for (const answer of script.answers ?? []) {
      const [open] = result.interrupts;
      if (!open) break;
      result = await running.answer({ [open.id]: answer });
    }
    lines.push(...linesOf(running.events));
    lines.push(`data ${JSON.stringify(result.state.data)}`);
    for (const record of result.state.audit) lines.push(`audit ${JSON.stringify(record)}`);
    for (const [node, { code }] of result.state.errors) lines.push(`passed over ${node}: ${code}`);
  } catch (error) {
    if (!isAgentError(error)) throw error;
    lines.push(`${error.code} ${error.message}`);
  }
  return lines.join('\n');
}

describe('the workflow files', () => {
  it('are 25 or more', () => {
    assert.ok(names.length >= 25, `${names.length} files`);
  });

  for (const name of names) {
    it(`run as their logs say: ${name}`, async () => {
      const log = `${await logOf(name)}\n`;
      const file = new URL(name.replace('.yaml', '.txt'), folder);
      if (process.env['UPDATE_LOGS'] !== undefined) writeFileSync(file, log);
      assert.equal(log, readFileSync(file, 'utf8'));
    });
  }
});
