/**
 * The script tag: a loader that shows a button, and fetches the elements and the worker from beside itself when it is time.
 *
 * `<script defer src="inpage.js" data-heading="Help"></script>`
 *
 * - `data-mode`: `floating` has a button in the corner of the page that opens a panel, `inline` puts the chat into the
 *   page, `none` shows nothing. `inline` is the default with `data-mount`, else `floating`.
 * - `data-mount`: a selector of the element to put the chat into; `inline` without it puts it at the end of the page.
 * - `data-load`: `click` loads the rest when a button is pressed that stands where the assistant will be, `idle` when the
 *   page has nothing to do, `visible` when what `data-mount` names comes near the view. `click` is the default of
 *   `floating`, unless the page has elements of its own; else it is `idle`.
 * - `data-corner`: `end` or `start`. `data-label` names the button.
 * - `data-heading`, `data-placeholder`, `data-welcome`, `data-thread`: attributes of the chat.
 * - `data-endpoint`, `data-model`, `data-provider`, `data-instructions`: a remote model, and what it is told first.
 *   Never a key: an endpoint of the site's own keeps it.
 * - `data-namespace`, `data-worker-url`, `data-approval`, `data-approval-timeout`: options of the agent.
 *
 * What is long may stand in `<script type="application/json" data-inpage>{"welcome": "…"}</script>` instead, by the same
 * names in camel case; attributes win.
 */
import type { StartPage } from './embed-page.ts';
import { configOf, partsBeside, rememberUse, showLauncher, untilParsed, whenDue } from './parts/index.ts';
import type { TagAgent, TagCommand } from './script-tag.ts';

/** The integrity of what the loader loads itself; the build puts it here. */
declare const __INPAGE_PARTS__: Record<string, string>;

let agent: TagAgent | undefined;
const waiting: TagCommand[] = [];
let hurry: ((now: unknown) => void) | undefined;
/** Resolves when the page itself wants the rest, whatever its tag says. */
const asked = new Promise((resolve) => (hurry = resolve));

/** Runs a page's commands as soon as there is an agent; one that throws is reported and holds up no other. */
function push(...commands: TagCommand[]): void {
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

/** As the agent has it, once there is one. */
const run = async (text: string): ReturnType<TagAgent['run']> => {
  rememberUse();
  hurry?.(undefined);
  const ready = await new Promise<TagAgent>((resolve) => {
    push(resolve);
  });
  return ready.run(text);
};

async function start(script: HTMLScriptElement): Promise<void> {
  const parts = partsBeside(script, __INPAGE_PARTS__);
  await untilParsed();
  const config = configOf(script);
  const begin = async (): Promise<void> => {
    // Neither waits for the other; whoever uses the worker hears of it when it could not be loaded.
    if (!config['workerUrl']) parts.load(config['endpoint'] ? 'worker-models' : 'worker').catch(() => undefined);
    const startPage = (await parts.load('page')) as StartPage;
    agent = await startPage(config);
    push(...waiting.splice(0));
  };
  const due = whenDue(config, asked);
  if (config['load'] === 'click' && config['mode'] !== 'none') {
    showLauncher(config, begin, due);
    return;
  }
  await due;
  await begin();
}

const before = window.inpage;
window.inpage = { push, run, stop: async () => agent?.stop() };
if (Array.isArray(before)) push(...(before as TagCommand[]));

const script = document.currentScript as HTMLScriptElement | null;
if (script?.src) {
  start(script).catch((error: unknown) => {
    console.error('inpage: the agent could not be started.', error);
  });
} else {
  console.error('inpage: load inpage.js by a classic <script defer src="…/inpage.js">; its parts lie beside it.');
}
