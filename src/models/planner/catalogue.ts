/** Fills the fields for which a tool knows candidates, such as the things that a site has. */
import { abortable, abortError, isRecord } from '../../core/index.ts';
import type { ModelTool } from '../../core/index.ts';
import { findThing } from './choices.ts';
import { moments } from './dates.ts';
import { option } from './fields.ts';
import type { Field, Option } from './fields.ts';
import { quantities } from './numbers.ts';
import { commands, isContent } from './rank.ts';
import { fill, isFree, open, plainText, range, touched, use } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { ARTICLE } from './words.ts';

/** "Dr. Grey" is Grey. */
const TITLE = /^(?:dr|doctor|prof|professor|mrs?|ms|miss)$/;
const MAX_THINGS = 1000;
const MAX_LABEL = 200;

const seen = new WeakMap<object, Option>();
const named = new Map<string, Option>();
const MAX_KNOWN = 20_000;

/** The option of a thing, which is the same one as long as the thing is. */
function optionOf(thing: unknown): Option | undefined {
  const value: unknown = isRecord(thing) ? thing['value'] : thing;
  if (value === undefined) return undefined;
  const label = String(isRecord(thing) ? (thing['label'] ?? value) : thing).slice(0, MAX_LABEL);
  const before = isRecord(thing) ? seen.get(thing) : undefined;
  if (before?.value === value && before.label === label) return before;
  const key = typeof value === 'string' ? `${value}\n${label}` : undefined;
  const made = (key === undefined ? undefined : named.get(key)) ?? option(value, label);
  if (named.size > MAX_KNOWN) named.clear();
  if (key !== undefined) named.set(key, made);
  if (isRecord(thing)) seen.set(thing, made);
  return made;
}

function optionsOf(things: readonly unknown[]): readonly Option[] {
  return things.slice(0, MAX_THINGS).flatMap((thing) => optionOf(thing) ?? []);
}

/** Asks a tool for candidates, once for each question. Gives undefined when the tool fails. */
export type Lookup = (tool: ModelTool, field: string, query: string) => Promise<readonly Option[] | undefined>;

/** Makes a lookup that remembers its answers. It rejects only when `signal` aborts. */
export function createLookup(signal: AbortSignal): Lookup {
  const known = new Map<string, ReturnType<Lookup>>();
  const ask: Lookup = async (tool, field, query) => {
    try {
      return optionsOf(await abortable(Promise.resolve(tool.suggest?.(field, query) ?? []), signal));
    } catch {
      if (signal.aborted) throw abortError(signal);
      return undefined;
    }
  };
  return (tool, field, query) => {
    const key = JSON.stringify([tool.name, field, query]);
    const answer = known.get(key) ?? ask(tool, field, query);
    known.set(key, answer);
    return answer;
  };
}

/** Everything that a tool suggests for its text fields. */
export async function thingsOf(tool: ModelTool, fields: readonly Field[], lookup: Lookup): Promise<readonly Option[]> {
  if (!tool.suggests) return [];
  const texts = fields.filter((field) => field.kind === 'text');
  return (await Promise.all(texts.map((field) => lookup(tool, field.name, '')))).flatMap((found) => found ?? []);
}

/** Asks the tool for candidates. A text field for which it never suggests anything takes free text. */
export async function fetchOffers(sheet: Sheet, lookup: Lookup): Promise<void> {
  const { tool, fields } = sheet.profile;
  if (!tool.suggests) return;
  for (const field of open(sheet, 'text')) {
    const fitting = await lookup(tool, field.name, sheet.said.text);
    // Many tools look the words up as they are; their whole catalogue is then read here.
    const things = fitting?.length === 0 ? await lookup(tool, field.name, '') : fitting;
    // A catalogue that cannot be read is still one: no word of the message may pass for a thing of it.
    if (things === undefined) sheet.unread.add(field);
    if (things?.length !== 0) sheet.offers.set(field.name, things ?? []);
  }
  if (sheet.offers.size > 0 || fields.some(({ name }) => name in sheet.input)) return;
  const others = await Promise.all(fields.map((field) => lookup(tool, field.name, '')));
  const texts = plainText(sheet);
  const empty = texts.find((field) => field.required) ?? texts[0];
  // A tool that suggests things, and now has none, has an empty catalogue: it does not take free text for once.
  if (empty !== undefined && others.every((things) => things?.length === 0)) sheet.offers.set(empty.name, []);
}

/** Which of two ends the word before a place speaks of: "from the shop", "into the holiday pot". */
function sideOf({ said }: Sheet, from: number): Field['end'] {
  const before = said.tokens
    .slice(Math.max(0, from - 3), from)
    .filter(({ word }) => !ARTICLE.has(word))
    .at(-1)?.word;
  return before === 'from' ? 'first' : /^(?:in)?to$/.test(before ?? '') ? 'last' : undefined;
}

/**
 * Finds the things that were named.
 *
 * @param now For the dates, which are no part of a name that stands beside them.
 */
export function fillThings(sheet: Sheet, now: number): void {
  if (sheet.offers.size === 0) return;
  const { tokens, text } = sheet.said;
  const amounts = new Set<number>(quantities(text, tokens).flatMap(({ from, to }) => range(from, to)));
  const dated = new Set(
    open(sheet, 'moment').length > 0 ? moments(text, now).flatMap(({ start, end }) => touched(sheet, start, end)) : [],
  );
  for (const place of dated) amounts.add(place);
  const head = tokens.findIndex((token, place) => isFree(sheet, place) && isContent(token));
  const places = [...tokens.keys()].filter((place) => {
    const token = tokens[place];
    return token !== undefined && isFree(sheet, place) && !(place === head && commands(sheet.profile, token));
  });
  const isSubject = (place: number): boolean => {
    const token = tokens[place];
    if (token === undefined || !isContent(token) || token.word === 'one' || amounts.has(place)) return false;
    return tokens[place + 1]?.word !== 'of' && !sheet.profile.counts.has(token.stem);
  };
  const isOwnWord = (place: number): boolean => sheet.profile.own.has(tokens[place]?.stem ?? '');
  for (const field of open(sheet, 'text').filter((one) => sheet.offers.has(one.name))) {
    const offered = sheet.asked?.field === field ? sheet.asked.offered : [];
    const among = (options: readonly Option[]): ReturnType<typeof findThing> =>
      findThing(
        options,
        tokens,
        places.filter((place) => isFree(sheet, place)),
        isSubject,
        isOwnWord,
      ).filter((one) => !one.tokens.every((place) => dated.has(place)));
    const first = among(offered);
    const options = sheet.offers.get(field.name) ?? [];
    const all = first.length > 0 ? first : among(options);
    // "from the shop to the office": the word before a thing tells which end it is.
    const sided = (side: Field['end']): typeof all =>
      all.filter((one) => sideOf(sheet, Math.min(...one.tokens)) === side);
    const own = field.end === undefined ? all : sided(field.end);
    const [pick, ...others] = own.length > 0 ? own : sided(undefined);
    if (pick === undefined) continue;
    use(
      sheet,
      field,
      [pick, ...others].flatMap((one) => one.tokens),
    );
    if (field.many) {
      for (const one of [pick, ...others]) fill(sheet, field, one.option.value);
      continue;
    }
    if (others.length > 0) {
      sheet.unsure.add(field);
      sheet.offers.set(
        field.name,
        [pick, ...others].map((one) => one.option),
      );
      continue;
    }
    const begin = Math.min(...pick.tokens);
    if (TITLE.test(tokens[begin - 1]?.word ?? '')) use(sheet, field, [begin - 1]);
    fill(sheet, field, pick.option.value);
  }
}
