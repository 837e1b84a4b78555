/** The elements as classes. Nothing is registered by importing this; `define.ts` does that. */
export {
  InpageDecisionEvent,
  InpageMessageEvent,
  InpageRunEndEvent,
  InpageThreadChangeEvent,
  InpageThreadSelectEvent,
  InpageToggleEvent,
} from './events.ts';
export { InpageForkEvent } from './fork-event.ts';
export { InpageAgent } from './inpage-agent.ts';
export { InpageApproval } from './inpage-approval.ts';
export { InpageChat } from './inpage-chat.ts';
export { InpageProgress } from './inpage-progress.ts';
export { InpageThreads } from './inpage-threads.ts';
export { InpageTrace } from './inpage-trace.ts';
export { InpageWorkflow } from './inpage-workflow.ts';
export { defineStrings } from './strings/index.ts';
export type { SomeStrings, Strings, StringsOverride } from './strings/index.ts';
