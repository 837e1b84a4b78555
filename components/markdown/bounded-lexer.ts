/** Reads markdown, but no deeper than anybody writes, so that a text which means harm cannot hold up the page. */
import { Lexer } from 'marked';
import type { Token, TokensList } from 'marked';

/** Lists and quotes within each other: a little deeper than they are shown. */
const BLOCKS = 12;

/** Emphasis and links within each other. */
const INLINE = 12;

/** Characters with a meaning in one stretch of words: what each of them opens is looked for in all that follows. */
const MARKS = 2_000;

const MARK = /[*_~`[\]\\&<]/g;

/** A reader to which what is too deep, or has too many marks, is words as they were written. */
export class BoundedLexer extends Lexer {
  #blocks = 0;
  #inline = 0;

  override blockTokens(src: string, tokens?: Token[], isClipped?: boolean): Token[];
  override blockTokens(src: string, tokens?: TokensList, isClipped?: boolean): TokensList;
  override blockTokens(src: string, tokens: Token[] = [], isClipped?: boolean): Token[] {
    if (this.#blocks >= BLOCKS) {
      tokens.push({ type: 'paragraph', raw: src, text: src, tokens: asWritten(src) });
      return tokens;
    }
    this.#blocks++;
    try {
      return super.blockTokens(src, tokens, isClipped);
    } finally {
      this.#blocks--;
    }
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (this.#inline >= INLINE || (src.length > MARKS && (src.match(MARK)?.length ?? 0) > MARKS)) {
      tokens.push(...asWritten(src));
      return tokens;
    }
    this.#inline++;
    try {
      return super.inlineTokens(src, tokens);
    } finally {
      this.#inline--;
    }
  }
}

/** Words without anything in them; `escape` keeps what looks like an entity as it is. */
const asWritten = (text: string): Token[] => [{ type: 'escape', raw: text, text }];
