import { expect } from 'chai';
import { html, render } from 'lit';
import { readCode } from '../../../components/markdown/code-reader.ts';
import { blocksView, markdownBlocks } from '../../../components/markdown/index.ts';
import { markdown } from '../../../components/strings/en-markdown.ts';
import { addEnglish, stringsOf } from '../../../components/strings/packs.ts';
import { all, chatWith, find, part } from '../chat.ts';
import { FakeAgent, FakeThread, replied, said } from '../fake-agent.ts';
import { until } from '../../helpers/fixture.ts';
import { HOSTILE } from './hostile.ts';

declare global {
  /** What the replies try to set. */
  var attacked: boolean | undefined;
}

/** In how many pieces a reply comes in. */
const PIECES = 7;

/** What markdown is made of. */
const MADE = new Set(
  [
    'a blockquote br button code col colgroup del em figcaption figure div h3 h4 h5 hr li ol p path pre rect small span',
    'strong svg table tbody td th thead tr ul',
  ].flatMap((names) => names.split(' ')),
);

/** Nothing that runs, fetches or covers something is among elements. */
function expectHarmless(elements: readonly HTMLElement[]): void {
  for (const element of elements) {
    expect(MADE.has(element.localName), element.localName).to.equal(true);
    const names = element.getAttributeNames();
    expect(names.filter((name) => /^(on.*|style|src.*|action|formaction|ping|background)$/.test(name))).to.deep.equal(
      [],
    );
    if (element.hasAttribute('href')) expect(element.getAttribute('href')).to.match(/^(https?|mailto|tel):/);
  }
}

describe('200 replies that want to do harm', () => {
  it('run nothing, fetch nothing and stay where they belong', async () => {
    expect(HOSTILE.length).to.be.at.least(200);
    const messages = HOSTILE.flatMap((text) => [said('?'), replied(text)]);
    // What has been fetched before is none of theirs.
    await import('../../../components/markdown/index.ts');
    await readCode('a', 'html');
    performance.clearResourceTimings();
    const chat = await chatWith(new FakeAgent(new FakeThread('main', messages)));
    for (let left = 2; left > 0; left--) {
      all(chat, '.earlier')[0]?.click();
      await chat.updateComplete;
    }
    await until(() => all(chat, '.markdown').length >= HOSTILE.length, 'all of them are shown');
    await until(() => all(chat, '.markdown figure').length > 0, 'they are shown as markdown');
    expect(globalThis.attacked).to.equal(undefined);
    expect(performance.getEntriesByType('resource').map(({ name }) => name)).to.deep.equal([]);
    expectHarmless(all(chat, '.markdown *'));
    const wide = all(chat, '.markdown').filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
    expect(wide.map(({ textContent }) => textContent.slice(0, 80))).to.deep.equal([]);
    const body = part(chat, 'body');
    expect(body.scrollWidth).to.equal(body.clientWidth);
    expect(document.documentElement.scrollWidth).to.be.at.most(document.documentElement.clientWidth);
  });

  it('hold their layout in a panel of 380 px: nothing reaches out of it, over another or over the field to write in', async () => {
    const messages = HOSTILE.map(replied);
    const place = document.createElement('div');
    place.style.inlineSize = '380px';
    place.style.blockSize = '600px';
    document.body.append(place);
    const chat = await chatWith(new FakeAgent(new FakeThread('main', messages)));
    place.append(chat);
    find(chat, '.earlier')?.click();
    await until(() => all(chat, '.markdown').length >= HOSTILE.length, 'all of them are shown');
    await until(() => all(chat, '.markdown figure').length > 0, 'they are shown as markdown');
    const body = part(chat, 'body');
    const panel = body.getBoundingClientRect();
    expect(panel.width).to.be.at.most(380);
    expect(body.scrollWidth).to.equal(body.clientWidth);
    expect(document.documentElement.scrollWidth).to.be.at.most(document.documentElement.clientWidth);
    // What may be wider than the panel is scrolled in a frame of its own.
    const out = all(chat, '.markdown *').filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      const isScrolled = Boolean(element.parentElement?.closest('pre, .table'));
      return width > 0 && !isScrolled && (left < panel.left - 1 || right > panel.right + 1);
    });
    expect(out.map(({ outerHTML }) => outerHTML.slice(0, 120))).to.deep.equal([]);
    const boxes = all(chat, 'article').map((article) => article.getBoundingClientRect());
    const over = boxes.filter(({ top }, index) => top < (boxes[index - 1]?.bottom ?? -Infinity) - 1);
    expect(over).to.deep.equal([]);
    const { left, top, width, height } = part(chat, 'composer').getBoundingClientRect();
    for (let at = 0; at <= body.scrollHeight; at += body.scrollHeight / 20) {
      body.scrollTop = at;
      await new Promise(requestAnimationFrame);
      expect(chat.shadowRoot?.elementFromPoint(left + width / 2, top + height / 2)).to.equal(part(chat, 'composer'));
    }
    place.remove();
  });

  it('do no more in a chat while they come in, one after the other', async () => {
    const thread = new FakeThread('main', [said('?')]);
    const chat = await chatWith(new FakeAgent(thread));
    performance.clearResourceTimings();
    thread.start();
    thread.emit({ type: 'text-start', id: 'm' });
    for (const text of HOSTILE) thread.emit({ type: 'text-delta', id: 'm', text: `${text}\n\n` });
    await until(() => all(chat, '[data-streaming] .markdown > *').length > 0, 'it is shown');
    await chat.updateComplete;
    expect(globalThis.attacked).to.equal(undefined);
    expect(performance.getEntriesByType('resource').map(({ name }) => name)).to.deep.equal([]);
  });

  it('do no more when each is shown as it grows, cut off anywhere', async () => {
    addEnglish(markdown);
    const place = document.createElement('div');
    document.body.append(place);
    performance.clearResourceTimings();
    const shown = { strings: stringsOf(''), has: () => false, add: () => undefined };
    for (const text of HOSTILE) {
      const reader = markdownBlocks();
      for (let piece = 1; piece <= PIECES; piece++) {
        const blocks = reader.read(text.slice(0, Math.ceil((text.length * piece) / PIECES)), true);
        render(html`${blocksView(blocks, shown)}`, place);
        expectHarmless([...place.querySelectorAll<HTMLElement>('*')]);
      }
    }
    expect(place.textContent).to.not.equal('');
    await new Promise(requestAnimationFrame);
    place.remove();
    expect(globalThis.attacked).to.equal(undefined);
    expect(performance.getEntriesByType('resource').map(({ name }) => name)).to.deep.equal([]);
  });
});
