/** Stages of a conversation, such as choosing and paying: when the next begins. */
import type { Stage, StageState } from '../core/index.ts';

/** What speaks for one stage or another. */
export interface StageSignals {
  /** The newest message of the person. */
  readonly text: string;
  /** The tools of the last calls, oldest first, with their categories. */
  readonly calls: readonly { readonly name: string; readonly category?: string }[];
  /** How many turns the conversation has had. */
  readonly turn: number;
}

export interface StageLimits {
  /** How sure it has to be, 0 to 1, for a stage that may well follow. */
  readonly forward: number;
  /** How sure for any other, such as an earlier one. */
  readonly backward: number;
  /** How many of the last calls are looked at, and how many of them at the least have to fit to be quite sure. */
  readonly calls: number;
  readonly callsNeeded: number;
  /** Turns that a stage lasts at the least. */
  readonly cooldown: number;
  /** More changes than so many within so many turns: then the stage stays for as long as that is so. */
  readonly mostMoves: number;
  readonly mostMovesWithin: number;
}

export const STAGE_LIMITS: StageLimits = {
  ...{ forward: 0.5, backward: 0.85, calls: 5, callsNeeded: 4 },
  ...{ cooldown: 1, mostMoves: 3, mostMovesWithin: 8 },
};

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');

/** How many keywords are in a text, as whole words. */
function hits(text: string, keywords: readonly string[]): number {
  // Words of scripts without spaces are found anywhere.
  const isIn = (keyword: string): boolean =>
    new RegExp(`(?<![a-z0-9])${escaped(keyword.toLowerCase())}(?![a-z0-9])`, 'u').test(text);
  return keywords.filter(isIn).length;
}

/**
 * How much speaks for a stage, 0 to 1: each keyword halves what is left of the doubt, and so do calls of its tools, which
 * need not be different ones.
 */
function confidence({ keywords, tools }: Stage, { text, calls }: StageSignals, limits: StageLimits): number {
  const fitting = calls
    .slice(-limits.calls)
    .filter(({ name, category }) => tools.includes(name) || (category !== undefined && tools.includes(category)));
  const doubt = 0.5 ** hits(text.toLowerCase(), keywords);
  return 1 - doubt * (1 - Math.min(1, fitting.length / limits.callsNeeded));
}

/**
 * The stage that a conversation is in after what has just happened; the same object where that is the stage it was in.
 * It begins in the first of the list.
 *
 * @example
 * const state = nextStage(stages, undefined, { text: 'I want to pay', calls: [], turn: 4 });
 */
export function nextStage(
  stages: readonly Stage[],
  current: StageState | undefined,
  signals: StageSignals,
  limits: StageLimits = STAGE_LIMITS,
): StageState {
  const place = stages.findIndex(({ name }) => name === current?.stage);
  const now = stages[place];
  if (!current || !now) {
    // It begins, or the site has other stages by now.
    const first = { stage: stages[0]?.name ?? '', moves: [] };
    return stages.length > 0 ? nextStage(stages, first, signals, limits) : first;
  }
  const { moves } = current;
  const { turn } = signals;
  const recent = moves.filter((move) => turn - move < limits.mostMovesWithin);
  const last = moves.at(-1);
  if (recent.length >= limits.mostMoves || (last !== undefined && turn - last < limits.cooldown)) return current;
  let best = now;
  let most = confidence(now, signals, limits);
  stages.forEach((stage, index) => {
    const sure = confidence(stage, signals, limits);
    const isNext = now.next ? now.next.includes(stage.name) : index > place;
    if (sure <= most || sure < (isNext ? limits.forward : limits.backward)) return;
    best = stage;
    most = sure;
  });
  return best === now ? current : { stage: best.name, moves: [...recent, turn] };
}
