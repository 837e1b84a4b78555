import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { createProxy } from '../../demo/proxy.mjs';
import { ensureDist, ROOT } from '../helpers/built.js';
import { launch } from '../helpers/browser.js';
import { startModelServer } from '../helpers/model-server.js';
import { openSession } from '../helpers/model-session.ts';
import { serve } from '../helpers/serve.js';

/** What the page's one tool answers to. */
const MESSAGE = 'turn on the kitchen light';

const NONCE = 'cmFuZG9t';

/** The strictest policies that a site can have and still take the script from another origin. */
const STRICT = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src 'nonce-${NONCE}'`;
const WITH_WORKER = `${STRICT}; worker-src blob:`;
const WITH_TRUSTED_TYPES = `${WITH_WORKER}; require-trusted-types-for 'script'`;

interface Answer {
  readonly host: string;
  readonly storage: string;
  readonly notices: readonly string[];
  readonly status: string;
  readonly text: string;
  readonly light: string;
  readonly outcomes: readonly string[];
  /** For each open approval, the ms until silence becomes a no. */
  readonly timesLeft: readonly number[];
}

declare global {
  interface Window {
    /** What the page's policy has refused, as `directive uri`. */
    violations: string[];
  }
}

ensureDist();
let browser: Browser;
let cdn: Awaited<ReturnType<typeof serve>>;
before(async () => {
  browser = await launch();
  cdn = await serve(`${ROOT}dist`);
});
after(async () => {
  await browser.close();
  await cdn.close();
});

/** The page of the script tag as a site would serve it: the script from another origin, and a nonce on what is inline. */
function asSite(html: string): string {
  return html
    .replace(/src="[^"]*inpage\.js"/, `src="${cdn.origin}/inpage.js"`)
    .replace(/<(script|style|link)(?=[\s>])/g, `<$1 nonce="${NONCE}"`);
}

/** Opens the page under a policy, sends a message, and gives the answer and all that was refused on the way. */
async function visit(
  policy: string | undefined,
  edit = asSite,
): Promise<{ answer: Answer; refused: readonly string[] }> {
  const headers = policy === undefined ? {} : { 'content-security-policy': policy };
  const site = await serve(`${ROOT}demo`, { headers, edit });
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    const refused = await watchPolicy(page);
    await page.goto(`${site.origin}/embed.html`);
    const answer = await ask(page, MESSAGE);
    return { answer, refused: [...refused, ...(await page.evaluate(() => window.violations))] };
  } finally {
    await context.close();
    await site.close();
  }
}

/** Notes what the page's policy refuses, as the page sees it and as the browser reports it. */
async function watchPolicy(page: Page): Promise<string[]> {
  await page.evaluateOnNewDocument(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  const refused: string[] = [];
  const session = await page.createCDPSession();
  session.on('Audits.issueAdded', ({ issue }) => {
    const details = issue.details.contentSecurityPolicyIssueDetails;
    if (details !== undefined) refused.push(`${details.violatedDirective} ${details.blockedURL ?? 'inline'}`);
  });
  await session.send('Audits.enable');
  return refused;
}

async function ask(page: Page, message: string): Promise<Answer> {
  return page.evaluate(async (text) => {
    await customElements.whenDefined('inpage-chat');
    const chat = document.querySelector('inpage-chat');
    if (chat === null) throw new Error('The page has no <inpage-chat>.');
    const result = await chat.send(text);
    const ready = await chat.agent?.ready;
    return {
      host: ready?.host ?? 'none',
      storage: ready?.storage ?? 'none',
      notices: ready?.notices.map((notice) => notice.message) ?? [],
      status: result.status,
      text: result.text,
      light: document.querySelector('#kitchen')?.textContent ?? '',
      outcomes: result.toolCalls.map((call) => call.outcome),
      timesLeft: result.interrupts.map(({ payload }) => (payload as { expiresAt: number }).expiresAt - Date.now()),
    };
  }, message);
}

function assertAnswered({ status, text, light, outcomes }: Answer): void {
  assert.equal(status, 'completed');
  assert.deepEqual(outcomes, ['ok']);
  assert.equal(light, 'on');
  assert.match(text, /kitchen light is on/);
}

describe('the script tag from another origin', () => {
  for (const [what, policy] of [
    ['no policy', undefined],
    ['a policy of nonces that lets a blob worker start', WITH_WORKER],
    ['the same policy with Trusted Types', WITH_TRUSTED_TYPES],
  ] as const) {
    it(`answers from a worker under ${what}, and nothing is refused`, async () => {
      const { answer, refused } = await visit(policy);
      assertAnswered(answer);
      assert.equal(answer.host, 'blob');
      assert.deepEqual(refused, []);
      assert.deepEqual(answer.notices, []);
    });
  }

  it('answers from the page under a policy that lets no worker start, and says so', async () => {
    const { answer, refused } = await visit(STRICT);
    assertAnswered(answer);
    assert.equal(answer.host, 'page');
    assert.equal(answer.notices.length, 1);
    assert.ok(
      refused.length > 0 && refused.every((line) => /^(worker|script)-src(-elem)? /.test(line)),
      `the worker was refused and nothing else, but this was: ${refused.join(', ')}`,
    );
  });

  it('asks when its attributes say so, and for as long', async () => {
    const asking = 'data-approval="all" data-approval-timeout="60000" src="';
    const { answer } = await visit(undefined, (html) => asSite(html).replace(/src="(?=[^"]*inpage\.js)/, asking));
    assert.equal(answer.status, 'interrupted');
    assert.equal(answer.light, 'off');
    const [left = 0] = answer.timesLeft;
    assert.ok(left > 0 && left <= 60_000, `a minute is left to answer, but it is ${left} ms`);
  });

  it('answers in a sandboxed frame, which may keep nothing, and says so', async () => {
    const { answer } = await visit('sandbox allow-scripts');
    assertAnswered(answer);
    assert.equal(answer.storage, 'memory');
    assert.equal(answer.notices.length, 1);
  });
});

/** All that a realm has in memory, as text. */
async function memoryOf(session: CDPSession): Promise<string> {
  let text = '';
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => (text += chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  return text;
}

describe('the script tag with a language model behind a proxy', () => {
  const KEY = 'sk-key-of-the-site';
  const chunk = (delta: object, finish_reason: string): object => ({ choices: [{ index: 0, delta, finish_reason }] });
  const switching = { name: 'switch-light', arguments: '{"light":"kitchen","state":"on"}' };
  const SCRIPT = [
    { events: [chunk({ tool_calls: [{ index: 0, id: 'c', function: switching }] }, 'tool_calls'), '[DONE]'] },
    { events: [chunk({ content: 'It is bright now.' }, 'stop'), '[DONE]'] },
  ];
  let server: Awaited<ReturnType<typeof startModelServer>>;
  /** Where the script comes from, which lets every page read it. */
  let open: typeof cdn;
  before(async () => {
    server = await startModelServer();
    open = await serve(`${ROOT}dist`, { headers: { 'access-control-allow-origin': '*' } });
  });
  after(async () => {
    await server.close();
    await open.close();
  });

  /** Types a message into the chat of a page under a policy; gives what came of it. */
  async function chat(policyFor: (proxy: string) => string, from = open) {
    const session = await openSession(server.origin);
    await session.script(SCRIPT);
    const origins: string[] = [];
    const proxy = createProxy({ upstream: session.endpoint, key: KEY, origins, models: ['small'] });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { origin } = new URL(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const site = await serve(`${ROOT}demo`, {
      headers: { 'content-security-policy': policyFor(origin) },
      edit: (html) =>
        asSite(html)
          .replaceAll(cdn.origin, from.origin)
          .replace(/src="(?=[^"]*inpage\.js)/, `data-endpoint="${origin}/v1" data-model="small" src="`),
    });
    origins.push(site.origin);
    const context = await browser.createBrowserContext();
    try {
      const page = await context.newPage();
      const refused = await watchPolicy(page);
      await page.goto(`${site.origin}/embed.html`);
      const composer = await page.waitForSelector('inpage-chat >>> textarea');
      await composer?.type(MESSAGE);
      await composer?.press('Enter');
      await page.waitForFunction(() =>
        document.querySelector('inpage-chat')?.shadowRoot?.textContent.includes('It is bright now.'),
      );
      const seen = await page.evaluate(async () => {
        const ready = await document.querySelector('inpage-chat')?.agent?.ready;
        return [ready?.host, ready?.model.id, document.querySelector('#kitchen')?.textContent];
      });
      const realms = [await page.createCDPSession(), ...page.workers().map(({ client }) => client)];
      const memories = await Promise.all(realms.map(memoryOf));
      return {
        seen,
        memories,
        refused,
        keys: (await session.requests()).map(({ headers }) => headers['authorization']),
      };
    } finally {
      await context.close();
      await site.close();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    }
  }

  it('answers from a worker under a policy that lets only the script’s origin and the proxy be asked', async () => {
    const { seen, memories, refused, keys } = await chat(
      (proxy) => `${WITH_WORKER}; connect-src ${open.origin} ${proxy}; require-trusted-types-for 'script'`,
    );
    assert.deepEqual(seen, ['blob', 'small', 'on']);
    assert.deepEqual(refused, []);
    assert.deepEqual(keys, [`Bearer ${KEY}`, `Bearer ${KEY}`]);
    assert.equal(memories.length, 2);
    for (const memory of memories) {
      assert.ok(memory.includes('It is bright now.'));
      assert.ok(!memory.includes(KEY), 'the key of the site is in no memory of the page');
    }
  });

  it('answers from a worker where the script’s origin lets nobody read it', async () => {
    const { seen, refused } = await chat(() => 'worker-src blob:', cdn);
    assert.deepEqual([seen, refused], [['blob', 'small', 'on'], []]);
  });

  it('answers from the page under a policy of nonces that lets no worker start and only the proxy be asked', async () => {
    const { seen, refused, keys } = await chat((proxy) => `${STRICT}; connect-src ${proxy}`);
    assert.deepEqual(seen, ['page', 'small', 'on']);
    assert.equal(keys.length, 2);
    assert.ok(
      refused.length > 0 && refused.every((line) => /^(connect-src \S+\/worker-models\.js|worker-src)/.test(line)),
      refused.join(),
    );
  });
});
