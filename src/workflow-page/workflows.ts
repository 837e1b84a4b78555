/** The handle of an agent's workflows: documents are read here, and run as threads of its host. */
import { isAgentError, randomId } from '../core/index.ts';
import type { Answers, WireError } from '../core/index.ts';
import type { AgentWorkflows, Thread, TurnResult, WorkflowSource } from '../client/index.ts';
import { faultsOf, outlineOf } from '../workflow/index.ts';
import type { AuditRecord, Data, WorkflowCalls, WorkflowDocument, WorkflowResult } from '../workflow/index.ts';
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

  const open = async (source: WorkflowSource, threadId: string, workflow: string | undefined) => {
    const document = await documents.of(source);
    const thread = link.thread(threadId, await graphOf(document, workflow));
    return { thread, spec: specOf(document, workflow) };
  };

  const run = (
    source: WorkflowSource,
    {
      threadId,
      workflow,
      signal,
    }: { threadId: string; workflow?: string | undefined; signal?: AbortSignal | undefined },
    begin: (thread: Thread, signal: AbortSignal) => Promise<TurnResult>,
  ) =>
    streamOf({
      ...{ threadId, signal, begin, resultOf },
      open: () => open(source, threadId, workflow),
    });

  const stream: AgentWorkflows['stream'] = (source, data = {}, options = {}) => {
    const { threadId = randomId() } = options;
    return run(source, { ...options, threadId }, (thread, signal) => thread.send({ data }, { signal }));
  };

  return {
    stream,
    execute: (source, data, options) => stream(source, data, options).result,
    resume(source, threadId, answers: Answers = {}, { by, ...options } = {}) {
      const isAnswered = Object.keys(answers).length > 0;
      return run(source, { ...options, threadId }, async (thread, signal) => {
        const stop = (): void => {
          // Where there is no host any more, nothing runs.
          thread.stop().catch(() => undefined);
        };
        signal.addEventListener('abort', stop, { once: true });
        return isAnswered ? thread.answerAll(answers, by === undefined ? {} : { by }) : thread.resume();
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
    thread: async (source, threadId, workflow) => (await open(source, threadId, workflow)).thread,
  };
}
