/** Compiled workflows, by their document and by its text: a hit rebuilds nothing. */
import { compileNotes, compileWorkflow } from './compile/compile.ts';
import type { FlowGraph } from './compile/flow.ts';
import type { CompileOptions } from './compile/ports.ts';
import type { WorkflowDocument } from './document.ts';
import { faultsOf } from './faults.ts';
import type { Fault } from './faults.ts';

/** Reads a text, such as `readWorkflow`. */
export type Read = (text: string) => Promise<WorkflowDocument>;

const MOST = 50;

/** What may make a text another document the next time: other files, and variables. */
const FROM_ELSEWHERE = /\$ref|\$env\.|\$\{/;

/** The newest few of something. */
class Newest<V> {
  readonly #all = new Map<string, V>();

  get(key: string): V | undefined {
    const found = this.#all.get(key);
    if (found === undefined) return undefined;
    this.#all.delete(key);
    this.#all.set(key, found);
    return found;
  }

  set(key: string, value: V): void {
    this.#all.set(key, value);
    const [oldest] = this.#all.keys();
    if (this.#all.size > MOST && oldest !== undefined) this.#all.delete(oldest);
  }

  drop(test: (value: V, key: string) => boolean): void {
    for (const [key, value] of this.#all) if (test(value, key)) this.#all.delete(key);
  }
}

interface Plans {
  readonly names: readonly string[];
  readonly graphs: Map<string, FlowGraph>;
}

export class PlanCache {
  readonly #options: CompileOptions;
  readonly #read: Read | undefined;
  /** By the text itself, which no other one can be taken for. */
  readonly #texts = new Newest<Promise<WorkflowDocument>>();
  readonly #documents = new Newest<Plans>();
  /** The same plans, for a document that has been here before. */
  #known = new WeakMap<WorkflowDocument, Plans>();

  constructor(options: CompileOptions, read: Read | undefined) {
    this.#options = options;
    this.#read = read;
  }

  /** The document of a text. Asked for again while it is read, or after where all that it says is its own, it is the same. */
  document(text: string): Promise<WorkflowDocument> | undefined {
    const known = this.#texts.get(text);
    if (known || !this.#read) return known;
    const read = this.#read(text);
    this.#texts.set(text, read);
    const forget = (): void => {
      this.#texts.drop((other) => other === read);
    };
    // What failed may be tried again: a file that it refers to may have come.
    read.then(() => {
      if (FROM_ELSEWHERE.test(text)) forget();
    }, forget);
    return read;
  }

  /** Throws what `compileWorkflow` throws. */
  graph(document: WorkflowDocument, name: string | undefined): FlowGraph {
    const plans = this.#known.get(document) ?? this.#plansOf(document);
    const key = name ?? '';
    const found = plans.graphs.get(key);
    if (found) return found;
    const graph = compileWorkflow(document, name, this.#options);
    plans.graphs.set(key, graph);
    return graph;
  }

  /** What only a compilation finds: its faults, or what has no effect here. */
  validate(document: WorkflowDocument, name: string | undefined): readonly Fault[] {
    let found: readonly Fault[] = [];
    const faults = faultsOf(() => {
      found = compileNotes(this.graph(document, name));
    });
    return faults.length > 0 ? faults : found;
  }

  /** Forgets every document that has a workflow of that name. */
  invalidate(name: string): void {
    this.#documents.drop(({ names }) => names.includes(name));
    this.#known = new WeakMap();
    // Which documents a text has come to is known only later, and reading again is cheap.
    this.#texts.drop(() => true);
  }

  #plansOf(document: WorkflowDocument): Plans {
    const key = `${document.hash}:${document.layout}:${document.file}`;
    const plans = this.#documents.get(key) ?? { names: Object.keys(document.workflows), graphs: new Map() };
    this.#documents.set(key, plans);
    this.#known.set(document, plans);
    return plans;
  }
}
