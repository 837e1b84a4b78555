/** Words of a conversation as every model of the page gets them. */
import { stableText } from '../core/index.ts';
import type { FilePart, ToolResultPart } from '../core/index.ts';

/** Words of the application in the place of the user, told apart. */
export const marked = (note: string): string => `<application-note>\n${note}\n</application-note>`;

/** Whether a file is sent as words. */
export const isTextual = ({ mediaType }: FilePart): boolean => /^text\/|[/+](?:json|xml|yaml)$/.test(mediaType);

/** A file that is words, as words. */
export const fileText = async ({ filename = '', data }: FilePart): Promise<string> =>
  `<file name="${filename}">\n${await data.text()}\n</file>`;

const told = (value: unknown): string => (typeof value === 'string' ? value : stableText(value));

/** What came of a call, as words. */
export function resultText({ output, input }: ToolResultPart): string {
  if (output.type === 'execution-denied') return `The person did not allow it. ${output.reason ?? ''}`.trimEnd();
  const changed = input === undefined ? '' : `The person changed the input to ${told(input)}.\n`;
  return changed + (output.type === 'json' ? told(output.value) : `Error: ${output.value.message} ${output.value.fix}`);
}
