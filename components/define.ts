/** Registers all elements under their names. */
import './define-agent.ts';
import './define-others.ts';

export type {
  InpageDecisionEvent,
  InpageMessageEvent,
  InpageRunEndEvent,
  InpageThreadChangeEvent,
  InpageThreadSelectEvent,
  InpageToggleEvent,
} from './define-chat.ts';
export { defineStrings } from './define-chat.ts';
export type { SomeStrings, Strings, StringsOverride } from './define-chat.ts';
