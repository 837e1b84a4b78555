/** Failures of nodes: named, and in a form that can be stored. */
import { AgentError, errorText, isAgentError, toWire } from '../core/index.ts';
import type { WireError } from '../core/index.ts';
import { admit } from '../state/index.ts';

/** An error that a node threw, with the node named. An AgentError keeps its code. */
export function nodeError(error: unknown, node: string): AgentError {
  if (isAgentError(error)) return error;
  return new AgentError('node-failed', `Node "${node}" failed: ${errorText(error)}`, {
    fix: 'Mend the cause, then go on with invoke(null) on the same thread: what finished is kept.',
    details: { node },
    cause: error,
  });
}

/** An error as plain data; details that cannot be stored are left out. */
export function storableError(error: AgentError): WireError {
  const wire = toWire(error);
  try {
    return admit(wire, ['error']);
  } catch {
    const { code, message, fix } = wire;
    return { code, message, fix };
  }
}
