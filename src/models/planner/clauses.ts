/** Where a message may hold two requests: at `and`, `then`, a comma and the like. */
import { moments } from './dates.ts';
import { quantities } from './numbers.ts';
import type { Names } from './patterns.ts';
import { nameAt } from './patterns.ts';
import { tokenise } from './tokens.ts';

/** The two sides of a joint, as they were typed. */
export interface Sides {
  readonly left: string;
  readonly right: string;
}

const JOINT =
  /(?:[,;]|(?<!\b(?:dr|prof|mr|mrs|ms|st|no))[.?!](?=\s)|(?<![\p{L}\p{N}])(?:and|then|plus|also|&)(?![\p{L}\p{N}]))(?:[\s,;]*(?:and|then|plus|also)(?![\p{L}\p{N}]))*/giu;
/** More joints than this make a list, which its first joints show; a list of many was pasted, and holds no requests. */
const MAX_JOINTS = 5;
const MANY = 12;

/** The joints of a text, but for those within a number, a moment, a name of a thing, or quotation marks. */
export function jointsOf(text: string, names: Names, now: number): readonly Sides[] {
  const tokens = tokenise(text);
  const spans = moments(text, now).map(({ start, end }) => ({ start, end }));
  const within = (from: number, to: number): void => {
    spans.push({ start: tokens[from]?.start ?? 0, end: tokens[to - 1]?.end ?? 0 });
  };
  for (const { from, to } of quantities(text, tokens)) within(from, to);
  for (let at = 0; at < tokens.length; at++) within(at, at + nameAt(names, tokens, at));
  for (const { index, 0: quoted } of text.matchAll(/["“][^"”]*["”]|(?<!\S)[^\s@]+@\S+\.\w+|https?:\S+/g)) {
    spans.push({ start: index, end: index + quoted.length });
  }
  const joints: Sides[] = [];
  for (const { index, 0: joint } of text.matchAll(JOINT)) {
    // What stands behind a colon is somebody's text.
    const isBetween = /\bbetween\b[^,;]*$|:\s[^.!?]*$/i.test(text.slice(0, index));
    if (isBetween || spans.some(({ start, end }) => index > start && index < end)) continue;
    const [left, right] = [text.slice(0, index).trim(), text.slice(index + joint.length).trim()];
    if (left !== '' && right !== '') joints.push({ left, right });
  }
  return joints.length > MANY ? [] : joints.slice(0, MAX_JOINTS);
}
