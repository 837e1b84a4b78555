/** Which calls of a message are not run. */
import { toWire, AgentError } from '../../core/index.ts';
import type { Limits, Message, ToolCallPart, ToolOutput } from '../../core/index.ts';
import { repetition } from './repeats.ts';
import { countMade, openCall, turnOf } from './rounds.ts';
import type { Made, ToolOf } from './rounds.ts';

/** A call that is not run, and the result that it gets instead. */
export interface BlockedCall {
  readonly call: ToolCallPart;
  readonly output: ToolOutput;
}

function refused(name: string, guard: string, why: string, fix: string): ToolOutput {
  const error = new AgentError('tool-denied', `"${name}" was not run: ${why}`, { fix, details: { tool: name, guard } });
  return { type: 'error-json', value: toWire(error) };
}

const isOpen = ({ ended }: Made): boolean => ended === 'open';

/**
 * The calls of a new message of the model that are not to be run: those that a person has said no to in this turn, those
 * that gave the same too often, and those beyond the budget of the turn.
 *
 * @param messages the conversation, with or without the new message.
 */
export function screenCalls(
  calls: readonly ToolCallPart[],
  messages: readonly Message[],
  limits: Limits,
  toolOf: ToolOf,
): readonly BlockedCall[] {
  if (calls.length === 0) return [];
  const turn = turnOf(messages, toolOf).made;
  const made = turn.some(isOpen) ? turn.filter((call) => !isOpen(call)) : turn;
  let left = limits.callsPerTurn - countMade(made);
  return calls.flatMap((call): readonly BlockedCall[] => {
    const asked = openCall(call, toolOf);
    const { name, exact } = asked;
    const blocked = (guard: string, why: string, fix: string) => [{ call, output: refused(name, guard, why, fix) }];
    if (made.some((other) => other.ended === 'denied' && other.exact === exact && other.name === name)) {
      return blocked('denied', 'the person has just said no to it.', 'Do something else, or ask what is wanted.');
    }
    const { times, most } = repetition(made, asked, limits);
    if (times >= most) {
      const fix = 'Work with that result, call it with other arguments, or answer.';
      return blocked('repeated-call', `it gave the same result ${most} times in this turn.`, fix);
    }
    if (left-- > 0) return [];
    const why = `the ${limits.callsPerTurn} calls of this turn are used up.`;
    return blocked('tool-budget', why, 'Answer with what there is, and say what is left to do.');
  });
}
