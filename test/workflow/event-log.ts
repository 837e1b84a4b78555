import type { RunEvent } from '../../src/core/index.ts';

/** A task and what happened in it; what runs beside each other has no order of its own, so that it is put into one. */
interface Task {
  readonly lines: string[];
  readonly children: Map<string, Task>;
}

const NONE: readonly string[] = [];

/** The path of the task that an event tells of; empty for those of the run. */
function pathOf(event: RunEvent): readonly string[] {
  switch (event.type) {
    case 'node-start':
    case 'node-end':
    case 'interrupt':
      return event.task.split('/');
    case 'tool-start':
    case 'tool-end':
      // As compute nodes name their calls: thread, task, place.
      return event.callId.split('/').slice(1, -1);
    default:
      return NONE;
  }
}

const nameOf = (task: string): string => task.slice(task.indexOf(':') + 1);

function lineOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'node-start':
      return `begin ${event.node}${event.attempt > 1 ? ` again (${event.attempt})` : ''}`;
    case 'node-end':
      return `end ${event.node} ${event.outcome}`;
    case 'tool-start':
      return `call ${event.tool} ${JSON.stringify(event.input)}`;
    case 'tool-end':
      return `called ${event.tool} ${event.outcome} ${event.output === undefined ? (event.error?.code ?? '') : JSON.stringify(event.output)}`.trimEnd();
    case 'interrupt': {
      const payload = event.payload as Record<string, unknown>;
      const words = ['hitl', 'tool', 'prompt', 'problem'].flatMap((name) =>
        name in payload ? [String(payload[name])] : [],
      );
      return `ask ${event.kind}: ${words.join(', ')}`;
    }
    case 'run-end':
      return `over ${event.status}${event.error ? ` ${event.error.code}: ${event.error.message}` : ''}`;
    default:
      return undefined;
  }
}

const byStepAndName = ([a]: readonly [string, Task], [b]: readonly [string, Task]): number =>
  parseInt(a, 10) - parseInt(b, 10) || (nameOf(a) < nameOf(b) ? -1 : 1);

/** The lines of a task, those of the tasks within it after its first, in the order of their steps. */
function told({ lines, children }: Task, depth: number): readonly string[] {
  const own = lines.map((line) => '  '.repeat(Math.max(depth, 0)) + line);
  const inner = [...children].sort(byStepAndName).flatMap(([, child]) => told(child, depth + 1));
  return [...own.slice(0, 1), ...inner, ...own.slice(1)];
}

/** What happened, a line for each event that a reader of a workflow would want to know of. */
export function linesOf(events: readonly RunEvent[]): readonly string[] {
  const all: string[] = [];
  let root: Task = { lines: [], children: new Map() };
  for (const event of events) {
    const line = lineOf(event);
    if (line === undefined) continue;
    if (event.type === 'run-end') {
      all.push(...told(root, -1), line);
      root = { lines: [], children: new Map() };
      continue;
    }
    let task = root;
    for (const part of pathOf(event)) {
      const child = task.children.get(part) ?? { lines: [], children: new Map() };
      task.children.set(part, child);
      task = child;
    }
    task.lines.push(line);
  }
  return all;
}
