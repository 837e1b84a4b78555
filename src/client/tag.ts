/** In the script tag's build, and in the place of `start.ts` and `workflow-part.ts`: the stock host and the parts come as the loader finds them. */
import type { PartName, PartScript, TypesPolicy } from '../parts/index.ts';
import type { PartFile } from '../wire/index.ts';
import type { Rung } from './ladder.ts';

/** A stock worker's script as a function of its global scope. It refers to nothing outside itself. */
type Run = (self: MessagePort) => void;

const { tag } = document.currentScript as PartScript;

/** An address in the form that workers take on this page, by the policy that the loader has made. */
export const scriptUrl = (url: string): string => tag?.scriptUrl(url) ?? url;

/** The policy that the loader has made. */
export const typesPolicy = (): TypesPolicy | undefined => tag?.typesPolicy();

/** What the script tag's build has in the place of `import()`. */
export const importPart = async (name: PartName): Promise<unknown> => tag?.load(name);

/** The worker's half of workflows, which the worker imports by itself. */
export const workflowPart = (): PartFile => tag?.fileOf('worker-workflows') ?? { url: '' };

/** Starts a classic worker from its text, which inherits the page's policy. */
function startBlob(run: Run): Worker {
  const url = URL.createObjectURL(new Blob([`(${run.toString()})(self)`], { type: 'text/javascript' }));
  try {
    return new Worker(scriptUrl(url), { name: 'inpage' });
  } finally {
    // The worker has taken its reference when the constructor returns.
    URL.revokeObjectURL(url);
  }
}

/** The same function, called in the page with a port in the place of its scope. */
function startInPage(run: Run): MessagePort {
  const { port1, port2 } = new MessageChannel();
  run(port2);
  port2.start();
  return port1;
}

/**
 * The rungs below a worker of the site's own, best first.
 *
 * @param hasModel whether there is a language model.
 */
export function stockRungs(hasModel: boolean): readonly Rung[] {
  const load = async (): Promise<Run> => (await tag?.load(hasModel ? 'worker-models' : 'worker')) as Run;
  return [
    { kind: 'blob', start: async () => startBlob(await load()) },
    { kind: 'page', start: async () => startInPage(await load()) },
  ];
}
