/** Fills the fields for which a tool knows candidates, such as the things that a site has. */
import { abortable, abortError, isRecord } from '../../core/index.ts';
import { findThing, measureBefore } from './choices.ts';
import { moments } from './dates.ts';
import { option } from './fields.ts';
import type { Option } from './fields.ts';
import { quantities } from './numbers.ts';
import { commands, isContent } from './rank.ts';
import { fill, isFree, open, range, touched, use } from './sheet.ts';
import type { Sheet } from './sheet.ts';

const MAX_THINGS = 1000;
const MAX_LABEL = 200;

function optionsOf(things: readonly unknown[]): readonly Option[] {
  return things.slice(0, MAX_THINGS).flatMap((thing) => {
    const value: unknown = isRecord(thing) ? thing['value'] : thing;
    const label: unknown = isRecord(thing) ? (thing['label'] ?? value) : thing;
    return value === undefined ? [] : [option(value, String(label).slice(0, MAX_LABEL))];
  });
}

/** Asks the tool for candidates. A text field for which it never suggests anything takes free text. */
export async function fetchOffers(sheet: Sheet, signal: AbortSignal): Promise<void> {
  const { tool } = sheet.profile;
  if (!tool.suggests || tool.suggest === undefined) return;
  for (const field of open(sheet, 'text')) {
    try {
      const fitting = await abortable(tool.suggest(field.name, sheet.said.text), signal);
      // Many tools look the words up as they are; their whole catalogue is then read here.
      const things = fitting.length > 0 ? fitting : await abortable(tool.suggest(field.name, ''), signal);
      if (things.length > 0) sheet.offers.set(field.name, optionsOf(things));
    } catch {
      if (signal.aborted) throw abortError(signal);
      // A catalogue that cannot be read is still one: no word of the message may pass for a thing of it.
      sheet.offers.set(field.name, []);
    }
  }
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
  if (open(sheet, 'moment').length > 0) {
    for (const { start, end } of moments(text, now)) for (const place of touched(sheet, start, end)) amounts.add(place);
  }
  const head = tokens.findIndex((token, place) => isFree(sheet, place) && isContent(token));
  const places = [...tokens.keys()].filter((place) => {
    const token = tokens[place];
    return token !== undefined && isFree(sheet, place) && !(place === head && commands(sheet.profile, token));
  });
  const isSubject = (place: number): boolean => {
    const token = tokens[place];
    if (token === undefined || !isContent(token) || amounts.has(place)) return false;
    return tokens[place + 1]?.word !== 'of' && !sheet.profile.counts.has(token.stem);
  };
  for (const field of open(sheet, 'text').filter((one) => sheet.offers.has(one.name))) {
    const offered = sheet.asked?.field === field ? sheet.asked.offered : [];
    const among = (options: readonly Option[]): ReturnType<typeof findThing> =>
      findThing(options, tokens, places, isSubject);
    const first = among(offered);
    const [pick, ...others] = first.length > 0 ? first : among(sheet.offers.get(field.name) ?? []);
    if (pick === undefined) continue;
    use(
      sheet,
      field,
      [pick, ...others].flatMap((one) => one.tokens),
    );
    if (others.length > 0) {
      sheet.unsure.add(field);
      sheet.offers.set(
        field.name,
        [pick, ...others].map((one) => one.option),
      );
      continue;
    }
    const measure = measureBefore(tokens, Math.min(...pick.tokens));
    if (measure !== undefined && !amounts.has(measure)) use(sheet, field, [measure]);
    fill(sheet, field, pick.option.value);
  }
}
