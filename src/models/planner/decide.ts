/** Decides what one request asks for: one call, one question, a choice of tools, or nothing. */
import { assess } from './assess.ts';
import type { Assessment, Candidate } from './assess.ts';
import type { Lookup } from './catalogue.ts';
import { read } from './extract.ts';
import type { Reading } from './extract.ts';
import { nameAt } from './patterns.ts';
import type { Names } from './patterns.ts';
import { iFindNo, MAX_OFFERED } from './phrases.ts';
import { isExample, leadOf, rank, wordsOf } from './rank.ts';
import type { Profile, Ranking } from './rank.ts';
import type { Asked } from './sheet.ts';
import { objection } from './speech.ts';
import type { Utterance } from './speech.ts';

export type Decision =
  | { readonly kind: 'act'; readonly candidate: Candidate }
  | { readonly kind: 'ask'; readonly candidate: Candidate; readonly asked: Asked; readonly more: boolean }
  | { readonly kind: 'unsure'; readonly candidates: readonly Candidate[] }
  /** Two requests in one message. */
  | { readonly kind: 'split'; readonly parts: readonly [string, string] }
  /** Something is in the way. */
  | { readonly kind: 'tell'; readonly text: string }
  | { readonly kind: 'none'; readonly refused: boolean };

/** What a decision depends on beside the message. */
export interface Setting {
  readonly profiles: readonly Profile[];
  readonly now: number;
  readonly lookup: Lookup;
  /** The names of all things of all tools. */
  readonly names: Names;
}

/** How many tools are read closely, after a first look at words alone. */
const CLOSE = 8;
/** Two tools that are closer than this cannot be told apart. */
const MARGIN = 0.05;

/** How much the name of one of its things speaks for reading a tool closely. */
const NAMED = 0.1;

/** The question for what a tool still lacks, or the call when it lacks nothing. */
export function proceed(candidate: Candidate): Decision {
  const { reading } = candidate;
  const field = reading.missing[0];
  if (field === undefined) return { kind: 'act', candidate };
  if (reading.lost !== undefined) return { kind: 'tell', text: iFindNo(reading.lost) };
  const all = field.kind === 'choice' ? field.options : (reading.offers.get(field.name) ?? []);
  const offered = all.slice(0, MAX_OFFERED);
  return { kind: 'ask', candidate, asked: { field, offered }, more: all.length > offered.length };
}

/** The tools that are worth a close look, best first. */
async function weigh(said: Utterance, ranking: Ranking, setting: Setting): Promise<readonly Assessment[]> {
  const { profiles } = setting;
  const words = wordsOf(said.tokens);
  const close = profiles
    .map((profile) => {
      const alike = isExample(profile, said) ? words.length : (leadOf(profile, words)?.length ?? 0);
      // What a tool suggests it knows, as much as its own words.
      const isNamed = said.tokens.some((_, at) => nameAt(profile.names, said.tokens, at) > 0);
      return { profile, score: ranking.score(profile) + alike + (isNamed ? NAMED : 0) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, CLOSE);
  const assessed: Assessment[] = [];
  for (const { profile } of close) {
    const reading: Reading = await read(profile, said, setting);
    assessed.push(assess(profile, reading, said, { ranking, profiles }));
  }
  return assessed.sort((a, b) => b.score - a.score);
}

/** Decides about one request. */
export async function decideOne(said: Utterance, setting: Setting): Promise<Decision> {
  const assessed = await weigh(said, rank(setting.profiles, said.tokens), setting);
  const [best, rival] = assessed.filter((one) => one.may !== undefined);
  const isClear = rival === undefined || best === undefined || best.score - rival.score >= MARGIN;
  if (best !== undefined && (isClear || (best.may === 'act' && rival.may === 'ask'))) return proceed(best);
  // Of two that fit alike, the one that only reads does no harm.
  const reads = [best, rival].filter((one) => one?.may === 'act' && one.profile.tool.effect === 'read');
  if (reads.length === 1 && reads[0] !== undefined) return proceed(reads[0]);
  const seeker = best === undefined ? assessed.find((one) => one.seeks) : undefined;
  if (seeker !== undefined) return proceed(seeker);
  const candidates = assessed.filter((one) => one.plausible || one.may !== undefined).slice(0, 3);
  const refused = candidates.length > 0 && objection(said, () => false) === 'negated';
  return candidates.length === 0 || refused ? { kind: 'none', refused } : { kind: 'unsure', candidates };
}
