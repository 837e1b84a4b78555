/** Decides what a message asks for: one call, one question, a choice of tools, or nothing. */
import { read } from './extract.ts';
import type { Reading } from './extract.ts';
import { MAX_OFFERED } from './phrases.ts';
import { commands, isContent, rank } from './rank.ts';
import type { Profile, Ranking } from './rank.ts';
import type { Asked } from './sheet.ts';
import { hear, isRefusal, objection } from './speech.ts';
import type { Utterance } from './speech.ts';
import { WEAK } from './words.ts';

export interface Candidate {
  readonly profile: Profile;
  readonly reading: Reading;
  /** From 0 to 1. */
  readonly score: number;
}

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
/** The share of a message, by weight of its words, that must be explained before a tool acts on it. */
const EXPLAINED = { low: 0.6, medium: 0.7, high: 0.8 };
/** The same before a tool asks for what it lacks: what it lacks is often what is not explained. */
const ASK_FROM = 0.4;
const PLAUSIBLE = 0.35;
/** Two tools that are closer than this cannot be told apart. */
const MARGIN = 0.05;

interface Assessment extends Candidate {
  readonly may: 'act' | 'ask' | undefined;
  readonly plausible: boolean;
}

function assess(profile: Profile, reading: Reading, said: Utterance, ranking: Ranking): Assessment {
  const { tool } = profile;
  const { used, missing } = reading;
  const content = [...said.tokens.entries()].filter(([, token]) => isContent(token));
  const first = content.find(([place]) => !used.has(place))?.[1];
  const opening = used.get(content[0]?.[0] ?? -1);
  // The verb may itself be a value: "lock the front door" for a field that takes open, close or lock.
  const isCommand =
    (opening?.kind === 'choice' && opening.required) || (first !== undefined && commands(profile, first));

  let whole = 0;
  let explained = 0;
  let trigger = profile.fields.some((field) => field.kind === 'expression' && field.name in reading.input);
  for (const [place, token] of content) {
    const weight = ranking.weight(token);
    const own = profile.own.has(token.stem) || profile.verbs.has(token.stem) || (isCommand && token === first);
    whole += weight;
    if (used.has(place) || own || profile.counts.has(token.stem)) explained += weight;
    if (own && !used.has(place) && (!WEAK.has(token.word) || (isCommand && token === first))) trigger = true;
  }
  const coverage = whole === 0 ? 0 : explained / whole;
  const against = objection(said, (place) => used.has(place));
  const isRead = tool.effect === 'read';
  const wanted = isRead
    ? against !== 'negated' && said.mood !== 'statement' && (trigger || reading.firm > 1)
    : against === undefined && trigger && isCommand;
  const feasible = missing.length === 0 ? 1 : reading.firm > 0 ? 0.4 : 0;
  const canAct = wanted && missing.length === 0 && coverage >= EXPLAINED[tool.danger];
  const canAsk = wanted && missing[0] !== undefined && missing[0].kind !== 'other' && coverage >= ASK_FROM;
  return {
    ...{ profile, reading, may: canAct ? 'act' : canAsk ? 'ask' : undefined },
    plausible: trigger && coverage >= PLAUSIBLE,
    score: 0.3 * ranking.score(profile) + 0.4 * coverage + 0.2 * feasible + (isCommand ? 0.1 : 0),
  };
}

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
  const ranking = rank(profiles, said.tokens);
  const close = profiles
    .map((profile) => ({ profile, score: ranking.score(profile) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, CLOSE);
  const assessed: Assessment[] = [];
  for (const { profile } of close) {
    assessed.push(assess(profile, await read(profile, said, { now, signal }), said, ranking));
  }
  assessed.sort((a, b) => b.score - a.score);
  const [best, rival] = assessed.filter((one) => one.may !== undefined);
  const isClear = rival === undefined || best === undefined || best.score - rival.score >= MARGIN;
  if (best !== undefined && (isClear || (best.may === 'act' && rival.may === 'ask'))) return proceed(best);
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
