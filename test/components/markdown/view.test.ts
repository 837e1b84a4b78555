import { expect } from 'chai';
import { html, render } from 'lit';
import { blocksView, markdownBlocks, styles } from '../../../components/markdown/index.ts';
import { markdown } from '../../../components/strings/en-markdown.ts';
import { addEnglish, stringsOf } from '../../../components/strings/packs.ts';

addEnglish(markdown);

/** The page's element that shows a text as markdown. Pictures that were asked for are shown by rendering again. */
function shown(text: string, pictures = new Set<string>()): HTMLElement {
  const place = document.createElement('div');
  const draw = (): void => {
    const content = blocksView(markdownBlocks().read(text, false), {
      strings: stringsOf(''),
      has: (href) => pictures.has(href),
      add(href) {
        pictures.add(href);
        draw();
      },
    });
    render(html`${content}`, place);
  };
  draw();
  document.body.append(place);
  return place;
}

const inner = (text: string): string =>
  shown(text)
    .getHTML()
    .replace(/<!--.*?-->/gs, '')
    .replace(/\s+/g, ' ')
    .trim();

afterEach(() => {
  document.body.replaceChildren();
});

describe('markdown of a model', () => {
  it('has emphasis, code and line breaks', () => {
    expect(inner('a **b** *c* ~~d~~ `e & <f>`')).to.equal(
      '<p dir="auto">a <strong>b</strong> <em>c</em> <del>d</del> <code>e &amp; &lt;f&gt;</code></p>',
    );
  });

  it('has lists within lists, with what is to be done', () => {
    const place = shown('1. one\n   - inner\n2. two\n\n- [x] done\n- [ ] open');
    expect(place.querySelectorAll('ol > li')).to.have.length(2);
    expect(place.querySelector('ol li ul li')?.textContent).to.equal('inner');
    expect([...place.querySelectorAll('input')].map(({ checked, disabled }) => [checked, disabled])).to.deep.equal([
      [true, true],
      [false, true],
    ]);
  });

  it('has tables that can be scrolled by keyboard, with the headings of their columns', () => {
    const place = shown('| a | b |\n|---|--:|\n| 1 | 2 |');
    expect(place.querySelector('.table')?.getAttribute('tabindex')).to.equal('0');
    expect([...place.querySelectorAll('th')].map(({ scope }) => scope)).to.deep.equal(['col', 'col']);
    expect(place.querySelector('td.right')?.textContent).to.equal('2');
  });

  it('has tables whose columns stay where they are while their rows come in, from the first on', () => {
    const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
    if (styles.styleSheet) root.adoptedStyleSheets = [styles.styleSheet];
    const reader = markdownBlocks();
    const head = '| Name | Price | What it is |\n|---|--:|---|\n';
    const first = '| Teapot | 3 | blue, with a lid that stays on when it pours |';
    const text = `${head}${first}\n| A large kettle | 1250 | steel |\n| a | 7 | b |`;
    const places = new Set<string>();
    for (let end = 0; end <= text.length; end++) {
      const blocks = reader.read(text.slice(0, end), true);
      const content = blocksView(blocks, { strings: stringsOf(''), has: () => false, add: () => undefined });
      render(html`<div class="markdown" style="inline-size: 26rem">${content}</div>`, root);
      const lefts = [...root.querySelectorAll('th')].map((cell) => cell.getBoundingClientRect().left);
      // Nothing is shown of it before its first row is there.
      const isShown = end > head.length + first.length;
      expect(lefts.length > 0, text.slice(0, end)).to.equal(isShown);
      expect(isShown || !root.textContent.includes('|'), text.slice(0, end)).to.equal(true);
      if (isShown) places.add(lefts.join());
    }
    expect([...places]).to.have.length(1);
  });

  it('begins a list where its first number says', () => {
    expect(shown('3. three\n4. four').querySelector('ol')?.start).to.equal(3);
  });

  it('shows headings below those of the page', () => {
    expect([...shown('# a\n\n## b\n\n### c').children].map(({ localName }) => localName)).to.deep.equal([
      'h3',
      'h4',
      'h5',
    ]);
    expect([...shown('### a\n\n##### b').children].map(({ localName }) => localName)).to.deep.equal(['h3', 'h4']);
  });

  it('shows what names stand for, but not in code', () => {
    expect(shown('&amp; &copy; &#8364; &#x20ac; &nope; `&amp;`').textContent).to.equal('& © € € &nope; &amp;');
    expect(shown('&#0; &#xd800; &#9999999;').textContent).to.equal('\ufffd \ufffd \ufffd');
  });

  it('copies code', async () => {
    const copied: string[] = [];
    const writeText = (text: string): Promise<void> => {
      copied.push(text);
      return Promise.resolve();
    };
    Object.defineProperty(navigator.clipboard, 'writeText', { configurable: true, value: writeText });
    try {
      const button = shown('```js\nlet a = 1;\n```').querySelector<HTMLElement>('.copy');
      button?.click();
      await Promise.resolve();
      expect(copied).to.deep.equal(['let a = 1;']);
    } finally {
      Reflect.deleteProperty(navigator.clipboard, 'writeText');
    }
  });
});

describe('links and pictures of a model', () => {
  it('lead on in a tab of their own that learns nothing of the page', () => {
    const link = shown('[the shop](/shop)').querySelector('a');
    expect(link?.href).to.equal(new URL('/shop', location.href).href);
    expect([link?.target, link?.rel, link?.referrerPolicy]).to.deep.equal([
      '_blank',
      'noopener noreferrer nofollow',
      'no-referrer',
    ]);
  });

  it('say where they lead when it is another site', () => {
    expect(shown('[click here](https://evil.example/x)').textContent).to.equal('click here (evil.example)');
    expect(shown('https://good.example/x').textContent).to.equal('https://good.example/x');
    expect(shown('[good.example](https://good.example/x)').textContent).to.equal('good.example');
  });

  it('say where they lead when they claim to lead elsewhere, whatever else their words hold', () => {
    for (const [words, href] of [
      ['apple.com', 'https://e.co/'],
      ['https://bank.example/?from=evil.example', 'https://evil.example/'],
      ['evil.example.bank.example', 'https://evil.example/'],
      ['https://evil.example/\u202eelpmaxe.knab//:sptth', 'https://evil.example/'],
      ['https://evil.example/&#8238;elpmaxe.knab//:sptth', 'https://evil.example/'],
    ]) {
      const host = new URL(String(href)).host;
      expect(shown(`[${String(words)}](${String(href)})`).querySelector('.host')?.textContent, words).to.equal(
        `(${host})`,
      );
    }
  });

  it('are words where they would run something, or show a name for a host', () => {
    for (const href of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'blob:x',
      'file:///etc/passwd',
      'https://paypal.com@evil.example',
    ]) {
      const place = shown(`[words](${href})`);
      expect(place.querySelector('a'), href).to.equal(null);
      expect(place.textContent).to.equal('words');
    }
  });

  it('are fetched only when the reader asks for them', () => {
    const href = new URL('/no-picture.png', location.href).href;
    const place = shown('![a cat](/no-picture.png)');
    expect(place.querySelector('img')).to.equal(null);
    expect(place.textContent).to.include('a cat').and.include(location.host);
    place.querySelector('button')?.click();
    expect(place.querySelector('img')?.src).to.equal(href);
  });

  it('are shown at once where they are in the text itself', () => {
    const png =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    expect(shown(`![dot](${png})`).querySelector('img')?.src).to.equal(png);
    expect(shown('![svg](data:image/svg+xml;base64,AAAA)').querySelector('img')).to.equal(null);
  });
});
