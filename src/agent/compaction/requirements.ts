/** Messages that say how every answer has to be: they are never dropped, or the next answers would be otherwise. */
import { messageText } from '../../core/index.ts';
import type { Message } from '../../core/index.ts';

/** Characters beyond which a text is rather a document that somebody pasted. */
const LONGEST = 500;

const SAY = 'answer|reply|respond|speak|write|use|say|output|format|antworte?|schreib|réponds|responde';
const FORM =
  'json|yaml|xml|csv|html|markdown|english|german|french|italian|spanish|deutsch|englisch|français|español|table';
const EVER = 'always|never|from now on|every time|immer|stets|nie|ab jetzt|toujours|jamais|siempre|nunca';

const REQUIREMENT = new RegExp(
  `\\b(${EVER})\\b.{0,60}\\b(${SAY})|\\b(${SAY})\\b.{0,40}\\b(${EVER}|only|(in|as|auf|en)\\b.{0,20}\\b(${FORM}))\\b|\\bmust be\\b.{0,30}\\b(${FORM})\\b`,
  'iu',
);

const known = new WeakMap<Message, boolean>();

/** Whether a message of the person says how answers have to be. */
export function isRequirement(message: Message): boolean {
  if (message.role !== 'user') return false;
  let is = known.get(message);
  if (is === undefined) {
    const text = messageText(message);
    is = text.length <= LONGEST && REQUIREMENT.test(text);
    known.set(message, is);
  }
  return is;
}
