/** How the refusal of an input is worded. */
import { AgentError } from '../core/index.ts';
import type { InputIssue } from '../core/index.ts';

/** The refusal of an input. */
export function unfit(tool: string, issues: readonly InputIssue[], cause?: unknown): AgentError {
  const text = issues.map(({ path, message }) => `${path}: ${message}`).join(' ');
  return new AgentError('invalid-tool-input', `The input of "${tool}" does not fit. ${text}`, {
    fix: `Call "${tool}" with input that fits; nothing was run.`,
    details: { tool, issues },
    cause,
  });
}
