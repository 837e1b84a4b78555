/** The handle of an agent's workflows: documents are read here, and run as threads of its host. */
import { AgentError, isAgentError, randomId } from '../core/index.ts';
import type { Answers, WireError } from '../core/index.ts';
import type { AgentWorkflows, Thread, TurnResult, WorkflowSource } from '../client/index.ts';
import { faultsOf, outlineOf } from '../workflow/index.ts';
import type { AuditRecord, Data, Origin, WorkflowCalls, WorkflowDocument, WorkflowResult } from '../workflow/index.ts';
import { Documents } from './documents.ts';
import { streamOf } from './stream.ts';

/** How this half reaches the host. */
export interface WorkflowLink {
  readonly thread: (id: string, graph: string) => Thread;
  /** Asks the worker's half. */
  readonly ask: (call: string, args: readonly unknown[]) => Promise<unknown>;
}

/** A question to the worker's half, typed. */
type Ask = <K extends keyof WorkflowCalls>(
  call: K,
  ...args: Parameters<WorkflowCalls[K]>
) => Promise<ReturnType<WorkflowCalls[K]>>;

async function resultOf(thread: Thread, turn: TurnResult): Promise<WorkflowResult> {
  const { status, runId, interrupts, error } = turn;
  const { state = {} } = (await thread.state()) ?? {};
  // The channels of a workflow, as the host keeps them.
  const {
    data = {},
    errors = NO_ERRORS,
    audit = [],
  } = state as {
    data?: Data;
    errors?: ReadonlyMap<string, WireError>;
    audit?: readonly AuditRecord[];
  };
  return {
    ...{ status, threadId: thread.id, runId, data, errors: Object.fromEntries(errors), audit, interrupts },
    ...(error ? { error } : {}),
  };
}

const NO_ERRORS: ReadonlyMap<string, WireError> = new Map();

/** The workflow of a document that is meant, for whoever follows it; the host refuses what is not there. */
function specOf({ workflows }: WorkflowDocument, name: string | undefined) {
  const names = Object.keys(workflows);
  const wanted = name ?? (names.length === 1 ? names[0] : undefined);
  return wanted !== undefined && Object.hasOwn(workflows, wanted) ? workflows[wanted] : undefined;
}

/** Makes the handle. */
export function createWorkflows(link: WorkflowLink): AgentWorkflows {
  const documents = new Documents();
  // What comes back is what the worker's half of this version gives.
  const ask: Ask = async (call, ...args) => (await link.ask(call, args)) as never;
  /** The names of graphs that the host has. */
  const defined = new WeakMap<WorkflowDocument, Map<string, Promise<string>>>();

  const graphOf = (document: WorkflowDocument, workflow: string | undefined): Promise<string> => {
    const names = defined.get(document) ?? new Map<string, Promise<string>>();
    defined.set(document, names);
    const key = workflow ?? '';
    const graph = names.get(key) ?? ask('define', document, workflow);
    names.set(key, graph);
    graph.catch(() => names.delete(key));
    return graph;
  };

  /** What a thread was begun with, and has not come to the end of. */
  const originOf = async (threadId: string): Promise<Origin | undefined> => {
    const { state, next = [], interrupts = [] } = (await link.thread(threadId, 'agent').state()) ?? {};
    const isOver = next.length === 0 && interrupts.length === 0;
    return isOver ? undefined : (state as { origin?: Origin } | undefined)?.origin;
  };

  const open = async (source: WorkflowSource | undefined, threadId: string, workflow: string | undefined) => {
    const document = source === undefined ? undefined : await documents.of(source);
    if (!document) {
      throw new AgentError('unknown-thread', `The thread "${threadId}" has no workflow to go on with.`, {
        fix: 'Give the workflow, or begin the thread with execute().',
        details: { threadId },
      });
    }
    return openWith(document, threadId, workflow);
  };

  /** Opens a thread with what it was begun with, or else with a source. */
  const reopen = async (source: WorkflowSource | undefined, threadId: string, workflow: string | undefined) => {
    const origin = await originOf(threadId);
    return origin ? openWith(origin.document, threadId, origin.workflow) : open(source, threadId, workflow);
  };

  const openWith = async (document: WorkflowDocument, threadId: string, workflow: string | undefined) => {
    const thread = link.thread(threadId, await graphOf(document, workflow));
    return { document, thread, spec: specOf(document, workflow) };
  };

  const stream: AgentWorkflows['stream'] = (source, data = {}, options = {}) => {
    const { threadId = randomId(), workflow, signal } = options;
    let origin: Origin | undefined;
    return streamOf({
      ...{ threadId, signal, resultOf },
      async open() {
        const opened = await open(source, threadId, workflow);
        origin = { document: opened.document, ...(workflow === undefined ? {} : { workflow }) };
        return opened;
      },
      begin: (thread, signal) => thread.send({ data, origin }, { signal }),
    });
  };

  return {
    stream,
    execute: (source, data, options) => stream(source, data, options).result,
    resume(source, threadId, answers: Answers = {}, { by, workflow, signal } = {}) {
      const isAnswered = Object.keys(answers).length > 0;
      return streamOf({
        ...{ threadId, signal, resultOf },
        open: () => reopen(source, threadId, workflow),
        async begin(thread, signal) {
          const stop = (): void => {
            // Where there is no host any more, nothing runs.
            thread.stop().catch(() => undefined);
          };
          signal.addEventListener('abort', stop, { once: true });
          return isAnswered ? thread.answerAll(answers, by === undefined ? {} : { by }) : thread.resume();
        },
      });
    },
    async cancel(threadId) {
      await link.thread(threadId, 'agent').stop();
    },
    async validate(source, workflow) {
      try {
        const document = await documents.of(source);
        return [...document.notes, ...(await ask('validate', document, workflow))];
      } catch (error) {
        if (!isAgentError(error)) throw error;
        return faultsOf(() => {
          throw error;
        });
      }
    },
    async invalidate(workflow) {
      documents.forget();
      await ask('invalidate', workflow);
    },
    read: (source, options) => documents.of(source, options),
    async outline(source, workflow) {
      const document = await documents.of(source);
      const spec = specOf(document, workflow);
      // The host says which there are.
      if (!spec) await graphOf(document, workflow);
      return { name: spec?.name ?? '', description: spec?.description ?? '', nodes: spec ? outlineOf(spec) : [] };
    },
    documentOf: async (threadId) => (await originOf(threadId))?.document,
    thread: async (source, threadId, workflow) => (await reopen(source, threadId, workflow)).thread,
  };
}
