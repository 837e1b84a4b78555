/** The page of the suite: a person who sends, answers and goes on, and tells the driver what they have seen. */
import type { Interrupt, Snapshot } from '../../src/core/index.ts';
import { createAgent, isAgentError } from '../../src/index.ts';
import type { Agent, Thread } from '../../src/index.ts';
import { faultsOf } from './outcome.ts';
import type { Known } from './outcome.ts';
import { isAllowed, jobOf, pause, randomFrom } from './plan.ts';
import type { Call, Plan } from './plan.ts';
import { arm } from './points.ts';
import type { Arm } from './points.ts';
import { deleteThreads, digestOf, readAll, readOrphans, readThread, withContents } from './reading.ts';
import type { Reading } from './reading.ts';
import { tell } from './tell.ts';
import { createTool } from './tools.ts';
import type { Order } from './worker.ts';

const NAMESPACE = 'crash';

/** Milliseconds between two looks at a thread that is under way. */
const LOOK = 15;

type Stored = Snapshot<Readonly<Record<string, unknown>>> | undefined;

/** What the driver calls, as `globalThis.crash`. */
export interface Crash {
  /** Kills at a point, from here on. */
  arm(next: Arm | undefined): void;
  /**
   * Brings threads to their end; resolves with what went wrong on the way.
   *
   * @param sends false in a tab that leaves new turns to another one.
   */
  drive(plans: readonly Plan[], sends?: boolean): Promise<readonly string[]>;
  /** Has the threads mirrored here. */
  watch(plans: readonly Plan[]): void;
  read(id: string, versions: readonly number[]): Promise<Reading>;
  /** What is wrong with the end of a thread. */
  faults(plan: Plan, known: Readonly<Record<string, Known>>): Promise<readonly string[]>;
  orphans(): Promise<readonly string[]>;
  /** What is wrong with any thread, copies among them. */
  damages(): Promise<readonly string[]>;
  /** Deletes every thread. */
  clear(): Promise<void>;
  /** Prunes to this share of what is stored. */
  prune(share: number): Promise<void>;
  /** Ends the worker as it is, and begins with another one. */
  terminate(): void;
}

let worker: Worker;
let agent: Agent;

function start(): void {
  worker = new Worker('worker.js', { type: 'module' });
  const started = worker;
  agent = createAgent({ namespace: NAMESPACE, model: 'crash', tools: [createTool('ring')], worker: () => started });
}

const order = (message: Order): void => {
  worker.postMessage(message);
};

/** Looks at a thread. What is seen is durable: the driver holds the database to it. */
async function look(thread: Thread): Promise<Stored> {
  const stored = await thread.state();
  if (stored) {
    const digest = digestOf(await withContents(stored));
    tell({ type: 'seen', thread: thread.id, version: stored.version, digest });
  }
  return stored;
}

/** Forks a thread, takes its last step or all of its last turn back there, and has the fork come back from a file. */
async function copy(thread: Thread): Promise<void> {
  const stored = await look(thread);
  if (!stored) return;
  const fork = await thread.fork(stored.version);
  tell({ type: 'seen', thread: fork.id, version: stored.version, digest: digestOf(await withContents(stored)) });
  await fork.undoLast('step').catch((error: unknown) => {
    // An effect would be forgotten.
    if (!isAgentError(error) || error.code !== 'undo-failed') throw error;
    return fork.undoLast('input');
  });
  await look(fork);
  await look(await agent.threads.import(await agent.threads.export(fork.id)));
}

/** What the person of the suite says to a question. What they say to one that was cut off follows from nothing. */
function answerTo({ id: thread }: Thread, { kind, payload }: Interrupt): unknown {
  if (kind === 'input') return thread;
  const { key } = (payload as { input: Call }).input;
  if (kind === 'approval') return { decision: isAllowed(key) ? 'approve' : 'reject' };
  const outcome = (['done', 'retry', 'retry', 'cancel'] as const)[Math.floor(Math.random() * 4)] ?? 'retry';
  tell({ type: 'outcome', key, outcome });
  return { outcome };
}

/** How many turns of a plan a thread has seen the beginning of. */
function turnsOf(plan: Plan, stored: Stored): number {
  if (!stored) return 0;
  if (plan.graph === 'order') return (stored.state['job'] as { turn: number }).turn + 1;
  return (stored.state['messages'] as readonly { role: string }[]).filter(({ role }) => role === 'user').length;
}

/** Does what is next to be done on a thread; false when nothing is. */
async function goOn(plan: Plan, thread: Thread, sends: boolean): Promise<boolean> {
  const stored = await look(thread);
  const [open] = stored?.interrupts ?? [];
  if (open) await thread.answer(open.id, answerTo(thread, open));
  else if (stored && stored.next.length > 0) await thread.resume();
  else {
    const turn = turnsOf(plan, stored);
    if (turn === plan.turns) return false;
    if (!sends) await pause(1);
    else
      await thread.send(plan.graph === 'agent' ? JSON.stringify({ plan, turn }) : { job: jobOf(plan, turn), step: 0 });
  }
  return true;
}

/** What another tab may have been quicker at. */
const isLate = (error: unknown): boolean => isAgentError(error) && error.code === 'unknown-interrupt';

async function drive(plan: Plan, sends: boolean): Promise<void> {
  const thread = agent.thread(plan.id, { graph: plan.graph });
  const random = randomFrom(plan.seed);
  const failures: string[] = [];
  const stop = thread.subscribe((batch) => {
    for (const event of batch) {
      if (event.type === 'checkpoint') tell({ type: 'seen', thread: plan.id, version: event.version });
      if (event.type === 'run-end' && event.status === 'failed') failures.push(String(event.error?.message));
    }
  });
  const over = new AbortController();
  const watching = (async () => {
    for (;;) {
      await pause(LOOK * (0.5 + random()));
      // Another look decides.
      if (over.signal.aborted) return;
      await look(thread);
    }
  })();
  watching.catch(() => undefined);
  try {
    for (let going = true; going;) {
      going = await goOn(plan, thread, sends).catch((error: unknown) => {
        if (!isLate(error)) throw error;
        return true;
      });
      if (plan.copies) await copy(thread);
      if (failures.length > 0) throw new Error(failures.join('; '));
    }
  } finally {
    over.abort();
    stop();
  }
  await watching;
}

const crash: Crash = {
  arm(next) {
    arm(next);
    order({ type: 'arm', arm: next });
  },
  async drive(plans, sends = true) {
    const ended = await Promise.allSettled(plans.map((plan) => drive(plan, sends)));
    return ended.flatMap((each, index) =>
      each.status === 'rejected' ? [`${String(plans[index]?.id)}: ${String(each.reason)}`] : [],
    );
  },
  watch(plans) {
    for (const { id, graph } of plans) {
      agent.thread(id, { graph }).subscribe(
        (batch) => {
          for (const event of batch) {
            if (event.type === 'checkpoint' && event.version > 0)
              tell({ type: 'seen', thread: id, version: event.version });
          }
        },
        { from: 0 },
      );
    }
  },
  read: (id, versions) => readThread(NAMESPACE, id, versions),
  async faults(plan, known) {
    const stored = await agent.thread(plan.id, { graph: plan.graph }).state();
    return stored ? faultsOf(plan, (await withContents(stored)).state, known) : ['it is not there'];
  },
  orphans: () => readOrphans(NAMESPACE),
  damages: () => readAll(NAMESPACE),
  clear: () => deleteThreads(NAMESPACE),
  async prune(share) {
    const pruned = new Promise((resolve) => {
      worker.addEventListener('message', resolve, { once: true });
    });
    order({ type: 'prune', namespace: NAMESPACE, share });
    await pruned;
  },
  terminate() {
    worker.terminate();
    start();
  },
};

declare global {
  interface Window {
    crash: Crash;
  }
}

start();
window.crash = crash;
