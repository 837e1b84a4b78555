/** Fills the fields whose values are known by their looks: e-mail addresses, links, numbers of orders, addresses, names. */
import { isPhone } from './fields.ts';
import type { Field } from './fields.ts';
import { isContent } from './rank.ts';
import { fill, isFree, isNeeded, open, plainText, touched, use } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { PREPOSITION, STOP } from './words.ts';

/** The name of a field within its object. */
export const tail = (field: Field): string => field.name.slice(field.name.lastIndexOf('.') + 1);
const PHONE = /(?<![\w.-])\+?\d[\d ()/-]{6,}\d(?![\w.:-])/;

/** Texts that match a field's format or pattern. */
export function fillShapes(sheet: Sheet): void {
  const { text } = sheet.said;
  for (const field of plainText(sheet)) {
    const { shape } = field;
    const phone = isPhone(tail(field)) ? PHONE.exec(text) : null;
    if (phone !== null && shape?.test(phone[0])) {
      use(sheet, field, touched(sheet, phone.index, phone.index + phone[0].length));
      fill(sheet, field, phone[0]);
      continue;
    }
    if (shape === undefined) continue;
    for (const { 0: piece, index } of text.matchAll(/\S+/g)) {
      const word = piece.replace(/^["'(]+|[.,:;!?"')]+$/g, '');
      const value = [word, word.toUpperCase(), word.toLowerCase()].find((one) => one !== '' && shape.test(one));
      const places = touched(sheet, index, index + piece.length);
      // A pattern that takes any word tells nothing.
      if (value === undefined || !places.every((place) => isFree(sheet, place)) || (shape.test('word') && !field.many))
        continue;
      if (places.length > 0) use(sheet, field, places);
      fill(sheet, field, value);
      if (!field.many) break;
    }
  }
}

const POSTCODE = /(?<![\w./-])(?:\d{4,6}|[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}|\d{4} ?[A-Z]{2})(?![\w/-])/;

/** `8 Orchard Close, 70413 Linden, Norway`, for the fields of an object that has a street and a city. */
export function fillAddress(sheet: Sheet): void {
  const fields = plainText(sheet);
  const find = (name: RegExp): Field | undefined => fields.find((field) => name.test(tail(field)));
  const [street, city] = [find(/street|line_?1|address1/i), find(/city|town/i)];
  const [code, country] = [find(/post_?code|postal|zip/i), find(/country/i)];
  if (street === undefined || city === undefined) return;
  const { text } = sheet.said;
  const at = /(?:^|[\s:,])((?:\d+[a-z]?(?: \p{L}[\p{L}'-]*){1,4}|(?:\p{Lu}[\p{L}'-]* ){1,3}\d+[a-z]?)) ?, ?(.*)$/u.exec(
    text,
  );
  if (at === null) return;
  const [all, road = '', rest = ''] = at;
  const found = POSTCODE.exec(rest);
  const pieces = (found === null ? rest : rest.replace(found[0], ''))
    .split(/,|\s(?=and\b)/)
    .map((piece) => piece.trim().replace(/[.!?]+$/, ''))
    .filter((piece) => piece !== '');
  const start = at.index + all.indexOf(road);
  const put = (field: Field | undefined, value: string | undefined): void => {
    if (field === undefined || value === undefined) return;
    const from = text.indexOf(value, start);
    use(sheet, field, touched(sheet, from, from + value.length));
    fill(sheet, field, value);
  };
  put(street, road.trim());
  put(code, found?.[0]);
  put(city, pieces[0]);
  put(country, pieces[1]);
}

const NAMING = /^(?:for|named?|called|add|invite|let|friend|with|to|give|is|and)$/;

/** Whether a field takes the name of somebody. */
export const isPerson = (field: Field): boolean =>
  /^(?:full_?name|name)$/i.test(tail(field)) && field.name.includes('.') && field.shape === undefined;

/** The name of a person: words that begin with a capital, else those after `for` or `called`. */
export function fillPerson(sheet: Sheet): void {
  const { said, profile } = sheet;
  const { tokens, text } = said;
  for (const field of open(sheet, 'text').filter(isPerson)) {
    const isName = (place: number): boolean => {
      const token = tokens[place];
      if (token === undefined || !isFree(sheet, place) || !isContent(token) || /^\d/.test(token.word)) return false;
      return /^\p{Lu}/u.test(text.slice(token.start)) && !(place === 0 && profile.counts.has(token.stem));
    };
    const runs: number[][] = [];
    for (const place of tokens.keys()) {
      if (!isName(place)) continue;
      const last = runs.at(-1);
      const between = text.slice(tokens[place - 1]?.end ?? 0, tokens[place]?.start);
      if (last?.at(-1) === place - 1 && between.trim() === '') last.push(place);
      else runs.push([place]);
    }
    let best = runs.sort((a, b) => b.length - a.length)[0];
    if (best === undefined && isNeeded(sheet, field)) {
      const cue = tokens.findLastIndex(({ word }, place) => NAMING.test(word) && isFree(sheet, place + 1));
      const places: number[] = [];
      for (let place = cue + 1; cue >= 0 && place < tokens.length; place++) {
        const word = tokens[place]?.word ?? '';
        if (
          /^\d/.test(word) ||
          !isFree(sheet, place) ||
          STOP.has(word) ||
          PREPOSITION.has(word) ||
          profile.counts.has(tokens[place]?.stem ?? '')
        )
          break;
        places.push(place);
      }
      best = places.length > 0 && places.length < 4 ? places : undefined;
    }
    if (best === undefined) continue;
    use(sheet, field, best);
    fill(sheet, field, text.slice(tokens[best[0] ?? 0]?.start, tokens[best.at(-1) ?? 0]?.end));
  }
}
