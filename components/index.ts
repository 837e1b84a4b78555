/** The elements as classes. Nothing is registered by importing this; `define.ts` does that. */
export { InpageDecisionEvent, InpageMessageEvent, InpageRunEndEvent, InpageThreadChangeEvent } from './events.ts';
export { InpageChat } from './inpage-chat.ts';
export { InpageProgress } from './inpage-progress.ts';
export { InpageWorkflow } from './inpage-workflow.ts';
