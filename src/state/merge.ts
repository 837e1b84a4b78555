/** Joins the writes of parallel tasks: they may add to one channel together, but not write one place. */
import { AgentError } from '../core/index.ts';
import type { Path, Write } from '../core/index.ts';
import type { ReduceUpdate } from './lower.ts';

/** The writes of one task, and the node that it ran. */
export interface TaskWrites {
  readonly node: string;
  readonly writes: readonly Write[];
  /** Updates of reduce channels. They are not among what is merged, but count as writes. */
  readonly updates: readonly ReduceUpdate[];
}

/** The first task that did a thing, and the first other one: enough to name another than any given task. */
class Doers {
  #first: TaskWrites | undefined;
  #second: TaskWrites | undefined;

  add(task: TaskWrites): void {
    if (this.#first === undefined) this.#first = task;
    else if (this.#first !== task) this.#second ??= task;
  }

  otherThan(task: TaskWrites): TaskWrites | undefined {
    return this.#first === task ? this.#second : this.#first;
  }
}

/** A place in a channel: who wrote it whole, who wrote it or something below it, and the places below. */
class Place {
  readonly here = new Doers();
  readonly below = new Doers();
  readonly #places = new Map<string, Place>();

  at(key: string | number): Place {
    // A record takes 1 and "1" for one key.
    const name = String(key);
    let place = this.#places.get(name);
    if (!place) this.#places.set(name, (place = new Place()));
    return place;
  }
}

/** What the tasks of a step do to one channel. */
class Meeting {
  readonly #sets = new Doers();
  readonly #adds = new Doers();
  readonly #folds = new Doers();
  readonly #patches = new Doers();
  #root: Place | undefined;

  set(task: TaskWrites): TaskWrites | undefined {
    this.#sets.add(task);
    return this.#sets.otherThan(task) ?? this.#others(task, this.#adds, this.#folds, this.#patches);
  }

  add(task: TaskWrites): TaskWrites | undefined {
    this.#adds.add(task);
    return this.#others(task, this.#sets, this.#folds, this.#patches);
  }

  fold(task: TaskWrites): TaskWrites | undefined {
    this.#folds.add(task);
    return this.#others(task, this.#sets, this.#adds, this.#patches);
  }

  patch(task: TaskWrites, path: Path): TaskWrites | undefined {
    this.#patches.add(task);
    let place = (this.#root ??= new Place());
    let met: TaskWrites | undefined;
    for (const key of path) {
      met ??= place.here.otherThan(task);
      place.below.add(task);
      place = place.at(key);
    }
    place.here.add(task);
    place.below.add(task);
    return met ?? place.below.otherThan(task) ?? this.#others(task, this.#sets, this.#adds, this.#folds);
  }

  #others(task: TaskWrites, a: Doers, b: Doers, c: Doers): TaskWrites | undefined {
    return a.otherThan(task) ?? b.otherThan(task) ?? c.otherThan(task);
  }
}

const WHOLE: Path = Object.freeze([]);

/** Where a write works. Taking an item out of a list moves those behind it, so that it works on the whole list. */
function pathOf(write: Write): Path {
  if (write[1] === 'patch') return write[2];
  if (write[1] !== 'delete') return WHOLE;
  return typeof write[2].at(-1) === 'number' ? write[2].slice(0, -1) : write[2];
}

function meet(meeting: Meeting, task: TaskWrites, write: Write): TaskWrites | undefined {
  switch (write[1]) {
    case 'append':
    case 'put':
    case 'text':
      return meeting.add(task);
    case 'set':
    case 'copy':
      return meeting.set(task);
    default: {
      const path = pathOf(write);
      return path.length === 0 ? meeting.set(task) : meeting.patch(task, path);
    }
  }
}

function conflict(earlier: TaskWrites, later: TaskWrites, channel: string, path: Path): AgentError {
  const where = [channel, ...path];
  const names = `"${earlier.node}" and "${later.node}"`;
  return new AgentError('write-conflict', `${names} both wrote "${where.join('.')}" in one step.`, {
    fix: 'Let one of them write it, put them one after the other, or make it an append, map, text or reduce channel.',
    details: { nodes: [earlier.node, later.node], path: where },
  });
}

/**
 * Joins the writes of a step's tasks in the order given. Two tasks conflict when one writes a place that holds, or lies
 * in, a place that the other writes, unless both append, put or add text, or both update a reduce channel.
 *
 * @throws AgentError `write-conflict`, naming both nodes and the path.
 */
export function mergeWrites(tasks: readonly TaskWrites[]): readonly Write[] {
  const [only] = tasks;
  if (only && tasks.length === 1) return only.writes;
  const merged: Write[] = [];
  const meetings = new Map<string, Meeting>();
  const meetingOf = (channel: string): Meeting => {
    let meeting = meetings.get(channel);
    if (!meeting) meetings.set(channel, (meeting = new Meeting()));
    return meeting;
  };
  for (const task of tasks) {
    for (const write of task.writes) {
      const other = meet(meetingOf(write[0]), task, write);
      if (other) throw conflict(other, task, write[0], pathOf(write));
      merged.push(write);
    }
    for (const [channel] of task.updates) {
      const other = meetingOf(channel).fold(task);
      if (other) throw conflict(other, task, channel, WHOLE);
    }
  }
  return merged;
}
