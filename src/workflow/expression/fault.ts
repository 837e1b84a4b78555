/** What is wrong with an expression: with its text, or with what it is asked of. */
import { AgentError } from '../../core/index.ts';

/** An expression that cannot be read. `offset` is where, within its text. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';
  readonly offset: number;
  readonly suggestion: string | undefined;

  constructor(offset: number, message: string, suggestion?: string) {
    super(message);
    this.offset = offset;
    this.suggestion = suggestion;
  }
}

/** The error of an expression whose text cannot be read, for those who have no document around it. */
export function invalidExpression(text: string, fault: SyntaxFault): AgentError {
  return new AgentError('invalid-expression', `${fault.message} (\`${text}\`, at ${fault.offset + 1})`, {
    fix: fault.suggestion ?? 'Mend the expression at that place.',
    details: { text, offset: fault.offset },
  });
}

/** The error of an expression that cannot be worked out with the data that there is. */
export function failed(message: string, fix: string): AgentError {
  return new AgentError('expression-failed', message, { fix });
}

/** What a value is, in a word. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'a record';
  }
}
