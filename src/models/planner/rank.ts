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
import { joinVerbs, nameWords, tokenise } from './tokens.ts';
import type { Token } from './tokens.ts';
import { ARTICLE, groupsOf, PARTICLE, sameDeed, STOP, verbClasses, WEAK } from './words.ts';

export interface Profile {
  readonly tool: ModelTool;
  readonly fields: readonly Field[];
  /** What its fields must look like, where that tells them from any word. */
  readonly shapes: readonly RegExp[];
  /** Stems of everything that the tool says about itself, with how much they weigh. */
  readonly counts: ReadonlyMap<string, number>;
  /** The same by groups of words for the same. */
  readonly groups: ReadonlyMap<number, number>;
  readonly length: number;
  /** Stems of its name, description and schema, and the groups of words for the same that they are in. */
  readonly own: ReadonlySet<string>;
  readonly ownGroups: ReadonlySet<number>;
  /** Stems of its command verbs: what its examples and its description begin with. */
  readonly verbs: ReadonlySet<string>;
  /** How its examples begin, as words, the longest first: `remind me to`. */
  readonly leads: readonly (readonly string[])[];
  /** What it suggests, and the names of these things. */
  readonly things: readonly Option[];
  readonly names: Names;
  /** The stems that these names are made of. */
  readonly parts: ReadonlySet<string>;
  /** The patterns of its examples. */
  readonly examples: ReadonlySet<string>;
}

/** Weights of a word by where it stands. BM25F, by adding weighted counts: Robertson, Zaragoza & Taylor, CIKM 2004. */
const WEIGHT = { name: 3, examples: 2, description: 1.5, schema: 1 };
/** The usual constants of Okapi BM25. */
const K1 = 1.2;
const B = 0.75;
const READ = 2000;
const ADDS = new Set(['add', 'put', 'not', 'writ', 'sav']);
/** What another word for the same counts. */
const OTHER = 0.7;

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
  const isVerb = (stems: string): boolean => PARTICLE.has(stems);
  const name = joinVerbs(nameWords(tool.name), isVerb);
  const description = joinVerbs(tokenise(tool.description.slice(0, READ)), isVerb);
  count(name, WEIGHT.name);
  count(description, WEIGHT.description);
  count(schemaWords(tool.input), WEIGHT.schema);
  const own = new Set(counts.keys());
  const examples = tool.examples.map((example) => hear(example.slice(0, READ)));
  // "add … to my to-do list" says where things go.
  for (const { text, tokens } of examples) {
    const place = ADDS.has(tokens[0]?.stem ?? '')
      ? /\b(?:to|on|in|into) (?:my|the|your) ([^,;.]+)$/.exec(text)?.[1]
      : undefined;
    for (const token of tokenise(place ?? '').filter(isContent)) own.add(token.stem);
  }
  // Weighed as one text: many examples shall not make a tool louder than one that has few.
  for (const example of examples) count(example.tokens, WEIGHT.examples / examples.length);

  // Of "track_order" the first is the verb; "set_heating" also heats, and "my_orders" names things.
  const deeds = name.filter(({ stem }) => verbClasses(stem).length > 0);
  const verbs = new Set(
    deeds.filter(({ word, stem }, at) => at === 0 || (stem !== word && !/[^s]s$/.test(word))).map(({ stem }) => stem),
  );
  // What "plan_meal" does is to plan, whoever knows that verb.
  if (deeds.length === 0 && tool.effect !== 'read' && name.length > 0) verbs.add(name[0]?.stem ?? '');
  const begin = description[0];
  if (begin !== undefined && isContent(begin)) verbs.add(begin.stem);
  const leads = examples.map((example) => lead(example, own, verbs, names)).filter((words) => words.length > 0);
  leads.sort((a, b) => b.length - a.length);
  const groups = new Map<number, number>();
  for (const [stem, weight] of counts)
    for (const group of groupsOf(stem)) groups.set(group, Math.max(weight, groups.get(group) ?? 0));
  const fields = fieldsOf(tool.input);
  const length = [...counts.values()].reduce((sum, weight) => sum + weight, 0);
  return {
    tool,
    fields,
    shapes: fields.flatMap(({ shape }) =>
      shape === undefined || shape.test('word') || shape.test('0 00 00 00') ? [] : [shape],
    ),
    counts,
    groups,
    length,
    own,
    ownGroups: new Set([...own].flatMap(groupsOf)),
    verbs,
    leads,
    things,
    names,
    parts: new Set(things.flatMap(({ ways }) => ways.flat())),
    examples: new Set(examples.flatMap((example) => patternsOf(example, names).slice(-1))),
  };
}

function schemaWords(schema: unknown): readonly Token[] {
  const properties = isRecord(schema) ? schema['properties'] : undefined;
  return Object.entries(isRecord(properties) ? properties : {}).flatMap(([name, property]) => {
    const { title, description, enum: values, items } = isRecord(property) ? property : {};
    const inner = isRecord(items) ? items : {};
    const said = [
      title,
      description,
      ...[values, inner['enum']].flatMap((all) => (Array.isArray(all) ? (all as unknown[]) : [])),
    ];
    const texts = said.filter((text) => typeof text === 'string');
    return [
      ...nameWords(name),
      ...texts.flatMap((text) => nameWords(text.slice(0, READ))),
      ...schemaWords(property),
      ...schemaWords(inner),
    ];
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
  // "printer on" begins with a thing.
  const isVerb = verbClasses(verb ?? '').length > 0 || (length > 1 && length < tokens.length);
  if (isVerb && verb !== undefined && mood === 'command') verbs.add(verb);
  const words = tokens.slice(0, length).map((token) => token.word);
  while (ARTICLE.has(words.at(-1) ?? '')) words.pop();
  return mood !== 'command' && words.length < 2 ? [] : words;
}

/** How a message begins when it begins as an example does. */
export const leadOf = (profile: Profile, words: readonly string[]): readonly string[] | undefined =>
  profile.leads.find((lead) => lead.every((word, at) => words[at] === word));

/** Whether a message is said just as an example is, but for the things and the amounts in it. */
export const isExample = ({ examples, names }: Profile, said: Utterance): boolean =>
  examples.size > 0 &&
  (names.size === 0 ? plainPatterns(said) : patternsOf(said, names)).some((one) => examples.has(one));

const PLAIN = new WeakMap<Utterance, readonly string[]>();
const NO_NAMES: Names = new Map();
/** The patterns for a tool that suggests nothing, which are the same for all of these. */
function plainPatterns(said: Utterance): readonly string[] {
  const known = PLAIN.get(said) ?? patternsOf(said, NO_NAMES);
  PLAIN.set(said, known);
  return known;
}

/** Whether a word is one of the tool's, or another word for one. */
export const isOwn = ({ own, ownGroups }: Profile, stem: string): boolean =>
  own.has(stem) || groupsOf(stem).some((group) => ownGroups.has(group));

/** Whether a word commands what the tool does: one of its verbs, or one that people use for it. */
export function commands(profile: Profile, token: Token): boolean {
  // "added" and "adding" tell; only "add" commands.
  if (token.stem !== token.word && /(?<!e)(?:ed|ing)$/.test(token.word)) return false;
  if (profile.verbs.has(token.stem)) return true;
  // What is read is shown, whatever the tool calls that.
  if (profile.tool.effect === 'read' && token.word === 'show') return true;
  // What may do harm must be called by its name.
  return profile.tool.danger === 'low' && [...profile.verbs].some((verb) => sameDeed(verb, token.stem));
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
        const other = Math.max(0, ...groupsOf(stem).map((group) => profile.groups.get(group) ?? 0)) * OTHER;
        const count = profile.counts.get(stem) ?? Math.max(other, commands(profile, token) ? 1 : 0);
        sum += ((idfs.get(stem) ?? 0) * count * (K1 + 1)) / (count + norm);
      }
      return ideal === 0 ? 0 : sum / ideal;
    },
  };
}
