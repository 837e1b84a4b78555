/**
 * The script tag: a loader that fetches the elements and the worker from beside itself when the page has time for them.
 *
 * `<script defer src="inpage.js" data-mount="#help" data-heading="Help"></script>`
 *
 * - `data-load`: `idle` (the default) loads the rest when the page has nothing to do, `visible` when what `data-mount`
 *   names comes near the view.
 * - `data-mount`: a selector of the element to put the chat into; by default it comes at the end of the page.
 * - `data-heading`, `data-placeholder`, `data-welcome`, `data-thread`: attributes of the chat.
 * - `data-endpoint`, `data-model`, `data-provider`, `data-instructions`: a remote model, and what it is told first.
 *   Never a key: an endpoint of the site's own keeps it.
 * - `data-namespace`, `data-worker-url`, `data-approval`, `data-approval-timeout`: options of the agent.
 *
 * What is long may stand in `<script type="application/json" data-inpage>{"welcome": "…"}</script>` instead, by the same
 * names in camel case; attributes win.
 */
import type { StartPage, TagAgent } from './embed-page.ts';
import { configOf, partsBeside, whenDue } from './parts/index.ts';

type Command = (agent: TagAgent) => void;

declare global {
  interface Window {
    /** Commands for the agent; an array before the script has loaded, and still takes `push` after. */
    inpage?: { push(...commands: Command[]): unknown };
  }
}

/** The integrity of each part; the build puts it here. */
declare const __INPAGE_PARTS__: Readonly<Record<string, string>>;

let agent: TagAgent | undefined;
const waiting: Command[] = [];

/** Runs a page's commands as soon as there is an agent; one that throws is reported and holds up no other. */
function push(...commands: Command[]): void {
  if (agent === undefined) {
    waiting.push(...commands);
    return;
  }
  for (const command of commands) {
    try {
      command(agent);
    } catch (error) {
      console.error('inpage: a command failed.', error);
    }
  }
}

async function start(script: HTMLScriptElement): Promise<void> {
  const parts = partsBeside(script, __INPAGE_PARTS__);
  const config = configOf(script);
  await whenDue(config);
  // Neither waits for the other; whoever uses the worker hears of it when it could not be loaded.
  if (!config['workerUrl']) parts.load(config['endpoint'] ? 'worker-models' : 'worker').catch(() => undefined);
  const startPage = (await parts.load('page')) as StartPage;
  agent = startPage(config);
  push(...waiting.splice(0));
}

const before = window.inpage;
window.inpage = { push };
if (Array.isArray(before)) push(...(before as Command[]));

const script = document.currentScript as HTMLScriptElement | null;
if (script?.src) {
  start(script).catch((error: unknown) => {
    console.error('inpage: the agent could not be started.', error);
  });
} else {
  console.error(
    'inpage: inpage.js finds its parts beside its address. Load it by a classic <script defer src="…/inpage.js">.',
  );
}
