/** What the compilers of all node types share: the names that are registered, and the faults that only they can see. */
import { SyntaxFault } from '../expression/fault.ts';
import type { Located } from '../document.ts';
import { suggest } from '../faults.ts';
import type { Fault } from '../faults.ts';
import type { CompileOptions } from './ports.ts';

/** One compilation. */
export class Compilation {
  readonly options: CompileOptions;
  readonly faults: Fault[] = [];

  constructor(options: CompileOptions) {
    this.options = options;
  }

  get now(): () => number {
    return this.options.now ?? Date.now;
  }

  fault({ text, at }: Located, message: string, suggestion?: string): void {
    this.faults.push({ severity: 'error', ...at, text, message, ...(suggestion === undefined ? {} : { suggestion }) });
  }

  /** What is registered under a name; a fault where nothing is. */
  registered<T>(what: 'handlers' | 'transforms', name: Located, all: Readonly<Record<string, T>> = {}): T | undefined {
    if (Object.hasOwn(all, name.text)) return all[name.text];
    const one = what.slice(0, -1);
    this.fault(
      name,
      `No ${one} is registered as \`${name.text}\`.`,
      suggest(name.text, Object.keys(all)) ?? `Give \`${what}\` to the compiler.`,
    );
    return undefined;
  }

  /** Reads a text of the document; a fault where it cannot be read. */
  parse<T>(source: Located, read: (text: string) => T): T | undefined {
    try {
      return read(source.text);
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.fault(source, error.message, error.suggestion);
      return undefined;
    }
  }
}
