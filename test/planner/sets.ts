/** The data sets: requests in plain English over tools that the planner has never seen, and what should come of each. */
import { readFileSync } from 'node:fs';
import type { JsonSchema, ToolDanger, ToolEffect } from '../../src/core/index.ts';

export type SetName = 'dev' | 'frozen' | 'check' | 'probe' | 'trial';

export interface Suggestion {
  readonly value: string;
  readonly label: string;
}

/** A tool as a set describes it. */
export interface SetTool {
  readonly name: string;
  readonly description: string;
  readonly effect: ToolEffect;
  readonly danger: ToolDanger;
  readonly input: JsonSchema;
  readonly examples: readonly string[];
  /** The candidates of a field, or of its items. */
  readonly suggest?: Readonly<Record<string, readonly Suggestion[]>>;
}

export type Input = Readonly<Record<string, unknown>>;

export interface Call {
  readonly tool: string;
  readonly input: Input;
}

/** A call that is wanted, and the inputs that are as right as the first. */
export interface WantedCall extends Call {
  readonly also?: readonly Input[];
}

export interface Expectation {
  /** In order; none where nothing is to be done. */
  readonly calls?: readonly WantedCall[];
  /** What must be asked for on the last turn: a field, with dots where it is nested, or `choice`. */
  readonly ask?: string;
  /** The field of a `choice`, where it is one of candidates and the set names it. */
  readonly field?: string;
  /** The answer to the question. */
  readonly then?: string;
  readonly nothing?: boolean;
}

/** What an earlier turn did, and what came back. */
export interface Earlier extends Call {
  readonly result?: unknown;
}

export interface Case {
  readonly id: string;
  readonly domain: string;
  readonly kind: string;
  /** Local time, without an offset. */
  readonly now: string;
  /** What is said, turn by turn; the expectation is of the last. */
  readonly say: string | readonly string[];
  readonly before?: readonly (Earlier | null)[];
  readonly expect: Expectation;
}

export interface DataSet {
  readonly name: SetName;
  readonly tools: Readonly<Record<string, readonly SetTool[]>>;
  readonly cases: readonly Case[];
}

/** Reads a set. That it is what its types say is for its own test to prove. */
export function readSet(name: SetName): DataSet {
  const read = (file: string): unknown =>
    JSON.parse(readFileSync(new URL(`sets/${name}/${file}.json`, import.meta.url), 'utf8'));
  return { name, tools: read('tools') as DataSet['tools'], cases: read('utterances') as DataSet['cases'] };
}
