/** What a tool is about, in stems, and how well a message fits it by BM25. */
import type { ModelTool } from '../../core/index.ts';
import { isRecord } from '../../core/index.ts';
import { fieldsOf } from './fields.ts';
import type { Field, Option } from './fields.ts';
import { quantities } from './numbers.ts';
import { nameAt, namesOf, patternsOf } from './patterns.ts';
import type { Names } from './patterns.ts';
import { hear } from './speech.ts';
import type { Utterance } from './speech.ts';
import { nameWords, tokenise } from './tokens.ts';
import type { Token } from './tokens.ts';
import { ARTICLE, STOP, verbClass, WEAK } from './words.ts';

export interface Profile {
  readonly tool: ModelTool;
  readonly fields: readonly Field[];
  /** Stems of everything that the tool says about itself, with how much they weigh. */
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
  /** Stems of its name, description and schema. */
  readonly own: ReadonlySet<string>;
  /** Stems of its command verbs: what its examples and its description begin with. */
  readonly verbs: ReadonlySet<string>;
  /** How its examples begin, as words, the longest first: `remind me to`. */
  readonly leads: readonly (readonly string[])[];
  /** Stems that its questions end with: `mean` of `what does … mean`. */
  readonly ends: ReadonlySet<string>;
  /** The names of the things that it suggests. */
  readonly names: Names;
  /** The patterns of its examples. */
  readonly examples: ReadonlySet<string>;
}

/** Weights of a word by where it stands. BM25F, by adding weighted counts: Robertson, Zaragoza & Taylor, CIKM 2004. */
const WEIGHT = { name: 3, examples: 2, description: 1.5, schema: 1 };
/** The usual constants of Okapi BM25. */
const K1 = 1.2;
const B = 0.75;
const READ = 2000;

export const wordsOf = (tokens: readonly Token[]): readonly string[] => tokens.map((token) => token.word);

export const isContent = (token: Token): boolean => !STOP.has(token.word);

/** Any number counts as the same word, so that `12 times 7` is like an example with other numbers. */
const term = (token: Token): string => (/^\d/.test(token.word) ? '#' : token.stem);

/**
 * Reads what a tool says of itself. Its texts are cut at 2,000 characters each.
 *
 * @param things What it suggests for its text fields: in its examples they may be any other of them.
 */
export function profileOf(tool: ModelTool, things: readonly Option[] = []): Profile {
  const names = namesOf(things);
  const counts = new Map<string, number>();
  const count = (tokens: readonly Token[], weight: number): void => {
    for (const token of tokens.filter(isContent)) counts.set(term(token), (counts.get(term(token)) ?? 0) + weight);
  };
  const name = nameWords(tool.name);
  const description = tokenise(tool.description.slice(0, READ));
  count(name, WEIGHT.name);
  count(description, WEIGHT.description);
  count(schemaWords(tool.input), WEIGHT.schema);
  const own = new Set(counts.keys());
  const examples = tool.examples.map((example) => hear(example.slice(0, READ)));
  // Weighed as one text: many examples shall not make a tool louder than one that has few.
  for (const example of examples) count(example.tokens, WEIGHT.examples / examples.length);

  const verbs = new Set(name.map((token) => token.stem).filter((stem) => verbClass(stem) !== undefined));
  const begin = description[0];
  if (begin !== undefined && isContent(begin)) verbs.add(begin.stem);
  const leads = examples.map((example) => lead(example, own, verbs, names)).filter((words) => words.length > 0);
  leads.sort((a, b) => b.length - a.length);
  const length = [...counts.values()].reduce((sum, weight) => sum + weight, 0);
  const last = examples.flatMap(({ tokens, mood }) => (mood === 'question' ? tokens.slice(-1) : []));
  return {
    ends: new Set(
      last
        .filter(isContent)
        .map((token) => token.stem)
        .filter((stem) => own.has(stem)),
    ),
    tool,
    fields: fieldsOf(tool.input),
    counts,
    length,
    own,
    verbs,
    leads,
    names,
    examples: new Set(examples.flatMap((example) => patternsOf(example, names).slice(-1))),
  };
}

function schemaWords(schema: unknown): readonly Token[] {
  const properties = isRecord(schema) ? schema['properties'] : undefined;
  return Object.entries(isRecord(properties) ? properties : {}).flatMap(([name, property]) => {
    const { title, description, enum: values } = isRecord(property) ? property : {};
    const said = [title, description, ...(Array.isArray(values) ? (values as unknown[]) : [])];
    const texts = said.filter((text) => typeof text === 'string');
    return [...nameWords(name), ...texts.flatMap((text) => nameWords(text.slice(0, READ)))];
  });
}

/** The words before the part of an example that changes: its verb, and what the tool's own words explain. */
function lead(
  { text, tokens, mood, wish }: Utterance,
  own: ReadonlySet<string>,
  verbs: Set<string>,
  names: Names,
): readonly string[] {
  let verb: string | undefined;
  let length = 0;
  const amounts = quantities(text, tokens);
  for (; length < tokens.length; length++) {
    const token = tokens[length];
    if (token === undefined || amounts.some(({ from }) => from === length)) break;
    if ((length > 0 || wish) && nameAt(names, tokens, length) > 0) break;
    if (!isContent(token)) continue;
    if (verb !== undefined || mood === 'question') {
      if (!own.has(token.stem) && !(mood === 'question' && WEAK.has(token.word))) break;
    } else verb = token.stem;
  }
  // "I have finished …" tells, so that its verb commands nothing; its words as a whole do.
  if (verb !== undefined && mood === 'command') verbs.add(verb);
  const words = tokens.slice(0, length).map((token) => token.word);
  while (ARTICLE.has(words.at(-1) ?? '')) words.pop();
  return mood !== 'command' && words.length < 2 ? [] : words;
}

/** How a message begins when it begins as an example does. */
export const leadOf = (profile: Profile, words: readonly string[]): readonly string[] | undefined =>
  profile.leads.find((lead) => lead.every((word, at) => words[at] === word));

/** Whether a message is said just as an example is, but for the things and the amounts in it. */
export const isExample = (profile: Profile, said: Utterance): boolean =>
  patternsOf(said, profile.names).some((pattern) => profile.examples.has(pattern));

/** Whether a word commands what the tool does: one of its verbs, or one that people use for it. */
export function commands(profile: Profile, token: Token): boolean {
  // "added" and "adding" tell; only "add" commands.
  if (token.stem !== token.word && /(?<!e)(?:ed|ing)$/.test(token.word)) return false;
  if (profile.verbs.has(token.stem)) return true;
  // What may do harm must be called by its name.
  const group = profile.tool.danger === 'low' ? verbClass(token.stem) : undefined;
  return group !== undefined && [...profile.verbs].some((verb) => verbClass(verb) === group);
}

export interface Ranking {
  /** From 0 to 1 by BM25: 1 would be a tool that says nothing but these words. */
  score(profile: Profile): number;
  /** How much a word tells: 1 for one that no tool knows, less for one that many tools know. */
  weight(token: Token): number;
}

/** Ranks the tools for a message. */
export function rank(profiles: readonly Profile[], tokens: readonly Token[]): Ranking {
  const average = profiles.reduce((sum, profile) => sum + profile.length, 0) / Math.max(1, profiles.length);
  const idf = (stem: string): number => {
    const known = profiles.filter((profile) => profile.counts.has(stem)).length;
    return Math.log(1 + (profiles.length - known + 0.5) / (known + 0.5));
  };
  const query = new Map(tokens.filter(isContent).map((token) => [term(token), token]));
  const idfs = new Map([...query.keys()].map((stem) => [stem, idf(stem)]));
  const most = Math.log(1 + (profiles.length + 0.5) / 0.5);
  const ideal = [...idfs.values()].reduce((sum, value) => sum + value * (K1 + 1), 0);
  return {
    weight: (token) => (WEAK.has(token.word) ? 0.4 : Math.max(0.4, (idfs.get(term(token)) ?? most) / most)),
    score(profile) {
      const norm = K1 * (1 - B + (B * profile.length) / Math.max(1, average));
      let sum = 0;
      for (const [stem, token] of query) {
        const count = profile.counts.get(stem) ?? (commands(profile, token) ? 1 : 0);
        sum += ((idfs.get(stem) ?? 0) * count * (K1 + 1)) / (count + norm);
      }
      return ideal === 0 ? 0 : sum / ideal;
    },
  };
}
