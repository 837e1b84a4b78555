import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { launch } from '../helpers/browser.js';
import { ROOT } from '../helpers/built.js';
import { serve } from '../helpers/serve.js';

const PUT = 'put two bags of espresso beans in my cart';
const REMIND = 'remind me to call mum tomorrow at 5';

declare global {
  interface Window {
    /** The tasks that kept the page busy for more than 50 ms, in ms since the page began. */
    longTasks: { start: number; duration: number }[];
    /** Whether the page is about to be loaded again. */
    isLeft?: boolean;
    /** Resolves at the end of the run that a press began. */
    ended?: Promise<unknown>;
  }
}

const demo = mkdtempSync(join(tmpdir(), 'inpage-demo-'));
let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
before(async () => {
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  execFileSync(process.execPath, [vite, 'build', '--outDir', demo, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: ROOT,
  });
  server = await serve(demo);
  browser = await launch();
});
after(async () => {
  await browser.close();
  await server.close();
  rmSync(demo, { recursive: true });
});

// Each test is a visitor of their own, with an empty cart and no conversation.
let context: BrowserContext;
let page: Page;
let faults: string[];
beforeEach(async () => {
  context = await browser.createBrowserContext();
  page = await visit();
});
afterEach(async () => {
  await context.close();
  assert.deepEqual(faults, [], 'the page threw nothing');
});

async function visit(origin = server.origin): Promise<Page> {
  const opened = await context.newPage();
  await opened.setViewport({ width: 1280, height: 900 });
  faults = [];
  opened.on('pageerror', (error) => faults.push(String(error)));
  await opened.evaluateOnNewDocument(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) window.longTasks.push({ start: startTime, duration });
    }).observe({ type: 'longtask', buffered: true });
  });
  await opened.goto(origin);
  return opened;
}

/** What a turn came to, as far as it can leave the page. */
async function send(text: string): Promise<{ status: string; text: string; tools: string[] }> {
  return page.evaluate(async (message) => {
    await customElements.whenDefined('inpage-chat');
    const chat = document.querySelector('inpage-chat');
    if (chat === null) throw new Error('The page has no <inpage-chat>.');
    const turn = await chat.send(message);
    return { status: turn.status, text: turn.text, tools: turn.toolCalls.map((call) => call.tool) };
  }, text);
}

/** The lines of the cart, as `product quantity`. */
async function cart(): Promise<string[]> {
  return page.$$eval('#cart [data-product]', (lines) =>
    lines.map((line) => `${line.getAttribute('data-product')} ${line.getAttribute('data-quantity')}`),
  );
}

/** Resolves once a person can see a part of the chat, at whatever depth of its shadow roots. */
async function shown(part: string): Promise<void> {
  await page.waitForSelector(`inpage-chat >>> [part~="${part}"]`, { timeout: 10_000, visible: true });
}

/** Presses a button of the chat, and resolves once what it began has ended. */
async function press(part: string): Promise<void> {
  await shown(part);
  await page.evaluate(() => {
    const chat = document.querySelector('inpage-chat');
    window.ended = new Promise((resolve) => chat?.addEventListener('inpage-run-end', resolve, { once: true }));
  });
  await page.$eval(`inpage-chat >>> [part~="${part}"]`, (button) => {
    if (button instanceof HTMLElement) button.click();
  });
  await page.evaluate(async () => {
    await window.ended;
  });
}

/** The text of what the person has said in the conversation, newest last. */
async function said(): Promise<string[]> {
  await shown('message-user');
  return page.$$eval('inpage-chat >>> [part~="message-user"]', (messages) =>
    messages.map((message) => message.textContent.replace(/\s+/g, ' ').trim()),
  );
}

describe('the demo shop', () => {
  it('runs its assistant in a worker', async () => {
    const host = await page.evaluate(async () => (await document.querySelector('inpage-chat')?.agent?.ready)?.host);
    assert.equal(host, 'worker');
  });

  it('puts into the cart what was asked for', async () => {
    assert.equal((await send(PUT)).status, 'completed');
    assert.deepEqual(await cart(), ['espresso-beans 2']);
  });

  it('adds the to-do with the date that was said', async () => {
    await send(REMIND);
    const [title, due, expected] = await page.$eval('[data-todo]', (todo) => {
      const tomorrow = new Date();
      tomorrow.setDate(tomorrow.getDate() + 1);
      tomorrow.setHours(17, 0, 0, 0);
      const time = new Date(todo.querySelector('time')?.dateTime ?? '');
      return [todo.textContent, time.getTime(), tomorrow.getTime()];
    });
    assert.match(String(title), /call mum/i);
    assert.equal(due, expected);
  });

  it('books a tasting by its form, once that was looked at', async () => {
    await page.evaluate(() => {
      location.hash = '#/visit';
    });
    await page.waitForFunction(async () => {
      const tools = await document.querySelector('inpage-chat')?.agent?.tools.list();
      return tools?.some(({ name }) => name === 'fill_book_a_tasting');
    });
    for (const text of [
      'book a tasting for 2 guests next friday at 3 pm',
      'set the name to Ada Lovelace',
      'set the e-mail to ada@example.org',
      'set flight to filter',
    ]) {
      assert.deepEqual((await send(text)).tools, ['fill_book_a_tasting'], text);
    }
    assert.equal((await send('send the form')).status, 'interrupted');
    await press('approve');
    assert.match(
      await page.$eval('.booked', ({ textContent }) => textContent),
      /3:00 PM, Ada Lovelace. 2 seats are yours/,
    );
  });

  it('asks before it checks out, also after a reload, and does as it is told', async () => {
    await send(PUT);
    assert.equal((await send('check out')).status, 'interrupted');
    await shown('approve');

    await page.reload();
    await press('reject');
    assert.deepEqual(await cart(), ['espresso-beans 2'], 'nothing was bought');

    assert.equal((await send('check out')).status, 'interrupted');
    await press('approve');
    assert.deepEqual(await cart(), [], 'everything was bought');
  });

  it('does nothing when it does not know what to do', async () => {
    await send(PUT);
    const { tools } = await send("what's the meaning of life");
    assert.deepEqual(tools, []);
    assert.deepEqual(await cart(), ['espresso-beans 2']);
    assert.equal((await page.$$('[data-todo]')).length, 0);
  });

  it('keeps the conversation over a reload', async () => {
    await send(PUT);
    await send(REMIND);
    await page.reload();
    const messages = await said();
    assert.equal(messages.length, 2);
    assert.ok(messages[0]?.includes(PUT) && messages[1]?.includes(REMIND));
  });

  it('goes on when its server is gone', async () => {
    const brief = await serve(demo);
    await page.close();
    page = await visit(brief.origin);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await brief.close();

    await page.reload();
    await send(PUT);
    assert.deepEqual(await cart(), ['espresso-beans 2']);
    await page.reload();
    assert.equal((await said()).length, 1);
  });

  it('never keeps the page busy for more than 50 ms while it answers', async () => {
    // The best of three visitors: another process that takes the core makes a task long as well.
    const rounds: string[][] = [];
    for (let round = 0; round < 3 && rounds.at(-1)?.length !== 0; round++) {
      await page.close();
      page = await visit();
      const begun = await page.evaluate(async () => {
        await document.querySelector('inpage-chat')?.agent?.ready;
        return performance.now();
      });
      for (const text of [PUT, REMIND, 'how many ounces are 250 grams?']) await send(text);
      rounds.push(await longTasksSince(begun));
    }
    assert.ok(rounds.at(-1)?.length === 0, `long tasks: ${rounds.map((tasks) => tasks.join(', ')).join(' | ')}`);
  });
});

/** What a tasting came to. */
interface Tasting {
  readonly data: Readonly<Record<string, unknown>>;
  readonly audit: readonly { readonly node: string; readonly by?: string }[];
  readonly nodes: readonly string[];
  readonly share: number | undefined;
  readonly cart: readonly string[];
  readonly todos: readonly string[];
}

/**
 * Presses whatever button goes on; gives which one it was, once one of them is there. Who is asked whether a write that was
 * cut off was done looks at the cart and the to-dos.
 */
const goOn = (): Promise<string> =>
  page.evaluate(async () => {
    const root = document.querySelector('inpage-workflow')?.shadowRoot;
    for (;;) {
      // A page that is being left shows how the run went on without it for a moment.
      if (window.isLeft) await new Promise(() => undefined);
      const asked = root?.querySelector('[part~="outcome-done"]')?.closest('[part~="question"]');
      const written = asked?.textContent.includes('to-do') ? '[data-todo]' : '#cart [data-product]';
      const outcome = document.querySelector(written) ? 'outcome-done' : 'outcome-retry';
      for (const part of ['approve', outcome, 'resume', 'start']) {
        const button = root?.querySelector<HTMLButtonElement>(`[part~="${part}"]:not(:disabled)`);
        if (!button) continue;
        if (button.textContent.trim() === 'Start again') return 'end';
        button.click();
        return part;
      }
      await new Promise(requestAnimationFrame);
    }
  });

/** Loads the page again, once, when a node begins. */
async function reloadAt(node: string): Promise<void> {
  await page.evaluate((wanted) => {
    const flow = document.querySelector('inpage-workflow');
    flow?.agent?.thread(flow.thread).subscribe((batch) => {
      const isTime = batch.some((event) => event.type === 'node-start' && event.node === wanted);
      if (isTime && sessionStorage.getItem('cut') === null) {
        sessionStorage.setItem('cut', wanted);
        window.isLeft = true;
        location.reload();
      }
    });
  }, node);
}

/** Waits for the workflow of the page. */
const untilRead = async (): Promise<void> => {
  await page.waitForSelector('inpage-workflow >>> [data-node]', { visible: true });
};

/**
 * Plans a tasting, answering everything with yes.
 *
 * @param cutAt the node at whose beginning the page is loaded again.
 */
async function plan(cutAt?: string): Promise<{ tasting: Tasting; pressed: readonly string[] }> {
  const pressed: string[] = [];
  await untilRead();
  if (cutAt !== undefined) await reloadAt(cutAt);
  while (pressed.at(-1) !== 'end') {
    try {
      pressed.push(await goOn());
    } catch {
      // It was loaded again in the middle of that.
      pressed.push('reload');
      await untilRead();
    }
  }
  await page.evaluate(() => {
    const progress = document.createElement('inpage-progress');
    progress.setAttribute('for', 'tasting');
    document.body.append(progress);
  });
  await page.waitForSelector('inpage-progress[for=tasting] >>> [data-node=end][data-status=ok]', { visible: true });
  const nodes = await page.$$eval('inpage-progress[for=tasting] >>> [data-node]', (lines) =>
    lines.map((line) => `${line.getAttribute('data-node') ?? ''} ${line.getAttribute('data-status') ?? ''}`),
  );
  const share = await page.$eval('inpage-progress[for=tasting] >>> progress', (bar) => bar.value);
  const found = await page.evaluate(async () => {
    const flow = document.querySelector('inpage-workflow');
    const state = (await flow?.agent?.thread(flow.thread).state())?.state ?? {};
    // Of a write that was cut off, only what it has done is known, and not what it would have said.
    const { put, note, ...data } = state['data'] as Tasting['data'];
    return {
      data: { ...data, put: put !== undefined, note: note !== undefined },
      audit: (state['audit'] as Tasting['audit']).map(({ node, by = '' }) => ({ node, by })),
      todos: [...document.querySelectorAll('[data-todo] .todo-text')].map(({ textContent }) => textContent),
    };
  });
  const tasting = { ...found, nodes, share, cart: await cart() };
  return { tasting, pressed };
}

describe('the workflow of the demo', () => {
  it('ends the same without a network, whether it runs through or the page is loaded again at any of its nodes', async () => {
    const brief = await serve(demo);
    await page.close();
    page = await visit(`${brief.origin}/#/tasting`);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await brief.close();
    await page.reload();
    const whole = await plan();
    const own = ['look', 'beans', 'cups', 'enough', 'none', 'may', 'put', 'roaster', 'sure', 'note', 'end'];
    assert.deepEqual(
      whole.tasting.nodes,
      own.map((id) => `${id} ${id === 'none' ? 'pending' : 'ok'}`),
    );
    assert.equal(whole.tasting.share, 1);
    assert.equal(whole.tasting.data['summary'], '2 bags, tasted on Tuesday');
    assert.deepEqual([whole.tasting.cart, whole.tasting.todos.length], [['yirgacheffe 2'], 1]);
    assert.deepEqual(whole.tasting.audit, [
      { node: 'may', by: 'you' },
      { node: 'sure', by: 'you' },
    ]);
    for (const node of own.filter((id) => id !== 'none')) {
      await page.evaluate(async () => {
        await document.querySelector('inpage-workflow')?.agent?.erase();
        localStorage.clear();
        sessionStorage.clear();
      });
      await page.reload();
      const cut = await plan(node);
      assert.equal(await page.evaluate(() => sessionStorage.getItem('cut')), node, 'it was loaded again there');
      assert.deepEqual(cut.tasting, whole.tasting, `cut off at "${node}": ${cut.pressed.join(', ')}`);
    }
  });
});

/** The long tasks after a time in ms since the page began, once the browser has reported them. */
async function longTasksSince(begun: number): Promise<string[]> {
  return page.evaluate(async (since) => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return window.longTasks
      .filter(({ start }) => start >= since)
      .map(({ start, duration }) => `${Math.round(duration)} ms at ${Math.round(start)} ms`);
  }, begun);
}
