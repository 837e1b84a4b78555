/** The little of the peers that is used here, for they are not installed where the types are checked. */

declare module 'mutative' {
  export function create<S>(
    base: S,
    edit: (draft: S) => void,
    options: { enablePatches: true },
  ): [S, unknown[], unknown[]];
}

declare module 'pocketflow' {
  export class Node<S> {
    prep(shared: S): Promise<unknown>;
    exec(prepared: unknown): Promise<unknown>;
    post(shared: S, prepared: unknown, result: unknown): Promise<string | undefined>;
    on(action: string, node: Node<S>): this;
  }
  export class Flow<S> {
    constructor(start: Node<S>);
    run(shared: S): Promise<string | undefined>;
  }
}

declare module 'xstate' {
  interface Actor {
    start(): void;
    getSnapshot(): { readonly context: { readonly n: number } };
  }
  export function assign(change: (scope: never) => object): object;
  export function fromPromise(start: (scope: never) => Promise<unknown>): object;
  export function setup(parts: { actors: Record<string, object> }): { createMachine(machine: object): object };
  export function createActor(machine: object, options: { input: object }): Actor;
  export function toPromise(actor: Actor): Promise<unknown>;
}

declare module '@langchain/langgraph/web' {
  interface Field<V> {
    readonly value: V;
  }
  type Values<F> = { readonly [K in keyof F]: F[K] extends Field<infer V> ? V : never };
  export const Annotation: { <V>(): Field<V>; Root<F>(fields: F): Values<F> };
  export const START: '__start__';
  export const END: '__end__';
  export class MemorySaver {
    readonly storage: object;
    readonly writes: object;
  }
  export class StateGraph<S> {
    constructor(state: S);
    addNode(name: string, node: (state: S) => Promise<Partial<S>>): this;
    addEdge(from: string, to: string): this;
    addConditionalEdges(from: string, route: (state: S) => string, targets: readonly string[]): this;
    compile(ports?: { checkpointer: MemorySaver }): {
      invoke(input: Partial<S>, options: { recursionLimit: number; configurable?: { thread_id: string } }): Promise<S>;
    };
  }
}
