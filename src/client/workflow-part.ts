/** Where the worker's half of workflows is in a bundled app. The script tag's build has `tag.ts` in the place of this file. */
import type { PartFile } from '../wire/index.ts';

/** The worker's half. The build puts the address of its file here. */
export const workflowPart = (): PartFile => ({ url: new URL('../worker-workflows.ts', import.meta.url).href });
