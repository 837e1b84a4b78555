/** Inputs: plain data with references (`$ctx.a.b`) and templates (`{{…}}`) in its texts. */
import { isRecord } from '../../core/index.ts';
import { failed } from './fault.ts';
import { parseExpression } from './parse.ts';
import type { Scope } from './parse.ts';
import { parseTemplate } from './template.ts';

export interface InputReader {
  readonly read: (scope: Scope) => unknown;
  readonly reads: ReadonlySet<string>;
}

const REFERENCE = /^\$(?:ctx|errors)(?=[.[])/;

function textReader(text: string, reads: Set<string>): InputReader['read'] {
  if (text.startsWith('$$')) {
    const rest = text.slice(1);
    return () => rest;
  }
  if (REFERENCE.test(text)) {
    const expression = parseExpression(text);
    for (const name of expression.reads) reads.add(name);
    return (scope) => {
      const value = expression.evaluate(scope);
      if (value !== undefined) return value;
      const names = Object.keys(scope.data).slice(0, 20).join(', ');
      throw failed(`There is no \`${text}\`.`, `There ${names === '' ? 'is no data yet' : `are: ${names}`}.`);
    };
  }
  if (!text.includes('{{')) return () => text;
  const template = parseTemplate(text);
  for (const name of template.reads) reads.add(name);
  return template.render;
}

function reader(value: unknown, reads: Set<string>): InputReader['read'] {
  if (typeof value === 'string') return textReader(value, reads);
  if (Array.isArray(value)) {
    const items = value.map((item) => reader(item, reads));
    return (scope) => items.map((item) => item(scope));
  }
  if (!isRecord(value)) return () => value;
  const entries = Object.entries(value).map(([name, inner]) => [name, reader(inner, reads)] as const);
  return (scope) => Object.fromEntries(entries.map(([name, inner]) => [name, inner(scope)]));
}

/** Reads inputs once, for many runs. Throws {@link SyntaxFault}. */
export function parseInputs(value: unknown): InputReader {
  const reads = new Set<string>();
  return { read: reader(value, reads), reads };
}
