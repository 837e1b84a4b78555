/** The page's half of the script tag: the elements and the agent, fetched by the loader when it is time. */
import { css, html, LitElement, nothing, svg } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Directive, directive } from 'lit/directive.js';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import '../components/define-chat.ts';
import { createAgent } from './client/index.ts';
import type { AgentOptions } from './client/index.ts';
import { AgentError } from './core/index.ts';
import type { RemoteModelConfig } from './core/index.ts';
import type { PartScript, TagConfig } from './parts/index.ts';
import type { TagAgent } from './script-tag.ts';
import { defineTool } from './tools/index.ts';

/** The integrity of what is loaded later; the build puts it here. */
declare const __INPAGE_LATER__: Readonly<Record<string, string>>;

const MODES = ['inline', 'floating', 'none'];

/** Makes the agent and places the chat; gives the agent as a page's commands get it. */
export type StartPage = (config: TagConfig) => Promise<TagAgent>;

async function start({ mount, mode = 'inline', corner, ...options }: TagConfig): Promise<TagAgent> {
  const { heading, placeholder, welcome, thread, accept } = options;
  const { namespace, workerUrl, approval, approvalTimeout, endpoint, model, provider, instructions } = options;
  const agent = createAgent({
    ...(namespace ? { namespace } : {}),
    ...(workerUrl ? { worker: workerUrl } : {}),
    ...(instructions ? { instructions } : {}),
    ...(endpoint
      ? {
          model: {
            endpoint,
            model: model ?? '',
            ...(provider ? { provider: provider as NonNullable<RemoteModelConfig['provider']> } : {}),
          },
        }
      : model
        ? { model }
        : {}),
    // What it is not, createAgent refuses: a slip of the pen must not let anything happen unasked.
    ...(approval ? { approval: approval as NonNullable<AgentOptions['approval']> } : {}),
    ...(approvalTimeout ? { approvalTimeout: Number(approvalTimeout) } : {}),
  });
  if (!MODES.includes(mode))
    console.warn(`inpage: data-mode="${mode}" is none of ${MODES.join(', ')}; the chat is put into the page.`);
  // What else the page may use of elements; without it a chat in the page is whole.
  const others = import('../components/define-others.ts');
  others.catch(() => undefined);
  const tool: TagAgent['tool'] = (definition, offer) => agent.tool(defineTool(definition), offer);
  if (mode === 'none') {
    const conversation = agent.thread(thread);
    return { ...agent, tool, run: (text) => conversation.send(text), stop: () => conversation.stop() };
  }
  const chat = document.createElement('inpage-chat');
  chat.agent = agent;
  const attributes = { heading, placeholder, welcome, thread, accept };
  for (const [name, value] of Object.entries(attributes)) if (value) chat.setAttribute(name, value);
  if (mode === 'floating') {
    await others;
    const panel = document.createElement('inpage-agent');
    if (corner) panel.setAttribute('corner', corner);
    panel.append(chat);
    place(panel, mount);
  } else {
    place(chat, mount);
  }
  return { ...agent, tool, run: (text) => chat.send(text), stop: () => chat.stop() };
}

function find(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    // It is no selector, so nothing matches it.
    return null;
  }
}

function place(chat: Element, mount: string | undefined): void {
  const parent = mount ? find(mount) : document.body;
  if (!parent) {
    const error = new AgentError('invalid-option', `Nothing on this page matches data-mount="${mount ?? ''}".`, {
      fix: 'Name an element that is there when the page has been parsed. The chat is at the end of the page now.',
    });
    console.warn(`inpage: ${error.message} ${error.fix}`);
  }
  (parent ?? document.body).append(chat);
}

const script = document.currentScript as PartScript;
script.exported = start satisfies StartPage;
if (script.tag) {
  Object.assign(script.tag.hashes, __INPAGE_LATER__);
  script.tag.shared = {
    ...{ createAgent, css, Directive, directive, guard, html, LitElement, live, nothing, property, repeat, state, svg },
  };
}
