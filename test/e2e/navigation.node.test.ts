import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { BELL, begin, HIDDEN, pageWith, send, servePages, untilReady, untilShown } from '../helpers/pages.ts';

/** A tool that leaves the page for another one. */
const leaveFor = (url: string): string => `agent.tool({
  name: 'open_checkout', description: 'Open the checkout', effect: 'navigate', examples: ['open the checkout'],
  run: () => { location.assign('${url}'); },
});`;

declare global {
  interface Window {
    /** Offers the tools of a page that does so late. */
    offer?: () => void;
  }
}

const pages = servePages({
  'index.html': pageWith(leaveFor('checkout.html') + BELL),
  'checkout.html': pageWith(BELL),
  'silent.html': pageWith(leaveFor('bare.html') + BELL),
  'bare.html': pageWith(''),
  // The clock stands for a tool that works for 40 s before it leaves.
  'slow.html': pageWith(`const { now } = Date; Date.now = () => now() - 40_000;
    ${leaveFor('checkout.html').replace('location', 'Date.now = now; location')}`),
  'framed.html': `<iframe src="checkout.html"></iframe>${pageWith(`agent.tool({
    name: 'open_checkout', description: 'Open the checkout', effect: 'navigate', examples: ['open the checkout'],
    run: async () => {
      const { agent } = document.querySelector('iframe').contentDocument.querySelector('inpage-chat');
      await agent.thread('beside').send('ring the bell');
      location.assign('checkout.html');
    },
  });`)}`,
  'popup.html': pageWith(`agent.tool({
    name: 'open_help', description: 'Open the help', effect: 'navigate', examples: ['open the help'],
    run: () => { window.open('late.html'); return new Promise(() => undefined); },
  });`),
  'late.html': pageWith(`window.offer = () => { ${BELL} };`),
  'help.html': pageWith(`agent.tool({
    name: 'show_help', description: 'Show the help', effect: 'navigate', examples: ['show the help'],
    run: () => { location.hash = 'help'; return 'Here is the help.'; },
  });`),
});

/** The outcomes of the tools that the thread has stored, once it is at rest. */
async function outcomes(page: Page): Promise<unknown> {
  const stored = await page.waitForFunction(
    async () => {
      const thread = document.querySelector('inpage-chat')?.agent?.thread();
      const snapshot = await thread?.state();
      if (!snapshot || snapshot.next.length > 0) return undefined;
      const messages = (snapshot.state['messages'] ?? []) as {
        role: string;
        content: { output?: { type: string } }[];
      }[];
      return messages
        .filter(({ role }) => role === 'tool')
        .flatMap(({ content }) => content.map((part) => part.output));
    },
    { polling: 50 },
  );
  return stored.jsonValue();
}

describe('a tool that leaves the page', () => {
  it('has done it, and the run goes on by itself on the next page', async () => {
    const page = await pages.open('index.html');
    const arrived = page.waitForNavigation();
    await begin(page, 'open the checkout');
    await arrived;
    assert.equal(new URL(page.url()).pathname, '/checkout.html');
    const found = (await outcomes(page)) as readonly unknown[];
    assert.equal(found.length, 1);
    assert.match(JSON.stringify(found[0]), /The page was left for this/);
    // Once, and not asked about: the next message finds the thread at rest, and the tools of this page.
    await begin(page, 'ring the bell');
    await page.waitForFunction(() => window.rings === 1);
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  });

  it('leaves the run waiting in sight where the next page has no tools', async () => {
    const page = await pages.open('silent.html');
    const arrived = page.waitForNavigation();
    await begin(page, 'open the checkout');
    await arrived;
    await page.waitForFunction(() => {
      const buttons = document.querySelector('inpage-chat')?.shadowRoot?.querySelectorAll('button');
      return [...(buttons ?? [])].some((button) => button.textContent.trim() === 'Go on');
    });
  });

  it('may have worked for longer than the next page may take', async () => {
    const page = await pages.open('slow.html');
    const arrived = page.waitForNavigation();
    await begin(page, 'open the checkout');
    await arrived;
    await untilReady(page);
    assert.match(JSON.stringify(await outcomes(page)), /The page was left for this/);
  });

  it('has done it also where a frame of the page has ended a turn meanwhile', async () => {
    const page = await pages.open('framed.html');
    const arrived = page.waitForNavigation();
    await begin(page, 'open the checkout');
    await arrived;
    await untilReady(page);
    assert.match(JSON.stringify(await outcomes(page)), /The page was left for this/);
  });

  it('has not left it where it has opened one beside, which does not go on with what was stopped', async () => {
    const page = await pages.open('popup.html');
    const opened = new Promise<Page | null>((resolve) => {
      page.once('popup', resolve);
    });
    await begin(page, 'open the help');
    const popup = await opened;
    assert.ok(popup);
    await untilReady(popup);
    await page.evaluate(() => document.querySelector('inpage-chat')?.stop());
    await untilShown(page, 'Stopped');
    await popup.evaluate(() => window.offer?.());
    await popup.waitForFunction(() => sessionStorage.length === 0, HIDDEN);
    assert.deepEqual(await send(popup, 'ring the bell'), { status: 'completed', text: 'The bell rings.' });
    assert.match(JSON.stringify(await outcomes(popup)), /was cut off before it answered.*The bell rings/);
  });

  it('answers as soon as it is done where the page stays', async () => {
    const page = await pages.open('help.html');
    await begin(page, 'show the help');
    assert.deepEqual(await outcomes(page), [{ type: 'json', value: 'Here is the help.' }]);
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  });
});
