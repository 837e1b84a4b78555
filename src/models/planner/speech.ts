/** What kind of saying a message is: a command, a question or a statement, and whether it takes itself back. */
import { joinVerbs, tokenise, WORD_CHARS } from './tokens.ts';
import type { Token } from './tokens.ts';
import { CONDITION, COPULA, NEGATION, PARTICLE, QUESTION, SUBJECT } from './words.ts';

/** A message without its politeness. */
export interface Utterance {
  /** As it was typed. */
  readonly raw: string;
  /** What is wanted, then what is only told besides. */
  readonly text: string;
  readonly tokens: readonly Token[];
  /** How many of the tokens say what is wanted; the others tell something besides: `I'm freezing`. */
  readonly main: number;
  readonly mood: 'command' | 'question' | 'statement';
  /** Whether it was said as a wish: `I want …`. */
  readonly wish: boolean;
}

const IF_POSSIBLE =
  "if (?:at all )?possible|if (?:it|that|this)(?:'s| is| isn't| is not) [^,.!?;]*?(?:trouble|problem|possible|ok|okay|allowed|bother|hassle)|if you (?:can|could|don't mind)|when(?:ever)? you (?:get|have|find|can)\\b[^,.!?;]*";
const OPENING = new RegExp(
  '^(?:' +
    [
      '(?:would|do) you mind|please|kindly|possibly|maybe|hey|hi|hello|hiya|ok|okay|so|well|now|just|alright|right|hmm+|sorry|thanks|thank you|cheers|actually|oh|yes|also|then|and|but',
      '(?:(?:(?:do you|let me) )?know|tell me|explain(?: to me)?)(?= (?:what|which|who|where|when|how))|show me(?= (?:where|how))|(?:(?:let me )?know|tell me|check) (?:if|whether)',
      `let me(?! in| know)|let's|go ahead and|try to|help me(?: to)?|be (?:so kind|so good|a dear) (?:and|as to)|${IF_POSSIBLE}`,
      '(?:can|could|would|will) (?:you|some(?:one|body))(?: be able to)?|(?:can|could|may|might) (?:i|we)(?: just| maybe)?(?: (?:have|get|ask you to))?|(?:would it be|is it|it would be) (?:possible|ok|okay|great) to',
      "(?:i|we)(?:(?:'d| would)(?: really)? (?:like|love|prefer)|(?:'d| would)?(?: just| really)? (?:need|want|wish))(?: you)?(?: to)?(?: have)?",
      "i(?:'m| am) (?:trying|looking|hoping) to|i(?:'m| am) afraid(?! to)|i was (?:wondering|hoping)(?: (?:if|whether))?(?: you could)?",
      "(?:i'd|i would|it would|would) be (?:\\w+ ){0,3}(?:grateful|glad|happy|pleased|great|nice|kind) if (?:you|i|we) (?:could|would)",
    ].join('|') +
    `)(?![${WORD_CHARS}'])[\\s,.!:;-]*`,
  'i',
);
const WISH = /\b(?:like|want|need|wish|love)\b/i;
const MIND = /\bmind\b/i;
/** What is only polite when it stands by itself between two signs. */
const POLITE = new RegExp(
  '(?<=^|[,.!?;] ?)(?:' +
    [
      '(?:hey|hi|hello|hiya|dear|good (?:morning|afternoon|evening|day))(?: \\p{L}+){0,2}',
      "(?:i )?hope [^,.!?;]*|sorry (?:to|for) [^,.!?;]*?(?= but |[,.!?;]|$)|(?:(?:i'm|i am) )?(?:so |very )?sorry|excuse me",
      `(?:many )?(?:thanks|thank you|thx|cheers)(?: [^,.!?;]*)?|(?:very )?much appreciated|please|${IF_POSSIBLE}`,
    ].join('|') +
    ')(?=[,.!?;]|$| (?:but|could|can|would|i)\\b)[,.!?;]?\\s*',
  'giu',
);
/** What takes back what was said before it; "say no" and "yes or no" do not. */
const TAKEN_BACK = new RegExp(
  "^stop \\w+ing\\b|\\b(?:never ?mind|no,? wait|(?:forget|scratch|cancel) (?:it|that)|actually,? no|no need to|as (?:it is|they are)$|under no circumstances|(?:just|only) (?:kidding|joking)|(?:no|or rather|actually|please|better),? (?:don't|do not|not)$)\\b|" +
    '(?<!\\b(?:to|say|says|said|saying|or|is) )\\b(?:no|nope)(?: thanks| thank you)?[\\s.!]*$',
  'i',
);
const CLOSING = new RegExp(
  `[\\s,]+(?:please|thanks|thank you|thx|(?:thanks|thank you) (?:a lot|(?:so|very) much)|for me|okay|ok|asap|cheers|${IF_POSSIBLE})[\\s.,!?]*$`,
  'i',
);

/** "do you have any tents" looks for tents. */
const HAVE = /^(?:(?:do you (?:have|sell|stock)|have you got|got)(?! to)|(?:is|are) there(?= (?:any|some|an?)\b)) /i;

/** Takes politeness and what frames a request (`could you`, `I would like to`) off a piece of text. */
function bare(said: string): { readonly text: string; readonly framed: string } {
  let text = said.trim();
  let framed = '';
  for (let cut = OPENING.exec(text); cut !== null && cut[0].length > 0; cut = OPENING.exec(text)) {
    framed += cut[0];
    text = text.slice(cut[0].length);
  }
  text = text.replace(HAVE, 'find ');
  for (let next = text.replace(CLOSING, ''); next !== text; next = text.replace(CLOSING, '')) text = next;
  return { text: text.replace(/[\s,;]+$/, ''), framed };
}

const WHEN = /^(?:yesterday|today|last \w+|this \w+|earlier|recently),? (?=(?:i|we|she|he|they)\b)/i;
const DEED =
  'took|bought|sent|paid|made|did|got|went|gave|left|put|set|had|saw|said|told|wrote|came|found|kept|met|ran|sold|stood';
const PAST = new RegExp(`^(?:was|were|${DEED})$`);
/** "Bob finished it" */
const TELLS = new RegExp(`^\\p{Lu}\\p{L}+ (?:\\p{L}{2,}ed|${DEED})\\b`, 'u');
/** "my card is damaged", "the fish tank has been cleaned" */
const IS =
  /^(?:(?:my|our|the|his|her|their|some|an?) (?:[\p{L}\p{N}'-]+ ){1,6}|(?:[\p{L}\p{N}'-]+ ){1,2})(?:is|are|was|were|has|had|said|says|\p{L}+n't)\b|^before (?:i|we)\b/iu;
const moodOf = (text: string): Utterance['mood'] => {
  // "have it delivered" is told to do.
  const first = /^have (?:it|this|that|them|everything|my|the)\b/i.test(text)
    ? ''
    : (tokenise(text.replace(WHEN, ''))[0]?.word ?? '');
  return QUESTION.has(first)
    ? 'question'
    : SUBJECT.has(first) || TELLS.test(text) || IS.test(text)
      ? 'statement'
      : 'command';
};
/** Where a message may go on with something else. */
const SEAM =
  /(?<=[\p{L}\p{N}'"”’)])(?:[.!?]\s+|;\s*|,\s+(?:so |but )?|\s+(?:but|so) (?=(?:could|can|would|please|i)\b))/giu;
/** After these words what follows belongs to somebody's text. */
const QUOTING = /[:"“]|\b(?:saying|that|whether|if|remind me|note)\b/i;

/** "£20" is said as "20 pounds". */
const MONEY: Readonly<Record<string, string>> = { '€': 'euros', $: 'dollars', '£': 'pounds' };

/** Reads a message: what is wanted first, what is only told behind it. */
export function hear(raw: string): Utterance {
  const plain = raw
    .replaceAll('’', "'")
    .replace(/([€$£]) ?(\d[\d.,]*(?<=\d))/g, (_, sign: string, amount: string) => `${amount} ${MONEY[sign] ?? ''}`)
    .trim();
  const cut = plain.replace(POLITE, '');
  const whole = bare(cut.trim() === '' || !/[\p{L}\p{N}]/u.test(cut) ? plain : cut);
  const quoting = QUOTING.exec(whole.text)?.index ?? Infinity;
  const pieces: string[] = [];
  let from = 0;
  for (const { index, 0: seam } of whole.text.matchAll(SEAM)) {
    if (index > quoting) break;
    pieces.push(whole.text.slice(from, index + 1));
    from = index + seam.length;
  }
  pieces.push(whole.text.slice(from));
  const parts = pieces.map((piece, at) => {
    const { text, framed } = at === 0 ? { text: piece, framed: whole.framed } : bare(piece);
    const asked = /\b(?:you|i|we|please|let's)\b/i.test(framed);
    // "unless it is dark" is told of the deed, and not besides.
    const isAside =
      !asked && moodOf(text) === 'statement' && !CONDITION.has(text.split(' ', 1)[0]?.toLowerCase() ?? '');
    return { piece, text, framed, mood: moodOf(text), isAside };
  });
  const first = parts.find(({ isAside, text }) => !isAside && /[\p{L}\p{N}]/u.test(text));
  // Only a request makes the rest an aside; and as long as it comes first, nothing is moved.
  const asides = first === undefined ? [] : parts.filter(({ isAside }) => isAside);
  const isMoved = asides.length > 0;
  const kept = parts.filter((part) => !asides.includes(part));
  const main = isMoved
    ? kept
        .map(({ text }) => text)
        .join(' ')
        .replace(CLOSING, '')
    : first === undefined || first === parts[0]
      ? whole.text
      : parts.map(({ text }) => text).join(', ');
  const text = isMoved ? `${main} ; ${asides.map(({ text: told }) => told).join(' ')}` : main;
  const framed = (first ?? parts[0])?.framed ?? '';
  const read = joinVerbs(tokenise(text), (stems) => PARTICLE.has(stems));
  // "would you mind closing" asks to close.
  const isMind = MIND.test(framed) && read[0] !== undefined && /ing$/.test(read[0].word);
  const tokens = isMind ? read.map((token, at) => (at === 0 ? { ...token, word: token.stem } : token)) : read;
  return {
    raw,
    text,
    tokens,
    main: isMoved ? tokens.filter(({ end }) => end <= main.length).length : tokens.length,
    wish: WISH.test(framed),
    // "can you" has been taken off by now, so that a word like it in front asks for knowledge, not for a deed.
    mood:
      /\b(?:if|whether)$/i.test(framed.trim()) && /\b(?:know|tell|check)\b/i.test(framed) ? 'question' : moodOf(main),
  };
}

/**
 * Why a message must change nothing, although its words fit.
 *
 * @param isPassed Whether the word at an index is a value that is only passed on.
 * @param lead How many of the first words are said just so in an example, and therefore are a command.
 * @param isTold Whether it begins with a verb that commands: then "is" only tells more.
 */
export function objection(
  said: Utterance,
  isPassed: (index: number) => boolean,
  lead = 0,
  isTold = false,
): 'negated' | 'not-asked' | undefined {
  const has = (fits: (word: string, index: number) => boolean): boolean =>
    said.tokens.some(({ word }, index) => index >= lead && index < said.main && !isPassed(index) && fits(word, index));
  // "no dark mode", "order no milk"; "no, the red one" and "no later than Friday" take nothing back.
  const isNo = (word: string, index: number): boolean =>
    word === 'no' &&
    index < 2 &&
    said.mood === 'command' &&
    said.text[said.tokens[index]?.end ?? 0] === ' ' &&
    !/^(?:more|less|later|\d+)$/.test(said.tokens[index + 1]?.word ?? '');
  if (has(isNo) || TAKEN_BACK.test(said.text) || has((word) => NEGATION.has(word) || word.endsWith("n't")))
    return 'negated';
  const isOpen = has((word, index) => CONDITION.has(word) || (COPULA.has(word) && (!isTold || index < 2)));
  return isOpen || (said.mood !== 'command' && lead === 0) ? 'not-asked' : undefined;
}

/** Whether a message tells what somebody did or what was, with a verb that `isDeed` knows, or with its time. */
export function isPast({ tokens, mood, text }: Utterance, isDeed: (token: Token) => boolean): boolean {
  if (mood !== 'statement') return false;
  if (/\balready\b/i.test(text)) return true;
  const verb = tokens.slice(1, 5).find(({ word, stem }) => PAST.test(word) || (word !== stem && /ed$/.test(word)));
  return verb !== undefined && (isDeed(verb) || /\b(?:yesterday|last|ago|earlier)\b/i.test(text));
}

const SMALL_TALK: readonly (readonly [said: RegExp, reply: string])[] = [
  [
    /^(?:(?:ok|okay|oh|alright|great|perfect|cool|nice)[\s,!.]+)*(?:(?:that's |that is |you're |you are )?(?:so |very |the )*(?:thanks|thank you|thank u|thx|cheers|great|perfect|nice|cool|awesome|lovely|brilliant|wonderful|best|star|excellent|amazing|good job|well done))\b.{0,24}$/i,
    'You are welcome.',
  ],
  [/^(?:bye|goodbye|good night|see you)\b.{0,16}$/i, 'Goodbye.'],
  [/^(?:cancel|never ?mind|forget)(?: (?:it|that|this))?[\s.!]*$/i, 'There is nothing to cancel.'],
  [/^(?:no|nope|yes|yep|ok|okay|sure)[\s.!]*$/i, 'All right.'],
];
const GREETING =
  /^(?:(?:hello|hi|hey|hiya|good (?:morning|afternoon|evening|day))(?: (?:there|again|you|all|everyone|team|\w+))?[^\p{L}]*)?(?:how are you(?: (?:today|doing))?)?[^\p{L}]*$/iu;

/** The reply to thanks and goodbyes, `greeting` for a greeting, else undefined. */
export function smallTalk(raw: string): string | undefined {
  const text = raw.trim();
  return GREETING.test(text) ? 'greeting' : SMALL_TALK.find(([said]) => said.test(text))?.[1];
}

/** Whether the answer to a question takes the request back. */
export const isRefusal = (raw: string): boolean =>
  /^(?:actually,? )?(?:no|nope|never ?mind|cancel|stop|forget(?: about)? it|nothing|none|neither|i(?:'ve)? changed my mind|why|what(?: do you mean)?|help)(?: (?:that|it|thanks|thank you|please))?[\s.!?]*$/i.test(
    raw.trim(),
  );

/** Whether the answer to a question agrees. */
export const isConsent = (raw: string): boolean =>
  /^(?:yes|yep|yeah|ok|okay|sure|correct|exactly)(?:,? (?:please|that one|it is))?[\s.!]*$/i.test(raw.trim());
