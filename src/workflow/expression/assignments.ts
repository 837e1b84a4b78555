/** The assignment lists of transforms: `answer = ctx.summary`, one after the other. */
import { isRecord } from '../../core/index.ts';
import { failed, kindOf, SyntaxFault } from './fault.ts';
import { FUEL, Parser } from './parse.ts';
import type { Evaluate } from './parse.ts';
import { RESERVED } from './values.ts';

type Data = Readonly<Record<string, unknown>>;

interface Assignment {
  readonly path: readonly string[];
  readonly value: Evaluate;
}

export interface Assignments {
  readonly text: string;
  /** The data after them; each sees what those before it have set. */
  readonly apply: (data: Data, errors: Data) => Data;
  readonly reads: ReadonlySet<string>;
  /** The names at which they change the data. */
  readonly writes: ReadonlySet<string>;
}

function name(parser: Parser): string {
  const { kind, text, at } = parser.next();
  if (kind !== 'name' || text.startsWith('$'))
    throw new SyntaxFault(at, 'An assignment begins with a name.', 'Write `name = value`.');
  if (RESERVED.has(text)) throw new SyntaxFault(at, `\`${text}\` cannot be set.`);
  return text;
}

function target(parser: Parser): readonly string[] {
  const isWhole = parser.is('ctx', '$ctx') && parser.following?.text === '.';
  if (isWhole) {
    parser.next();
    parser.next();
  }
  const path = [name(parser)];
  while (parser.take('.')) path.push(name(parser));
  if (parser.take('=')) return path;
  const { at, text } = parser.token;
  const suggestion = text === '==' ? 'Write `=` to assign.' : 'Write `name = value`, or register the transform.';
  throw new SyntaxFault(at, 'This is no assignment: there should be `=` here.', suggestion);
}

/** The data with a value at a path; what lies beside it is shared. */
function withValue(data: Data, path: readonly string[], value: unknown): Data {
  const [first = '', ...rest] = path;
  if (rest.length === 0) return { ...data, [first]: value };
  const inner = Object.hasOwn(data, first) ? data[first] : undefined;
  if (inner !== undefined && inner !== null && !isRecord(inner)) {
    throw failed(`\`${path.join('.')}\` cannot be set: \`${first}\` is ${kindOf(inner)}.`, 'Set a name in a record.');
  }
  return { ...data, [first]: withValue(inner ?? {}, rest, value) };
}

/** Reads a list of assignments, parted by lines or `;`. Throws {@link SyntaxFault}. */
export function parseAssignments(text: string): Assignments {
  const all: Assignment[] = [];
  const reads = new Set<string>();
  let offset = 0;
  for (const line of linesOf(text)) {
    const parser = new Parser(line);
    try {
      while (parser.token.kind !== 'end') {
        if (parser.take(';')) continue;
        all.push({ path: target(parser), value: parser.expression() });
        if (!parser.is(';')) parser.end();
      }
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      throw new SyntaxFault(offset + error.offset, error.message, error.suggestion);
    }
    for (const read of parser.reads) reads.add(read);
    offset += line.length + 1;
  }
  if (all.length === 0) throw new SyntaxFault(0, 'There is no assignment here.', 'Write `name = value`.');
  return {
    text,
    reads,
    writes: new Set(all.flatMap(({ path }) => path.slice(0, 1))),
    apply: (given, errors) => {
      let data = given;
      const scope = { data, errors, fuel: FUEL };
      for (const { path, value } of all) {
        scope.data = data;
        const made = value(scope);
        // A name that is set to nothing is there all the same, and storage keeps it as null.
        data = withValue(data, path, made === undefined ? null : made);
      }
      return data;
    },
  };
}

/** The lines of a text; one that ends within brackets goes on in the next. */
function linesOf(text: string): readonly string[] {
  const lines: string[] = [];
  let open = 0;
  for (const line of text.split('\n')) {
    if (open > 0) lines.push(`${lines.pop() ?? ''}\n${line}`);
    else lines.push(line);
    // Brackets within quotes do not count.
    for (const mark of line.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '')) {
      if ('([{'.includes(mark)) open++;
      else if (')]}'.includes(mark)) open--;
    }
  }
  return lines;
}
