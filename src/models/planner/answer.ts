/** Says the results of tools in words. */
import { isRecord, messageText, stableText } from '../../core/index.ts';
import type { Message, ToolOutput } from '../../core/index.ts';
import { asksForGist, summaryOf } from './summary.ts';
import { nameWords } from './tokens.ts';

const MAX_ITEMS = 10;
const MAX_TEXT = 4000;
/** What lies deeper in a result is not said. */
const DEEPEST = 5;
const NAMES = ['name', 'title', 'label'];
const SENTENCES = ['message', 'text', 'summary'];

/** `A, B and C`, or with another word before the last one. */
export function listed(items: readonly string[], last = 'and'): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`;
}

const sentence = (text: string): string => (/[.!?…:]$/.test(text) ? text : `${text}.`);

function firstText(value: Readonly<Record<string, unknown>>, keys: readonly string[]): string | undefined {
  return keys.map((key) => value[key]).find((text) => typeof text === 'string' && text.trim() !== '') as
    string | undefined;
}

/** A value within a sentence. */
function brief(value: unknown, depth = 0): string {
  if (depth > DEEPEST) return '…';
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => brief(item, depth + 1));
    return value.length === 0
      ? 'none'
      : listed(value.length > MAX_ITEMS ? [...items, `${value.length - MAX_ITEMS} more`] : items);
  }
  if (isRecord(value)) return firstText(value, [...NAMES, ...SENTENCES]) ?? pairs(value, depth + 1).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null || value === undefined) return 'none';
  return typeof value === 'string' ? value : stableText(value);
}

function pairs(value: Readonly<Record<string, unknown>>, depth = 0): readonly string[] {
  return Object.entries(value).map(([key, inner]) => {
    const name =
      nameWords(key)
        .map((token) => token.word)
        .join(' ') || key;
    return `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${brief(inner, depth)}`;
  });
}

/**
 * A tool's output as sentences.
 *
 * @example
 * sayValue([{ name: 'Tea' }, { name: 'Milk' }]); // 'Found 2: Tea and Milk.'
 */
export function sayValue(value: unknown): string {
  if (value === undefined || value === null || value === true || value === '') return 'Done.';
  if (value === false) return 'No.';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? 'I found nothing.' : `Found ${value.length}: ${brief(value)}.`;
  if (!isRecord(value)) return sentence(brief(value));
  const text = firstText(value, SENTENCES);
  return text ?? (pairs(value).map(sentence).join(' ') || 'Done.');
}

function sayOutput(output: ToolOutput): string {
  if (output.type === 'execution-denied') return 'All right, I did not do that.';
  if (output.type === 'json') return sayValue(output.value);
  return `${sentence(output.value.message)} ${output.value.fix}`.trim();
}

/** What the tools gave since the last message of the user, in short when that asks for the gist. */
export function sayResults(messages: readonly Message[]): string {
  const last = messages.findLastIndex((message) => message.role === 'user');
  const since = messages.slice(last + 1);
  const said = messages[last];
  const texts = since.flatMap((message) =>
    message.role === 'tool' ? message.content.map((part) => sayOutput(part.output)) : [],
  );
  const all = texts.join('\n');
  const text = said && asksForGist(messageText(said)) ? summaryOf(all) : all;
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
