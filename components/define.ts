/** Registers the elements under their names. A name that is taken stays with who has it. */
import { InpageAgent } from './inpage-agent.ts';
import { InpageChat } from './inpage-chat.ts';
import { InpageProgress } from './inpage-progress.ts';
import { InpageThreads } from './inpage-threads.ts';

// Two copies of the SDK may meet on one page, and the second `define` of a name throws.
if (customElements.get('inpage-agent') === undefined) customElements.define('inpage-agent', InpageAgent);
if (customElements.get('inpage-chat') === undefined) customElements.define('inpage-chat', InpageChat);
if (customElements.get('inpage-progress') === undefined) customElements.define('inpage-progress', InpageProgress);
if (customElements.get('inpage-threads') === undefined) customElements.define('inpage-threads', InpageThreads);

export { defineStrings } from './strings/index.ts';
export type { SomeStrings, Strings, StringsOverride } from './strings/index.ts';

declare global {
  interface HTMLElementTagNameMap {
    'inpage-agent': InpageAgent;
    'inpage-chat': InpageChat;
    'inpage-progress': InpageProgress;
    'inpage-threads': InpageThreads;
  }
}
