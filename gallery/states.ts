/** Every state of every element, in the order in which they are shown. */
import { agentStates } from './agent-states.ts';
import { approvalStates } from './approval-states.ts';
import { chatStates } from './chat-states.ts';
import { progressStates } from './progress-states.ts';
import type { State } from './state.ts';
import { threadStates } from './thread-states.ts';
import { traceStates } from './trace-states.ts';
import { workflowStates } from './workflow-states.ts';

export const states: readonly State[] = [
  ...chatStates,
  ...agentStates,
  ...threadStates,
  ...approvalStates,
  ...progressStates,
  ...traceStates,
  ...workflowStates,
];
