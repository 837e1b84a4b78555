/** Registers the elements beside `<inpage-chat>` and `<inpage-agent>`. */
import { InpageApproval } from './inpage-approval.ts';
import { InpageProgress } from './inpage-progress.ts';
import { InpageThreads } from './inpage-threads.ts';
import { InpageTrace } from './inpage-trace.ts';
import { InpageWorkflow } from './inpage-workflow.ts';
import { register } from './register.ts';

register({
  'inpage-approval': InpageApproval,
  'inpage-progress': InpageProgress,
  'inpage-threads': InpageThreads,
  'inpage-trace': InpageTrace,
  'inpage-workflow': InpageWorkflow,
});

declare global {
  interface HTMLElementTagNameMap {
    'inpage-approval': InpageApproval;
    'inpage-progress': InpageProgress;
    'inpage-threads': InpageThreads;
    'inpage-trace': InpageTrace;
    'inpage-workflow': InpageWorkflow;
  }
}
