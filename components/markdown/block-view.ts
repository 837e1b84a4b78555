/** Blocks of markdown as templates. A block that has been rendered is not looked at again until it changes. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { MarkedToken, Token, Tokens } from 'marked';
import { openOf } from './blocks.ts';
import { codeView } from './code-view.ts';
import { inlineView } from './inline-view.ts';
import type { Shown } from './shown.ts';
import { tableView } from './table-view.ts';

/** Headings of a message stand below those of the page and of the chat, whichever level it begins with. */
function headingView({ tokens }: Tokens.Heading, shown: Shown, rank = 0): TemplateResult {
  const content = inlineView(tokens, shown);
  if (rank === 0) return html`<h3 dir="auto">${content}</h3>`;
  if (rank === 1) return html`<h4 dir="auto">${content}</h4>`;
  return html`<h5 dir="auto">${content}</h5>`;
}

/** Lists and quotes within each other, beyond which they are shown as they were written: there is no room for more. */
const DEEPEST = 8;

function listView({ ordered, start, items }: Tokens.List, shown: Shown, depth: number): TemplateResult {
  const entries = items.map(
    ({ tokens, task }) =>
      html`<li dir="auto" class=${task ? 'task' : ''}>${tokens.map((token) => view(token, shown, depth))}</li>`,
  );
  if (!ordered)
    return html`<ul>
      ${entries}
    </ul>`;
  return html`<ol start=${start === '' ? 1 : start}>
    ${entries}
  </ol>`;
}

function view(token: Token, shown: Shown, depth = 0, rank?: number): unknown {
  // There are no extensions that could bring tokens of their own.
  const block = token as MarkedToken;
  if (depth > DEEPEST) return block.raw;
  switch (block.type) {
    case 'space':
    case 'def':
      return '';
    case 'heading':
      return headingView(block, shown, rank);
    case 'paragraph':
      return html`<p dir="auto">${inlineView(block.tokens, shown)}</p>`;
    case 'code':
      return codeView(block, shown);
    case 'blockquote':
      return html`<blockquote dir="auto">${block.tokens.map((inner) => view(inner, shown, depth + 1))}</blockquote>`;
    case 'list':
      return listView(block, shown, depth + 1);
    case 'table':
      return tableView(block, shown);
    case 'hr':
      return html`<hr />`;
    case 'html':
      return html`<p dir="auto">${block.text}</p>`;
    default:
      return inlineView([block], shown);
  }
}

const hasPicture = (block: MarkedToken): boolean => block.raw.includes('![');

/**
 * Tokens at the beginning that stand for themselves, and of each part after them. The browser passes over a part that is
 * out of sight, so that what a long text costs while it grows is what its end costs.
 */
const PART = 32;

/** The blocks of a message, as they were read. */
export function blocksView(blocks: readonly MarkedToken[], shown: Shown): unknown {
  const depths = new Set<number>();
  for (const block of blocks) if (block.type === 'heading') depths.add(block.depth);
  const all = [...depths].sort();
  const open = new Set(openOf(blocks));
  const growing = { ...shown, isGrowing: true };
  const blockView = (block: MarkedToken): unknown => {
    const rank = block.type === 'heading' ? all.indexOf(block.depth) : 0;
    const show = (): unknown => view(block, open.has(block) ? growing : shown, 0, rank);
    // What asks for pictures is looked at again each time: it is rare.
    return hasPicture(block) ? show() : guard([block, shown.strings, rank], show);
  };
  const parts: unknown[] = [];
  for (let from = PART; from < blocks.length; from += PART) {
    const part = blocks.slice(from, from + PART);
    // What is near the end is in sight while the text grows, and has to have its height at once.
    const isOld = from + 2 * PART < blocks.length;
    const show = (): unknown => html`<div class=${isOld ? 'part old' : 'part'}>${part.map(blockView)}</div>`;
    parts.push(part.some(hasPicture) ? show() : guard([...part, shown.strings, all.join(), isOld], show));
  }
  return [blocks.slice(0, PART).map(blockView), parts];
}
