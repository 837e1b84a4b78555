/** Decides what a message asks for: one call, one question, a choice of tools, or nothing. */
import { assess } from './assess.ts';
import type { Assessment, Candidate } from './assess.ts';
import { read } from './extract.ts';
import { MAX_OFFERED } from './phrases.ts';
import { isContent, leadOf, rank, wordsOf } from './rank.ts';
import type { Profile } from './rank.ts';
import type { Asked } from './sheet.ts';
import { hear, isRefusal, objection } from './speech.ts';

export type Decision =
  | { readonly kind: 'act'; readonly profile: Profile; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: 'ask'; readonly candidate: Candidate; readonly asked: Asked; readonly more: boolean }
  | { readonly kind: 'unsure'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'none'; readonly refused: boolean };

/** What a decision depends on beside the message. */
export interface Setting {
  readonly profiles: readonly Profile[];
  readonly now: number;
  readonly signal: AbortSignal;
}

/** How many tools are read closely, after a first look at words alone. */
const CLOSE = 8;
/** Two tools that are closer than this cannot be told apart. */
const MARGIN = 0.05;

/** The question for what a tool still lacks, or the call when it lacks nothing. */
function proceed(candidate: Candidate): Decision {
  const { profile, reading } = candidate;
  const field = reading.missing[0];
  if (field === undefined) return { kind: 'act', profile, input: reading.input };
  const all = field.kind === 'choice' ? field.options : (reading.offers.get(field.name) ?? []);
  const offered = all.slice(0, MAX_OFFERED);
  return { kind: 'ask', candidate, asked: { field, offered }, more: all.length > offered.length };
}

/** Decides about one message by itself. */
export async function decide(text: string, { profiles, now, signal }: Setting): Promise<Decision> {
  const said = hear(text);
  const words = wordsOf(said.tokens);
  const ranking = rank(profiles, said.tokens);
  const close = profiles
    .map((profile) => ({ profile, score: ranking.score(profile) + (leadOf(profile, words)?.length ?? 0) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, CLOSE);
  const assessed: Assessment[] = [];
  for (const { profile } of close) {
    assessed.push(assess(profile, await read(profile, said, { now, signal }), said, { ranking, profiles }));
  }
  assessed.sort((a, b) => b.score - a.score);
  const [best, rival] = assessed.filter((one) => one.may !== undefined);
  const isClear = rival === undefined || best === undefined || best.score - rival.score >= MARGIN;
  if (best !== undefined && (isClear || (best.may === 'act' && rival.may === 'ask'))) return proceed(best);
  // Of two that fit alike, the one that only reads does no harm.
  const reads = [best, rival].filter((one) => one?.may === 'act' && one.profile.tool.effect === 'read');
  if (reads.length === 1 && reads[0] !== undefined) return proceed(reads[0]);
  const candidates = assessed.filter((one) => one.plausible || one.may !== undefined).slice(0, 3);
  const refused = candidates.length > 0 && objection(said, () => false) === 'negated';
  return candidates.length === 0 || refused ? { kind: 'none', refused } : { kind: 'unsure', candidates };
}

/** How long an answer may be that is asked for again when it says nothing of what was asked. */
const SHORT = 4;

async function reply(text: string, pending: Decision & { kind: 'ask' }, setting: Setting): Promise<Decision> {
  if (isRefusal(text)) return { kind: 'none', refused: true };
  const { candidate, asked } = pending;
  const { profile } = candidate;
  const said = hear(text);
  const known = candidate.reading.input;
  const reading = await read(profile, said, { ...setting, known, asked });
  const answers =
    asked.field.name in reading.input && objection(said, (place) => reading.used.has(place)) !== 'negated';
  const isText = !reading.offers.has(asked.field.name) && asked.field.kind === 'text';
  const isWhole = said.tokens.every((token, place) => reading.used.has(place) || !isContent(token));
  if (answers && isWhole && !isText) return proceed({ ...candidate, reading });
  const fresh = await decide(text, setting);
  if (fresh.kind === 'act' || fresh.kind === 'ask') return fresh;
  if (answers && said.mood !== 'question') return proceed({ ...candidate, reading });
  return said.tokens.length <= SHORT && said.mood === 'command' ? pending : fresh;
}

/**
 * Decides about the last of some messages, each of which may answer the question that the one before it led to.
 * Nothing is remembered between calls: the questions are found again by deciding again.
 */
export async function decideAll(texts: readonly string[], setting: Setting): Promise<Decision> {
  let decision: Decision = { kind: 'none', refused: false };
  for (const text of texts) {
    decision = decision.kind === 'ask' ? await reply(text, decision, setting) : await decide(text, setting);
  }
  return decision;
}
