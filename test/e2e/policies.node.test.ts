/**
 * Every policy of the table in docs/csp.md beside every way to embed the agent, in a real browser. The table holds what is
 * seen here: `UPDATE=1 node --import tsx --test test/e2e/policies.node.test.ts` writes it.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { launch } from '../helpers/browser.js';
import { ensureDist } from '../helpers/built.js';
import { bundleApp } from './policies/app.ts';
import type { App } from './policies/app.ts';
import { policies } from './policies/policies.ts';
import type { Policy } from './policies/policies.ts';
import { openSite, OWN_SCRIPT } from './policies/site.ts';
import type { Site, Way } from './policies/site.ts';
import { readTable, writeTable } from './policies/table.ts';

const WAYS: readonly Way[] = ['tag', 'app', 'own'];
const MESSAGE = 'turn on the kitchen light';

declare global {
  interface Window {
    /** The directives by which the page’s policy has refused something. */
    refused?: string[];
  }
}

/** What one visit to a page came to. */
interface Visit {
  readonly host: 'worker' | 'blob' | 'page' | 'remote';
  readonly storage: string;
  readonly notices: number;
  readonly text: string;
  readonly light: string;
  /** What was said here in earlier visits. */
  readonly earlier: string;
}

ensureDist();
const app: App = await bundleApp();
const rows = policies([OWN_SCRIPT, app.text]);
const seen = rows.map(() => new Map<Way, string>());
const isUpdate = process.env['UPDATE'] === '1';

/** How many pages are visited at once. */
const LANES = 3;

let browser: Browser;
let site: Site;
/** The tabs that nobody is in. Cells have hosts of their own, so that one tab serves many: a new one costs as much as a visit. */
let free: Page[] = [];
before(async () => {
  site = await openSite(rows, app);
  browser = await launch(['--host-resolver-rules=MAP *.localhost 127.0.0.1', '--disable-gpu']);
  free = await Promise.all(Array.from({ length: LANES }, openTab));
});
after(async () => {
  await browser.close();
  await site.close();
  app.remove();
  if (isUpdate) await writeTable(rows.map(({ name }, row) => [name, ...WAYS.map((way) => seen[row]?.get(way) ?? '')]));
});

/** A tab that notes what the policies of its pages refuse. */
async function openTab(): Promise<Page> {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    const refused: string[] = (window.refused = []);
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
  });
  return page;
}

/** The frame that the agent is in. */
const frameOf = (page: Page, { sandbox }: Policy): Frame => {
  const [frame] = page.mainFrame().childFrames();
  return sandbox !== undefined && frame ? frame : page.mainFrame();
};

/** Waits for the agent of a page, and talks to it. */
const talk = (frame: Frame): Promise<Visit> =>
  frame.evaluate(async (message) => {
    document.querySelector('.floating')?.shadowRoot?.querySelector('button')?.click();
    await customElements.whenDefined('inpage-chat');
    let chat = document.querySelector('inpage-chat');
    while (!chat?.agent) {
      await new Promise((resolve) => requestIdleCallback(resolve));
      chat = document.querySelector('inpage-chat');
    }
    const { host, storage, notices } = await chat.agent.ready;
    const earlier = JSON.stringify((await chat.agent.thread(chat.thread).state())?.state['messages'] ?? []);
    const { text } = await chat.send(message);
    const light = document.querySelector('#kitchen')?.textContent ?? '';
    return { host, storage, notices: notices.length, text, light, earlier };
  }, MESSAGE);

/** Resolves with what a page says when there will be no agent on it. */
const failure = (page: Page): Promise<string> =>
  new Promise((resolve) => {
    page.on('pageerror', (error) => {
      resolve(String(error));
    });
    page.on('console', (message) => {
      if (message.text().startsWith('inpage: the agent could not be started')) resolve(message.text());
    });
  });

const HOSTS = { worker: 'worker', blob: 'blob worker', page: 'page', remote: 'elsewhere' };

/** Visits a page twice; gives what the table says of it. */
async function visit(row: number, policy: Policy, way: Way): Promise<string> {
  const page = free.pop() ?? (await openTab());
  try {
    const refusedNow = async (): Promise<readonly string[]> =>
      (await frameOf(page, policy).evaluate(() => window.refused)) ?? [];
    const failed = failure(page);
    await page.goto(site.url(row, way));
    const first = await Promise.race([talk(frameOf(page, policy)), failed]);
    const refused = new Set(await refusedNow());
    const also = (said: string): string => [said, ...[...refused].map((each) => `reports \`${each}\``)].join(', ');
    if (typeof first === 'string') return also(`does not start: \`${first.replace(/.*TypeError: .*?: /, '')}\``);
    await page.reload();
    const second = await talk(frameOf(page, policy));
    for (const directive of await refusedNow()) refused.add(directive);
    for (const { light, text } of [first, second]) {
      assert.equal(light, 'on');
      assert.match(text, /kitchen light is on/);
    }
    const isKept = first.storage === 'indexeddb';
    assert.equal(
      second.earlier.includes(MESSAGE),
      isKept,
      'the thread is there again, unless it was said that it is not',
    );
    const isBest = first.host === (way === 'tag' ? 'blob' : 'worker');
    assert.equal(first.notices, Number(!isBest) + Number(!isKept), 'what is not as it should be is said');
    if (isBest && !policy.refusesImports) assert.deepEqual([...refused], [], 'nothing was refused');
    return also(HOSTS[first.host] + (isKept ? '' : ', keeps nothing'));
  } finally {
    page.removeAllListeners('pageerror').removeAllListeners('console');
    // Ends its worker, and what it reports comes before the next page.
    await page.goto('about:blank');
    free.push(page);
  }
}

describe('the agent under the policies of a site', { concurrency: LANES }, () => {
  const expected = readTable();
  for (const [row, policy] of rows.entries()) {
    for (const [column, way] of WAYS.entries()) {
      it(`${policy.name}: ${way}`, async () => {
        const found = await visit(row, policy, way);
        seen[row]?.set(way, found);
        if (!isUpdate) assert.equal(found, expected.get(policy.name)?.[column]);
      });
    }
  }

  it('has no other rows in the table', { skip: isUpdate }, () => {
    assert.deepEqual(
      [...expected.keys()],
      rows.map(({ name }) => name),
    );
  });
});

describe('what browsers report to the site', () => {
  it('is what the table says and nothing else, once for each worker that a load tries to start', () => {
    for (const [row, cells] of seen.entries()) {
      for (const [way, said] of cells) {
        const reports = site.reports(row, way);
        // A worker of the site's own, and after it the blob.
        const tries = way === 'own' && said.startsWith('page') ? 2 : 1;
        const loads = said.startsWith('does not start') ? 1 : 2;
        assert.ok(reports.length <= tries * loads, `${rows[row]?.name ?? ''}, ${way}: ${reports.length} reports`);
        for (const { directive, blocked } of reports)
          assert.ok(
            said.includes(`reports \`${directive}\``),
            `${rows[row]?.name ?? ''}, ${way}: ${directive} ${blocked}`,
          );
      }
    }
  });
});
