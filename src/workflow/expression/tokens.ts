/** An expression's text as tokens. */
import { SyntaxFault } from './fault.ts';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'mark' | 'end';
  /** Of a text what it says, of all others what stands there. */
  readonly text: string;
  readonly at: number;
}

const SPACE = /\s*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
/** Most names; asking for every letter that there is takes several times as long. */
const PLAIN_NAME = /\$?[A-Za-z_]\w*/y;
const NAME = /\$?[\p{L}_][\p{L}\p{N}_]*/uy;
const MARK = /==|!=|<=|>=|&&|\|\||[-+*/%<>!()[\]{},.:=;]/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Reads with a sticky pattern at a place. */
function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function nameAt(text: string, at: number): string | undefined {
  const plain = match(PLAIN_NAME, text, at);
  const after = at + (plain?.length ?? 0);
  return after < text.length && text.charCodeAt(after) > 127 ? match(NAME, text, at) : plain;
}

function quoted(text: string, start: number): { readonly said: string; readonly end: number } {
  const quote = text[start];
  let said = '';
  for (let at = start + 1; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (letter === quote) return { said, end: at + 1 };
    if (letter !== '\\') said += letter;
    else {
      const next = text[++at] ?? '';
      said += ESCAPES[next] ?? next;
    }
  }
  throw new SyntaxFault(start, 'This text is not closed.', `End it with ${quote ?? ''}.`);
}

/** The tokens of a text, the last of them `end`. Throws {@link SyntaxFault}. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; ;) {
    // One blank is what most spaces are.
    if (text[at] === ' ') at++;
    if (text.charCodeAt(at) <= 32 || text.charCodeAt(at) > 127) at += match(SPACE, text, at)?.length ?? 0;
    if (at >= text.length) break;
    const letter = text[at] ?? '';
    if (letter === '"' || letter === "'") {
      const { said, end } = quoted(text, at);
      tokens.push({ kind: 'text', text: said, at });
      at = end;
      continue;
    }
    const number = match(NUMBER, text, at);
    const name = number === undefined ? nameAt(text, at) : undefined;
    const found = number ?? name ?? match(MARK, text, at);
    if (found === undefined) throw new SyntaxFault(at, `\`${letter}\` means nothing in an expression.`);
    tokens.push({ kind: number !== undefined ? 'number' : name !== undefined ? 'name' : 'mark', text: found, at });
    at += found.length;
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}
