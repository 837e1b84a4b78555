import { expect } from 'chai';
import { html, render } from 'lit';
import { readCode } from '../../../components/markdown/code-reader.ts';
import { blocksView, markdownBlocks } from '../../../components/markdown/index.ts';
import { markdown } from '../../../components/strings/en-markdown.ts';
import { addEnglish, stringsOf } from '../../../components/strings/packs.ts';
import { tokens } from '../../../components/tokens.styles.ts';
import { until } from '../../helpers/fixture.ts';

addEnglish(markdown);

const CODE = '```ts\nconst tea = "mint"; // hot\n```\n';

interface Place {
  readonly root: ShadowRoot;
  show(text: string, isGrowing?: boolean): void;
}

/** A place that shows a text as it grows. */
function place(colours: Readonly<Record<string, string>> = {}): Place {
  const host = document.createElement('div');
  for (const [name, value] of Object.entries(colours)) host.style.setProperty(name, value);
  const root = host.attachShadow({ mode: 'open' });
  if (tokens.styleSheet) root.adoptedStyleSheets = [tokens.styleSheet];
  document.body.append(host);
  const reader = markdownBlocks();
  const shown = { strings: stringsOf(''), has: () => false, add: () => undefined };
  return {
    root,
    show(text, isGrowing = false) {
      const blocks = reader.read(text, isGrowing);
      render(html`${blocksView(blocks, shown)}`, root);
    },
  };
}

/** The pieces of text that are coloured within a place, by kind. */
function coloured({ root }: Place): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [name, highlight] of CSS.highlights) {
    for (const range of highlight as unknown as Iterable<StaticRange>) {
      const { startContainer: node, startOffset, endOffset } = range;
      if (root.contains(node)) (found[name] ??= []).push(node.textContent?.slice(startOffset, endOffset) ?? '');
    }
  }
  return found;
}

const isColoured = (at: Place): boolean => Object.keys(coloured(at)).length > 0;

/** The time in which colours would have come. */
async function inTime(): Promise<void> {
  const other = place();
  Object.assign((other.root.host as HTMLElement).style, { position: 'fixed', insetBlockStart: '0' });
  other.show(CODE);
  await until(() => isColoured(other), 'it has colours');
}

afterEach(() => {
  document.body.replaceChildren();
});

describe('code of a model', () => {
  it('is coloured where its language is known, without another element', async () => {
    const at = place();
    at.show(CODE);
    const before = at.root.getHTML();
    await until(() => isColoured(at), 'it has colours');
    expect(coloured(at)).to.deep.equal({
      'inpage-keyword': ['const'],
      'inpage-string': ['"mint"'],
      'inpage-comment': ['// hot'],
    });
    expect(at.root.getHTML()).to.equal(before);
    expect(at.root.querySelector('code')?.children).to.have.length(0);
  });

  it('keeps its place when it gets its colours', async () => {
    const at = place();
    at.show(`${CODE}\nThe end.`);
    const end = (): number | undefined => at.root.querySelector('p')?.getBoundingClientRect().y;
    const before = end();
    await until(() => isColoured(at), 'it has colours');
    expect(end()).to.equal(before);
  });

  it('is left as it is in a language that is not known, and without one', async () => {
    const at = place();
    at.show('```brainfog\nconst a = 1;\n```\n\n```\nconst a = 1;\n```\n');
    await inTime();
    expect(coloured(at)).to.deep.equal({});
  });

  it('is left as it is when there is too much of it', async () => {
    const at = place();
    at.show(`\`\`\`ts\n${'let a = 1;\n'.repeat(2_000)}\`\`\`\n`);
    await inTime();
    expect(coloured(at)).to.deep.equal({});
  });

  it('has no colours while it is being written, and gets them when it is whole', async () => {
    const at = place();
    at.show('```ts\nconst tea', true);
    await inTime();
    expect(coloured(at)).to.deep.equal({});
    at.show('```ts\nconst tea = 1;\n```\n\nThat', true);
    await until(() => isColoured(at), 'it has colours');
    expect(coloured(at)['inpage-keyword']).to.deep.equal(['const']);
  });

  it('gets them when the text ends with it', async () => {
    const at = place();
    const text = '```ts\nconst tea = 1;\n```';
    at.show(text, true);
    await inTime();
    expect(coloured(at)).to.deep.equal({});
    at.show(text);
    await until(() => isColoured(at), 'it has colours');
  });

  it('gets them only when it comes into sight, and gives them back when it goes', async () => {
    const far = place();
    far.show(`${'line  \n'.repeat(500)}\n\n${CODE}`);
    await inTime();
    expect(coloured(far)).to.deep.equal({});
    far.root.querySelector('pre')?.scrollIntoView();
    await until(() => isColoured(far), 'it has colours');
    far.root.host.remove();
    await until(() => !isColoured(far), 'it is forgotten');
  });

  it('has code of another language within it', async () => {
    const found = await readCode('<style>a { color: red }</style><script>let b = 1;</script>', 'html');
    const pieces = found.map(({ kind, from, to }) => [kind, from, to] as const);
    expect(pieces).to.deep.include(['number', 47, 48]);
    expect(pieces.every(([, from, to], n) => from < to && from >= (pieces[n - 1]?.[2] ?? 0))).to.equal(true);
  });

  const SAMPLES: Readonly<Record<string, string>> = {
    ...{
      py: 'def a(): return "b"',
      sh: 'if true; then echo "$A"; fi',
      yaml: 'a: 1',
      sql: 'select 1',
      json: '{"a": 1}',
    },
    ...{ go: 'func a() int { return 1 }', rs: 'fn a() {}', 'c++': 'int a = 1;', 'C#': 'var a = 1;', php: '$a = "b";' },
    ...{ rb: 'def a; end', java: 'class A {}', kt: 'val a = 1', swift: 'let a = 1', c: 'int a;', css: 'a { b: 1px }' },
    ...{ toml: 'a = 1', diff: '+a\n-b', docker: 'FROM a', md: '# a', tsx: 'const a = <b/>;', xml: '<a b="c"/>' },
  };

  for (const [language, code] of Object.entries(SAMPLES)) {
    it(`knows ${language}`, async () => {
      expect(await readCode(code, language)).not.to.deep.equal([]);
    });
  }

  for (const [ground, surface, text, scheme] of [
    ['light', '#ffffff', '#1a1d24', 'light'],
    ['dark', '#16181d', '#e8eaef', 'dark'],
    ['cream', '#faf3e3', '#3a2e1f', 'light'],
    ['night blue', '#10163a', '#dfe4ff', 'light'],
  ] as const) {
    it(`is easy to read on ${ground}`, async () => {
      const at = place({ '--inpage-surface': surface, '--inpage-text': text, 'color-scheme': scheme });
      at.show(CODE);
      await until(() => isColoured(at), 'it has colours');
      const code = at.root.querySelector('code');
      if (!code) throw new Error('There is no code.');
      for (const kind of 'comment keyword string number name property added removed'.split(' ')) {
        const { color } = getComputedStyle(code, `::highlight(inpage-${kind})`);
        expect(contrast(color, surface), `${kind}: ${color}`).to.be.at.least(4.5);
      }
    });
  }
});

function luminance(colour: string): number {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
    const part = value / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}
