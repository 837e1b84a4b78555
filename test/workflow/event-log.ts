import type { RunEvent } from '../../src/core/index.ts';

/** Where an event happened: the path of its subgraph without steps, so that a log is easy to read. */
const place = (ns: string): string => (ns === '' ? '' : `${ns.replace(/\d+:/g, '')}/`);

function lineOf(event: RunEvent): string | undefined {
  const at = place(event.ns);
  switch (event.type) {
    case 'node-start':
      return `begin ${at}${event.node}${event.attempt > 1 ? ` again (${event.attempt})` : ''}`;
    case 'node-end':
      return `end ${at}${event.node} ${event.outcome}`;
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

/** What happened, a line for each event that a reader of a workflow would want to know of. */
export const linesOf = (events: readonly RunEvent[]): readonly string[] =>
  events.flatMap((event) => lineOf(event) ?? []);
