/** Messages that say how every answer has to be: they are never dropped, or the next answers would be otherwise. */
import { messageText } from '../../core/index.ts';
import type { Message } from '../../core/index.ts';

/** Longer texts are rather documents that somebody pasted. */
const LONGEST = 2_000;

const ANSWER =
  'answer|reply|respond|response|speak|talk|write|output|format|return|antworte?|schreib|sprich|réponds|responde';

const REQUIREMENTS = [
  `\\b(always|never|from now on|every time|in future|immer|stets|nie|ab jetzt|toujours|jamais|siempre|nunca)\\b.{0,60}\\b(${ANSWER}|use|say|call me)`,
  `\\b(${ANSWER})\\w*\\b.{0,40}\\b(always|only|from now on|immer|nur|toujours|siempre)\\b`,
  '\\b(must|should|has to) be\\b.{0,30}\\b(json|yaml|xml|csv|html|markdown|one sentence|a (table|list))\\b',
  `\\b(${ANSWER})\\w*\\b.{0,30}\\b(in|as|auf|en)\\b.{0,20}\\b(json|yaml|xml|csv|html|markdown|english|german|french|italian|spanish|deutsch|englisch|français|español|italiano|bullet points?|a (table|list))\\b`,
].map((source) => new RegExp(source, 'iu'));

const known = new WeakMap<Message, boolean>();

/** Whether a message of the person says how answers have to be. */
export function isRequirement(message: Message): boolean {
  if (message.role !== 'user') return false;
  let is = known.get(message);
  if (is === undefined) {
    const text = messageText(message);
    is = text.length <= LONGEST && REQUIREMENTS.some((pattern) => pattern.test(text));
    known.set(message, is);
  }
  return is;
}
