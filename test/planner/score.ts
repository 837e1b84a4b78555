/** Scores a model on a data set: plays every case on the stage of its site, and judges what happened. */
import type { Model } from '../../src/core/index.ts';
import { judge } from './judge.ts';
import type { Verdict } from './judge.ts';
import { play } from './play.ts';
import type { DataSet } from './sets.ts';
import { createStage } from './stage.ts';

/**
 * Plays and judges the cases of a set, one after another.
 *
 * @param kind plays those of one kind alone.
 *
 * @example
 * const verdicts = await score(readSet('dev'), createPlanner());
 * console.log(figuresOf(verdicts).doneNoQuestion);
 */
export async function score({ name, tools, cases }: DataSet, model: Model, kind?: string): Promise<readonly Verdict[]> {
  const stages = new Map(Object.entries(tools).map(([domain, all]) => [domain, createStage(all, model)]));
  const verdicts: Verdict[] = [];
  for (const one of cases.filter((each) => kind === undefined || each.kind === kind)) {
    const begin = stages.get(one.domain);
    const offered = tools[one.domain];
    if (begin === undefined || offered === undefined) throw new Error(`There is no site ${one.domain}.`);
    // Without an offset it is local time, wherever that is.
    const thread = begin(new Date(one.now).getTime());
    verdicts.push(judge(one, await play(one, thread, offered, name), offered, name));
  }
  return verdicts;
}
