/** Plays a case: says what the set says, and answers for the person, who knows what is wanted and says no to all else. */
import { match } from './match.ts';
import { asksRight, isQuestion, replyTo } from './question.ts';
import type { Call, Case, SetName, SetTool } from './sets.ts';
import type { Thread, Turn } from './stage.ts';

/** What happened in a case. */
export interface Play {
  /** The turns before the last one, without the calls that the set prescribes: of these only what ran counts. */
  readonly earlier: readonly Turn[];
  /** The answer to the last thing that the set says. */
  readonly first: Turn;
  /** The answer to the person's answer, where the first was a question that has one. */
  readonly reply?: { readonly said: string; readonly turn: Turn };
}

/** Plays a case on a thread of its own. */
export async function play(one: Case, thread: Thread, tools: readonly SetTool[], set: SetName): Promise<Play> {
  const { say, before = [], expect } = one;
  const wanted = expect.calls ?? [];
  const toolOf = (name: string): SetTool | undefined => tools.find((tool) => tool.name === name);
  const allowed: Call[] = [];
  const approves = (call: Call): boolean => {
    const isWanted = match(match(wanted, allowed, toolOf, set).open, [call], toolOf, set).extra.length === 0;
    if (isWanted) allowed.push(call);
    return isWanted;
  };

  const turns = typeof say === 'string' ? [say] : say;
  const earlier: Turn[] = [];
  for (const [index, text] of turns.slice(0, -1).entries()) {
    const known = before[index];
    earlier.push(await (known ? thread.replay(text, known, approves) : thread.say(text, approves)));
  }
  const first = await thread.say(turns.at(-1) ?? '', approves);
  const ran = [...earlier, first].flatMap((turn) => turn.ran);
  const [next] = match(wanted, ran, toolOf, set).open;
  const tool = next && toolOf(next.tool);
  if (next === undefined || tool === undefined || !isQuestion(first)) return { earlier, first };
  const answer = expect.ask === undefined ? replyTo(first, next, tool) : expect.then;
  if (answer === undefined || (expect.ask !== undefined && !asksRight(first, one, tool, tools)))
    return { earlier, first };
  return { earlier, first, reply: { said: answer, turn: await thread.say(answer, approves) } };
}
