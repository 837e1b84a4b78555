/** The figures of a set, each as a share of the cases that it is about. */
import type { Verdict } from './judge.ts';
import { shareOf } from './wilson.ts';
import type { Share } from './wilson.ts';

const isOf =
  (...classes: readonly Verdict['class'][]) =>
  (verdict: Verdict): boolean =>
    classes.includes(verdict.class);

const isTask = ({ one }: Verdict): boolean => one.expect.nothing !== true;
const isNothing = (verdict: Verdict): boolean => !isTask(verdict);
const isOutOfScope = ({ one }: Verdict): boolean => one.kind === 'out-of-scope';
const mustAsk = ({ one }: Verdict): boolean => one.expect.ask !== undefined;
const isFinished = isOf('done', 'confirmed', 'answered');
const isWrong = isOf('wrong-read', 'wrong-act');

/** What each figure counts, and among which cases. */
const FIGURES = {
  /** A confirmation is the site's question, which no model can avoid. */
  doneNoQuestion: [isTask, isOf('done', 'confirmed')],
  doneOneQuestion: [isTask, isFinished],
  /** The same with confirmations counted as questions. */
  doneUnasked: [isTask, isOf('done')],
  doneAskedOnce: [isTask, (verdict) => isFinished(verdict) && verdict.questions <= 1],
  wrongAct: [() => true, isOf('wrong-act')],
  wrongRead: [() => true, isOf('wrong-read')],
  outOfScopeActedOn: [isOutOfScope, isWrong],
  nothingActedOn: [isNothing, isWrong],
  nothingAskedAbout: [isNothing, isOf('asked')],
  asked: [mustAsk, ({ asked }) => asked],
  askedRight: [mustAsk, ({ askedRight }) => askedRight],
  /** Where tools were offered and something was to be done. */
  toolOffered: [(verdict) => isTask(verdict) && verdict.offered, ({ offeredRight }) => offeredRight],
  toolInSight: [isTask, ({ inSight }) => inSight],
  failed: [
    () => true,
    ({ play }) => [...play.earlier, play.first, play.reply?.turn].some((turn) => turn?.error !== undefined),
  ],
} as const satisfies Record<
  string,
  readonly [among: (verdict: Verdict) => boolean, counts: (verdict: Verdict) => boolean]
>;

export type FigureName = keyof typeof FIGURES;
export type Figures = Readonly<Record<FigureName, Share>>;

/** The figures of some verdicts. */
export function figuresOf(verdicts: readonly Verdict[]): Figures {
  const entries = Object.entries(FIGURES).map(([name, [among, counts]]) => {
    const all = verdicts.filter(among);
    return [name, shareOf(all.filter(counts).length, all.length)] as const;
  });
  // The keys are those of the table above.
  return Object.fromEntries(entries) as Figures;
}
