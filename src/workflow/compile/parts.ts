/** What the compilers of all node types share: the names that are registered, and the faults that only they can see. */
import { SyntaxFault } from '../expression/fault.ts';
import { readAs } from '../expression/known.ts';
import { stableText } from '../../core/index.ts';
import type { Located, NodeSpec } from '../document.ts';
import type { Data } from './channels.ts';
import { suggest } from '../faults.ts';
import type { Fault } from '../faults.ts';
import type { CompileOptions } from './ports.ts';

/** A node without the place that it has in its file. */
function definitionOf(spec: NodeSpec): string {
  return stableText({ ...spec, at: undefined });
}

function faultAt(severity: Fault['severity'], { text, at }: Located, message: string, suggestion?: string): Fault {
  return { severity, ...at, text, message, ...(suggestion === undefined ? {} : { suggestion }) };
}

/** One compilation. */
export class Compilation {
  readonly options: CompileOptions;
  /** The workflow that is compiled, for whoever wants its results forgotten. */
  readonly workflow: string;
  readonly faults: Fault[] = [];
  readonly notes: Fault[] = [];
  readonly #keys = new WeakMap<NodeSpec, string>();

  constructor(options: CompileOptions, workflow: string) {
    this.options = options;
    this.workflow = workflow;
  }

  get now(): () => number {
    return this.options.now ?? Date.now;
  }

  fault(place: Located, message: string, suggestion?: string): void {
    this.faults.push(faultAt('error', place, message, suggestion));
  }

  note(place: Located, message: string, suggestion?: string): void {
    this.notes.push(faultAt('note', place, message, suggestion));
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

  /**
   * What a registered function gives, or gave before where its node is pure.
   *
   * @param spec the node, which is all that is told of the function beside its inputs.
   */
  ask(spec: NodeSpec, registered: unknown, inputs: unknown, data: Data, run: (data: Data) => unknown): unknown {
    const { results } = this.options;
    if (!results || spec.pure === undefined) return run(data);
    const key = this.#keys.get(spec) ?? definitionOf(spec);
    this.#keys.set(spec, key);
    return results.get({ workflow: this.workflow, key, run: registered }, inputs, data, run);
  }

  /** Reads a text of the document; a fault where it cannot be read. */
  parse<T>(source: Located, read: (text: string) => T): T | undefined {
    try {
      return readAs(source, read);
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.fault(source, error.message, error.suggestion);
      return undefined;
    }
  }
}
