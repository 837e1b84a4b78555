/** Joins the writes of parallel tasks: they may add to one channel together, but not write one place. */
import { AgentError, NONE } from '../core/index.ts';
import type { Path, Write } from '../core/index.ts';
import type { ReduceUpdate } from './lower.ts';

/** The writes of one task, and the node that it ran. */
export interface TaskWrites {
  readonly node: string;
  readonly writes: readonly Write[];
  /** Updates of reduce channels. They are not among what is merged, but count as writes. */
  readonly updates: readonly ReduceUpdate[];
}

/** In which way a task writes a channel: the whole of it, by adding, by updates for its reducer, or at a path. */
type Way = 'set' | 'add' | 'fold' | 'patch';

const WAYS: readonly Way[] = ['set', 'add', 'fold', 'patch'];

/** Who has written one channel, and where. */
class Claims {
  readonly #tasks = new Map<string, Set<TaskWrites>>();

  /** Notes a write, and gives another task with which it conflicts, if there is one. */
  claim(task: TaskWrites, way: Way, path: Path): TaskWrites | undefined {
    let met: TaskWrites | undefined;
    for (const each of WAYS) if (each !== way || way === 'set') met ??= this.#other(each, task);
    this.#note(way, task);
    let place = '';
    path.forEach((key, depth) => {
      // A record takes 1 and "1" for one key. Its length keeps a key apart from two that look like it together.
      const name = String(key);
      place += `/${name.length}:${name}`;
      const isHere = depth === path.length - 1;
      met ??= this.#other(`at${place}`, task) ?? (isHere ? this.#other(`below${place}`, task) : undefined);
      this.#note(`${isHere ? 'at' : 'below'}${place}`, task);
    });
    return met;
  }

  #note(place: string, task: TaskWrites): void {
    const tasks = this.#tasks.get(place);
    if (tasks) tasks.add(task);
    else this.#tasks.set(place, new Set([task]));
  }

  #other(place: string, task: TaskWrites): TaskWrites | undefined {
    for (const each of this.#tasks.get(place) ?? []) if (each !== task) return each;
    return undefined;
  }
}

/** Where a write works. Taking an item out of a list moves those behind it, so that it works on the whole list. */
function pathOf(write: Write): Path {
  if (write[1] === 'patch') return write[2];
  if (write[1] !== 'delete') return NONE;
  return typeof write[2].at(-1) === 'number' ? write[2].slice(0, -1) : write[2];
}

function wayOf(write: Write, path: Path): Way {
  if (write[1] === 'append' || write[1] === 'put' || write[1] === 'text') return 'add';
  return path.length === 0 ? 'set' : 'patch';
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
  const channels = new Map<string, Claims>();
  const claim = (task: TaskWrites, channel: string, way: Way, path: Path): void => {
    const claims = channels.get(channel) ?? new Claims();
    channels.set(channel, claims);
    const other = claims.claim(task, way, path);
    if (other) throw conflict(other, task, channel, path);
  };
  for (const task of tasks) {
    for (const write of task.writes) {
      const path = pathOf(write);
      claim(task, write[0], wayOf(write, path), path);
      merged.push(write);
    }
    for (const [channel] of task.updates) claim(task, channel, 'fold', NONE);
  }
  return merged;
}
