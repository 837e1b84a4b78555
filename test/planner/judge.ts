/** Judges what happened in a case. Every case is in exactly one class. */
import { match } from './match.ts';
import type { Play } from './play.ts';
import { asksRight, isAbout, isQuestion, OFFERED } from './question.ts';
import type { Call, Case, SetName, SetTool } from './sets.ts';

/**
 * - `done`: the wanted calls ran, in their order, and nobody was asked anything.
 * - `confirmed`: the same, after confirmations that the site asks for before dangerous calls, and no other question.
 * - `answered`: the same, after one question of the model, and its answer.
 * - `partly`: some of the wanted calls ran, or all in another order, and nothing else.
 * - `asked`: nothing ran; a question or a confirmation led to nothing that is wanted.
 * - `quiet`: nothing ran and nothing was asked, which is right where nothing is to be done.
 * - `wrong-read`: a call ran that nobody wanted, or before what must be asked was asked; it only reads.
 * - `wrong-act`: the same, and it writes or navigates.
 */
export const CLASSES = [
  'done',
  'confirmed',
  'answered',
  'partly',
  'asked',
  'quiet',
  'wrong-read',
  'wrong-act',
] as const;

export type Class = (typeof CLASSES)[number];

export interface Verdict {
  readonly one: Case;
  readonly play: Play;
  readonly class: Class;
  /** Questions and confirmations on the way, those of earlier turns left out. */
  readonly questions: number;
  /** Of a case in which something must be asked: whether something was before anything ran, and whether that. */
  readonly asked: boolean;
  readonly askedRight: boolean;
  /** Whether a choice of tools was offered, and had a wanted one among the first three. */
  readonly offered: boolean;
  readonly offeredRight: boolean;
  /** Whether a wanted tool was called, to be confirmed, offered or asked about. */
  readonly inSight: boolean;
}

/** The calls that were wrong: not wanted, or made where the person had to be asked first. */
function wrongCalls({ expect }: Case, { earlier, first }: Play, extra: readonly Call[]): readonly Call[] {
  if (expect.ask === undefined) return extra;
  // What the person has confirmed was asked.
  const hasty = [...earlier, first].flatMap(({ ran, confirmed }) => ran.filter((call) => !isIn(confirmed, call)));
  return [...hasty, ...extra];
}

const isIn = (calls: readonly Call[], call: Call): boolean =>
  calls.some((other) => other.tool === call.tool && JSON.stringify(other.input) === JSON.stringify(call.input));

/** Judges a case. */
export function judge(one: Case, played: Play, tools: readonly SetTool[], set: SetName): Verdict {
  const { calls: wanted = [], ask } = one.expect;
  const { earlier, first, reply } = played;
  const toolOf = (name: string): SetTool | undefined => tools.find((tool) => tool.name === name);
  const last = reply ? [first, reply.turn] : [first];
  const turns = [...earlier, ...last];
  const ran = turns.flatMap((turn) => turn.ran);
  const { open, extra } = match(wanted, ran, toolOf, set);
  const wrong = wrongCalls(one, played, extra);
  const isDone =
    open.length === 0 &&
    ran.every((call, at) => match(wanted.slice(at, at + 1), [call], toolOf, set).extra.length === 0);
  const confirmations = last.reduce((sum, { confirmed, refused }) => sum + confirmed.length + refused.length, 0);
  // Once all is done, a question at the end of the text is no more than a manner of speaking.
  const isAsked = isQuestion(first) && (ran.length === 0 || open.length > 0 || reply !== undefined);

  const classOf = (): Class => {
    if (wrong.some(({ tool }) => toolOf(tool)?.effect !== 'read')) return 'wrong-act';
    if (wrong.length > 0) return 'wrong-read';
    if (wanted.length > 0 && isDone) return reply ? 'answered' : confirmations > 0 ? 'confirmed' : 'done';
    if (ran.length > 0) return 'partly';
    return isAsked || confirmations > 0 ? 'asked' : 'quiet';
  };

  const right = wanted.flatMap(({ tool }) => toolOf(tool) ?? []);
  const isRight = ({ tool }: Call): boolean => right.some(({ name }) => name === tool);
  const asksFirst = ask !== undefined && first.ran.every((call) => isIn(first.confirmed, call)) && isQuestion(first);
  const offered = first.offered.slice(0, OFFERED);
  return {
    one,
    play: played,
    class: classOf(),
    questions: (isAsked ? 1 : 0) + confirmations,
    asked: asksFirst,
    askedRight: asksFirst && right.some((tool) => asksRight(first, one, tool, tools)),
    offered: offered.length > 0,
    offeredRight: offered.some(isRight),
    inSight: [...ran, ...first.refused].some(isRight) || right.some((tool) => isAbout(first, tool)),
  };
}

/** Whether a case came to what is wanted, after one question at most. */
export const isRight = ({ one, class: found }: Verdict): boolean =>
  one.expect.nothing === true ? found === 'quiet' : found === 'done' || found === 'confirmed' || found === 'answered';
