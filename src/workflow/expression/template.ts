/** Texts with data in them: `{{expression}}`, and `{key}` where there is such a key. */
import { failed, SyntaxFault } from './fault.ts';
import { parseExpression } from './parse.ts';
import type { Scope } from './parse.ts';
import { bounded, member } from './values.ts';

export interface Template {
  readonly text: string;
  readonly render: (scope: Scope) => string;
  readonly reads: ReadonlySet<string>;
}

type Part = (scope: Scope) => string;

const DOUBLE = /\{\{([^]*?)\}\}/g;
/** A path in single braces. What else stands in braces, such as JSON, is text. */
const SINGLE = /\{((?:\$?ctx\.)?[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)\}/gu;

/** A value as a reader of the text sees it. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return JSON.stringify(value, undefined, 2);
}

function expressionPart(inner: string, offset: number, reads: Set<string>): Part {
  try {
    const { evaluate, reads: read } = parseExpression(inner);
    for (const name of read) reads.add(name);
    return (scope) => {
      const value = evaluate(scope);
      if (value !== undefined) return textOf(value);
      const names = Object.keys(scope.data).slice(0, 20).join(', ');
      throw failed(
        `There is no \`${inner.trim()}\` to put into the text.`,
        `There ${names === '' ? 'is no data yet' : `are: ${names}`}. Where it may be missing, write \`{{default(${inner.trim()}, "")}}\`.`,
      );
    };
  } catch (error) {
    if (error instanceof SyntaxFault) throw new SyntaxFault(offset + error.offset, error.message, error.suggestion);
    throw error;
  }
}

function pathPart(written: string, path: string, reads: Set<string>): Part {
  const names = path.replace(/^\$?ctx\./, '').split('.');
  reads.add(names[0] ?? '');
  return ({ data }) => {
    const value = names.reduce<unknown>(member, data);
    return value === undefined ? written : textOf(value);
  };
}

/** The parts of a text without double braces. */
function singles(text: string, parts: Part[], reads: Set<string>): void {
  let end = 0;
  for (const { 0: written, 1: path = '', index } of text.includes('{') ? text.matchAll(SINGLE) : []) {
    const before = text.slice(end, index);
    parts.push(() => before, pathPart(written, path, reads));
    end = index + written.length;
  }
  const rest = text.slice(end);
  parts.push(() => rest);
}

/** Reads a template. Throws {@link SyntaxFault}. */
export function parseTemplate(text: string): Template {
  const reads = new Set<string>();
  if (!text.includes('{')) return { text, render: () => text, reads };
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: written, 1: inner = '', index } of text.matchAll(DOUBLE)) {
    singles(text.slice(end, index), parts, reads);
    parts.push(expressionPart(inner, index + 2, reads));
    end = index + written.length;
  }
  const rest = text.slice(end);
  const open = rest.indexOf('{{');
  if (open >= 0) throw new SyntaxFault(end + open, 'These braces are not closed.', 'End them with `}}`.');
  singles(rest, parts, reads);
  return { text, render: (scope) => bounded(parts.map((part) => part(scope)).join('')), reads };
}
