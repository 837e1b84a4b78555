/** An expression's text as a closure: read once, called often, and never evaluated as code. */
import { nearest } from '../did-you-mean.ts';
import { failed, kindOf, SyntaxFault } from './fault.ts';
import { FUNCTION_NAMES, FUNCTIONS } from './functions.ts';
import { tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';
import { bounded, isTrue, member, operate, RESERVED } from './values.ts';

/** What an expression is asked of. */
export interface Scope {
  /** What names stand for. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What has failed before, by node: `$errors`. */
  readonly errors: Readonly<Record<string, unknown>>;
  /** Operations that are left. */
  fuel: number;
}

/** Within `filter` and `map`: the item, and its index. */
interface Item {
  readonly it: unknown;
  readonly index: number;
}

export type Evaluate = (scope: Scope, item?: Item) => unknown;

export interface Expression {
  readonly text: string;
  readonly evaluate: Evaluate;
  /** The names at which it reads the data. */
  readonly reads: ReadonlySet<string>;
}

/** In `reads`: it may read any name. */
export const ALL = '*';
/** Letters that an expression may have. */
export const LONGEST_TEXT = 2000;
const DEEPEST = 50;
/** Operations that one expression may take. */
export const FUEL = 200_000;

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', 'in']);
const LITERALS: Readonly<Record<string, unknown>> = {
  ...{ true: true, True: true, false: false, False: false, null: null, None: null },
};
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', ...Object.keys(LITERALS)]);

/** A step of an expression: each costs something, so that none goes on for ever. */
function step(scope: Scope, cost = 1): void {
  scope.fuel -= cost;
  if (scope.fuel < 0)
    throw failed('The expression takes too many steps.', 'Make less of it, or register a function for it.');
}

export class Parser {
  readonly reads = new Set<string>();
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #inItem = false;

  constructor(text: string) {
    if (text.length > LONGEST_TEXT) {
      throw new SyntaxFault(
        LONGEST_TEXT,
        `The expression is longer than ${LONGEST_TEXT} letters.`,
        'Register a function for it.',
      );
    }
    this.#tokens = tokensOf(text);
  }

  get token(): Token {
    // The last token is never passed.
    return this.#tokens[this.#at] as Token;
  }

  /** The token after the next one. */
  get following(): Token | undefined {
    return this.#tokens[this.#at + 1];
  }

  next(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.#at++;
    return token;
  }

  is(wanted: string, other = wanted): boolean {
    const { kind, text } = this.token;
    return (text === wanted || text === other) && (kind === 'mark' || kind === 'name');
  }

  take(wanted: string, other = wanted): boolean {
    if (!this.is(wanted, other)) return false;
    this.#at++;
    return true;
  }

  expect(text: string): void {
    if (this.take(text)) return;
    throw new SyntaxFault(this.token.at, `There should be \`${text}\` here${this.#found()}.`);
  }

  /** An end of the text, or what should not be there. */
  end(): void {
    const { kind, text, at } = this.token;
    if (kind === 'end') return;
    if (text === '=') throw new SyntaxFault(at, '`=` assigns; a comparison is `==`.', 'Write `==`.');
    throw new SyntaxFault(at, `The expression should end here${this.#found()}.`);
  }

  expression(): Evaluate {
    if (++this.#depth > DEEPEST) {
      throw new SyntaxFault(this.token.at, `The expression is nested deeper than ${DEEPEST} levels.`, 'Take it apart.');
    }
    let left = this.#conjunction();
    while (this.take('or', '||')) {
      const a = left;
      const b = this.#conjunction();
      left = (scope, item) => {
        const value = a(scope, item);
        return isTrue(value) ? value : b(scope, item);
      };
    }
    this.#depth--;
    return left;
  }

  #conjunction(): Evaluate {
    let left = this.#negation();
    while (this.take('and', '&&')) {
      const a = left;
      const b = this.#negation();
      left = (scope, item) => {
        const value = a(scope, item);
        return isTrue(value) ? b(scope, item) : value;
      };
    }
    return left;
  }

  #negation(): Evaluate {
    if (!this.take('not', '!')) return this.#comparison();
    const inner = this.#deeper(() => this.#negation());
    return (scope, item) => !isTrue(inner(scope, item));
  }

  #comparison(): Evaluate {
    const left = this.#sum();
    const operator = this.#comparator();
    if (operator === undefined) return left;
    const right = this.#sum();
    const { at } = this.token;
    if (this.#comparator() !== undefined) {
      throw new SyntaxFault(at, 'A comparison has two sides.', 'Write `a < b and b < c`.');
    }
    return this.#binary(operator, left, right);
  }

  #comparator(): string | undefined {
    const { kind, text } = this.token;
    if (kind !== 'text' && COMPARISONS.has(text)) return this.next().text;
    if (kind !== 'name' || text !== 'not' || this.following?.text !== 'in') return undefined;
    this.next();
    this.next();
    return 'not in';
  }

  #sum(): Evaluate {
    let left = this.#product();
    while (this.is('+', '-')) left = this.#binary(this.next().text, left, this.#product());
    return left;
  }

  #product(): Evaluate {
    let left = this.#sign();
    while (this.is('*', '/') || this.is('%')) left = this.#binary(this.next().text, left, this.#sign());
    return left;
  }

  #binary(operator: string, a: Evaluate, b: Evaluate): Evaluate {
    return (scope, item) => {
      const left = a(scope, item);
      const right = b(scope, item);
      // Only `in` looks at all of a list.
      step(scope, Array.isArray(right) ? right.length + 1 : 1);
      return operate(operator, left, right);
    };
  }

  #sign(): Evaluate {
    if (!this.take('-')) return this.#path();
    const inner = this.#deeper(() => this.#sign());
    return (scope, item) => operate('-', 0, inner(scope, item));
  }

  #path(): Evaluate {
    let value = this.#primary();
    for (;;) {
      if (this.take('.')) {
        const name = this.#memberName();
        value = this.#member(value, () => name);
      } else if (this.take('[')) {
        const index = this.expression();
        this.expect(']');
        value = this.#member(value, index);
      } else return value;
    }
  }

  #member(of: Evaluate, name: Evaluate): Evaluate {
    return (scope, item) => {
      step(scope);
      return member(of(scope, item), name(scope, item));
    };
  }

  #memberName(): string {
    const { kind, text, at } = this.next();
    if (kind !== 'name' || text.startsWith('$'))
      throw new SyntaxFault(at, 'After `.` comes a name.', 'Write `["…"]` for other names.');
    return allowed(text, at);
  }

  #primary(): Evaluate {
    const token = this.next();
    const { kind, text, at } = token;
    if (kind === 'number') {
      const number = Number(text);
      if (!Number.isFinite(number)) throw new SyntaxFault(at, 'This number is too large.');
      return () => number;
    }
    if (kind === 'text') return () => text;
    if (kind === 'name') return this.#named(text, at);
    if (text === '(') {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (text === '[') return this.#list();
    if (text === '{') return this.#record();
    throw new SyntaxFault(at, kind === 'end' ? 'The expression ends too early.' : `\`${text}\` cannot stand here.`);
  }

  #named(text: string, at: number): Evaluate {
    if (Object.hasOwn(LITERALS, text)) return () => LITERALS[text];
    if (WORDS.has(text)) throw new SyntaxFault(at, `\`${text}\` cannot stand here.`);
    if (this.is('(')) return this.#call(text, at);
    if (this.#inItem && (text === 'it' || text === 'index')) {
      return text === 'it' ? (_, item) => item?.it : (_, item) => item?.index;
    }
    if (text === '$errors') return ({ errors }) => errors;
    if (text === 'ctx' || text === '$ctx') {
      if (this.take('.')) return this.#root(this.#memberName());
      if (this.is('[')) {
        this.reads.add(ALL);
        return ({ data }) => data;
      }
      throw new SyntaxFault(at, `\`${text}\` stands for all data; name a part of it.`, `Write \`${text}.name\`.`);
    }
    if (text.startsWith('$')) {
      throw new SyntaxFault(
        at,
        `\`${text}\` means nothing here.`,
        'Write `$ctx.name` for data, `$errors.node` for what has failed.',
      );
    }
    return this.#root(allowed(text, at));
  }

  #root(name: string): Evaluate {
    this.reads.add(name);
    return ({ data }) => (Object.hasOwn(data, name) ? data[name] : undefined);
  }

  #list(): Evaluate {
    const items = this.#separated(']', () => this.expression());
    return (scope, item) => {
      step(scope, items.length);
      return items.map((each) => each(scope, item));
    };
  }

  #record(): Evaluate {
    const entries = this.#separated('}', () => {
      const { kind, text, at } = this.next();
      if (kind !== 'text' && kind !== 'name') throw new SyntaxFault(at, 'A record has names: `{name: value}`.');
      this.expect(':');
      return [allowed(text, at), this.expression()] as const;
    });
    return (scope, item) => {
      step(scope, entries.length);
      return Object.fromEntries(entries.map(([name, value]) => [name, value(scope, item)]));
    };
  }

  #separated<T>(close: string, read: () => T): readonly T[] {
    const all: T[] = [];
    while (!this.take(close)) {
      if (all.length > 0) {
        this.expect(',');
        // A comma may come last.
        if (this.take(close)) break;
      }
      all.push(read());
    }
    return all;
  }

  #call(name: string, at: number): Evaluate {
    this.expect('(');
    if (name === 'filter' || name === 'map') return this.#each(name);
    const callable = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!callable) {
      const near = nearest(name, FUNCTION_NAMES);
      const fix = near === undefined ? `There are: ${FUNCTION_NAMES.join(', ')}.` : `Did you mean \`${near}\`?`;
      throw new SyntaxFault(at, `There is no function \`${name}\`.`, fix);
    }
    const given = this.#separated(')', () => this.expression());
    const { least, most, run } = callable;
    if (given.length < least || given.length > most) {
      const count = least === most ? `${least}` : `${least} to ${most}`;
      throw new SyntaxFault(at, `\`${name}\` takes ${count} argument${count === '1' ? '' : 's'}, not ${given.length}.`);
    }
    return (scope, item) => {
      step(scope);
      const values = given.map((each) => each(scope, item));
      for (const value of values) if (Array.isArray(value)) step(scope, value.length);
      return run(...values);
    };
  }

  /** `filter(list, test)` and `map(list, value)`, where `it` is the item and `index` its place. */
  #each(name: 'filter' | 'map'): Evaluate {
    const list = this.expression();
    this.expect(',');
    const outer = this.#inItem;
    this.#inItem = true;
    const inner = this.expression();
    this.#inItem = outer;
    this.expect(')');
    return (scope, item) => {
      const items = list(scope, item);
      if (items === undefined || items === null) return [];
      if (!Array.isArray(items)) throw failed(`\`${name}\` takes a list, not ${kindOf(items)}.`, 'Give a list.');
      step(scope, items.length);
      const of = (it: unknown, index: number): unknown => inner(scope, { it, index });
      const all: readonly unknown[] = items;
      return bounded(name === 'map' ? all.map(of) : all.filter((it, index) => isTrue(of(it, index))));
    };
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > DEEPEST)
      throw new SyntaxFault(this.token.at, `The expression is nested deeper than ${DEEPEST} levels.`);
    const value = read();
    this.#depth--;
    return value;
  }

  #found(): string {
    const { kind, text } = this.token;
    return kind === 'end' ? ', but it ends' : `, not \`${text}\``;
  }
}

function allowed(name: string, at: number): string {
  if (!RESERVED.has(name)) return name;
  throw new SyntaxFault(at, `\`${name}\` cannot be read.`);
}

/** Reads an expression. Throws {@link SyntaxFault}. */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text);
  const evaluate = parser.expression();
  parser.end();
  return { text, evaluate, reads: parser.reads };
}
