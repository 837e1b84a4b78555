/** Verticals on real pages: copies of inpage that were bundled apart, and code from another origin under strict policies. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { build } from 'vite';
import { launch } from '../helpers/browser.js';
import { ensureDist, ROOT } from '../helpers/built.js';
import { serve } from '../helpers/serve.js';

declare global {
  interface Window {
    /** How often the code of a vertical has run. */
    loads?: number;
    copies?: Record<string, Copy>;
    isReady?: boolean;
  }
}

/** What a bundled copy of inpage gives to the tests. */
interface Copy {
  createAgent(options?: object): {
    verticals: { list(): readonly { id: string; version: string; isOn: boolean }[] };
    tools: { list(): Promise<readonly { name: string }[]> };
  };
  useVertical(agent: unknown, vertical: unknown, options?: object): Promise<{ version: string; isOn: boolean }>;
}

/** The page half that the tests load: it counts how often it runs. */
const CODE = `globalThis.loads = (globalThis.loads ?? 0) + 1;
export function activate(host) {
  host.offer([{ name: 'count', description: 'Count', effect: 'read', examples: ['count'], run: () => 'one' }]);
}`;
/** The worker half that the tests load. */
const PART = `export const part = () => ({ name: 'half', open: () => ({
  where: (words) => [words.join(' '), self.constructor.name],
}) });`;
const integrityOf = (code: string): string => `sha384-${createHash('sha384').update(code).digest('base64')}`;

/** A vertical whose page half gives what its worker half has said. */
const split = (worker: object): string =>
  `({ id: 'split', version: '1.0.0', name: 'Split', engine: '^0.1.0', capabilities: ['worker'],
    worker: ${JSON.stringify(worker)},
    page: async () => ({ activate: async (host) => ({ api: globalThis.said = await host.ask('where', ['a', 'b']) }) }) })`;

const vertical = (page: object, version = '1.0.0'): string =>
  JSON.stringify({
    id: 'counter',
    version,
    name: 'Counter',
    engine: '^0.1.0',
    tools: [{ name: 'count', effect: 'read' }],
    page,
  });

const folder = mkdtempSync(join(tmpdir(), 'inpage-verticals-'));
const foreign = mkdtempSync(join(tmpdir(), 'inpage-foreign-'));
let browser: Browser;
let cdn: Awaited<ReturnType<typeof serve>>;

/** Bundles a copy of inpage, as an app would. */
async function bundle(name: string): Promise<void> {
  const entry = join(folder, `${name}-entry.ts`);
  writeFileSync(
    entry,
    `import { createAgent } from '${ROOT}src/index.ts'; import { useVertical } from '${ROOT}src/verticals.ts';
     (globalThis.copies ??= {}).${name} = { createAgent, useVertical };`,
  );
  await build({
    configFile: false,
    root: folder,
    base: './',
    logLevel: 'error',
    build: {
      outDir: join(folder, name),
      minify: name === 'b',
      rolldownOptions: { input: entry, output: { entryFileNames: 'app.js' } },
    },
  });
}

before(async () => {
  ensureDist();
  for (const name of ['a', 'b']) await bundle(name);
  const files = ['inpage.js', 'page.js', 'parts', 'worker.js', 'inpage-forms.js'];
  for (const file of files) cpSync(join(ROOT, 'dist', file), join(folder, file), { recursive: true });
  mkdirSync(join(foreign, 'late'));
  for (const place of [folder, foreign]) writeFileSync(join(place, 'counter.js'), CODE);
  writeFileSync(join(foreign, 'part.js'), PART);
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><main><form aria-label="Search"><label>Words <input name="words"></label></form></main>
     <script type="module" src="a/app.js"></script><script type="module" src="b/app.js"></script>
     <script defer src="inpage.js"></script><inpage-chat id="second"></inpage-chat>`,
  );
  writeFileSync(
    join(folder, 'plain.html'),
    '<!doctype html><meta charset="utf-8"><script type="module" src="a/app.js"></script>',
  );
  const page = (body: string): string =>
    `<!doctype html><meta charset="utf-8">${body}<script defer src="inpage.js"></script>
     <script type="module">
       const { forms, useVertical } = await import('./inpage-forms.js');
       inpage.push(async (agent) => {
         await useVertical(agent, forms, { grant: ['page:read', 'page:act'], within: 'main' });
         window.isReady = true;
       });
     </script>`;
  const order =
    '<main><form aria-label="Order" action="thanks.html"><label>Item <input name="item"></label><button>Buy</button></form></main>';
  writeFileSync(join(folder, 'order.html'), page(order));
  writeFileSync(join(folder, 'thanks.html'), page('<main>Thank you.</main>'));
  cdn = await serve(foreign, { headers: { 'access-control-allow-origin': '*' } });
  browser = await launch();
});
after(async () => {
  await browser.close();
  await cdn.close();
  for (const place of [folder, foreign]) rmSync(place, { recursive: true });
});

/** Opens a page of a site, with a policy or without, for as long as a test works on it. */
async function visit<T>(path: string, work: (page: Page, origin: string) => Promise<T>, policy?: string): Promise<T> {
  const site = await serve(folder, {
    headers: policy === undefined ? {} : { 'content-security-policy': policy },
    edit: (html) => html.replaceAll('<script', '<script nonce="bm9uY2U"'),
  });
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.goto(`${site.origin}/${path}`);
    await page.waitForFunction(() => window.copies?.['a']);
    return await work(page, site.origin);
  } finally {
    await context.close();
    await site.close();
  }
}

/** Uses a vertical of a page; gives what came of it. */
const use = (
  page: Page,
  json: string,
): Promise<{ code?: string; message?: string; version?: string; loads?: number }> =>
  page.evaluate(async (text) => {
    const copy = window.copies?.['a'];
    if (!copy) throw new Error('There is no copy.');
    try {
      const { version } = await copy.useVertical(copy.createAgent(), JSON.parse(text));
      return { version, ...(window.loads === undefined ? {} : { loads: window.loads }) };
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return { code, message };
    }
  }, json);

describe('two bundles, a script tag and two elements on one page', () => {
  it('share one host, load a vertical once, and offer its tools once', async () => {
    const seen = await visit('index.html', (page) =>
      page.evaluate(
        async (json) => {
          const { a, b } = window.copies ?? {};
          // What the script tag puts into the page is there once it takes commands.
          await new Promise((resolve) => (window.inpage ??= []).push(resolve));
          const chats = [...document.querySelectorAll('inpage-chat')];
          for (const chat of chats) await chat.updateComplete;
          if (!a || !b) throw new Error('A copy is missing.');
          const agents = [a.createAgent(), b.createAgent(), ...chats.map(({ agent }) => agent)];
          const given: unknown = JSON.parse(json);
          const handles = await Promise.all(
            agents.flatMap((agent) => [a.useVertical(agent, given), b.useVertical(agent, given)]),
          );
          const hosts = new Set(agents.map((agent) => agent?.verticals));
          const tools = (await agents[0]?.tools.list())?.filter(({ name }) => name === 'count').length;
          return {
            agents: agents.length,
            hosts: hosts.size,
            loads: window.loads,
            tools,
            on: handles.every(({ isOn }) => isOn),
          };
        },
        vertical({ url: 'counter.js' }),
      ),
    );
    assert.deepEqual(seen, { agents: 4, hosts: 1, loads: 1, tools: 1, on: true });
  });

  it('keep the version that came first, and throw nothing', async () => {
    const seen = await visit('index.html', (page) =>
      page.evaluate(
        async (first, second) => {
          const { a, b } = window.copies ?? {};
          if (!a || !b) throw new Error('A copy is missing.');
          const one = await a.useVertical(a.createAgent(), JSON.parse(first));
          const two = await b.useVertical(b.createAgent(), JSON.parse(second));
          return [one.version, two.version];
        },
        vertical({ url: 'counter.js' }),
        vertical({ url: 'counter.js' }, '2.0.0'),
      ),
    );
    assert.deepEqual(seen, ['1.0.0', '1.0.0']);
  });

  it('throw nothing where another version of their registry is on the page', async () => {
    const seen = await visit('plain.html', async (page) => {
      await page.evaluate(() => {
        Object.assign(globalThis, {
          [Symbol.for('inpage.verticals.1')]: { installed: [] },
          [Symbol.for('inpage.verticals.2')]: 7,
        });
      });
      return use(page, vertical({ url: 'counter.js' }));
    });
    assert.deepEqual(seen, { version: '1.0.0', loads: 1 });
  });

  it('take the vertical of forms from the one file, for a page without a bundler', async () => {
    const filled = await visit('index.html', (page, origin) =>
      page.evaluate(async (address) => {
        const { forms, useVertical } = (await import(address)) as Pick<Copy, 'useVertical'> & { forms: unknown };
        await customElements.whenDefined('inpage-chat');
        const chat = document.querySelector('inpage-chat');
        await chat?.updateComplete;
        await useVertical(chat?.agent, forms, { grant: ['page:read', 'page:act'], within: 'main' });
        await chat?.send('set the words to coffee beans');
        return document.querySelector<HTMLInputElement>('[name=words]')?.value;
      }, `${origin}/inpage-forms.js`),
    );
    assert.equal(filled, 'coffee beans');
  });
});

describe('a form that leaves the page', () => {
  it('is sent after a yes, and the run goes on on the next page', async () => {
    const site = await serve(folder);
    const context = await browser.createBrowserContext();
    try {
      const page = await context.newPage();
      await page.goto(`${site.origin}/order.html`);
      await (await page.waitForSelector('pierce/button[aria-label="Ask the assistant"]'))?.click();
      await page.waitForFunction(() => window.isReady && document.querySelector('inpage-agent')?.open);
      const status = await page.evaluate(async () => {
        const chat = document.querySelector('inpage-chat');
        await chat?.send('set the item to tea');
        return (await chat?.send('send the form'))?.status;
      });
      assert.equal(status, 'interrupted');
      const left = page.waitForNavigation();
      await page.$eval('inpage-chat >>> [part~="approve"]', (button) => {
        if (button instanceof HTMLElement) button.click();
      });
      await left;
      assert.equal(page.url(), `${site.origin}/thanks.html?item=tea`);
      // Nobody presses anything there.
      await page.waitForFunction(
        () => document.querySelector('inpage-chat')?.shadowRoot?.textContent.includes('The page was left for this'),
        { polling: 50, timeout: 15_000 },
      );
    } finally {
      await context.close();
      await site.close();
    }
  });
});

describe('the worker half of a vertical from another origin', () => {
  /** What it has said, or why it could not. */
  const halves = (page: Page, code: string): Promise<unknown> =>
    page.evaluate(async (text) => {
      const copy = window.copies?.['a'];
      if (!copy) throw new Error('There is no copy.');
      try {
        const given: unknown = window.eval(text);
        await copy.useVertical(copy.createAgent(), given, { grant: ['worker'] });
        return (window as unknown as { said: unknown }).said;
      } catch (error) {
        return (error as { code: string }).code;
      }
    }, code);

  it('answers from the worker when it has the hash, is refused when it has not, and is there offline', async () => {
    const url = `${cdn.origin}/part.js`;
    const said = ['a b', 'DedicatedWorkerGlobalScope'];
    const seen = await visit('plain.html', async (page) => {
      const wrong = await halves(page, split({ url, integrity: integrityOf('other') }));
      const right = await halves(page, split({ url, integrity: integrityOf(PART) }));
      rmSync(join(foreign, 'part.js'));
      await page.reload();
      await page.waitForFunction(() => window.copies?.['a']);
      return [wrong, right, await halves(page, split({ url, integrity: integrityOf(PART) }))];
    });
    assert.deepEqual(seen, ['vertical-failed', said, said]);
  });
});

describe('the code of a vertical from another origin', () => {
  const integrity = integrityOf(CODE);

  it('is held against its hash', async () => {
    const url = `${cdn.origin}/counter.js`;
    assert.deepEqual(await visit('plain.html', (page) => use(page, vertical({ url, integrity }))), {
      version: '1.0.0',
      loads: 1,
    });
    const wrong = await visit('plain.html', (page) => use(page, vertical({ url, integrity: integrityOf('other') })));
    assert.equal(wrong.code, 'vertical-failed');
    assert.match(wrong.message ?? '', /Failed to fetch.*another hash/);
    const none = await visit('plain.html', (page) => use(page, vertical({ url })));
    assert.equal(none.code, 'invalid-vertical');
  });

  const NONCE = "'nonce-bm9uY2U'";
  const policies: readonly (readonly [what: string, policy: (origin: string) => string])[] = [
    ['lets blobs run', (origin) => `script-src 'self' ${NONCE} blob:; connect-src ${origin}`],
    ['lets what trusted scripts load run', (origin) => `script-src ${NONCE} 'strict-dynamic'; connect-src ${origin}`],
    [
      'names the origin, and lets no blob run',
      (origin) => `script-src 'self' ${NONCE} ${origin}; connect-src ${origin}`,
    ],
    ['gives its scripts a nonce', () => `script-src ${NONCE}; connect-src 'none'`],
    ['names the origin for scripts alone', (origin) => `script-src 'self' ${NONCE} ${origin}; connect-src 'none'`],
  ];
  for (const [what, policy] of policies) {
    it(`is loaded under a policy that ${what}, and not with another hash`, async () => {
      const rules = `default-src 'self'; worker-src 'self' blob:; ${policy(cdn.origin)}; require-trusted-types-for 'script'`;
      const url = `${cdn.origin}/counter.js`;
      const right = await visit('plain.html', (page) => use(page, vertical({ url, integrity })), rules);
      assert.deepEqual(right, { version: '1.0.0', loads: 1 });
      const wrong = await visit(
        'plain.html',
        (page) => use(page, vertical({ url, integrity: integrityOf('other') })),
        rules,
      );
      assert.equal(wrong.code, 'vertical-failed');
    });
  }

  it('is refused, with the reasons, under a policy that lets nothing of it run', async () => {
    const rules = `default-src 'self'; script-src 'self'; worker-src 'self' blob:`;
    const seen = await visit(
      'plain.html',
      (page) => use(page, vertical({ url: `${cdn.origin}/counter.js`, integrity })),
      rules,
    );
    assert.equal(seen.code, 'vertical-failed');
  });

  it('is tried again when it could not be loaded, and is there offline once it was', async () => {
    const url = `${cdn.origin}/late/counter.js`;
    const given = vertical({ url, integrity });
    const seen = await visit('plain.html', async (page) => {
      const first = await use(page, given);
      writeFileSync(join(foreign, 'late', 'counter.js'), readFileSync(join(foreign, 'counter.js')));
      const second = await use(page, given);
      rmSync(join(foreign, 'late', 'counter.js'));
      await page.reload();
      await page.waitForFunction(() => window.copies?.['a']);
      return [first.code, second, await use(page, given)];
    });
    assert.deepEqual(seen, ['vertical-failed', { version: '1.0.0', loads: 1 }, { version: '1.0.0', loads: 1 }]);
  });
});
