/** Registers `<inpage-agent>` alone: with the chat it is all that a button in the corner opens. */
import { InpageAgent } from './inpage-agent.ts';
import { register } from './register.ts';

register({ 'inpage-agent': InpageAgent });

declare global {
  interface HTMLElementTagNameMap {
    'inpage-agent': InpageAgent;
  }
}
