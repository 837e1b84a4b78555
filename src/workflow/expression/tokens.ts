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

const DOLLAR = 36;

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

/** A number, a name or a mark. */
function tokenAt(text: string, at: number): Token {
  const code = text.charCodeAt(at);
  // What begins with a letter can be nothing but a name, and most tokens do.
  const number = code < 65 ? match(NUMBER, text, at) : undefined;
  if (number !== undefined) return { kind: 'number', text: number, at };
  const name = code >= 65 || code === DOLLAR ? nameAt(text, at) : undefined;
  if (name !== undefined) return { kind: 'name', text: name, at };
  const mark = match(MARK, text, at);
  if (mark === undefined) throw new SyntaxFault(at, `\`${text[at] ?? ''}\` means nothing in an expression.`);
  return { kind: 'mark', text: mark, at };
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
    const token = tokenAt(text, at);
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}
