/** Parts of messages as all servers get them. */
import { isRecord, shortHash, stableText } from '../../core/index.ts';
import type { FilePart, ReasoningPart, TextPart, ToolCallPart, ToolResultPart } from '../../core/index.ts';

/** A tool's name with the signs that every server takes. */
export const wireName = (name: string): string => name.replaceAll('.', '__');

/** A call's id with nine letters and digits, which is what the strictest server takes. It is the same every time. */
export const callId = (id: string): string => (shortHash(id) + shortHash(`${id}+`)).slice(0, 9);

/** The input of a call as servers take it: an object, whatever the model wrote. */
export const argumentsOf = (input: unknown): object => (isRecord(input) ? input : { input });

/** A value that should be text, from a server that may send anything. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whether a part is text; some servers refuse such in which nothing stands. */
export const isSaid = (part: ReasoningPart | TextPart | ToolCallPart): part is TextPart =>
  part.type === 'text' && part.text.trim() !== '';

export const textPart = (value: string): TextPart => ({ type: 'text', text: value });

/** Words of the application in the place of the user, told apart. */
export const marked = (note: string): string => `<site-note>\n${note}\n</site-note>`;

/** The JSON of a list without its brackets, so that lists can be put together. */
export const items = (list: readonly object[]): string => JSON.stringify(list).slice(1, -1);

const told = (value: unknown): string => (typeof value === 'string' ? value : stableText(value));

/** What a tool gave, as text. */
export function outputText({ output, input }: ToolResultPart): string {
  if (output.type === 'execution-denied') return `The person did not allow it. ${output.reason ?? ''}`;
  const changed = input === undefined ? '' : `The person changed the input to ${told(input)}.\n`;
  return changed + (output.type === 'json' ? told(output.value) : `Error: ${output.value.message} ${output.value.fix}`);
}

/** Whether a file is sent as words. */
export const isTextual = ({ mediaType }: FilePart): boolean => /^text\/|(?:json|xml|yaml)$/.test(mediaType);

const CHUNK = 0x8000;

/** The data of a file in base 64. */
export async function encoded(data: Blob): Promise<string> {
  const bytes = new Uint8Array(await data.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}
