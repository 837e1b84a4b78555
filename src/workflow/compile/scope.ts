/** The state of a workflow as its expressions see it, and their failures with the place that they have in the document. */
import { AgentError, isAgentError } from '../../core/index.ts';
import type { WireError } from '../../core/index.ts';
import type { Located } from '../document.ts';
import { FUEL } from '../expression/parse.ts';
import type { Scope } from '../expression/parse.ts';
import type { Data } from './channels.ts';

const NO_ERRORS: Data = Object.freeze({});

export interface ScopeState {
  readonly data: Data;
  readonly errors: ReadonlyMap<string, WireError>;
}

export function errorsOf({ errors }: ScopeState): Data {
  return errors.size === 0 ? NO_ERRORS : Object.fromEntries(errors);
}

export function scopeOf(state: ScopeState): Scope {
  return { data: state.data, errors: errorsOf(state), fuel: FUEL };
}

/** Has what an expression throws say where it stands. */
export function located<T>({ at: { file, line, column } }: Pick<Located, 'at'>, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isAgentError(error) || error.code !== 'expression-failed' || error.details !== undefined) throw error;
    throw new AgentError(error.code, `${error.message} (${file}:${line}:${column})`, {
      fix: error.fix,
      details: { file, line, column },
    });
  }
}
