import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { HIDDEN, pageWith, servePages } from '../helpers/pages.ts';

const inLanguage = (lang: string): string => pageWith('').replace('<html>', `<html lang="${lang}">`);

/** What the field of the chat says while it is empty, once it is shown. */
async function placeholder(page: Page): Promise<unknown> {
  const said = await page.waitForFunction(
    () => document.querySelector('inpage-chat')?.shadowRoot?.querySelector('textarea')?.getAttribute('placeholder'),
    HIDDEN,
  );
  return said.jsonValue();
}

/** The packs of texts that a page has fetched. */
const packs = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => performance.getEntriesByType('resource').flatMap(({ name }) => /strings-\w+/.exec(name) ?? []));

describe('the script tag', () => {
  const pages = servePages({ 'de.html': inLanguage('de-CH'), 'en.html': inLanguage('en') });

  it('speaks the language of the page, and fetches the pack of no other', async () => {
    const german = await pages.open('de.html');
    assert.equal(await placeholder(german), 'Nachricht schreiben');
    assert.deepEqual(await packs(german), ['strings-de']);
    const english = await pages.open('en.html');
    assert.equal(await placeholder(english), 'Write a message');
    assert.deepEqual(await packs(english), []);
  });
});
