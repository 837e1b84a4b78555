/** Large texts and values, cut to what a model needs of them, and still what they were: text, code in fences, JSON. */
import { isRecord, stableText } from '../../core/index.ts';
import { sizeOf } from '../../tools/index.ts';

/** Which part of a text stays. `smart`: both ends of prose and code, and of JSON as many entries as fit. */
export type Cut = 'head' | 'tail' | 'both' | 'smart';

/** Characters and lines that stay of a large text. */
export const MOST_CHARACTERS = 5_120;
export const MOST_LINES = 150;

/** Of what stays of both ends, the share of the beginning. */
const HEAD = 2 / 3;

/** Characters that tell what is missing. */
const NOTE = 30;

const FENCE = /^ *```/gm;

const isOpen = (text: string): boolean => (text.match(FENCE)?.length ?? 0) % 2 === 1;

/** The beginning of a text, up to the end of a line where one is near, and never half of a character. */
function headOf(text: string, characters: number, lines: number): string {
  const head = text.split('\n', lines).join('\n').slice(0, Math.max(0, characters));
  if (head.length === text.length || text[head.length] === '\n') return head;
  const line = head.lastIndexOf('\n');
  return line > head.length / 2 ? head.slice(0, line) : head.replace(/[\uD800-\uDBFF]$/, '');
}

function tailOf(text: string, characters: number, lines: number): string {
  const tail = characters >= 1 ? text.slice(-Math.floor(characters)).split('\n').slice(-lines).join('\n') : '';
  if (tail.length === text.length || text.at(-tail.length - 1) === '\n') return tail;
  const line = tail.indexOf('\n') + 1;
  return line > 0 && line < tail.length / 2 ? tail.slice(line) : tail.replace(/^[\uDC00-\uDFFF]/, '');
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * A text, cut where it is longer than it may be, with a note of how much is missing.
 *
 * @example
 * truncateText('a'.repeat(9000), 'head', 100); // 'aaa…\n… 8930 characters left out …'
 */
export function truncateText(
  text: string,
  cut: Cut = 'smart',
  characters = MOST_CHARACTERS,
  lines = MOST_LINES,
): string {
  if (text.length <= characters && text.split('\n', lines + 1).length <= lines) return text;
  if (cut === 'smart') {
    const value = parsed(text);
    if (value !== undefined) return JSON.stringify(truncateValue(value, characters));
  }
  const share = cut === 'head' ? 1 : cut === 'tail' ? 0 : HEAD;
  const room = characters - NOTE;
  let head = headOf(text, room * share, Math.ceil(lines * share));
  let tail = tailOf(text.slice(head.length), room * (1 - share), Math.floor(lines * (1 - share)));
  const missing = text.length - head.length - tail.length;
  if (cut === 'smart') {
    // Either part is code or prose as a whole, as it was.
    if (isOpen(text.slice(0, text.length - tail.length))) tail = `\`\`\`\n${tail}`;
    if (isOpen(head)) head = `${head}\n\`\`\``;
  }
  return [head, `… ${missing} characters left out …`, tail].filter(Boolean).join('\n');
}

/**
 * A value of which about so many characters of JSON are left: the first entries of lists, all keys where there is room
 * for them, and both ends of texts.
 */
export function truncateValue(value: unknown, characters = MOST_CHARACTERS): unknown {
  if (typeof value === 'string') return truncateText(value, 'smart', characters);
  if (sizeOf(value, characters) <= characters) return value;
  let room = characters - NOTE;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const kept: unknown[] = [];
    for (const item of items) {
      const size = sizeOf(item, room);
      if (size > room) break;
      kept.push(item);
      room -= size + 1;
    }
    // Something of one is more than nothing.
    if (kept.length === 0) kept.push(truncateValue(items[0], room));
    const missing = items.length - kept.length;
    return missing > 0 ? [...kept, `… ${missing} more`] : kept;
  }
  if (!isRecord(value)) return truncateText(stableText(value), 'both', characters);
  const entries = Object.entries(value);
  const kept: [string, unknown][] = [];
  for (const [key, inner] of entries) {
    if (room < key.length + NOTE) break;
    const share = room / (entries.length - kept.length) - key.length - 4;
    const size = sizeOf(inner, share);
    kept.push([key, size <= share ? inner : truncateValue(inner, Math.max(NOTE, share))]);
    room -= key.length + 4 + Math.min(size, Math.max(NOTE, share));
  }
  const missing = entries.length - kept.length;
  return Object.fromEntries(missing > 0 ? [...kept, ['…', `${missing} more`]] : kept);
}
