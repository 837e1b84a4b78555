/** Says what a decision was made of: which words meant the tool and which became fields, and which tool came second. */
import type { ExplainedCall, Explanation } from '../../core/index.ts';
import type { Candidate } from './assess.ts';
import type { Decision, Setting } from './decision.ts';
import { read } from './extract.ts';
import type { Earlier } from './follow-ups.ts';
import { commands, isContent, isOwn } from './rank.ts';
import { hear } from './speech.ts';
import { weigh } from './weigh.ts';
import { WEAK } from './words.ts';

/** What a decision was made about. */
export interface Case {
  /** The messages that it was made about, the oldest first. */
  readonly texts: readonly string[];
  readonly setting: Setting;
  readonly earlier: Earlier | undefined;
  /** What was typed, by what it was taken for. */
  readonly mended: ReadonlyMap<string, string>;
  /** The input as it is given to the tool. */
  readonly inputOf: (candidate: Candidate) => unknown;
}

async function explainCall(candidate: Candidate, { texts, setting, inputOf }: Case): Promise<ExplainedCall> {
  const { profile, reading, score } = candidate;
  // What an answer leaves open was said before, so that every message is read for the tool, the newest first.
  const again = await Promise.all(texts.map((text) => read(profile, hear(text), setting)));
  return {
    ...{ tool: profile.tool.name, input: inputOf(candidate), score, values: reading.values },
    missing: reading.missing.map(({ label }) => label),
    fields: profile.fields.map(({ name, label, kind, shape }) => ({
      ...{ name, label },
      rule: kind !== 'text' ? kind : again[0]?.offers.has(name) ? 'thing' : shape ? 'pattern' : 'text',
    })),
    texts: [reading, ...again.reverse()].map(({ said: { text, raw, main, tokens }, used, values }) => ({
      ...{ text, values },
      isEarlier: !texts.at(-1)?.includes(raw) && texts.length > 1,
      words: tokens.map((token, place) => {
        const { start, end, word, stem } = token;
        const field = used.get(place)?.name;
        const isMeant = isOwn(profile, stem) || commands(profile, token);
        const tells = isContent(token) && place < main && (isMeant || !WEAK.has(word));
        return { start, end, as: field ?? (tells ? isMeant : undefined) };
      }),
    })),
  };
}

/** Explains a decision. */
export async function explained(decision: Decision, text: string, about: Case): Promise<Explanation> {
  const { texts, setting, mended, earlier } = about;
  const candidates =
    'candidates' in decision ? decision.candidates : 'candidate' in decision ? [decision.candidate] : [];
  const [chosen] = candidates;
  const { kind } = decision;
  // Nothing else was weighed against an answer, or against what goes on from a call and is certain.
  const isWeighed = texts.length < 2 && candidates.length < 2 && chosen?.score !== 1;
  const assessed = isWeighed ? await weigh(hear(texts.join('')), setting) : [];
  const rival = assessed.find(({ profile }) => profile !== chosen?.profile);
  return {
    ...{ text, mended, before: earlier?.input },
    kind: kind === 'acts' ? 'act' : kind === 'none' && decision.refused ? 'refuse' : kind,
    calls: await Promise.all(candidates.map((candidate) => explainCall(candidate, about))),
    runnerUp: rival && (await explainCall(rival, about)),
  };
}
