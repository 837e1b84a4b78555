/** Markdown read into blocks. Of a text that grows only its end is read again. */
import type { MarkedToken, Token, TokensList } from 'marked';
import remend from 'remend';
import { BoundedLexer } from './bounded-lexer.ts';

/** Reads a text that grows. */
export interface MarkdownBlocks {
  /**
   * The blocks of a text. Those that cannot change any more are the same objects as before.
   *
   * @param isGrowing whether more is to come: what is not closed yet is then shown as if it were.
   */
  read(text: string, isGrowing: boolean): readonly MarkedToken[];
}

type Links = TokensList['links'];

/** A model writes no formulas for us: a dollar is a dollar. */
const HEALING = { katex: false, linkMode: 'text-only', htmlTags: false } as const;

/** What cannot be read as markdown is shown as it was written. */
const asWritten = (text: string): MarkedToken[] => [
  { type: 'paragraph', raw: text, text, tokens: [{ type: 'text', raw: text, text }] },
];

/** @param links those that were told before; what the text tells is added. */
function lex(text: string, links: Links): MarkedToken[] {
  try {
    const lexer = new BoundedLexer({ gfm: true });
    lexer.tokens.links = links;
    // There are no extensions that could bring tokens of their own.
    return lexer.lex(text) as Token[] as MarkedToken[];
  } catch {
    return asWritten(text);
  }
}

/** The text by itself: what is cut out of a long one would keep all of that in memory. */
const alone = (text: string): string => ` ${text}`.slice(1);

const isBlock = ({ type }: MarkedToken): boolean => type !== 'space';

/**
 * Where the end begins, which can still become something else by what is written behind it: the last block, and those
 * before it that no empty line keeps apart from it. A list goes on over empty lines.
 */
function endOf(tokens: readonly MarkedToken[]): number {
  let at = tokens.findLastIndex(isBlock);
  for (;;) {
    const before = tokens.slice(0, Math.max(0, at)).findLastIndex(isBlock);
    if (before < 0) return Math.max(0, at);
    if (before < at - 1 && tokens[before]?.type !== 'list') return at;
    at = before;
  }
}

/** The beginning of what may become a table: its headings, and the line below them. */
const TABLE = /^\|[^\n]{0,200}(\n[ \t|:-]*)?$/;

/**
 * Whether the last block of a text that grows is a table, or may become one, and its first row is not whole yet. How wide
 * its columns are is not known before.
 */
function isTableToCome(block: MarkedToken | undefined): boolean {
  if (block?.type === 'paragraph') return TABLE.test(block.raw);
  return block?.type === 'table' && block.rows.length < 2 && !(block.rows.length === 1 && block.raw.endsWith('\n'));
}

/** How many of the blocks of a text that grows are finished. */
const growing = new WeakMap<readonly MarkedToken[], number>();

/** The blocks that may still change. */
export const openOf = (blocks: readonly MarkedToken[]): readonly MarkedToken[] =>
  blocks.slice(growing.get(blocks) ?? blocks.length);

/** Makes a reader. */
export function markdownBlocks(): MarkdownBlocks {
  let known = '';
  /** The blocks that are finished, and how far in `known` they go. */
  let done: MarkedToken[] = [];
  let end = 0;
  /** The links that finished blocks have told. */
  let links: Links = {};
  const restart = (): void => {
    done = [];
    end = 0;
    links = {};
  };
  return {
    read(given, isGrowing) {
      const text = given.includes('\r') ? given.replace(/\r\n?/g, '\n') : given;
      if (!text.startsWith(known.slice(0, end))) restart();
      known = text;
      let told = { ...links };
      const rest = alone(text.slice(end));
      let fresh = lex(rest, told);
      // What refers to a link may stand before the link is told.
      if (end > 0 && Object.keys(told).length > Object.keys(links).length) {
        restart();
        told = {};
        fresh = lex(text, told);
      }
      const last = endOf(fresh);
      const finished = fresh.slice(0, last);
      for (const block of finished) {
        end += block.raw.length;
        if (block.type === 'def') links[block.tag] ??= block;
      }
      done.push(...finished);
      const tail = isGrowing ? lex(remend(alone(text.slice(end)), HEALING), { ...told }) : fresh.slice(last);
      if (isGrowing && isTableToCome(tail.at(-1))) tail.pop();
      const blocks = [...done, ...tail];
      if (isGrowing) growing.set(blocks, done.length);
      return blocks;
    },
  };
}
