/** What kind of saying a message is: a command, a question or a statement, and whether it takes itself back. */
import { tokenise } from './tokens.ts';
import type { Token } from './tokens.ts';
import { CONDITION, COPULA, NEGATION, QUESTION, SUBJECT } from './words.ts';

/** A message without its politeness. */
export interface Utterance {
  /** As it was typed. */
  readonly raw: string;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly mood: 'command' | 'question' | 'statement';
  /** Whether it was said as a wish: `I want …`. */
  readonly wish: boolean;
}

const OPENING = new RegExp(
  '^(?:please|kindly|hey|hi|hello|ok|okay|so|well|now|just|alright|can|could|would|will)?[\\s,!]*(?:' +
    [
      'please|kindly|hey|hi|hello|ok|okay|so|well|now|just|alright|let me|go ahead and|try to|help me',
      '(?:can|could|would|will) you(?: please| kindly)?|(?:can|could|may) (?:i|we)(?: please)?',
      "i(?:'d| would) like(?: you)?(?: to)?|i want(?: you)?(?: to)?|(?:i|we) need(?: you)?(?: to)?|i wish to",
      "let's|would you mind|do you mind",
    ].join('|') +
    ')(?![\\p{L}\\p{N}])[\\s,.!:;-]*',
  'iu',
);
const WISH = /\b(?:like|want|need|wish)\b/i;
/** What takes back what was said before it; "say no" and "yes or no" do not. */
const TAKEN_BACK = new RegExp(
  '\\b(?:never ?mind|no,? wait|forget (?:it|that)|scratch that|cancel that|actually,? no)\\b|' +
    '(?<!\\b(?:to|say|says|said|saying|or|is) )\\b(?:no|nope|cancel it)(?: thanks| thank you)?[\\s.!]*$',
  'i',
);
const CLOSING = /[\s,]+(?:please|thanks|thank you|for me|okay|ok)[\s.!?]*$/i;

/** Reads a message. Both politeness and what frames a request (`could you`, `I would like to`) are taken off. */
export function hear(raw: string): Utterance {
  let text = raw.replaceAll('’', "'").trim();
  let wish = false;
  for (let cut = OPENING.exec(text); cut !== null && cut[0].length > 0; cut = OPENING.exec(text)) {
    wish ||= WISH.test(cut[0]);
    text = text.slice(cut[0].length);
  }
  text = text.replace(CLOSING, '');
  const tokens = tokenise(text);
  const first = tokens[0]?.word ?? '';
  // "can you" has been taken off by now, so that a word like it in front asks for knowledge, not for a deed.
  return {
    raw,
    text,
    tokens,
    wish,
    mood: QUESTION.has(first) ? 'question' : SUBJECT.has(first) ? 'statement' : 'command',
  };
}

/**
 * Why a message must change nothing, although its words fit.
 *
 * @param isPassed Whether the word at an index is a value that is only passed on.
 * @param lead How many of the first words are said just so in an example, and therefore are a command.
 */
export function objection(
  said: Utterance,
  isPassed: (index: number) => boolean,
  lead = 0,
): 'negated' | 'not-asked' | undefined {
  const outside = said.tokens.filter((_, index) => index >= lead && !isPassed(index)).map((token) => token.word);
  const isDenied = outside.some((word) => NEGATION.has(word) || word.endsWith("n't"));
  if (isDenied || TAKEN_BACK.test(said.text)) return 'negated';
  return (said.mood !== 'command' && lead === 0) || outside.some((word) => COPULA.has(word) || CONDITION.has(word))
    ? 'not-asked'
    : undefined;
}

const SMALL_TALK: readonly (readonly [said: RegExp, reply: string])[] = [
  [/^(?:thanks|thank you|thank u|thx|cheers|great|perfect|nice|cool|awesome)\b.{0,24}$/i, 'You are welcome.'],
  [/^(?:bye|goodbye|good night|see you)\b.{0,16}$/i, 'Goodbye.'],
  [/^(?:cancel|never ?mind|forget)(?: (?:it|that|this))?[\s.!]*$/i, 'There is nothing to cancel.'],
  [/^(?:no|nope|yes|yep|ok|okay|sure)[\s.!]*$/i, 'All right.'],
];
const GREETING =
  /^(?:hello|hi|hey|hiya|good (?:morning|afternoon|evening)|how are you)(?: there| again| you)?[\s.!?]*$/i;

/** The reply to thanks and goodbyes, `greeting` for a greeting, else undefined. */
export function smallTalk(raw: string): string | undefined {
  const text = raw.trim();
  return GREETING.test(text) ? 'greeting' : SMALL_TALK.find(([said]) => said.test(text))?.[1];
}

/** Whether the answer to a question takes the request back. */
export const isRefusal = (raw: string): boolean =>
  /^(?:no|nope|never ?mind|cancel|stop|forget it|nothing|none|neither)(?: (?:that|it|thanks|thank you))?[\s.!]*$/i.test(
    raw.trim(),
  );

/** Whether the answer to a question agrees. */
export const isConsent = (raw: string): boolean =>
  /^(?:yes|yep|yeah|ok|okay|sure|correct|exactly)(?:,? (?:please|that one|it is))?[\s.!]*$/i.test(raw.trim());
