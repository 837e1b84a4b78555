/** What a thread must have come to in the end. */
import type { Message, ToolOutput } from '../../src/core/index.ts';
import { isRecord, messageCalls, messageText } from '../../src/core/index.ts';
import { fileOf, isAllowed, itemOf, jobOf, paymentOf, roundsOf, TOOLS } from './plan.ts';
import type { Call, Plan } from './plan.ts';

/** What the driver knows of a call or an effect. */
export interface Known {
  /** How often it began, and how often it was over. */
  readonly begun: number;
  readonly done: number;
  /** What a person has said of it when it was cut off. */
  readonly outcomes: readonly string[];
}

const NOTHING: Known = { begun: 0, done: 0, outcomes: [] };

type State = Readonly<Record<string, unknown>>;

/** What is wrong with what a call has come to; undefined when nothing is. */
function faultOf({ key, tool }: Call, output: ToolOutput, { begun, done, outcomes }: Known): string | undefined {
  const mayRun = !TOOLS[tool].asks || isAllowed(key);
  switch (output.type) {
    case 'execution-denied':
      return mayRun ? 'was denied' : undefined;
    case 'error-json':
      return output.value.code === 'aborted' && outcomes.includes('cancel') ? undefined : output.value.message;
    case 'json': {
      if (!mayRun) return 'ran although it was not allowed';
      const said = isRecord(output.value) && 'message' in output.value;
      if (said) return outcomes.includes('done') ? undefined : 'was taken for done';
      return begun > 0 && done > 0 ? undefined : 'has a result and never ran';
    }
  }
}

/** What is wrong with a conversation. */
function faultsOfAgent(plan: Plan, state: State, known: Readonly<Record<string, Known>>): string[] {
  const faults: string[] = [];
  const messages = (state['messages'] ?? []) as readonly Message[];
  const starts = messages.flatMap(({ role }, index) => (role === 'user' ? [index] : []));
  if (starts.length !== plan.turns) faults.push(`it has ${starts.length} turns of ${plan.turns}`);
  starts.forEach((start, turn) => {
    const part = messages.slice(start + 1, starts[turn + 1]);
    const results = part.flatMap((message) => (message.role === 'tool' ? message.content : []));
    const asked = part.flatMap(messageCalls);
    const wanted = roundsOf(plan, turn).flat();
    const keys = asked.map(({ input }) => (input as Call).key);
    if (String(keys) !== String(wanted.map(({ key }) => key))) faults.push(`turn ${turn} asked for ${String(keys)}`);
    for (const [index, { toolCallId }] of asked.entries()) {
      const call = wanted[index];
      const found = results.filter((result) => result.toolCallId === toolCallId);
      const [result] = found;
      if (!call || !result || found.length !== 1) faults.push(`call ${String(call?.key)} has ${found.length} results`);
      else {
        const fault = faultOf(call, result.output, known[call.key] ?? NOTHING);
        if (fault !== undefined) faults.push(`call ${call.key} (${call.tool}) ${fault}`);
      }
    }
    const last = part.at(-1);
    if (!last || messageText(last) !== `Done ${turn}`) faults.push(`turn ${turn} has no end`);
  });
  return faults;
}

/** What is wrong with the state of the graph. */
function faultsOfOrder(plan: Plan, state: State, known: Readonly<Record<string, Known>>): string[] {
  const faults: string[] = [];
  const log: string[] = [];
  const rows = [0, 0, 0];
  const cells = new Map<string, string>();
  const files = new Map<string, string>();
  const keys: string[] = [];
  const answers: string[] = [];
  for (let turn = 0; turn < plan.turns; turn++) {
    const job = jobOf(plan, turn);
    for (let step = 0; step < job.steps; step++) {
      log.push(itemOf(job, step));
      cells.set(`cell${step % 5}`, itemOf(job, step));
      files.set(fileOf(step), itemOf(job, step));
      rows[step % 3] = (rows[step % 3] ?? 0) + 1;
      const key = paymentOf(job, step);
      if (key !== undefined) keys.push(key);
    }
    answers.push(`${turn} ${plan.id}`);
  }
  const same = (name: string, found: unknown, wanted: unknown): void => {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) faults.push(`its ${name} is not right`);
  };
  same('log', state['log'], log);
  same('total', state['total'], log.length);
  same(
    'table',
    (state['table'] as { rows?: { count: number }[] } | undefined)?.rows?.map(({ count }) => count),
    rows,
  );
  const stored = state['cells'] as ReadonlyMap<string, string> | undefined;
  same('cells', [...(stored ?? [])].sort(), [...cells].sort());
  same('files', [...(state['files'] as ReadonlyMap<string, string>)].sort(), [...files].sort());
  same('answers', state['answers'], answers);
  const paid = ((state['paid'] ?? []) as readonly string[]).map((each) => each.split(' '));
  same(
    'payments',
    paid.map(([key]) => key),
    keys,
  );
  for (const [key = '', value] of paid) {
    const { begun } = known[key] ?? NOTHING;
    if (!(Number(value) >= 1 && Number(value) <= begun)) faults.push(`${key} has ${String(value)}, had ${begun} times`);
  }
  return faults;
}

/** What is wrong with a thread that has come to its end; of its files the contents are given. */
export function faultsOf(plan: Plan, state: State, known: Readonly<Record<string, Known>>): string[] {
  return plan.graph === 'agent' ? faultsOfAgent(plan, state, known) : faultsOfOrder(plan, state, known);
}
