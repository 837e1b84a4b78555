/** A page, or several, whose agents do things to one thread at once, and the proof that they were done one by one. */
import { openIndexedDb } from '../../src/checkpoint/index.ts';
import { isAgentError, stableText } from '../../src/core/index.ts';
import type { State } from '../../src/engine.ts';
import { createAgent, watchThread } from '../../src/index.ts';
import type { Agent } from '../../src/index.ts';
import { createLead } from '../../src/worker/leader.ts';
import { openTabs } from '../../src/worker/tabs.ts';
import { apply, NO_VALUES, userState } from '../../src/state/index.ts';
import { randomFrom } from './plan.ts';
import { jitter, pair } from './serial-graph.ts';
import type { Entry, pairChannels } from './serial-graph.ts';

const NAMESPACE = 'serial';

/** How many tabs there are, and what each of them does to a thread. */
const TABS = 4;
const TURNS = 2;

/** Milliseconds that a mirror may take to show what is stored. */
const LATE = 5000;

/** What is to be done to a thread. */
export interface Schedule {
  readonly seed: number;
  /** Whether the changes of the page wait for their turn as runs do; else they may take the thread from one. */
  readonly isLed: boolean;
  /** Whether a tab is closed in the middle of it, so that a run may have no end. */
  readonly isCut: boolean;
}

/** What was done to a thread, as those who did it were told. */
export interface Done {
  readonly acknowledged: readonly string[];
  readonly refused: readonly string[];
}

export interface Serial {
  /** Does what one tab does in a schedule. */
  play(schedule: Schedule, tab: number): Promise<Done>;
  /** What contradicts that all was done one by one. */
  faults(schedule: Schedule, done: readonly Done[]): Promise<readonly string[]>;
  /** All of it in this page, with a worker for each tab. */
  all(schedule: Schedule): Promise<readonly string[]>;
}

const agents = new Map<number, Agent>();

function agentOf(tab: number): Agent {
  const known = agents.get(tab);
  if (known) return known;
  const worker = (): Worker => new Worker('serial-worker.js', { type: 'module' });
  const agent = createAgent({ namespace: NAMESPACE, worker });
  agents.set(tab, agent);
  return agent;
}

const threadOf = ({ seed, isLed }: Schedule): string => `${isLed ? 'led' : 'free'}-${seed}`;
const signal = new AbortController().signal;
const stored = openIndexedDb(NAMESPACE);
const tabs = openTabs(NAMESPACE);
const lead = createLead(NAMESPACE, tabs);

/** Changes the thread from the page, as one does who uses the engine as a library. */
async function update(schedule: Schedule, op: string): Promise<void> {
  const { checkpointer } = await stored;
  const graph = pair.with({ checkpointer });
  const id = threadOf(schedule);
  const change = async (): Promise<void> => {
    const before = await graph.getState(id);
    const seen = before?.state.log.length ?? 0;
    await jitter(randomFrom(schedule.seed));
    const entry: Entry = { op, side: 'update', seen };
    const expect = { version: before?.version ?? 0 };
    const version = await graph.updateState(id, { log: [entry], cells: { [op]: seen } }, expect);
    // As a host would, so that who watches the thread looks at it.
    const told = { type: 'checkpoint', version, seq: 0, runId: '', ns: '' } as const;
    tabs.tell({ type: 'events', threadId: id, events: [told], lifeline: undefined });
  };
  await (schedule.isLed ? lead(id, signal, change) : change());
}

/** What may refuse a change without anything being wrong. */
const REFUSALS = {
  led: ['unknown-thread'],
  free: ['unknown-thread', 'version-conflict', 'fenced', 'write-conflict'],
} satisfies Record<string, readonly string[]>;

async function play(schedule: Schedule, tab: number): Promise<Done> {
  const random = randomFrom(schedule.seed * 4 + tab);
  const thread = agentOf(tab).thread(threadOf(schedule), { graph: 'pair' });
  const acknowledged: string[] = [];
  const refused: string[] = [];
  const refusals: readonly string[] = REFUSALS[schedule.isLed ? 'led' : 'free'];
  const work = async (op: string, change: () => Promise<unknown>): Promise<void> => {
    try {
      await change();
      acknowledged.push(op);
    } catch (error) {
      if (!isAgentError(error) || !refusals.includes(error.code)) throw error;
      refused.push(op);
    }
  };
  const send = async (op: string): Promise<void> => {
    const { status, error } = await thread.send({ op });
    if (error) throw error;
    if (status !== 'completed') throw new Error(`${op} ended as ${status}.`);
  };
  const works: Promise<void>[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    await jitter(random);
    works.push(work(`${tab}.${turn}`, () => send(`${tab}.${turn}`)));
    // Some wait for what they have begun, others do not.
    if (random() < 0.5) await works.at(-1);
    if (random() < 0.4) works.push(work(`${tab}.${turn}u`, () => update(schedule, `${tab}.${turn}u`)));
  }
  await Promise.all(works);
  return { acknowledged, refused };
}

/** What contradicts that the list grew one change at a time, each of which saw all before it. */
function faultsOfLog(log: readonly Entry[]): string[] {
  const faults: string[] = [];
  for (let at = 0; at < log.length;) {
    const entry = log[at];
    const next = log[at + 1];
    if (entry?.seen !== at)
      faults.push(`entry ${at} of ${String(entry?.op)} has seen ${String(entry?.seen)} before it`);
    if (entry?.side === 'update') at++;
    else {
      const isPair = entry?.side === 'left' && next?.side === 'right' && next.op === entry.op && next.seen === at;
      if (!isPair) faults.push(`${String(entry?.op)} at ${at} is not followed by its other half`);
      at += 2;
    }
  }
  return faults;
}

async function faults(schedule: Schedule, done: readonly Done[]): Promise<readonly string[]> {
  const { checkpointer } = await stored;
  const id = threadOf(schedule);
  const log = await checkpointer.open(id, 'pair@1', { signal });
  const found: string[] = [];
  let values = NO_VALUES;
  let last = 0;
  const runs: string[] = [];
  for await (const { version, runId, writes } of log.entries()) {
    if (version !== last + 1) found.push(`version ${version} comes after ${last}`);
    last = version;
    values = apply(values, writes);
    if (runId !== '' && runs.at(-1) !== runId) runs.push(runId);
  }
  if (last !== log.head) found.push(`the log ends at ${last}, the head is ${log.head}`);
  if (schedule.isLed && new Set(runs).size !== runs.length) found.push('two runs are mixed');
  // The graph has written it.
  const state = userState(values) as unknown as State<typeof pairChannels>;
  if (stableText(state) !== stableText(userState(Object.fromEntries(await log.fold())))) {
    found.push('the state is not what its entries make');
  }
  found.push(...faultsOfLog(state.log));
  const sent = state.log.filter(({ side }) => side === 'left').map(({ op }) => op);
  const times = (op: string): number => state.log.filter((entry) => entry.op === op && entry.side !== 'right').length;
  for (const op of done.flatMap(({ acknowledged }) => acknowledged)) {
    if (times(op) !== 1) found.push(`${op} was acknowledged and is there ${times(op)} times`);
    if (!state.cells.has(op)) found.push(`${op} was acknowledged and has no cell`);
  }
  for (const op of done.flatMap(({ refused }) => refused)) {
    if (times(op) > 1) found.push(`${op} is there ${times(op)} times`);
    if (schedule.isLed && times(op) > 0) found.push(`${op} was refused and is there`);
  }
  const { left, right } = state.rows;
  if (left.count !== sent.length || right.count !== sent.length) found.push('a patch was lost');
  if (left.by !== (sent.at(-1) ?? '') || right.by !== left.by) found.push('a patch is not the last one');
  if (
    schedule.isLed &&
    !schedule.isCut &&
    (state.words !== sent.map((op) => `${op},`).join('') || state.count !== sent.length)
  ) {
    found.push('the runs were summed up in another order');
  }
  for (const [tab, agent] of agents) {
    const seen = await agent.thread(id, { graph: 'pair' }).state();
    if (seen?.version !== log.head || stableText(seen.state) !== stableText(state))
      found.push(`tab ${tab} sees another state`);
  }
  return found.map((fault) => `${id}: ${fault}`);
}

/** Resolves once a mirror shows the newest version. */
function mirrored(agent: Agent, id: string): { readonly shown: (version: number) => Promise<boolean> } {
  let version = 0;
  let wake = (): void => undefined;
  const stop = watchThread(agent.thread(id, { graph: 'pair' }), (view) => {
    version = view.version;
    wake();
  });
  return {
    async shown(wanted) {
      const late = new Promise<boolean>((resolve) => {
        setTimeout(resolve, LATE, false);
      });
      const there = (async () => {
        while (version !== wanted) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        return true;
      })();
      const isShown = await Promise.race([there, late]);
      stop();
      return isShown;
    },
  };
}

async function playAll(schedule: Schedule): Promise<readonly string[]> {
  const all = Array.from({ length: TABS }, (_, tab) => tab);
  const id = threadOf(schedule);
  const mirrors = all.map((tab) => mirrored(agentOf(tab), id));
  const done = await Promise.all(all.map((tab) => play(schedule, tab)));
  const found = [...(await faults(schedule, done))];
  const head = (await agentOf(0).thread(id, { graph: 'pair' }).state())?.version ?? 0;
  for (const [tab, mirror] of mirrors.entries()) {
    if (!(await mirror.shown(head))) found.push(`${id}: tab ${tab} does not show version ${head}`);
  }
  return found;
}

declare global {
  interface Window {
    serial: Serial;
  }
}

window.serial = { play, faults, all: playAll };
