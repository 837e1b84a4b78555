import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { HIDDEN, pageWith, send, servePages, untilReady, untilShown } from '../helpers/pages.ts';

declare global {
  interface Window {
    /** The names of the lamps that burn on this page. */
    lamps?: string[];
  }
}

/** A page with lamps, which are lit and put out by the planner in its worker. */
const LAMPS = `window.lamps = [];
agent.tool({
  name: 'light_lamp', description: 'Light a lamp', effect: 'write', danger: 'low', examples: ['light the red lamp'],
  input: { type: 'object', required: ['lamp'], properties: { lamp: { type: 'string', enum: ['red', 'blue'] } } },
  run: ({ lamp }) => { window.lamps.push(lamp); return 'The ' + lamp + ' lamp burns.'; },
  undo: ({ input }) => {
    if (window.isStuck) throw new Error('The lamp is stuck.');
    window.lamps = window.lamps.filter((lamp) => lamp !== input.lamp);
  },
});`;

const pages = servePages({ 'index.html': pageWith(LAMPS), 'empty.html': pageWith('') });

/** Presses the last of some parts of the chat. */
const press = (page: Page, selector: string): Promise<void> =>
  page.evaluate((wanted) => {
    const found = document.querySelector('inpage-chat')?.shadowRoot?.querySelectorAll<HTMLElement>(wanted) ?? [];
    [...found].at(-1)?.click();
  }, selector);

const untilGone = (page: Page, selector: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => !document.querySelector('inpage-chat')?.shadowRoot?.querySelector(wanted),
    HIDDEN,
    selector,
  );

const lampsOf = (page: Page): Promise<string[] | undefined> => page.evaluate(() => window.lamps);

/** What is told of why, once it is. */
async function whyOf(page: Page): Promise<readonly string[]> {
  await press(page, '[part="why"] > summary');
  const told = await page.waitForFunction(() => {
    const lines = document.querySelector('inpage-chat')?.shadowRoot?.querySelectorAll('.reasons p, .reasons dl > div');
    return lines && lines.length > 0 && [...lines].map((line) => line.textContent.replace(/\s+/g, ' ').trim());
  }, HIDDEN);
  return told.jsonValue() as Promise<readonly string[]>;
}

const REASONS = ['“light” and “lamp” mean “Light lamp”.', 'Lamp “red”: one of the choices'];

describe('the planner in its worker, as a visitor sees it', () => {
  it('tells why it did something, and the same after a reload', async () => {
    const page = await pages.open();
    await send(page, 'light the red lamp');
    assert.deepEqual(await whyOf(page), REASONS);
    await page.reload();
    await untilReady(page);
    await untilShown(page, 'The red lamp burns.');
    assert.deepEqual(await whyOf(page), REASONS);
  });

  it('says that it can no longer tell where the tool is gone', async () => {
    const page = await pages.open();
    await send(page, 'light the red lamp');
    await page.goto(`${pages.origin}/empty.html`);
    await untilReady(page);
    await untilShown(page, 'The red lamp burns.');
    await press(page, '[part="why"] > summary');
    await untilShown(page, 'This cannot be told any more');
  });

  it('takes back all that one message did by one press', async () => {
    const page = await pages.open();
    await send(page, 'light the red lamp and light the blue lamp');
    assert.deepEqual(await lampsOf(page), ['red', 'blue']);
    await untilShown(page, '2 things were done');
    await press(page, '[part="toast-undo"]');
    await untilGone(page, '[part="toast"]');
    await untilGone(page, '[part="undo"]');
    assert.deepEqual(await lampsOf(page), []);
  });

  it('shows no toast for what was done before a reload, whose card can still take it back', async () => {
    const page = await pages.open();
    await send(page, 'light the red lamp');
    await untilShown(page, 'You can undo this.');
    await page.reload();
    await untilReady(page);
    await untilShown(page, 'The red lamp burns.');
    await untilGone(page, '[part="toast"]');
    await press(page, '[part="undo"]');
    await untilShown(page, 'Undone');
  });

  it('says why what can no longer be taken back is not, and leaves it as it is', async () => {
    const page = await pages.open();
    await send(page, 'light the red lamp');
    await page.evaluate(() => Object.assign(window, { isStuck: true }));
    await press(page, '[part="toast-undo"]');
    await untilShown(page, 'The lamp is stuck.');
    await untilGone(page, '[part="toast"]');
    assert.deepEqual(await lampsOf(page), ['red']);
  });

  it('takes back in one tab what was done in another, and both see it', async () => {
    const [first, second] = [await pages.open(), await pages.open()];
    await send(first, 'light the red lamp');
    await untilShown(second, 'The red lamp burns.');
    await press(second, '[part="undo"]');
    await untilGone(first, '[part="toast"]');
    await untilShown(first, 'Undone');
  });
});
