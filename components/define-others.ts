/** Registers the elements beside `<inpage-chat>`. */
import { InpageAgent } from './inpage-agent.ts';
import { InpageApproval } from './inpage-approval.ts';
import { InpageProgress } from './inpage-progress.ts';
import { InpageThreads } from './inpage-threads.ts';
import { InpageTrace } from './inpage-trace.ts';
import { InpageWorkflow } from './inpage-workflow.ts';
import { register } from './register.ts';

register({
  'inpage-agent': InpageAgent,
  'inpage-approval': InpageApproval,
  'inpage-progress': InpageProgress,
  'inpage-threads': InpageThreads,
  'inpage-trace': InpageTrace,
  'inpage-workflow': InpageWorkflow,
});

declare global {
  interface HTMLElementTagNameMap {
    'inpage-agent': InpageAgent;
    'inpage-approval': InpageApproval;
    'inpage-progress': InpageProgress;
    'inpage-threads': InpageThreads;
    'inpage-trace': InpageTrace;
    'inpage-workflow': InpageWorkflow;
  }
}
