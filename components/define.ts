/** Registers the elements under their names. A name that is taken stays with who has it. */
import { InpageAgent } from './inpage-agent.ts';
import { InpageApproval } from './inpage-approval.ts';
import { InpageChat } from './inpage-chat.ts';
import { InpageProgress } from './inpage-progress.ts';
import { InpageThreads } from './inpage-threads.ts';

const ELEMENTS = {
  'inpage-agent': InpageAgent,
  'inpage-approval': InpageApproval,
  'inpage-chat': InpageChat,
  'inpage-progress': InpageProgress,
  'inpage-threads': InpageThreads,
};

for (const [name, element] of Object.entries(ELEMENTS)) {
  // Two copies of the SDK may meet on one page, and the second `define` of a name throws.
  if (customElements.get(name) === undefined) customElements.define(name, element);
}

export { defineStrings } from './strings/index.ts';
export type { SomeStrings, Strings, StringsOverride } from './strings/index.ts';

declare global {
  interface HTMLElementTagNameMap {
    'inpage-agent': InpageAgent;
    'inpage-approval': InpageApproval;
    'inpage-chat': InpageChat;
    'inpage-progress': InpageProgress;
    'inpage-threads': InpageThreads;
  }
}
