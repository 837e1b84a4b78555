/** About how many tokens a text or a value takes, by what it is made of: tokenizers differ, and are large. */

/** Kinds of ASCII characters. Runs of one kind are cut into tokens by the length that is usual for it. */
const [SPACE, DIGIT, LOWER, UPPER, SIGN] = [0, 1, 2, 3, 4];

const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code);
  if (code <= 32) return SPACE;
  if (/\d/.test(letter)) return DIGIT;
  return /[a-z]/.test(letter) ? LOWER : /[A-Z]/.test(letter) ? UPPER : SIGN;
});

function ofRun(kind: number, length: number): number {
  switch (kind) {
    case LOWER:
      return length > 9 ? 1 + (length - 9) / 7 : 1;
    case UPPER:
      return 1 + (length - 1) / 6;
    case DIGIT:
      return Math.ceil(length / 3);
    case SIGN:
      return 1 + (length - 1) / 5;
    default:
      // A single space is part of the word after it.
      return length > 1 ? 1 : 0;
  }
}

/** What a character beyond ASCII takes. */
function ofLetter(code: number): number {
  // Greek, Cyrillic; Hebrew, Arabic, the scripts of India and Thailand; punctuation, symbols and halves of emoji.
  if (code < 0x530) return 0.34;
  if (code < 0x2000) return 0.47;
  if (code < 0x2e80 || (code >= 0xd800 && code < 0xe000)) return 1;
  // Chinese, Japanese, Korean.
  return 0.75;
}

/**
 * About how many tokens a text takes: mostly within a quarter of what the tokenizers of the larger models say, save in
 * scripts that one of them was not made for.
 */
export function countText(text: string): number {
  let tokens = 0;
  let kind = SPACE;
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    let next = LOWER;
    if (code < 128) next = KINDS[code] as number;
    // A Latin letter with a mark: words of languages that have them are cut into more tokens.
    else if (code >= 0xc0 && code < 0x250) tokens += 1.4;
    else {
      tokens += ofLetter(code) + (length > 0 ? ofRun(kind, length) : 0);
      kind = SPACE;
      length = 0;
      continue;
    }
    if (next === kind) {
      length++;
    } else if (kind === UPPER && next === LOWER && length === 1) {
      kind = LOWER;
      length = 2;
    } else {
      if (length > 0) tokens += ofRun(kind, length);
      // The space before a number is a token of its own, and so is a new line before a word.
      if (kind === SPACE && length === 1 && next === DIGIT) tokens++;
      if (code === 10) tokens += 0.5;
      kind = next;
      length = 1;
    }
  }
  return tokens + (length > 0 ? ofRun(kind, length) : 0);
}

/** About how many tokens the JSON of a value takes, without making that. */
export function countValue(value: unknown): number {
  if (typeof value === 'string') return countText(value) + 1.4;
  if (typeof value === 'number') return countText(String(value)) + 1.2;
  if (typeof value !== 'object' || value === null) return 2;
  if (ArrayBuffer.isView(value)) return value.byteLength / 2;
  let tokens = 1;
  if (Array.isArray(value) || value instanceof Set || value instanceof Map) {
    for (const inner of value) tokens += countValue(inner);
    return tokens;
  }
  for (const key of Object.keys(value)) {
    tokens += countText(key) + 1.3 + countValue((value as Readonly<Record<string, unknown>>)[key]);
  }
  return tokens;
}
