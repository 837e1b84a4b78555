/** What is wrong with a document, all of it at once, each at its place. */
import { AgentError, isAgentError } from '../core/index.ts';
import type { Place } from './document.ts';
import { nearest } from './did-you-mean.ts';
import type { Tree } from './tree.ts';

/** Something that is wrong with a document, or to be known about it. */
export interface Fault extends Place {
  /** An `error` keeps the document from being used; a `note` says what is read otherwise than it looks, or not served. */
  readonly severity: 'error' | 'note';
  /** What stands there. */
  readonly text: string;
  readonly message: string;
  /** What to write in its place, or which names there are. */
  readonly suggestion?: string;
}

/** How much of the offending text a fault shows. */
const SHOWN = 80;
/** How many names a suggestion lists. */
const LISTED = 12;
/** Faults after which a reader stops counting. */
const MOST = 200;

/** What a place is known by: a value, or the part of one. */
export interface Spot {
  readonly tree: Tree;
  /** Offset of the part within the value's text. */
  readonly offset?: number;
}

/** Names as a suggestion: the one that was probably meant, or all that there are. */
export function suggest(name: string, names: Iterable<string>): string | undefined {
  const all = [...names];
  const near = nearest(name, all);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  if (all.length === 0) return undefined;
  const some = all.slice(0, LISTED).map((each) => `\`${each}\``);
  return `There ${all.length === 1 ? 'is' : 'are'}: ${some.join(', ')}${all.length > LISTED ? ', …' : ''}.`;
}

/** The text of a value as it stands in its file: the beginning of its first line. */
function shownText({ tree, offset = 0 }: Spot): string {
  const { source, start, end } = tree;
  const [line = ''] = source.text.slice(start + offset, Math.max(end, start + offset)).split('\n', 1);
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line.trimEnd();
}

/** Gathers the faults of one document and of the files that it refers to. */
export class Faults {
  /** Whether the document asks for faults where others get notes. */
  strict = false;
  readonly #found: Fault[] = [];

  error(spot: Spot | Tree, message: string, suggestion?: string): void {
    this.#add('error', spot, message, suggestion);
  }

  note(spot: Spot | Tree, message: string, suggestion?: string): void {
    this.#add('note', spot, message, suggestion);
  }

  /** An error in a strict document, and a note in any other. */
  trap(spot: Spot | Tree, message: string, suggestion?: string): void {
    this.#add(this.strict ? 'error' : 'note', spot, message, suggestion);
  }

  /** The errors, in the order of files and lines. */
  get errors(): readonly Fault[] {
    return this.#sorted('error');
  }

  get notes(): readonly Fault[] {
    return this.#sorted('note');
  }

  /** Whether so much is wrong that more of it would help nobody. */
  get isFull(): boolean {
    return this.#found.length >= MOST;
  }

  #add(severity: Fault['severity'], spot: Spot | Tree, message: string, suggestion: string | undefined): void {
    if (this.isFull) return;
    const place = 'kind' in spot ? { tree: spot } : spot;
    const { tree, offset = 0 } = place;
    const at = tree.source.place(tree.start + offset);
    const fault: Fault = {
      severity,
      ...at,
      text: shownText(place),
      message,
      ...(suggestion === undefined ? {} : { suggestion }),
    };
    // An alias brings the same value to several places.
    const isKnown = this.#found.some(
      (other) =>
        other.line === at.line && other.column === at.column && other.message === message && other.file === at.file,
    );
    if (!isKnown) this.#found.push(fault);
  }

  #sorted(severity: Fault['severity']): readonly Fault[] {
    const byFile = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
    return this.#found
      .filter((fault) => fault.severity === severity)
      .sort((a, b) => byFile(a.file, b.file) || a.line - b.line || a.column - b.column);
  }
}

/** A fault as one line, as compilers write it: `file:line:column message`. */
export function faultLine({ file, line, column, message, suggestion, text }: Fault): string {
  const at = text === '' ? '' : ` (\`${text}\`)`;
  return `${file}:${line}:${column} ${message}${at}${suggestion === undefined ? '' : ` ${suggestion}`}`;
}

/** How many faults the message of an error tells; all of them are in its details. */
const TOLD = 5;

/** The error that a document with faults comes to. */
export function invalidWorkflow(faults: readonly Fault[]): AgentError {
  const told = faults.slice(0, TOLD).map(faultLine).join('\n');
  const more = faults.length > TOLD ? `\nand ${faults.length - TOLD} more` : '';
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
  return new AgentError('invalid-workflow', `The workflow has ${count}:\n${told}${more}`, {
    fix: faults[0]?.suggestion ?? 'Mend the lines that are named; `details.faults` has all of them.',
    details: { faults },
  });
}

/** The faults that some work finds, such as a compilation; none when it succeeds. Throws what is no fault of a workflow. */
export function faultsOf(work: () => unknown): readonly Fault[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!isAgentError(error) || error.code !== 'invalid-workflow') throw error;
    // What an error of this code has for its details.
    return (error.details as { readonly faults: readonly Fault[] }).faults;
  }
}
