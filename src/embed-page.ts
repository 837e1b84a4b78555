/** The page's half of the script tag: the elements and the agent, fetched by the loader when it is time. */
import '../components/define-chat.ts';
import { basics, lit } from '../components/shared.ts';
import { createAgent } from './client/index.ts';
import type { AgentOptions } from './client/index.ts';
import type { RemoteModelConfig } from './core/index.ts';
import type { PartScript, TagConfig } from './parts/index.ts';
import type { TagAgent } from './script-tag.ts';
import { defineTool } from './tools/index.ts';

/** The integrity of what is loaded later; the build puts it here. */
declare const __INPAGE_LATER__: Readonly<Record<string, string>>;

const script = document.currentScript as PartScript;
const { tag } = script;

/** Makes the agent and places the chat; gives the agent as a page's commands get it. */
export type StartPage = (config: TagConfig) => Promise<TagAgent>;

/** Those of some settings that are set. */
const those = <N extends string>(config: TagConfig, ...names: N[]): Partial<Record<N, string>> =>
  Object.fromEntries(names.flatMap((name) => (config[name] ? [[name, config[name]]] : []))) as Partial<
    Record<N, string>
  >;

async function start(config: TagConfig): Promise<TagAgent> {
  const { mount, mode, corner, thread, workerUrl, approvalTimeout, endpoint, model = '' } = config;
  const agent = createAgent({
    // What it is not, createAgent refuses: a slip of the pen must not let anything happen unasked.
    ...(those(config, 'namespace', 'instructions', 'approval') as AgentOptions),
    ...(workerUrl ? { worker: workerUrl } : {}),
    ...(endpoint
      ? { model: { endpoint, model, ...(those(config, 'provider') as Pick<RemoteModelConfig, 'provider'>) } }
      : those(config, 'model')),
    ...(approvalTimeout ? { approvalTimeout: Number(approvalTimeout) } : {}),
  });
  // What else the page may use of elements; without it a chat in the page is whole.
  const corners = import('../components/define-agent.ts');
  corners.then(() => import('../components/define-others.ts')).catch(() => undefined);
  const tool: TagAgent['tool'] = (definition, offer) => agent.tool(defineTool(definition), offer);
  if (mode === 'none') {
    const conversation = agent.thread(thread);
    return { ...agent, tool, run: (text) => conversation.send(text), stop: () => conversation.stop() };
  }
  const chat = document.createElement('inpage-chat');
  chat.agent = agent;
  for (const [name, value] of Object.entries(those(config, 'heading', 'placeholder', 'welcome', 'thread', 'accept')))
    chat.setAttribute(name, value);
  if (mode === 'floating') {
    await corners;
    const panel = document.createElement('inpage-agent');
    if (corner) panel.setAttribute('corner', corner);
    panel.append(chat);
    place(panel, mount);
  } else {
    place(chat, mount);
  }
  return { ...agent, tool, run: (text) => chat.send(text), stop: () => chat.stop() };
}

function place(chat: Element, mount: string | undefined): void {
  const parent = mount ? tag?.find(mount) : document.body;
  if (!parent) console.warn(`inpage: nothing matches data-mount="${mount ?? ''}"; the chat is at the end of the page.`);
  (parent ?? document.body).append(chat);
}

script.exported = start satisfies StartPage;
if (tag) {
  Object.assign(tag.hashes, __INPAGE_LATER__);
  tag.shared = { createAgent, ...lit, ...basics };
}
