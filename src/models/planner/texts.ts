/** Fills the fields that take any text, with what their cues introduce and with what nothing else explains. */
import type { Field } from './fields.ts';
import { stretch, tailOf, textOf } from './free-text.ts';
import { commands, isContent, isOwn } from './rank.ts';
import { isPerson } from './looks.ts';
import type { Token } from './tokens.ts';
import { isFree, isNeeded, mainText, nameOf, plainText, range, touched, use } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { ARTICLE, PREPOSITION, STOP, verbClasses, WEAK } from './words.ts';

/** What introduces the words of somebody without the field's name: "write to Ann saying I am late". */
const SAYING = /^(?:saying|says|that|whether|if)$/;
const SAID =
  /text|message|body|content|note|comment|question|description|detail|reason|happen|feedback|review|instruction/i;
const PLACE = /near|place|location|city|town|where|area|region|destination|origin|around|venue/i;
const TOPIC = /topic|about|subject|keyword|query|search|term|tag/i;
const NAME = /label|title|name|summary/i;
/** The words after which a field's text stands. */
const AFTER: readonly (readonly [field: RegExp, word: RegExp])[] = [
  [PLACE, /^(?:near|around|in|at|by|of|to|from|nearby|close)$/],
  [TOPIC, /^(?:about|on|for|regarding|concerning)$/],
  [NAME, /^(?:called|named|titled|labelled|for)$/],
];

const NONE: Token = { word: 'a', stem: 'a', start: 0, end: 0 };

/** "bread, milk and eggs" */
const itemsOf = (text: string): readonly string[] =>
  text
    .split(/,|\band\b/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');

/** Free text: what is quoted, else what the lead-in leaves. Other text fields need their name before their text. */
export function fillTexts(sheet: Sheet): void {
  const { said, profile, begin } = sheet;
  const { tokens } = said;
  const main = mainText(sheet);
  if (main !== undefined && sheet.asked?.field === main) {
    sheet.input[main.name] = main.many ? itemsOf(said.text) : said.text.replace(/^["“]|["”.]$/g, '').trim();
    use(sheet, main, [...tokens.keys()]);
    return;
  }
  const free = (place: number): boolean => isFree(sheet, place);
  const names = nameOf(sheet);
  // "my new list" for a tool of lists says nothing.
  const isFiller = ({ word, stem }: Token = NONE): boolean =>
    STOP.has(word) || ARTICLE.has(word) || names.has(stem) || /^(?:some|any)(?:thing|one|body)$|^else$/.test(word);
  const take = (field: Field, all: readonly number[]): boolean => {
    if (all.every((place) => isFiller(tokens[place]))) return false;
    // "put Ann down for the bins", "jot down a name"
    const isDown = /^(?:down|away)$/.test(tokens[all[0] ?? -1]?.word ?? '');
    const places = isDown ? all.slice(tokens[all[1] ?? -1]?.word === 'for' ? 2 : 1) : all;
    const text = textOf(said, places);
    sheet.input[field.name] = field.many ? itemsOf(text) : text;
    for (const place of places) sheet.used.set(place, field);
    return true;
  };
  let end = begin === undefined ? tokens.length : tailOf(profile, said, begin);
  const others = plainText(sheet).filter((one) => one !== main && one.shape === undefined);
  for (const field of others) {
    const cue = tokens.findIndex(({ word, stem }, place) => {
      const isCue = field.cues.has(stem) || (SAYING.test(word) && SAID.test(field.name));
      return isCue && place > (begin ?? 0) && place < end && free(place) && (!STOP.has(word) || SAYING.test(word));
    });
    if (cue < 0 || cue === tokens.length - 1) continue;
    let from = cue + 1;
    while (
      (/^(?:to|is|as|the|a|at|in|saying|that|on|number|address)$/.test(tokens[from]?.word ?? '') ||
        field.cues.has(tokens[from]?.stem ?? '')) &&
      from < tokens.length - 1
    )
      from++;
    const stop = SAID.test(field.name) ? end : Math.min(end, clauseEnd(sheet, from));
    if (take(field, stretch(tokens, from, stop, free))) {
      sheet.used.set(cue, field);
      // "set the note to hello": who names a field means it.
      if (tokens[cue + 1]?.word === 'to') sheet.firm.add(field);
      if (begin !== undefined || SAID.test(field.name)) end = Math.min(end, cue);
    }
  }
  if (main === undefined) {
    // "a timer for the eggs", "an appointment about my thesis"
    for (const field of others.filter(({ name }) => NAME.test(name) || TOPIC.test(name))) {
      if (!(field.name in sheet.input)) take(field, led(sheet, field) ?? []);
    }
    return;
  }
  const quoted = /(?<!\p{L})["“]([^"”]+)["”]/u.exec(said.text);
  if (quoted?.[1] !== undefined) {
    sheet.input[main.name] = quoted[1].trim();
    for (const place of touched(sheet, quoted.index, quoted.index + quoted[0].length)) sheet.used.set(place, main);
    return;
  }
  const called = NAME.test(main.name) ? tokens.findIndex(({ word }) => /^(?:called|named|titled)$/.test(word)) : -1;
  const ends = tokens.findIndex(({ word }, at) => at > called + 1 && (PREPOSITION.has(word) || !free(at)));
  const stop = ends < 0 ? said.main : ends;
  if (called >= 0 && take(main, stretch(tokens, called + 1, Math.min(stop, clauseEnd(sheet, called + 1)), free)))
    return;
  const isMessage = SAID.test(main.name);
  const isSaid = isMessage || (profile.tool.effect === 'write' && said.text.includes(': '));
  if (isSaid && take(main, wordsOfSomebody(sheet, isMessage))) return;
  const isRead = profile.tool.effect === 'read';
  const place = PLACE.test(main.name) && isRead ? led(sheet, main) : undefined;
  if (place !== undefined && take(main, place)) return;
  const isOnly = isNeeded(sheet, main) || said.mood !== 'question' || sheet.firm.size === 0;
  for (const field of others) if (isRead && PLACE.test(field.name)) take(field, led(sheet, field) ?? []);
  if (begin !== undefined && isOnly) {
    const near = said.tokens.findIndex(({ word }, at) => at > begin && word === 'near');
    // What is told besides is none of it.
    const stop = Math.min(end, said.main, isRead && near > 0 ? near : end);
    const all = stretch(tokens, begin, stop, free);
    // What is looked for stands in one piece.
    const piece = isRead ? longest(sheet, all) : unbroken(sheet, all);
    if (
      take(
        main,
        stretch(tokens, piece[0] ?? begin, (piece.at(-1) ?? begin - 1) + 1, (place) => piece.includes(place)),
      )
    )
      return;
  }
  for (const field of [main, ...others]) {
    const isMain = field === main;
    if (field.name in sheet.input || !(isMain || PLACE.test(field.name))) continue;
    let places =
      led(sheet, field) ??
      // What is left over is nobody's name.
      (isMain && !isPerson(field) && (isNeeded(sheet, field) || (TOPIC.test(field.name) && sheet.firm.size === 0))
        ? rest(sheet)
        : []);
    // Where something is has a name: "sell my old car" is no place.
    const isNamed = places.every((at) => /^\p{Lu}/u.test(said.text.slice(tokens[at]?.start)));
    if (PLACE.test(field.name) && !isNamed) places = [];
    take(field, places);
  }
}

/** Some places up to the first value within them: only a moment leaves a text in one piece. */
function unbroken({ said, used }: Sheet, places: readonly number[]): readonly number[] {
  const hole = places.findIndex((place, at) => {
    const field = used.get(place - 1);
    return at > 0 && field !== undefined && field.kind !== 'moment';
  });
  const piece = places.slice(0, Math.max(0, hole));
  return piece.some((place) => said.tokens[place] && isContent(said.tokens[place])) ? piece : places;
}

/** The piece of some places that has the most words which say something. */
function longest(sheet: Sheet, places: readonly number[]): readonly number[] {
  const { said } = sheet;
  const pieces: number[][] = [];
  for (const place of places) {
    const last = pieces.at(-1);
    const isNext =
      last?.at(-1) === place - 1 &&
      !/[,;!?]/.test(said.text.slice(said.tokens[place - 1]?.end, said.tokens[place]?.start));
    if (isNext) last.push(place);
    else pieces.push([place]);
  }
  const weigh = (piece: readonly number[]): number =>
    piece.filter((place) => said.tokens[place] && isContent(said.tokens[place])).length;
  const best = pieces.reduce((most, piece) => (weigh(piece) > weigh(most) ? piece : most), pieces[0] ?? []);
  const says = (place: number): boolean => !STOP.has(said.tokens[place]?.word ?? '');
  const names = nameOf(sheet);
  const ends = (place: number): boolean => says(place) && !names.has(said.tokens[place]?.stem ?? '');
  const [from, to] = [best.findIndex(says), best.findLastIndex(ends)];
  return from < 0 || to < from ? best : best.slice(from, to + 1);
}

/** Where the clause ends that a token is in: at the next sign that parts sentences. */
function clauseEnd({ said }: Sheet, from: number): number {
  for (let at = from + 1; at < said.tokens.length; at++) {
    const between = said.text.slice(said.tokens[at - 1]?.end, said.tokens[at]?.start);
    if (/[,;!?]|\.\s/.test(between)) return at;
  }
  return said.tokens.length;
}

/** What stands behind a colon, or behind `that`, `whether` and the like, up to a clause that says something else. */
function wordsOfSomebody(sheet: Sheet, isMessage: boolean): readonly number[] {
  const { tokens, text, main } = sheet.said;
  const colon = text.search(/:\s/);
  const after = colon < 0 ? -1 : tokens.findIndex(({ start }) => start > colon);
  const saying = tokens.findIndex(({ word }, at) => at > 0 && SAYING.test(word));
  const from =
    after >= 0 ? after : saying < 0 ? -1 : /^(?:whether|if)$/.test(tokens[saying]?.word ?? '') ? saying : saying + 1;
  if (from < 0) return [];
  let end = from;
  while (end < Math.max(main, from)) {
    const next = clauseEnd(sheet, end);
    // A clause with something that is known by its looks is no part of the text.
    if (end > from && !isFree(sheet, end, next)) break;
    end = next;
  }
  const firstUsed = range(from, end).find((at) => sheet.used.get(at)?.shape !== undefined);
  let stop = firstUsed ?? end;
  while (firstUsed !== undefined && stop > from && !/^(?:and|or)$/.test(tokens[stop]?.word ?? '')) stop--;
  // A title leaves a date to its field; a message keeps it.
  return stretch(tokens, from, stop > from ? stop : end, (at) => isFree(sheet, at) || isMessage);
}

const isSpace = (sheet: Sheet, at: number): boolean =>
  !/[,;:!?]|\.\s/.test(sheet.said.text.slice(sheet.said.tokens[at - 1]?.end ?? 0, sheet.said.tokens[at]?.start));

/** What stands behind a field's own prepositions, up to the next one. */
function led(sheet: Sheet, field: Field): readonly number[] | undefined {
  const { tokens, main } = sheet.said;
  for (const [name, word] of AFTER) {
    if (!name.test(field.name)) continue;
    // The last one is nearest to what it leads to.
    for (let cue = main - 2; cue >= 0; cue--) {
      if (!word.test(tokens[cue]?.word ?? '') || !isFree(sheet, cue)) continue;
      let from = cue + 1;
      while (ARTICLE.has(tokens[from]?.word ?? '')) from++;
      let to = from;
      while (
        to < main &&
        isFree(sheet, to) &&
        (to === from ||
          (isSpace(sheet, to) && !PREPOSITION.has(tokens[to]?.word ?? '') && !STOP.has(tokens[to]?.word ?? '')))
      )
        to++;
      const places = range(from, to);
      if (tokens.slice(from, to).some(isContent)) return places;
    }
  }
  return undefined;
}

/** Whether a word is part of a name of several words: "Dorrit School". */
function isNamed({ said: { text, tokens } }: Sheet, at: number): boolean {
  const isCapital = (place: number): boolean => /^\p{Lu}/u.test(text.slice(tokens[place]?.start ?? text.length));
  return isCapital(at) && ((at > 1 && isCapital(at - 1)) || (at > 0 && isCapital(at + 1)));
}

/** The longest stretch of words that neither the tool nor another field explains. */
function rest(sheet: Sheet): readonly number[] {
  const { said, profile } = sheet;
  const { tokens, main } = said;
  const head = tokens.findIndex(isContent);
  const knows = (at: number): boolean => {
    const token = tokens[at];
    if (token === undefined || [STOP, WEAK, PREPOSITION, ARTICLE].some((words) => words.has(token.word))) return true;
    if (isNamed(sheet, at)) return false;
    if (at === head && said.mood === 'command' && (commands(profile, token) || verbClasses(token.stem).length > 0))
      return true;
    return isOwn(profile, token.stem);
  };
  let best: readonly number[] = [];
  let run: number[] = [];
  const close = (): void => {
    while (run.length > 0 && knows(run[0] ?? -1)) run.shift();
    while (run.length > 0 && knows(run.at(-1) ?? -1) && !/^(?:out|up)$/.test(tokens[run.at(-1) ?? -1]?.word ?? ''))
      run.pop();
    if (run.length > best.length) best = run;
    run = [];
  };
  // A deed that the tool does not know is no text for it: "nominate Ann" is no message.
  const verb = tokens[head];
  const isOther =
    profile.tool.effect === 'write' && said.mood === 'command' && verb !== undefined && !commands(profile, verb);
  for (let at = isOther ? head + 1 : 0; at < main; at++) {
    if (!isFree(sheet, at) || !isSpace(sheet, at)) close();
    if (isFree(sheet, at)) run.push(at);
  }
  close();
  return best;
}
