/** A turn as the guards see it: the messages of the model, each with its calls and how they ended. */
import type { AssistantMessage, Message, ToolCallPart, ToolResultPart, ToolSpec } from '../../core/index.ts';
import { READ_OUTPUT } from '../../tools/index.ts';
import { fingerprint } from './fingerprint.ts';

/** What the guards want to know of a tool; undefined for one that is not there. */
export type ToolOf = (name: string) => Pick<ToolSpec, 'name' | 'effect'> | undefined;

/** A call of the turn, with numbers that can be compared instead of values. */
export interface Made {
  readonly id: string;
  readonly name: string;
  /** Whether it can have changed nothing. */
  readonly reads: boolean;
  /** Of all its input. */
  readonly exact: number;
  /** Of its input without what only leafs through results. */
  readonly key: number;
  /** `blocked`: it was not run; `denied`: a person said no; `open`: it has no result yet. */
  ended: 'ok' | 'failed' | 'blocked' | 'denied' | 'open';
  /** Of what it gave. */
  gave: number;
}

/** A message of the model, and its calls. */
export interface Round {
  readonly message: AssistantMessage;
  readonly calls: readonly Made[];
  /** The words at the beginning of its text, once somebody has asked. */
  words?: ReadonlySet<string>;
}

/** A turn, read. */
export interface Turn {
  readonly rounds: readonly Round[];
  /** The calls of all rounds. */
  readonly made: readonly Made[];
  /** What the model was told, by the ids of the messages, and after how many rounds. */
  readonly notes: readonly { readonly id: string; readonly after: number }[];
}

/** A turn as far as it has been read. */
interface Reading extends Turn {
  readonly rounds: Round[];
  readonly made: Made[];
  readonly notes: { readonly id: string; readonly after: number }[];
  /** The messages that have been read. */
  readonly messages: Message[];
  readonly toolOf: ToolOf;
}

/** Arguments that leaf through what is otherwise the same question. */
const PAGING = new Set(
  'page pageNumber page_number pageIndex page_index pageSize page_size pageToken page_token perPage per_page offset skip limit cursor startIndex start_index'.split(
    ' ',
  ),
);

/** The failures of calls that nothing has been run for. */
const NOT_RUN: readonly string[] = ['tool-denied', 'tool-disabled', 'tool-gone', 'tool-not-granted', 'unknown-tool'];

/** A call before it has a result. */
export function openCall({ toolCallId: id, toolName, input }: ToolCallPart, toolOf: ToolOf): Made {
  const tool = toolOf(toolName);
  const reads = tool ? tool.effect === 'read' : toolName === READ_OUTPUT;
  const [exact, key] = [fingerprint(input), fingerprint(input, PAGING)];
  return { id, name: tool?.name ?? toolName, reads, exact, key, ended: 'open', gave: 0 };
}

function close(call: Made, { output }: ToolResultPart): void {
  if (output.type === 'execution-denied') {
    call.ended = 'denied';
  } else if (output.type === 'json') {
    call.ended = 'ok';
    call.gave = fingerprint(output.value);
  } else {
    const { code, message } = output.value;
    call.ended = NOT_RUN.includes(code) ? 'blocked' : 'failed';
    call.gave = fingerprint(code + message);
  }
}

function read({ rounds, made, notes, toolOf }: Reading, message: Message): void {
  if (message.role === 'system') notes.push({ id: message.id, after: rounds.length });
  else if (message.role === 'tool') {
    for (const part of message.content) {
      // A call that was taken back later has been made all the same: the first result counts.
      const call = made.findLast(({ id }) => id === part.toolCallId);
      if (call?.ended === 'open') close(call, part);
    }
  } else if (message.role === 'assistant') {
    const calls: Made[] = [];
    for (const part of message.content) if (part.type === 'tool-call') calls.push(openCall(part, toolOf));
    made.push(...calls);
    rounds.push({ message, calls });
  }
}

/** How many calls of a turn count towards its budget: those that were not kept from running. */
export function countMade(made: readonly Made[]): number {
  let count = 0;
  for (const { ended } of made) if (ended !== 'blocked') count++;
  return count;
}

/** The turns that were read last, so that of one that goes on only what is new is read. Messages never change. */
const recent: Reading[] = [];

/** How many threads may take turns. */
const MOST_RECENT = 4;

/** What has been read of a turn, no longer among them. */
function takeKnown(messages: readonly Message[], from: number, toolOf: ToolOf): Reading | undefined {
  const place = recent.findIndex(({ messages: before, toolOf: by }) => {
    if (by !== toolOf || before.length > messages.length - from) return false;
    // A message is in one place of one conversation: with the same last one, all before it are the same.
    return before.at(-1) === messages[from + before.length - 1];
  });
  return place < 0 ? undefined : recent.splice(place, 1)[0];
}

/**
 * What the model did since the last message of the person. It is good until the next call of this function.
 *
 * @param toolOf the same function from time to time, for else the turn is read anew.
 */
export function turnOf(messages: readonly Message[], toolOf: ToolOf): Turn {
  let from = messages.length;
  while (from > 0 && messages[from - 1]?.role !== 'user') from--;
  const known = takeKnown(messages, from, toolOf);
  const turn = known ?? { rounds: [], made: [], notes: [], messages: [], toolOf };
  for (let at = from + turn.messages.length; at < messages.length; at++) {
    const message = messages[at] as Message;
    turn.messages.push(message);
    read(turn, message);
  }
  if (turn.messages.length > 0) recent.unshift(turn);
  if (recent.length > MOST_RECENT) recent.pop();
  return turn;
}
