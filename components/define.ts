/** Registers the elements under their names. A name that is taken stays with who has it. */
import { InpageChat } from './inpage-chat.ts';
import { InpageProgress } from './inpage-progress.ts';
import { InpageWorkflow } from './inpage-workflow.ts';

// Two copies of the SDK may meet on one page, and the second `define` of a name throws.
if (customElements.get('inpage-chat') === undefined) customElements.define('inpage-chat', InpageChat);
if (customElements.get('inpage-progress') === undefined) customElements.define('inpage-progress', InpageProgress);
if (customElements.get('inpage-workflow') === undefined) customElements.define('inpage-workflow', InpageWorkflow);

declare global {
  interface HTMLElementTagNameMap {
    'inpage-chat': InpageChat;
    'inpage-progress': InpageProgress;
    'inpage-workflow': InpageWorkflow;
  }
}
