/** Where the two halves of workflows are for the script tag: beside it, as files of their own. */
import type { PartFile } from '../wire/index.ts';
import type { WorkflowPage } from '../workflow-page/index.ts';

const { src } = (document.currentScript ?? {}) as Partial<HTMLScriptElement>;

/** The hash of each file by its name; the build puts them here. */
declare const __INPAGE_HASHES__: Readonly<Record<string, string>>;

const beside = (name: string): PartFile => {
  const integrity = __INPAGE_HASHES__[name];
  const url = new URL(name, src ?? globalThis.location.href).href;
  return { url, ...(integrity === undefined ? {} : { integrity }) };
};

/** The page's half. */
export async function workflowPage(): Promise<WorkflowPage> {
  const { url, integrity = '' } = beside('page-workflows.js');
  // An import takes no hash. This is what it finds in the browser's cache.
  await fetch(url, { integrity });
  // What the build has made of that module.
  return (await import(/* @vite-ignore */ url)) as WorkflowPage;
}

/** The worker's half. */
export const workflowPart = (): PartFile => beside('worker-workflows.js');
