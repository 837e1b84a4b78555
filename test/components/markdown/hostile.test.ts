import { expect } from 'chai';
import { all, chatWith, part } from '../chat.ts';
import { FakeAgent, FakeThread, replied, said } from '../fake-agent.ts';
import { until } from '../../helpers/fixture.ts';
import { HOSTILE } from './hostile.ts';

declare global {
  /** What the replies try to set. */
  var attacked: boolean | undefined;
}

describe('200 replies that want to do harm', () => {
  it('run nothing, fetch nothing and stay where they belong', async () => {
    expect(HOSTILE.length).to.be.at.least(200);
    const messages = HOSTILE.flatMap((text) => [said('?'), replied(text)]);
    // What has been fetched before is none of theirs.
    await import('../../../components/markdown/index.ts');
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
    const made = all(chat, '.markdown *').map(({ localName }) => localName);
    expect([...new Set(made)].sort()).to.deep.equal(
      [
        ...[
          'a',
          'blockquote',
          'button',
          'code',
          'em',
          'figcaption',
          'figure',
          'div',
          'h3',
          'h4',
          'h5',
          'hr',
          'li',
          'ol',
          'p',
        ],
        ...['path', 'pre', 'rect', 'small', 'span', 'strong', 'svg', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul'],
      ]
        .filter((name) => made.includes(name))
        .sort(),
    );
    for (const element of all(chat, '.markdown *')) {
      const names = element.getAttributeNames();
      expect(names.filter((name) => name.startsWith('on') || name === 'style')).to.deep.equal([]);
    }
    for (const link of all(chat, '.markdown a')) expect(link.getAttribute('href')).to.match(/^(https?|mailto|tel):/);
    const wide = all(chat, '.markdown').filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
    expect(wide.map(({ textContent }) => textContent.slice(0, 80))).to.deep.equal([]);
    const body = part(chat, 'body');
    expect(body.scrollWidth).to.equal(body.clientWidth);
    expect(document.documentElement.scrollWidth).to.be.at.most(document.documentElement.clientWidth);
  });

  it('say nothing in the same place while they come in piece by piece', async () => {
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
});
