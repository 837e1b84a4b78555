/** Where the two halves of workflows are in a bundled app. The script-tag build puts another file in the place of this one. */
import type { PartFile } from '../wire/index.ts';
import type { WorkflowPage } from '../workflow-page/index.ts';

/** The page's half. */
export const workflowPage = (): Promise<WorkflowPage> => import('../workflow-page/index.ts');

/** The worker's half. The build puts the address of its file here. */
export const workflowPart = (): PartFile => ({ url: new URL('../worker-workflows.ts', import.meta.url).href });
