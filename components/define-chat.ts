/** Registers `<inpage-chat>` alone, for pages that need no other element. */
import { InpageChat } from './inpage-chat.ts';
import { register } from './register.ts';

register({ 'inpage-chat': InpageChat });

export type {
  InpageDecisionEvent,
  InpageMessageEvent,
  InpageRunEndEvent,
  InpageThreadChangeEvent,
  InpageThreadSelectEvent,
  InpageToggleEvent,
} from './events.ts';
export { defineStrings } from './strings/index.ts';
export type { SomeStrings, Strings, StringsOverride } from './strings/index.ts';

declare global {
  interface HTMLElementTagNameMap {
    'inpage-chat': InpageChat;
  }
}
