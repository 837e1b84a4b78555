/** How the run of a thread stood at each event or version. Pure. */
import type { HistoryEntry, RunEvent } from '../../src/core/index.ts';
import type { CallView, TaskView } from '../../src/client/index.ts';

const SHOWN: readonly string[] = ['node-start', 'node-end', 'tool-start', 'tool-end'];

const isShown = (event: RunEvent): event is Shown => SHOWN.includes(event.type);

/** When a task began and ended, in ms since 1970, as far as somebody has looked. */
export interface TimedTask extends TaskView {
  readonly begun?: number;
  readonly ended?: number;
}

/** How things stood. */
export interface Stand {
  readonly tasks: readonly TimedTask[];
  readonly calls: readonly (CallView & { readonly ns: string })[];
}

type Shown = RunEvent & { readonly type: 'node-start' | 'node-end' | 'tool-start' | 'tool-end' };

/** Something that has changed how things stand. */
export type Moment =
  | { readonly kind: 'version'; readonly version: number; readonly tasks: readonly string[]; readonly isAsked: boolean }
  | { readonly kind: 'event'; readonly event: Shown; readonly at: number | undefined };

const nameOf = (task: string): string => task.replace(/^.*\//, '').replace(/^\d+:|:\d+$/g, '');
const stepOf = (task: string): number => Number.parseInt(task.replace(/^.*\//, ''), 10);

/** What there is of the versions of a thread since its last input. */
function storedMoments(history: readonly HistoryEntry[]): readonly Moment[] {
  const from = history.findLastIndex(({ kind }) => kind === 'input');
  return history.slice(from + 1).flatMap(({ kind, version, tasks }): readonly Moment[] => {
    const isAsked = kind === 'question';
    const isTold = (kind === 'step' || isAsked) && tasks.length > 0;
    return isTold ? [{ kind: 'version', version, tasks, isAsked }] : [];
  });
}

/** All moments of what a thread has been told to do last, those of earlier runs as their versions tell them. */
export class Moments {
  all: readonly Moment[] = [];
  #hasEvents = false;

  /** Takes what was stored, where nothing has been heard yet. */
  read(history: readonly HistoryEntry[]): void {
    if (!this.#hasEvents) this.all = storedMoments(history);
  }

  /** Takes events. @param at undefined for those that happened before anybody looked. */
  hear(events: readonly RunEvent[], at: number | undefined): void {
    const more: Moment[] = [];
    for (const event of events) {
      // What is begun anew has nothing to do with what was done before.
      if (event.type === 'state-delta' && event.ns === '' && event.writes.some(([name]) => name === '~input')) {
        this.all = [];
        more.length = 0;
      }
      if (!isShown(event)) continue;
      this.#hasEvents = true;
      more.push({ kind: 'event', event, at });
    }
    if (more.length > 0) this.all = [...this.all, ...more];
  }

  /** How things stood after so many of them. */
  stand(count: number): Stand {
    const tasks = new Map<string, TimedTask>();
    const calls = new Map<string, CallView & { readonly ns: string }>();
    for (const moment of this.all.slice(0, count)) {
      if (moment.kind === 'version') {
        for (const task of moment.tasks) {
          const status = moment.isAsked ? 'interrupted' : 'ok';
          tasks.set(task, { task, node: nameOf(task), step: stepOf(task), attempt: 1, status });
        }
      } else take(moment, tasks, calls);
    }
    return { tasks: [...tasks.values()], calls: [...calls.values()] };
  }
}

function take(
  { event, at }: Extract<Moment, { kind: 'event' }>,
  tasks: Map<string, TimedTask>,
  calls: Map<string, CallView & { readonly ns: string }>,
): void {
  const { ns } = event;
  switch (event.type) {
    case 'node-start': {
      const { task, node, attempt } = event;
      const begun = attempt > 1 ? tasks.get(task)?.begun : at;
      tasks.delete(task);
      tasks.set(task, {
        ...{ task, node, attempt, step: stepOf(task), status: 'running' },
        ...(begun === undefined ? {} : { begun }),
      });
      break;
    }
    case 'node-end': {
      const known = tasks.get(event.task);
      const ended = at === undefined ? {} : { ended: at };
      if (known) tasks.set(event.task, { ...known, status: event.outcome, ...ended });
      break;
    }
    case 'tool-start': {
      const { callId, tool, input } = event;
      calls.set(callId, { callId, tool, input, status: 'running', ns });
      break;
    }
    case 'tool-end': {
      const known = calls.get(event.callId);
      if (known) calls.set(event.callId, { ...known, status: event.outcome });
      break;
    }
  }
}
