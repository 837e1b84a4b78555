/** Why a model that follows rules answered as it did, as plain data: what it read, not how to say so. */

/** A word of a message, and what it was read as. */
export interface ExplainedWord {
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The field that it fills; `true`: it means the tool; `false`: the tool has no use for it; undefined: it says nothing. */
  readonly as: string | boolean | undefined;
}

/** A message, or the part of one that is a request of its own, as it was read for a tool. */
export interface ExplainedText {
  /** With slips of the finger mended, and what is only polite left out. */
  readonly text: string;
  readonly words: readonly ExplainedWord[];
  /** What it says, by the names of the fields. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Whether it came before the message that is answered, which itself answers a question. */
  readonly isEarlier: boolean;
}

/** A field of a tool's input. */
export interface ExplainedField {
  /** Its place in the input, with dots where it is nested. */
  readonly name: string;
  /** What it is in plain words. */
  readonly label: string;
  /** What words are read as for it; `thing` is one of those that the tool itself suggests. */
  readonly rule: 'choice' | 'number' | 'boolean' | 'moment' | 'expression' | 'pattern' | 'thing' | 'text' | 'other';
}

/** A call as it was made of the words. */
export interface ExplainedCall {
  readonly tool: string;
  readonly input: unknown;
  /** What is filled, by the names of the fields. */
  readonly values: Readonly<Record<string, unknown>>;
  /** All fields of the tool. */
  readonly fields: readonly ExplainedField[];
  /** What it was read from, what tells most first. */
  readonly texts: readonly ExplainedText[];
  /** What must still be known, by the labels of the fields. */
  readonly missing: readonly string[];
  /** How much speaks for it, from 0 to 1. */
  readonly score: number;
}

/** Why a model that follows rules answered as it did. */
export interface Explanation {
  /**
   * What it did: it called, asked for a value, named what may be meant, asked what comes first, said what is in the way, did
   * nothing because that was said or because nothing fits, or answered small talk.
   */
  readonly kind: 'act' | 'ask' | 'unsure' | 'split' | 'tell' | 'refuse' | 'none' | 'talk';
  /** What it said; empty with calls. */
  readonly text: string;
  /** What it called, asked about or offered, the best first. */
  readonly calls: readonly ExplainedCall[];
  /** The next best tool; undefined where there is none, or where tools were not weighed. */
  readonly runnerUp?: ExplainedCall | undefined;
  /** The input of the call before, from which a short message goes on. */
  readonly before?: unknown;
  /** Slips of the finger: what was typed, by what it was taken for. */
  readonly mended: ReadonlyMap<string, string>;
}
