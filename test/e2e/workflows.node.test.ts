/** Workflows from a page with the script tag: their code lies beside it, and the worker is a blob. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Agent } from '../../src/index.ts';
import { pageWith, servePages } from '../helpers/pages.ts';

const FLOW = `
shop:
  nodes:
    - { id: look, type: compute, tools: [price], inputs: { what: $ctx.what } }
    - { id: sure, type: hitl, hitl_type: approval, prompt: 'Buy {{what}} for {{look}}?' }
    - { id: buy, type: compute, tools: [buy], inputs: { what: $ctx.what } }
`;

const PAGE = pageWith(`
  window.bought = [];
  for (const [name, run] of [['price', () => 3], ['buy', ({ what }) => { window.bought.push(what); return 'bought'; }]]) {
    agent.tool({ name, description: 'Does ' + name, effect: 'read', input: { type: 'object' }, run });
  }
  window.inpageAgent = agent;
`);

declare global {
  interface Window {
    bought?: string[];
    inpageAgent?: Agent;
  }
}

const ELEMENT = `<inpage-workflow><script type="application/yaml">
hello: { nodes: [{ id: ask, type: hitl, hitl_type: input, prompt: Who are you? }] }
</script></inpage-workflow>`;

const pages = servePages({
  'index.html': PAGE,
  'element.html': PAGE.replace('<body>', `<body>${ELEMENT}`),
  'policy.html': PAGE.replace(
    '<head>',
    `<head><meta http-equiv="Content-Security-Policy" content="script-src 'self' 'unsafe-inline'; worker-src blob:; connect-src 'self'; require-trusted-types-for 'script'">`,
  ),
});

/** Runs the workflow on the page's thread, or goes on with it; gives how it ended. */
const run = (page: Awaited<ReturnType<typeof pages.open>>, answer: boolean) =>
  page.evaluate(
    async (text, isAnswer) => {
      const workflows = await window.inpageAgent?.workflows();
      if (!workflows) throw new Error('There is no agent.');
      const thread = await workflows.thread(text, 'order-1');
      const [open] = (await thread.state())?.interrupts ?? [];
      const { status, data, audit } = isAnswer
        ? await workflows.resume(text, 'order-1', { [open?.id ?? '']: { decision: 'approve' } }, { by: 'Ada' }).result
        : await workflows.execute(text, { what: 'tea' }, { threadId: 'order-1' });
      return { status, data, by: audit.map(({ by, outcome }) => `${by ?? ''} ${outcome}`), bought: window.bought };
    },
    FLOW,
    answer,
  );

describe('a workflow with the script tag', () => {
  for (const name of ['index.html', 'policy.html']) {
    it(`runs in a blob worker, waits for a person over a reload, and goes on (${name})`, async () => {
      const page = await pages.open(name);
      assert.equal(await page.evaluate(async () => (await window.inpageAgent?.ready)?.host), 'blob');
      const asked = await run(page, false);
      assert.deepEqual([asked.status, asked.bought], ['interrupted', []]);
      await page.reload();
      await page.waitForFunction(() => window.inpageAgent !== undefined, { polling: 50 });
      const done = await run(page, true);
      assert.deepEqual(done, {
        status: 'completed',
        data: { what: 'tea', look: 3, sure: true, buy: 'bought' },
        by: ['Ada approved'],
        bought: ['tea'],
      });
    });
  }

  it('runs as an element, which makes its agent of what the chat has loaded', async () => {
    const page = await pages.open('element.html');
    const within = (part: string) =>
      page.waitForFunction(
        (selector) => {
          const found = document.querySelector('inpage-workflow')?.shadowRoot?.querySelector<HTMLElement>(selector);
          found?.click();
          return found?.textContent;
        },
        { polling: 50 },
        `[part=${part}]`,
      );
    await within('start');
    assert.match(String(await (await within('question')).jsonValue()), /Who are you\?/);
  });

  it('refuses a part that is not the one that was built with the script', async () => {
    const path = pages.path('worker-workflows.js');
    const built = readFileSync(path, 'utf8');
    writeFileSync(path, `${built}\n// changed`);
    try {
      const page = await pages.open();
      const code = await page.evaluate(async (text) => {
        const workflows = await window.inpageAgent?.workflows();
        try {
          await workflows?.execute(text, { what: 'tea' });
          return 'it ran';
        } catch (error) {
          return (error as { code?: string }).code;
        }
      }, FLOW);
      assert.equal(code, 'part-failed');
    } finally {
      writeFileSync(path, built);
    }
  });
});
